import type { WebAnswer, WebClient } from '../../../src-shared/web-request'

/** Makes requests with Node's fetch, which ignores the system's proxy. Used if the engine runs without the desktop shell. */
export const requestByFetch: WebClient = async ({ address, method, headers, body, maxBytes }, signal) => {
  if (signal.aborted) return { kind: 'aborted' }
  try {
    const response = await fetch(address, { method, headers, body, redirect: 'manual', credentials: 'omit', cache: 'no-store', signal })
    const to = response.headers.get('location')
    if (response.status >= 300 && response.status < 400 && to !== null) {
      await response.body?.cancel()
      return { kind: 'redirected', to }
    }
    return await bodyOf(response, maxBytes)
  } catch (error) {
    if (signal.aborted) return { kind: 'aborted' }
    return { kind: 'unreachable', reason: reasonOf(error) }
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

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error)) return String(cause)
  const { code } = cause as NodeJS.ErrnoException
  return code ?? cause.message
}
