import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

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
    readonly port: number,
  ) {}

  static async start(): Promise<FeedServer> {
    const server = createServer()
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const feed = new FeedServer(server, (server.address() as AddressInfo).port)
    server.on('request', (request, response) => {
      feed.requests.push({ path: request.url ?? '', headers: request.headers })
      feed.answer(response)
    })
    return feed
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`
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
