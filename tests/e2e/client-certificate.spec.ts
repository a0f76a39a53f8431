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

test.skip(process.platform !== 'linux', 'the test needs Linux, where the certificate store is in the home folder, which it can replace')

/**
 * Runs `body` with a server that asks every client for a certificate. `presented` lists the name in each certificate,
 * or null if the client sent none.
 */
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

/** Loads a page from the server in a separate session, once in a window and once from the main process. */
function visit({ app }: LaunchedApp, port: number, partition: string) {
  return app.evaluate(
    async ({ BrowserWindow, session }, [address, name]) => {
      const ownSession = session.fromPartition(name)
      ownSession.setCertificateVerifyProc((_request, callback) => callback(0))
      const window = new BrowserWindow({ show: false, webPreferences: { session: ownSession } })
      await window.loadURL(address)
      window.destroy()
      await ownSession.fetch(address)
    },
    [`https://localhost:${port}/`, partition] as const,
  )
}

test("a server that asks for a client certificate gets none, although the user's store has one", async () => {
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
        await visit(launched, port, 'with-our-handler')
        expect(presented).toEqual([null, null])
      })
      // Without our handler, Electron sends the certificate from the same store.
      await launched.app.evaluate(({ app }) => app.removeAllListeners('select-client-certificate'))
      await withServer(async (port, presented) => {
        await visit(launched, port, 'without-our-handler')
        expect(presented).toContain('Office User')
      })
    })
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
})
