import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { TEST_CERTIFICATE, TEST_KEY } from './test-certificate'

/** The content of a feed. It may be invalid, for tests of the error handling. */
export type FeedContent = Record<string, unknown>

/** A real web server on the loopback interface that serves an update feed. */
export class FeedServer {
  /** The requests so far, in order. */
  readonly requests: { path: string; headers: IncomingHttpHeaders }[] = []
  /** Responds to a request. A test may replace it. */
  respond: (response: ServerResponse) => void = (response) => void response.end(JSON.stringify(this.feed()))

  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  /** Starts a server. If `isSecure`, it uses HTTPS, with a certificate that no system trusts. */
  static async start({ isSecure = false } = {}): Promise<FeedServer> {
    const server = isSecure ? createSecureServer({ key: TEST_KEY, cert: TEST_CERTIFICATE }) : createServer()
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    const feed = new FeedServer(server, isSecure ? `https://localhost:${port}` : `http://127.0.0.1:${port}`)
    server.on('request', (request, response) => {
      feed.requests.push({ path: request.url ?? '', headers: request.headers })
      feed.respond(response)
    })
    return feed
  }

  get address(): string {
    return `${this.origin}/feed.json`
  }

  /** A valid feed with the given changes. */
  feed(changes: FeedContent = {}): FeedContent {
    return { version: '1.2.0', page: `${this.origin}/ledgerdrop`, released: '2026-05-01', notes: 'Orders sort faster.', ...changes }
  }

  /** Makes the server respond with a valid feed that has the given changes. */
  respondWith(changes: FeedContent): void {
    this.respond = (response) => void response.end(JSON.stringify(this.feed(changes)))
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((done) => this.server.close(done))
  }
}
