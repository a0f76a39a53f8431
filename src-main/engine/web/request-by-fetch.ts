import type { WebAnswer, WebClient } from '../../../src-shared/web-request'

/** The standard `fetch`, of Node or of a package. */
export type Fetch = (address: string, init: RequestInit) => Promise<Response>

/** Makes requests with Node's fetch, which ignores every proxy. Used if the engine isn't given a client. */
export const requestByFetch: WebClient = webClientOf((address, init) => fetch(address, init))

/** Returns a client that makes its requests with a `fetch`. `explain` turns the error of a failed request into a reason. */
export function webClientOf(fetchBy: Fetch, explain: (error: unknown) => string = reasonOf): WebClient {
  return async ({ address, method, headers, body, maxBytes }, signal) => {
    if (signal.aborted) return { kind: 'aborted' }
    try {
      const response = await fetchBy(address, {
        method,
        headers,
        body,
        redirect: 'manual',
        credentials: 'omit',
        cache: 'no-store',
        signal,
      })
      const to = response.headers.get('location')
      if (response.status >= 300 && response.status < 400 && to !== null) {
        await response.body?.cancel()
        return { kind: 'redirected', to }
      }
      return await bodyOf(response, maxBytes)
    } catch (error) {
      if (signal.aborted) return { kind: 'aborted' }
      return { kind: 'unreachable', reason: explain(error) }
    }
  }
}

async function bodyOf(response: Response, maxBytes: number): Promise<WebAnswer> {
  const parts: Uint8Array[] = []
  let size = 0
  // Leaving the loop early ends the request.
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length
    if (size > maxBytes) return { kind: 'too-large' }
    parts.push(part)
  }
  return { kind: 'answered', status: response.status, headers: Object.fromEntries(response.headers), bytes: Buffer.concat(parts) }
}

/** Returns why a request failed: the system's error code, e.g. `ECONNREFUSED`, or the message of an error without one. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.cause instanceof Error) return reasonOf(error.cause)
  const { code } = error as NodeJS.ErrnoException
  // The codes of Node's own HTTP client say less than its messages.
  return typeof code !== 'string' || code.startsWith('UND_') ? error.message : code
}
