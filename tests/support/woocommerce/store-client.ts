import type { ConsumerKey } from './credentials.ts'

/** An answer of a store as a test reads it. */
export interface ReadAnswer {
  status: number
  headers: Headers
  /** The parsed JSON, or the text if it isn't JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests compare single fields of answers in many shapes.
  body: any
}

/** The Authorization header of Basic authentication. */
export function basicHeader(user: string, password: string): { authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` }
}

/** Sends a request to a running store, by default with its application password, and reads the whole answer. */
export async function ask(
  store: { url: string; password: { user: string; password: string } },
  path: string,
  { method = 'GET', body, headers }: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<ReadAnswer> {
  const signedIn = headers ?? basicHeader(store.password.user, store.password.password)
  const json = body === undefined ? {} : { body: JSON.stringify(body), headers: { ...signedIn, 'content-type': 'application/json' } }
  const answer = await fetch(`${store.url}${path}`, { method, redirect: 'manual', headers: signedIn, ...json })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, body: isJson(answer) ? JSON.parse(text) : text }
}

/** The headers of a key sent as Basic. */
export function keyHeader({ key, secret }: ConsumerKey): { authorization: string } {
  return basicHeader(key, secret)
}

function isJson(answer: Response): boolean {
  return answer.headers.get('content-type')?.startsWith('application/json') ?? false
}
