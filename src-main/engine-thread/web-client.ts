import { app, net, session } from 'electron'
import type { WebAnswer, WebClient } from '../../src-shared/web-request'

/**
 * Makes the engine's web requests with the system's proxy and certificates. Uses a separate session in memory that shares nothing with the pages
 * (whose session can't reach the network) and sends no cookies and no credentials. Doesn't follow redirects.
 */
export const requestWeb: WebClient = async ({ address, method, headers, body, maxBytes }, signal) => {
  await app.whenReady()
  if (signal.aborted) return { kind: 'aborted' }
  return new Promise<WebAnswer>((resolve) => {
    const request = net.request({
      url: address,
      method,
      session: session.fromPartition('web'),
      credentials: 'omit',
      redirect: 'manual',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    })
    const end = (answer: WebAnswer) => {
      signal.removeEventListener('abort', abort)
      resolve(answer)
      request.abort()
    }
    const abort = () => end({ kind: 'aborted' })
    signal.addEventListener('abort', abort, { once: true })
    for (const [name, value] of Object.entries(headers)) request.setHeader(name, value)
    // The default would reveal the languages of this computer.
    request.setHeader('Accept-Language', 'en')
    request.on('redirect', (_status, _method, to) => end({ kind: 'redirected', to }))
    request.on('error', ({ message }) => end({ kind: 'unreachable', reason: message }))
    request.on('response', (response) => {
      const parts: Buffer[] = []
      let size = 0
      response.on('data', (part) => {
        size += part.length
        if (size > maxBytes) end({ kind: 'too-large' })
        else parts.push(part)
      })
      response.on('end', () =>
        end({ kind: 'answered', status: response.statusCode, headers: single(response.headers), bytes: Buffer.concat(parts) }),
      )
      response.on('error', (error: Error) => end({ kind: 'unreachable', reason: error.message }))
      response.on('aborted', () => end({ kind: 'unreachable', reason: 'the connection ended early' }))
    })
    if (body === null) request.end()
    else request.end(body)
  })
}

/** Headers with one value each; repeated ones are joined as HTTP allows. */
function single(headers: Record<string, string | string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value].flat().join(', ')]))
}
