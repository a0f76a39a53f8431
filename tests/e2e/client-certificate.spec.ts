import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { expect, test } from '@playwright/test'
import { CLIENT_CERTIFICATE, CLIENT_CERTIFICATE_FILE } from '../support/client-certificate'
import { TEST_CERTIFICATE, TEST_KEY } from '../support/test-certificate'
import type { LaunchedApp } from './launch'
import { withApp } from './window-steps'

test.skip(process.platform !== 'linux', "only on Linux may a test change this person's store of certificates: it is in the home folder")

/** A server that asks everybody for a certificate; `presented` are the names in those that it got, null for none. */
async function withServer(body: (port: number, presented: (string | null)[]) => Promise<void>): Promise<void> {
  const presented: (string | null)[] = []
  const options = { key: TEST_KEY, cert: TEST_CERTIFICATE, ca: CLIENT_CERTIFICATE, requestCert: true, rejectUnauthorized: false }
  const server = createServer(options, (request, response) => {
    const name = (request.socket as TLSSocket).getPeerCertificate().subject?.CN
    presented.push(name === undefined ? null : String(name))
    response.end('hello')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  try {
    await body((server.address() as AddressInfo).port, presented)
  } finally {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
}

/** Loads a page of the server in a session of its own, by a window and by a request of the main process. */
function visit({ app }: LaunchedApp, port: number, partition: string) {
  return app.evaluate(
    async ({ BrowserWindow, session }, [address, name]) => {
      const own = session.fromPartition(name)
      own.setCertificateVerifyProc((_request, answer) => answer(0))
      const window = new BrowserWindow({ show: false, webPreferences: { session: own } })
      await window.loadURL(address)
      window.destroy()
      await own.fetch(address)
    },
    [`https://localhost:${port}/`, partition] as const,
  )
}

test("a server that asks for a certificate gets none, although this person's store has one", async () => {
  const home = mkdtempSync(join(tmpdir(), 'ledgerdrop-certificates-'))
  try {
    const file = join(home, 'person.p12')
    writeFileSync(file, Buffer.from(CLIENT_CERTIFICATE_FILE, 'base64'))
    await withApp({ env: { HOME: home } }, async (launched) => {
      const imported = await launched.app.evaluate(
        ({ app }, certificate) => new Promise((done) => app.importCertificate({ certificate, password: 'test' }, done)),
        file,
      )
      expect(imported).toBe(0)
      await withServer(async (port, presented) => {
        await visit(launched, port, 'as-it-is')
        expect(presented).toEqual([null, null])
      })
      // Left to Electron, the same store gives it away.
      await launched.app.evaluate(({ app }) => app.removeAllListeners('select-client-certificate'))
      await withServer(async (port, presented) => {
        await visit(launched, port, 'left-to-electron')
        expect(presented).toContain('Office User')
      })
    })
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
})
