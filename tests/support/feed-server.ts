import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { TEST_CERTIFICATE, TEST_KEY } from './test-certificate'

/** What a feed says; whatever a test wants it to say. */
export type FeedContent = Record<string, unknown>

/** A real web server on this computer's own interface that holds a feed of newer versions. */
export class FeedServer {
  /** What was asked, in order. */
  readonly requests: { path: string; headers: IncomingHttpHeaders }[] = []
  /** How it answers; a test may set it. */
  answer: (response: ServerResponse) => void = (response) => void response.end(JSON.stringify(this.feed()))

  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  /** `isSecure`: with a certificate that nobody believes. */
  static async start({ isSecure = false } = {}): Promise<FeedServer> {
    const server = isSecure ? createSecureServer({ key: TEST_KEY, cert: TEST_CERTIFICATE }) : createServer()
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port } = server.address() as AddressInfo
    const feed = new FeedServer(server, isSecure ? `https://localhost:${port}` : `http://127.0.0.1:${port}`)
    server.on('request', (request, response) => {
      feed.requests.push({ path: request.url ?? '', headers: request.headers })
      feed.answer(response)
    })
    return feed
  }

  get address(): string {
    return `${this.origin}/feed.json`
  }

  /** A feed as it should be. */
  feed(change: FeedContent = {}): FeedContent {
    return { version: '1.2.0', page: `${this.origin}/ledgerdrop`, released: '2026-05-01', notes: 'Orders sort faster.', ...change }
  }

  /** Answers with that feed from now on. */
  says(change: FeedContent): void {
    this.answer = (response) => void response.end(JSON.stringify(this.feed(change)))
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((done) => this.server.close(done))
  }
}
