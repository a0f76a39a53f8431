import type { WebAnswer, WebReader } from '../../../src-shared/web-request'

/** Makes a request with Node's own means, which know no system proxy: for an engine without a shell. */
export const readByFetch: WebReader = async ({ address, userAgent, mostBytes }, signal) => {
  if (signal.aborted) return { kind: 'aborted' }
  try {
    const headers = { 'user-agent': userAgent, accept: 'application/json' }
    const response = await fetch(address, { headers, redirect: 'manual', credentials: 'omit', cache: 'no-store', signal })
    const to = response.headers.get('location')
    if (response.status >= 300 && response.status < 400 && to !== null) {
      await response.body?.cancel()
      return { kind: 'redirected', to }
    }
    return await bodyOf(response, mostBytes)
  } catch (error) {
    if (signal.aborted) return { kind: 'aborted' }
    return { kind: 'unreachable', reason: reasonOf(error) }
  }
}

async function bodyOf(response: Response, mostBytes: number): Promise<WebAnswer> {
  const parts: Uint8Array[] = []
  let size = 0
  // Leaving the loop early ends the request.
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length
    if (size > mostBytes) return { kind: 'too-large' }
    parts.push(part)
  }
  return { kind: 'answered', status: response.status, bytes: Buffer.concat(parts) }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error)) return String(cause)
  const { code } = cause as NodeJS.ErrnoException
  return code ?? cause.message
}
