import { createHash } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { strToU8, zipSync } from 'fflate'
import { TEST_CERTIFICATE, TEST_KEY } from './test-certificate'

/** The version that the mirror has. */
export const MIRRORED_VERSION = '45.4.1'

/** The file that the mirror has for this computer. */
export const MIRRORED_FILE = `electron-v${MIRRORED_VERSION}-${process.platform}-${process.arch}.zip`

/** Where Electron's archive has the program on this computer. */
export const PROGRAM = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform as string] ?? 'electron'

/** A small archive, built like Electron's. */
export const ARCHIVE = Buffer.from(
  zipSync({
    version: strToU8(MIRRORED_VERSION),
    [PROGRAM]: [strToU8('#!/bin/sh\necho a small Electron\n'), { os: 3, attrs: 0o100755 << 16 }],
    'resources/default_app.asar': strToU8('nothing'),
  }),
)

/** The checksums in Electron's package, had it been made with that archive. */
export const CHECKSUMS = { [MIRRORED_FILE]: createHash('sha256').update(ARCHIVE).digest('hex') }

/** A real web server on this computer's own interface that has Electron's download, as ELECTRON_MIRROR may name one. */
export class ElectronMirror {
  /** What was asked for, in order. */
  readonly requests: string[] = []
  /** How it answers; a test may set it. */
  answer: (response: ServerResponse) => void = (response) => void response.end(ARCHIVE)

  private constructor(
    private readonly server: ReturnType<typeof createServer>,
    /** For ELECTRON_MIRROR. */
    readonly address: string,
    readonly host: string,
  ) {}

  /** `isSecure`: for "localhost", with the tests' own certificate. */
  static async start({ isSecure = false } = {}): Promise<ElectronMirror> {
    const server = isSecure ? createSecureServer({ key: TEST_KEY, cert: TEST_CERTIFICATE }) : createServer()
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const host = `localhost:${(server.address() as AddressInfo).port}`
    const mirror = new ElectronMirror(server, `${isSecure ? 'https' : 'http'}://${host}/`, host)
    server.on('request', (request, response) => {
      mirror.requests.push(request.url ?? '')
      mirror.answer(response)
    })
    return mirror
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((done) => this.server.close(done))
  }
}
