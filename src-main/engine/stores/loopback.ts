import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The page that the browser shows after a sign-in. It needs no script and loads nothing. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>Ledgerdrop</title>
<body style="font-family: system-ui, sans-serif; margin: 4em auto; max-width: 30em">
<h1>Back to Ledgerdrop</h1><p>The store has answered. You can close this page and return to Ledgerdrop.</p>`

/** A server on this computer that waits for one answer. */
export interface Loopback {
  /** The address to which the store's page sends the person's browser. Nobody else can guess it. */
  address: string
  /** The query of the first request to it. Rejects with the signal's reason. */
  received: Promise<URLSearchParams>
}

/** Waits on a free port of 127.0.0.1 for the browser to come back from a store's page. Ends after the first answer, or when the signal is aborted. */
export async function receiveOnLoopback(signal: AbortSignal): Promise<Loopback> {
  const path = `/${randomBytes(16).toString('hex')}`
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
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
