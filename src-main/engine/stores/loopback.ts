import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connectionFailure } from './connection/store-failures'

/** The page that the browser shows after a sign-in. It needs no script and loads nothing. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>Ledgerdrop</title>
<body style="font-family: system-ui, sans-serif; margin: 4em auto; max-width: 30em">
<h1>Back to Ledgerdrop</h1><p>The store has answered. You can close this page and return to Ledgerdrop.</p>`

/** A server on this computer that waits for one answer. */
export interface Loopback {
  /** The address to which the store's page sends the person's browser. */
  address: string
  /** The query of the first request to it. Rejects with the signal's reason. */
  received: Promise<URLSearchParams>
}

/**
 * Waits on 127.0.0.1 for the browser to come back from a store's page: at `fixedAddress`, or at an address that nobody else can guess. Ends after the
 * first answer, or when the signal is aborted. Throws FailureError `sign-in-failed` if the fixed address is taken.
 */
export async function receiveOnLoopback(signal: AbortSignal, fixedAddress?: string): Promise<Loopback> {
  const fixed = fixedAddress === undefined ? null : new URL(fixedAddress)
  const path = fixed?.pathname ?? `/${randomBytes(16).toString('hex')}`
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(fixed === null ? error : addressTaken(fixed, error)))
    server.listen(Number(fixed?.port ?? 0), '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const received = new Promise<URLSearchParams>((resolve, reject) => {
    const end = () => {
      server.close()
      server.closeAllConnections()
    }
    signal.addEventListener(
      'abort',
      () => {
        reject(signal.reason)
        end()
      },
      { once: true },
    )
    server.on('request', (request, response) => {
      const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`)
      const isOurs = request.method === 'GET' && url.pathname === path && request.headers.host === `127.0.0.1:${port}`
      response.writeHead(isOurs ? 200 : 404, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        connection: 'close',
      })
      response.end(isOurs ? PAGE : 'Not found', () => {
        if (!isOurs) return
        resolve(url.searchParams)
        end()
      })
    })
  })
  received.catch(() => {})
  return { address: `http://127.0.0.1:${port}${path}`, received }
}

function addressTaken({ host }: URL, { message }: Error) {
  return connectionFailure(
    'sign-in-failed',
    `Ledgerdrop can't receive the store's answer at ${host}: ${message}.`,
    'Another sign-in or program may be using this address. End it, or restart the computer, and connect again.',
  )
}
