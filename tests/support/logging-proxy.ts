import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

/** A real proxy on the loopback interface that tunnels every connection and records its target. */
export class LoggingProxy {
  /** The targets of the connections, in order, e.g. "localhost:443". */
  readonly tunnels: string[] = []
  /** If set, every connection is refused with this status. */
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
    for (const [socket, peer] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(socket)
      socket.on('error', () => peer.destroy())
      socket.on('close', () => peer.destroy())
    }
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    this.server.closeAllConnections()
    await new Promise((done) => this.server.close(done))
  }
}
