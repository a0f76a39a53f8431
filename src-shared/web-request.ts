/** A GET request without cookies, credentials or a body. */
export interface WebRequest {
  address: string
  /** The User-Agent header. */
  userAgent: string
  /** The maximum size of the response, after decompression. */
  maxBytes: number
}

/** The result of a request. */
export type WebAnswer =
  /** A response with any status except a redirect. */
  | { kind: 'answered'; status: number; bytes: Uint8Array }
  /** A redirect, which was not followed; `to` is the unchanged Location header. */
  | { kind: 'redirected'; to: string }
  | { kind: 'too-large' }
  /** No response, or one that can't be trusted; `reason` is the network's error message. */
  | { kind: 'unreachable'; reason: string }
  | { kind: 'aborted' }

/** Makes a request. Never rejects; returns `aborted` immediately when the signal is aborted. */
export type WebReader = (request: WebRequest, signal: AbortSignal) => Promise<WebAnswer>
