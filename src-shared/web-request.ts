/** One request for what lies at an address. Nothing else is sent with it: no cookies, no credentials, no body. */
export interface WebRequest {
  address: string
  /** How the program names itself. */
  userAgent: string
  /** More than this, after unpacking, is not read. */
  mostBytes: number
}

/** How a request ended. */
export type WebAnswer =
  /** With any status but a redirect's. */
  | { kind: 'answered'; status: number; bytes: Uint8Array }
  /** It was not followed; `to` as the server wrote it. */
  | { kind: 'redirected'; to: string }
  | { kind: 'too-large' }
  /** Nobody answered, or not in a way that can be trusted; `reason` in the words of the network. */
  | { kind: 'unreachable'; reason: string }
  | { kind: 'aborted' }

/** Makes a request. Never rejects; gives `aborted` at once when the signal is. */
export type WebReader = (request: WebRequest, signal: AbortSignal) => Promise<WebAnswer>
