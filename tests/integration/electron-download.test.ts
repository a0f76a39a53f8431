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

/** A project on a computer that can download Electron only from the mirror. */
const projectWith = (mirror: ElectronMirror) => new SmallProject(temporaryFolder(), { ELECTRON_MIRROR: mirror.address })

function certificateFile(): string {
  const file = join(temporaryFolder(), 'ca.pem')
  writeFileSync(file, TEST_CA)
  return file
}

const isMirroredVersionInstalled = (project: SmallProject) =>
  project.read(`${DIST}/version`) === MIRRORED_VERSION && project.read('node_modules/electron/path.txt') === PROGRAM

test('Electron is downloaded from a mirror, checked and unpacked, and comes from the cache the second time', async () => {
  const mirror = await startMirror()
  const project = projectWith(mirror)
  expect(await project.installElectron()).toMatchObject({ exitCode: 0 })
  expect(mirror.requests).toEqual([`/v${MIRRORED_VERSION}/${MIRRORED_FILE}`])
  expect(isMirroredVersionInstalled(project)).toBe(true)
  accessSync(project.path(`${DIST}/${PROGRAM}`), constants.X_OK)

  project.installFallback()
  expect(await project.installElectron()).toMatchObject({ exitCode: 0 })
  expect(mirror.requests).toHaveLength(1)
  expect(isMirroredVersionInstalled(project)).toBe(true)
})

test('an installed Electron is not downloaded again', async () => {
  const mirror = await startMirror()
  const project = projectWith(mirror)
  await project.installElectron()
  expect(await project.installElectron()).toEqual({ exitCode: 0, output: '' })
})

test('a later set-up replaces the fallback, and deletes the module that was compiled for the fallback', async () => {
  const project = projectWith(await startMirror())
  project.installFallback()
  project.write(`${DIST}/only-in-the-fallback`, 'x')
  expect(await project.installElectron()).toMatchObject({ exitCode: 0 })
  expect(isMirroredVersionInstalled(project)).toBe(true)
  expect(project.read(`${DIST}/only-in-the-fallback`)).toBeUndefined()
  expect(project.read(COMPILED)).toBeUndefined()
})

test.each([
  ['a different file', Buffer.from('Please sign in to this network.')],
  ['a truncated file', ARCHIVE.subarray(0, ARCHIVE.length - 20)],
  ['a file with one changed byte', Buffer.from(ARCHIVE.map((byte, index) => (index === 40 ? byte ^ 1 : byte)))],
])('%s in place of the published file is an error, and neither that file nor a fallback is installed', async (_, body) => {
  const mirror = await startMirror()
  mirror.respond = (response) => void response.end(body)
  const project = projectWith(mirror)
  const { exitCode, output } = await project.installElectron()
  expect(exitCode).toBe(1)
  expect(output).toContain(`The downloaded Electron ${MIRRORED_VERSION} is not the published file`)
  expect(output).not.toContain('fallback')
  expect(output).not.toContain('    at ')
  expect(project.read(`${DIST}/version`)).toBeUndefined()

  project.installFallback()
  expect((await project.installElectron()).exitCode).toBe(1)
  expect(project.read(`${DIST}/version`)).toBe('33.2.1')
})

test.each([
  ['has no such file', 404, 'its server responded with 404'],
  ['is unavailable', 503, 'its server responded with 503'],
])('if the mirror %s, the installed fallback stays unchanged', async (_, status, reason) => {
  const mirror = await startMirror()
  mirror.respond = (response) => void response.writeHead(status).end()
  const project = projectWith(mirror)
  project.installFallback()
  expect(await project.installElectron()).toMatchObject({ exitCode: 0 })
  expect(project.read(`${DIST}/version`)).toBe('33.2.1')
  expect(project.read(COMPILED)).toBeDefined()

  // This PATH has neither a compiler nor a package manager that could install one.
  const emptyProject = projectWith(mirror)
  const { exitCode, output } = await emptyProject.installElectron({ PATH: '' })
  expect(exitCode).toBe(0)
  expect(output).toContain(`Electron ${MIRRORED_VERSION} (${reason})`)
})

test('an interrupted download is not an error, because it may work next time', async () => {
  const mirror = await startMirror()
  mirror.respond = (response) => {
    response.writeHead(200, { 'content-length': ARCHIVE.length })
    response.write(ARCHIVE.subarray(0, 100), () => response.destroy())
  }
  const project = projectWith(mirror)
  const { exitCode, output } = await project.installElectron({ PATH: '' })
  expect(exitCode).toBe(0)
  expect(output).toContain('(the connection was lost)')
})

test.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
  'without Electron and without a compiler, a message says that both are missing and what to do, and nothing is compiled',
  async () => {
    const mirror = await startMirror()
    mirror.respond = (response) => void response.writeHead(404).end()
    const project = projectWith(mirror)
    const { exitCode, output } = await project.installElectron({ PATH: '' })
    expect(exitCode).toBe(0)
    expect(output).toContain(
      `Neither Electron ${MIRRORED_VERSION} (its server responded with 404) nor a compiler for the fallback is available, so no window can be opened. To fix this, allow this computer to reach github.com`,
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
])('the download goes through a proxy, configured with %s', async (_, settings) => {
  const [mirror, proxy] = [await startMirror({ isSecure: true }), await startProxy()]
  const project = projectWith(mirror)
  const { npm = '', env } = settings(proxy)
  project.write('home/.npmrc', npm)
  expect(await project.installElectron(env)).toMatchObject({ exitCode: 0 })
  expect(proxy.tunnels).toEqual([mirror.host])
  expect(isMirroredVersionInstalled(project)).toBe(true)
})

test.each<[string, string, Record<string, string>]>([
  ["npm's noproxy", 'noproxy=localhost', {}],
  ['NO_PROXY', '', { NO_PROXY: 'localhost' }],
  ['NODE_USE_ENV_PROXY=0', '', { NODE_USE_ENV_PROXY: '0' }],
])('the download bypasses the proxy because of %s', async (_, npm, env) => {
  const [mirror, proxy] = [await startMirror(), await startProxy()]
  const project = projectWith(mirror)
  project.write('home/.npmrc', npm)
  expect(await project.installElectron({ HTTP_PROXY: proxy.address, ...env })).toMatchObject({ exitCode: 0 })
  expect(proxy.tunnels).toEqual([])
  expect(isMirroredVersionInstalled(project)).toBe(true)
})

test('if a proxy refuses the connection, the message names it as the reason for the failed download', async () => {
  const [mirror, proxy] = [await startMirror(), await startProxy()]
  proxy.refusal = 407
  const { exitCode, output } = await projectWith(mirror).installElectron({ PATH: '', HTTP_PROXY: proxy.address })
  expect(exitCode).toBe(0)
  expect(output).toContain(`Electron ${MIRRORED_VERSION} (the proxy responded with 407)`)
  expect(mirror.requests).toEqual([])
})

test('if the certificate is not trusted, the message names that as the reason for the failed download', async () => {
  const mirror = await startMirror({ isSecure: true })
  const { exitCode, output } = await projectWith(mirror).installElectron({ PATH: '' })
  expect(exitCode).toBe(0)
  expect(output).toMatch(/\(its server's certificate is not trusted: \w+\)/)
  expect(output).toContain('npm config set cafile')
})
