/** Signing in through a store's own page in the person's browser. */
export interface BrowserSignIn {
  /** The only address that the store sends the browser back to, on this computer; missing if any will do. */
  returnAddress?: string
  /** Returns the page to open. It sends the browser to `returnAddress`, which is on this computer. */
  begin(returnAddress: string): Promise<string>
  /** Turns what the browser came back with into the account and its secret. Throws FailureError `sign-in-failed`. */
  finish(query: URLSearchParams, signal: AbortSignal): Promise<{ account: string; secret: string }>
}
