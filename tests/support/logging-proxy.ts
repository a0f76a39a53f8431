import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

/** A real proxy on this computer's own interface that tunnels every connection and keeps a list of them. */
export class LoggingProxy {
  /** Where connections went, in order: "localhost:443". */
  readonly tunnels: string[] = []
  /** Set by a test: the status with which every connection is refused. */
  refusal: number | undefined
  private readonly sockets = new Set<Socket>()

  private constructor(
    private readonly server: Server,
    readonly address: string,
  ) {}

  static async start(): Promise<LoggingProxy> {
    const server = createServer()
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const proxy = new LoggingProxy(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    server.on('connect', (request, socket: Socket) => proxy.tunnel(request.url ?? '', socket))
    return proxy
  }

  private tunnel(target: string, client: Socket): void {
    this.tunnels.push(target)
    if (this.refusal !== undefined) {
      client.end(`HTTP/1.1 ${this.refusal} Refused\r\n\r\n`)
      return
    }
    const { hostname, port } = new URL(`http://${target}`)
    const server = connect(Number(port || 80), hostname, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      server.pipe(client).pipe(server)
    })
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    this.server.closeAllConnections()
    await new Promise((done) => this.server.close(done))
  }
}
