import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect, test } from '@playwright/test'
// @ts-expect-error a script without types
import { isSandboxForbidden } from '../../scripts/electron-sandbox.mjs'
import { followArticle } from './follow-article'
import { launchApp } from './launch'
import { PackagedProgram } from './packaged-program'

test.skip(isSandboxForbidden(), 'this system starts the sandbox only for a program that root has installed')

let program: PackagedProgram
let folder: string

test.beforeAll(async () => {
  test.setTimeout(6 * 60_000)
  folder = mkdtempSync(join(tmpdir(), 'ledgerdrop-packaged-test-'))
  program = await PackagedProgram.pack()
})

test.afterAll(() => {
  program?.remove()
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
})

/** Every fuse that changes what can be done with the program from outside, and how it must be. */
const FUSES: readonly [keyof typeof FuseV1Options, FuseState][] = [
  ['RunAsNode', FuseState.DISABLE],
  ['EnableCookieEncryption', FuseState.ENABLE],
  ['EnableNodeOptionsEnvironmentVariable', FuseState.DISABLE],
  ['EnableNodeCliInspectArguments', FuseState.DISABLE],
  ['EnableEmbeddedAsarIntegrityValidation', FuseState.ENABLE],
  ['OnlyLoadAppFromAsar', FuseState.ENABLE],
  ['LoadBrowserProcessSpecificV8Snapshot', FuseState.DISABLE],
  ['GrantFileProtocolExtraPrivileges', FuseState.DISABLE],
]

for (const [fuse, state] of FUSES) {
  test(`its fuse ${fuse} is ${state === FuseState.ENABLE ? 'on' : 'off'}`, async () => {
    const wire = await getCurrentFuseWire(program.executable)
    expect(wire[FuseV1Options[fuse]]).toBe(state)
  })
}

test('it holds what it runs on and nothing else', () => {
  const names = listPackage(join(program.resources, 'app.asar'), { isPack: false }).map((name) => name.replaceAll('\\', '/'))
  const tops = new Set(names.map((name) => name.split('/')[1]))
  expect([...tops].sort()).toEqual(['assets', 'node_modules', 'out', 'package.json'])
  const packages = names.filter((name) => /^\/node_modules\/(@[^/]+\/)?[^/]+$/.test(name))
  expect(packages).toEqual(['/node_modules/better-sqlite3'])
  expect(names.filter((name) => /\.(map|ts|tsx|c|cpp|h|gyp)$|test/.test(name))).toEqual([])
  expect(existsSync(join(program.resources, 'default_app.asar'))).toBe(false)
})

test('the licences of all that is in it lie beside it', () => {
  test.skip(process.platform === 'darwin', 'there they lie inside the bundle')
  const text = readFileSync(join(program.packed, 'LICENSES.packages.txt'), 'utf8')
  for (const name of ['better-sqlite3', 'react', 'kysely', 'zod']) expect(text).toMatch(new RegExp(`^${name} \\d.*: MIT$`, 'm'))
})

test('it cannot be made to run as Node, nor be given code by the environment', async () => {
  const proof = join(folder, 'foreign-code-ran')
  const foreign = join(folder, 'foreign.cjs')
  writeFileSync(foreign, `require('node:fs').writeFileSync(${JSON.stringify(proof)}, 'ran')`)
  const asNode = await program.startAndEnd([foreign], { ELECTRON_RUN_AS_NODE: '1' })
  expect(asNode.isReady, asNode.output).toBe(true)
  const withOptions = await program.startAndEnd(['--require', foreign], { NODE_OPTIONS: `--require ${foreign}` })
  expect(withOptions.isReady, withOptions.output).toBe(true)
  expect(existsSync(proof)).toBe(false)
})

test('nobody can attach to it: neither to its main process nor to its window', async () => {
  const { isReady, output } = await program.startAndEnd(['--inspect=0', '--inspect-brk=0', '--remote-debugging-port=0'], {})
  expect(isReady, output).toBe(true)
  expect(output).not.toContain('listening on ws://')
})

test('it runs its own archive only, not a folder put beside it', async () => {
  const changed = program.copy('changed')
  const proof = join(folder, 'foreign-folder-ran')
  const foreign = join(changed.resources, 'app')
  mkdirSync(foreign)
  writeFileSync(join(foreign, 'package.json'), JSON.stringify({ name: 'foreign', main: 'main.cjs' }))
  writeFileSync(join(foreign, 'main.cjs'), `require('node:fs').writeFileSync(${JSON.stringify(proof)}, 'ran'); process.exit(0)`)
  renameSync(join(changed.resources, 'app.asar'), join(changed.resources, 'app.asar.gone'))
  const ended = await changed.startAndEnd([], {}, 8_000)
  expect(ended.isReady).toBe(false)
  expect(existsSync(proof)).toBe(false)
})

test('its command line works without a window', async () => {
  const workspace = join(folder, 'demo')
  const { exitCode, output } = await program.runHeadless(['demo', '--workspace', workspace])
  expect(exitCode, output).toBe(0)
  expect(readdirSync(join(workspace, 'drops')).sort()).toEqual(['attache-kfi', 'attache-xml', 'ubl'])
})

test("the customer's article, followed in the packaged program", async () => {
  const driveable = await program.driveable()
  const launched = await launchApp({ packaged: driveable.executable, args: ['--samples'] })
  try {
    expect(await launched.app.evaluate(({ app }) => ({ isPackaged: app.isPackaged, hooks: 'ledgerdropTest' in globalThis }))).toEqual({
      isPackaged: true,
      hooks: false,
    })
    await followArticle(launched)
  } finally {
    await launched.close()
  }
})

test('a workspace of the first version opens in it, with its orders', async () => {
  const workspace = join(folder, 'first-version')
  cpSync(join(import.meta.dirname, '..', 'fixtures', 'first-workspace'), workspace, { recursive: true })
  const { exitCode, output } = await program.runHeadless(['orders', '--workspace', workspace])
  expect(exitCode, output).toBe(0)
  expect(output).toContain('W2213')
})
