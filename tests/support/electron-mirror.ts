import { createHash } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { strToU8, zipSync } from 'fflate'
import { TEST_CERTIFICATE, TEST_KEY } from './test-certificate'

/** The Electron version that the mirror serves. */
export const MIRRORED_VERSION = '45.4.1'

/** The name of the mirror's file for this platform. */
export const MIRRORED_FILE = `electron-v${MIRRORED_VERSION}-${process.platform}-${process.arch}.zip`

/** The program's path in Electron's archive for this platform. */
export const PROGRAM = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform as string] ?? 'electron'

/** A small archive with the same structure as Electron's. */
export const ARCHIVE = Buffer.from(
  zipSync({
    version: strToU8(MIRRORED_VERSION),
    [PROGRAM]: [strToU8('#!/bin/sh\necho a small Electron\n'), { os: 3, attrs: 0o100755 << 16 }],
    'resources/default_app.asar': strToU8('nothing'),
  }),
)

/** The checksums that Electron's package would contain for this archive. */
export const CHECKSUMS = { [MIRRORED_FILE]: createHash('sha256').update(ARCHIVE).digest('hex') }

/** A real web server on the loopback interface that serves Electron's download, for use as ELECTRON_MIRROR. */
export class ElectronMirror {
  /** The requested paths, in order. */
  readonly requests: string[] = []
  /** Responds to a request. A test may replace it. */
  respond: (response: ServerResponse) => void = (response) => void response.end(ARCHIVE)

  private constructor(
    private readonly server: ReturnType<typeof createServer>,
    /** The value for ELECTRON_MIRROR. */
    readonly address: string,
    readonly host: string,
  ) {}

  /** Starts a mirror. If `isSecure`, it uses HTTPS, with the tests' own certificate for "localhost". */
  static async start({ isSecure = false } = {}): Promise<ElectronMirror> {
    const server = isSecure ? createSecureServer({ key: TEST_KEY, cert: TEST_CERTIFICATE }) : createServer()
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const host = `localhost:${(server.address() as AddressInfo).port}`
    const mirror = new ElectronMirror(server, `${isSecure ? 'https' : 'http'}://${host}/`, host)
    server.on('request', (request, response) => {
      mirror.requests.push(request.url ?? '')
      mirror.respond(response)
    })
    return mirror
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((done) => this.server.close(done))
  }
}
