import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { environmentClient } from '../../src-main/engine/web/environment-client'
import { requestByFetch } from '../../src-main/engine/web/request-by-fetch'
import type { WebClient } from '../../src-shared/web-request'
import { AnsweringServer } from '../support/answering-server'
import { LoggingProxy } from '../support/logging-proxy'
import { temporaryFolder } from '../support/temporary-folder'
import { TEST_CA } from '../support/test-certificate'
import { readAnswer, requestOf, WEB_CLIENT_CASES } from '../support/web-client-cases'

async function startServer(options = {}): Promise<AnsweringServer> {
  const server = await AnsweringServer.start(options)
  onTestFinished(() => server.stop())
  return server
}

async function startProxy(): Promise<LoggingProxy> {
  const proxy = await LoggingProxy.start()
  onTestFinished(() => proxy.stop())
  return proxy
}

/** A file with the authority that issued the test servers' certificate. */
function authorityFile(): string {
  const file = join(temporaryFolder(), 'authority.pem')
  writeFileSync(file, TEST_CA)
  return file
}

const get = async (client: WebClient, address: string) =>
  readAnswer(await client({ address, method: 'GET', headers: {}, body: null, maxBytes: 1000 }, new AbortController().signal))

describe.each([
  ['without an environment', () => requestByFetch],
  ['on the command line', () => environmentClient({})],
])('a client %s', (_name, client) => {
  test.each(WEB_CLIENT_CASES)('$name', async (one) => {
    const server = await startServer()
    const abortController = new AbortController()
    const answer = client()(requestOf(server.origin, one), abortController.signal)
    if (one.isAborted === true) {
      await vi.waitFor(() => expect(server.requests).toHaveLength(1))
      abortController.abort()
    }
    expect(readAnswer(await answer)).toMatchObject(one.answer)
    if (one.received !== undefined) expect(server.requests).toMatchObject([one.received])
    for (const { headers } of server.requests) expect(headers).not.toHaveProperty('cookie')
    if (one.isHungUp === true) await vi.waitFor(() => expect(server.hangUps).toBe(1))
  })

  test('makes no request if it is aborted before', async () => {
    const server = await startServer()
    expect(await client()(requestOf(server.origin, { name: '', path: '/', answer: {} }), AbortSignal.abort())).toEqual({ kind: 'aborted' })
    expect(server.requests).toEqual([])
  })
})

describe('certificates', () => {
  test('an authority that nobody trusts is refused before anything is sent', async () => {
    const server = await startServer({ isSecure: true })
    expect(await get(environmentClient({}), server.origin)).toEqual({
      kind: 'unreachable',
      reason: expect.stringMatching(/UNABLE_TO_VERIFY|SELF_SIGNED|UNABLE_TO_GET_ISSUER/),
    })
    expect(server.requests).toEqual([])
  })

  test.each(['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'ssl_cert_file'])('the authority in %s is trusted', async (variable) => {
    const server = await startServer({ isSecure: true })
    expect(await get(environmentClient({ [variable]: authorityFile() }), server.origin)).toMatchObject({ kind: 'answered' })
  })

  test('a trusted authority does not make a certificate valid for another host', async () => {
    const server = await startServer({ isSecure: true })
    const address = server.origin.replace('localhost', '127.0.0.1')
    expect(await get(environmentClient({ SSL_CERT_FILE: authorityFile() }), address)).toEqual({
      kind: 'unreachable',
      reason: 'ERR_TLS_CERT_ALTNAME_INVALID',
    })
  })

  test('a file that is missing is named', async () => {
    const server = await startServer({ isSecure: true })
    const answer = await get(environmentClient({ SSL_CERT_FILE: join(temporaryFolder(), 'missing.pem') }), server.origin)
    expect(answer).toEqual({ kind: 'unreachable', reason: expect.stringMatching(/SSL_CERT_FILE.*missing\.pem/) })
  })
})

describe('proxies', () => {
  test.each(['HTTPS_PROXY', 'https_proxy', 'Https_Proxy', 'HTTP_PROXY'])('https goes through the proxy of %s', async (variable) => {
    const [server, proxy] = [await startServer({ isSecure: true }), await startProxy()]
    const client = environmentClient({ [variable]: proxy.address, SSL_CERT_FILE: authorityFile() })
    expect(await get(client, server.origin)).toMatchObject({ kind: 'answered' })
    expect(proxy.tunnels).toEqual([new URL(server.origin).host])
  })

  test('the lower-case name wins, and an address without a scheme is taken', async () => {
    const [server, proxy, other] = [await startServer({ isSecure: true }), await startProxy(), await startProxy()]
    const environment = { HTTPS_PROXY: other.address, https_proxy: new URL(proxy.address).host, SSL_CERT_FILE: authorityFile() }
    expect(await get(environmentClient(environment), server.origin)).toMatchObject({ kind: 'answered' })
    expect([proxy.tunnels.length, other.tunnels.length]).toEqual([1, 0])
  })

  test.each(['localhost', '.localhost', 'example.com,localhost', '*'])('NO_PROXY=%s reaches the host without it', async (none) => {
    const [server, proxy] = [await startServer({ isSecure: true }), await startProxy()]
    const client = environmentClient({ HTTPS_PROXY: proxy.address, NO_PROXY: none, SSL_CERT_FILE: authorityFile() })
    expect(await get(client, server.origin)).toMatchObject({ kind: 'answered' })
    expect(proxy.tunnels).toEqual([])
  })

  test('the variables of this process do not count', async () => {
    const [server, proxy] = [await startServer(), await startProxy()]
    vi.stubEnv('HTTP_PROXY', proxy.address)
    onTestFinished(() => void vi.unstubAllEnvs())
    expect(await get(environmentClient({}), server.origin)).toMatchObject({ kind: 'answered' })
    expect(proxy.tunnels).toEqual([])
  })

  test('plain http goes through the proxy of HTTP_PROXY', async () => {
    const [server, proxy] = [await startServer(), await startProxy()]
    expect(await get(environmentClient({ HTTP_PROXY: proxy.address }), server.origin)).toMatchObject({ kind: 'answered' })
    expect(proxy.tunnels).toEqual([new URL(server.origin).host])
  })

  test('a proxy that refuses is named', async () => {
    const [server, proxy] = [await startServer({ isSecure: true }), await startProxy()]
    proxy.refusal = 407
    expect(await get(environmentClient({ HTTPS_PROXY: proxy.address }), server.origin)).toEqual({
      kind: 'unreachable',
      reason: 'the proxy answers 407',
    })
  })

  test('a proxy that is not there is named', async () => {
    const server = await startServer({ isSecure: true })
    const proxy = await LoggingProxy.start()
    await proxy.stop()
    expect(await get(environmentClient({ HTTPS_PROXY: proxy.address }), server.origin)).toEqual({
      kind: 'unreachable',
      reason: 'ECONNREFUSED; a proxy is set in HTTPS_PROXY or HTTP_PROXY',
    })
  })

  test.each(['socks5://user:hunter22@127.0.0.1:1080', 'http://', 'file:///etc/passwd'])(
    '%s is refused without quoting it',
    async (address) => {
      const server = await startServer({ isSecure: true })
      expect(await get(environmentClient({ HTTPS_PROXY: address }), server.origin)).toEqual({
        kind: 'unreachable',
        reason: 'HTTPS_PROXY is not the address of an http proxy; use the form http://HOST:PORT',
      })
    },
  )
})
