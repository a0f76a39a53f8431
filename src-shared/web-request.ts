/** A request without cookies and without the system's credentials. Redirects aren't followed. */
export interface WebRequest {
  address: string
  method: 'GET' | 'POST' | 'PUT'
  /** Headers by name, including User-Agent. */
  headers: Readonly<Record<string, string>>
  /** The body as text; null for none. */
  body: string | null
  /** The maximum size of the response, after decompression. */
  maxBytes: number
}

/** The result of a request. */
export type WebAnswer =
  /** A response with any status except a redirect. Header names are in lower case. */
  | { kind: 'answered'; status: number; headers: Readonly<Record<string, string>>; bytes: Uint8Array }
  /** A redirect, which was not followed; `to` is the unchanged Location header. */
  | { kind: 'redirected'; to: string }
  | { kind: 'too-large' }
  /** No response, or one that can't be trusted; `reason` is the network's error message. */
  | { kind: 'unreachable'; reason: string }
  | { kind: 'aborted' }

/** Makes a request. Never rejects; returns `aborted` immediately when the signal is aborted. */
export type WebClient = (request: WebRequest, signal: AbortSignal) => Promise<WebAnswer>
