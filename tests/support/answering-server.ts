import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { TEST_CERTIFICATE, TEST_KEY } from './test-certificate'

/** A request that the server received completely. */
export interface ReceivedRequest {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
}

/** The decompressed size of `/bomb`. */
export const BOMB_BYTES = 2_000_000

/** A real web server on the loopback interface. What it answers depends on the path: see `answer`. */
export class AnsweringServer {
  /** The requests so far, in order. */
  readonly requests: ReceivedRequest[] = []
  /** The number of connections whose other end hung up before the answer was complete. */
  hangUps = 0

  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  /** Starts a server. `isSecure`: it uses HTTPS, with a certificate for `localhost` by TEST_CA, which no system trusts. */
  static async start({ isSecure = false } = {}): Promise<AnsweringServer> {
    const server = isSecure ? createSecureServer({ key: TEST_KEY, cert: TEST_CERTIFICATE }) : createServer()
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    const answering = new AnsweringServer(server, isSecure ? `https://localhost:${port}` : `http://127.0.0.1:${port}`)
    server.on('request', (request, response) => void answering.receive(request, response))
    return answering
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('close', () => {
      if (!response.writableFinished) this.hangUps += 1
    })
    let body = ''
    for await (const part of request.setEncoding('utf8')) body += part
    const path = request.url ?? ''
    this.requests.push({ method: request.method ?? '', path, headers: request.headers, body })
    this.answer(path, response)
  }

  private answer(path: string, response: ServerResponse): void {
    switch (path) {
      case '/silent':
        return
      case '/drip':
        response.writeHead(200).write('[')
        return
      case '/endless': {
        response.writeHead(200)
        const write = () => {
          while (!response.destroyed && response.write('x'.repeat(65_536)));
        }
        response.on('drain', write)
        write()
        return
      }
      case '/cut':
        response.writeHead(200, { 'content-length': '100' }).write('[')
        setTimeout(() => response.destroy(), 50)
        return
      case '/elsewhere':
        response.writeHead(302, { location: 'https://elsewhere.example/?a=1' }).end('moved')
        return
      case '/bomb':
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(BOMB_BYTES, 0x20)))
        return
      case '/refused':
        response.writeHead(401, { 'content-type': 'application/json' }).end('{"code":"no"}')
        return
      case '/nothing':
        response.writeHead(204).end()
        return
      default:
        response
          .writeHead(200, { 'X-WP-Total': '7', Link: ['<a>; rel="next"', '<b>; rel="prev"'], 'Set-Cookie': 'a=1; Path=/' })
          .end('{"ü":1}')
    }
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((done) => this.server.close(done))
  }
}
