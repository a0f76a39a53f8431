import { accessSync, constants, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ARCHIVE, ElectronMirror, MIRRORED_FILE, MIRRORED_VERSION, PROGRAM } from '../support/electron-mirror'
import { LoggingProxy } from '../support/logging-proxy'
import { SmallProject } from '../support/small-project'
import { temporaryFolder } from '../support/temporary-folder'
import { TEST_CA } from '../support/test-certificate'

const DIST = 'node_modules/electron/dist'
const COMPILED = 'node_modules/better-sqlite3/build/Release/better_sqlite3.node'

async function startMirror(options: { isSecure?: boolean } = {}) {
  const mirror = await ElectronMirror.start(options)
  onTestFinished(() => mirror.stop())
  return mirror
}

async function startProxy() {
  const proxy = await LoggingProxy.start()
  onTestFinished(() => proxy.stop())
  return proxy
}

/** A project on a computer that reaches Electron only at a mirror. */
const projectWith = (mirror: ElectronMirror) => new SmallProject(temporaryFolder(), { ELECTRON_MIRROR: mirror.address })

function certificateFile(): string {
  const file = join(temporaryFolder(), 'ca.pem')
  writeFileSync(file, TEST_CA)
  return file
}

const isWantedInstalled = (project: SmallProject) =>
  project.read(`${DIST}/version`) === MIRRORED_VERSION && project.read('node_modules/electron/path.txt') === PROGRAM

test('Electron is fetched from a mirror, checked, unpacked, and the second time taken from the cache', async () => {
  const mirror = await startMirror()
  const project = projectWith(mirror)
  expect(await project.installElectron()).toMatchObject({ exitCode: 0 })
  expect(mirror.requests).toEqual([`/v${MIRRORED_VERSION}/${MIRRORED_FILE}`])
  expect(isWantedInstalled(project)).toBe(true)
  accessSync(project.path(`${DIST}/${PROGRAM}`), constants.X_OK)

  project.installFallback()
  expect(await project.installElectron()).toMatchObject({ exitCode: 0 })
  expect(mirror.requests).toHaveLength(1)
  expect(isWantedInstalled(project)).toBe(true)
})

test('what is installed is not fetched again', async () => {
  const mirror = await startMirror()
  const project = projectWith(mirror)
  await project.installElectron()
  expect(await project.installElectron()).toEqual({ exitCode: 0, output: '' })
})

test('a later set-up replaces the fallback, and what was compiled for it', async () => {
  const project = projectWith(await startMirror())
  project.installFallback()
  project.write(`${DIST}/only-in-the-fallback`, 'x')
  expect(await project.installElectron()).toMatchObject({ exitCode: 0 })
  expect(isWantedInstalled(project)).toBe(true)
  expect(project.read(`${DIST}/only-in-the-fallback`)).toBeUndefined()
  expect(project.read(COMPILED)).toBeUndefined()
})

test.each([
  ['another file', Buffer.from('Please sign in to this network.')],
  ['a file that was cut short', ARCHIVE.subarray(0, ARCHIVE.length - 20)],
  ['one changed byte', Buffer.from(ARCHIVE.map((byte, at) => (at === 40 ? byte ^ 1 : byte)))],
])('%s instead of the published one is an error; neither it nor a fallback is installed', async (_, body) => {
  const mirror = await startMirror()
  mirror.answer = (response) => void response.end(body)
  const project = projectWith(mirror)
  const { exitCode, output } = await project.installElectron()
  expect(exitCode).toBe(1)
  expect(output).toContain(`The Electron ${MIRRORED_VERSION} that arrived is not the one its makers published`)
  expect(output).not.toContain('fallback')
  expect(output).not.toContain('    at ')
  expect(project.read(`${DIST}/version`)).toBeUndefined()

  project.installFallback()
  expect((await project.installElectron()).exitCode).toBe(1)
  expect(project.read(`${DIST}/version`)).toBe('33.2.1')
})

test.each([
  ['has no such file', 404, 'its server answers 404'],
  ['is out of order', 503, 'its server answers 503'],
])('a mirror that %s: the fallback that is there stays, untouched', async (_, status, reason) => {
  const mirror = await startMirror()
  mirror.answer = (response) => void response.writeHead(status).end()
  const project = projectWith(mirror)
  project.installFallback()
  expect(await project.installElectron()).toMatchObject({ exitCode: 0 })
  expect(project.read(`${DIST}/version`)).toBe('33.2.1')
  expect(project.read(COMPILED)).toBeDefined()

  // A PATH without a compiler, and without a package manager to get one from.
  const without = projectWith(mirror)
  const { exitCode, output } = await without.installElectron({ PATH: '' })
  expect(exitCode).toBe(0)
  expect(output).toContain(`Electron ${MIRRORED_VERSION} (${reason})`)
})

test('a download that breaks off in the middle is no error: it may work another time', async () => {
  const mirror = await startMirror()
  mirror.answer = (response) => {
    response.writeHead(200, { 'content-length': ARCHIVE.length })
    response.write(ARCHIVE.subarray(0, 100), () => response.destroy())
  }
  const project = projectWith(mirror)
  const { exitCode, output } = await project.installElectron({ PATH: '' })
  expect(exitCode).toBe(0)
  expect(output).toContain('(the connection broke off)')
})

test.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
  'without Electron and a compiler, one sentence says so and what to do, and nothing is compiled',
  async () => {
    const mirror = await startMirror()
    mirror.answer = (response) => void response.writeHead(404).end()
    const project = projectWith(mirror)
    const { exitCode, output } = await project.installElectron({ PATH: '' })
    expect(exitCode).toBe(0)
    expect(output).toContain(
      `There is neither Electron ${MIRRORED_VERSION} (its server answers 404) nor a compiler for the fallback, so no window can be opened; let this computer reach github.com`,
    )
    expect(output).toContain('HTTPS_PROXY')
    expect(output).toMatch(/Missing on this computer: .*gcc, g\+\+/)
    expect(project.read(COMPILED)).toBeUndefined()
  },
)

test.each<[string, (proxy: LoggingProxy) => { npm?: string; env?: Record<string, string> }]>([
  ['HTTPS_PROXY', (proxy) => ({ npm: `cafile=${certificateFile()}`, env: { HTTPS_PROXY: proxy.address } })],
  ["npm's https-proxy and cafile", (proxy) => ({ npm: `https-proxy=${proxy.address}\ncafile=${certificateFile()}` })],
  ["npm's proxy", (proxy) => ({ npm: `proxy=${proxy.address}\ncafile=${certificateFile()}` })],
  ['NODE_EXTRA_CA_CERTS', (proxy) => ({ npm: `https-proxy=${proxy.address}`, env: { NODE_EXTRA_CA_CERTS: certificateFile() } })],
  ...(process.platform === 'linux'
    ? [
        [
          "the system's certificates",
          (proxy: LoggingProxy) => ({ npm: `https-proxy=${proxy.address}`, env: { SSL_CERT_FILE: certificateFile() } }),
        ] satisfies [string, (proxy: LoggingProxy) => object],
      ]
    : []),
])('the download goes through the proxy, by %s', async (_, settings) => {
  const [mirror, proxy] = [await startMirror({ isSecure: true }), await startProxy()]
  const project = projectWith(mirror)
  const { npm = '', env } = settings(proxy)
  project.write('home/.npmrc', npm)
  expect(await project.installElectron(env)).toMatchObject({ exitCode: 0 })
  expect(proxy.tunnels).toEqual([mirror.host])
  expect(isWantedInstalled(project)).toBe(true)
})

test.each<[string, string, Record<string, string>]>([
  ["npm's noproxy", 'noproxy=localhost', {}],
  ['NO_PROXY', '', { NO_PROXY: 'localhost' }],
  ['NODE_USE_ENV_PROXY=0', '', { NODE_USE_ENV_PROXY: '0' }],
])('the download goes past the proxy, by %s', async (_, npm, env) => {
  const [mirror, proxy] = [await startMirror(), await startProxy()]
  const project = projectWith(mirror)
  project.write('home/.npmrc', npm)
  expect(await project.installElectron({ HTTP_PROXY: proxy.address, ...env })).toMatchObject({ exitCode: 0 })
  expect(proxy.tunnels).toEqual([])
  expect(isWantedInstalled(project)).toBe(true)
})

test('a proxy that refuses is named as the reason', async () => {
  const [mirror, proxy] = [await startMirror(), await startProxy()]
  proxy.refusal = 407
  const { exitCode, output } = await projectWith(mirror).installElectron({ PATH: '', HTTP_PROXY: proxy.address })
  expect(exitCode).toBe(0)
  expect(output).toContain(`Electron ${MIRRORED_VERSION} (the proxy answers 407)`)
  expect(mirror.requests).toEqual([])
})

test('a certificate that nobody vouches for is named as the reason', async () => {
  const mirror = await startMirror({ isSecure: true })
  const { exitCode, output } = await projectWith(mirror).installElectron({ PATH: '' })
  expect(exitCode).toBe(0)
  expect(output).toMatch(/\(its server's certificate is not trusted: \w+\)/)
  expect(output).toContain('npm config set cafile')
})
