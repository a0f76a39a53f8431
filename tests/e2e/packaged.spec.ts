import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect, test } from '@playwright/test'
// @ts-expect-error a script without types
import { isSandboxForbidden } from '../../scripts/electron-sandbox.mjs'
import { followArticle } from './follow-article'
import { chromiumArguments, launchApp, programEnvironment, projectFolder } from './launch'
import { PackagedProgram } from './packaged-program'
import { missingPanelPrograms, PanelSession } from './panel-session'
import { StartedProgram } from './started-program'

test.skip(isSandboxForbidden(), 'on this system, the sandbox works only for a program that root has installed')

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

/** Every fuse that affects how the program can be attacked from outside, and its required state. */
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
  test(`the fuse ${fuse} is ${state === FuseState.ENABLE ? 'on' : 'off'}`, async () => {
    const wire = await getCurrentFuseWire(program.executable)
    expect(wire[FuseV1Options[fuse]]).toBe(state)
  })
}

test('the package contains only what the program needs', () => {
  const names = listPackage(join(program.resources, 'app.asar'), { isPack: false }).map((name) => name.replaceAll('\\', '/'))
  const topLevelNames = new Set(names.map((name) => name.split('/')[1]))
  expect([...topLevelNames].sort()).toEqual(['assets', 'node_modules', 'out', 'package.json'])
  const packages = names.filter((name) => /^\/node_modules\/(@[^/]+\/)?[^/]+$/.test(name))
  expect(packages).toEqual(['/node_modules/better-sqlite3'])
  expect(names.filter((name) => /\.(map|ts|tsx|c|cpp|h|gyp)$|test/.test(name))).toEqual([])
  expect(existsSync(join(program.resources, 'default_app.asar'))).toBe(false)
})

test('the package includes the licences of everything in it', () => {
  test.skip(process.platform === 'darwin', 'on macOS they are inside the bundle')
  const text = readFileSync(join(program.packed, 'LICENSES.packages.txt'), 'utf8')
  for (const name of ['better-sqlite3', 'react', 'kysely', 'zod']) expect(text).toMatch(new RegExp(`^${name} \\d.*: MIT$`, 'm'))
})

test('the program cannot run as Node, and environment variables cannot inject code', async () => {
  const proof = join(folder, 'foreign-code-ran')
  const foreign = join(folder, 'foreign.cjs')
  writeFileSync(foreign, `require('node:fs').writeFileSync(${JSON.stringify(proof)}, 'ran')`)
  const asNode = await program.startAndKill([foreign], { ELECTRON_RUN_AS_NODE: '1' })
  expect(asNode.isReady, asNode.output).toBe(true)
  const withOptions = await program.startAndKill(['--require', foreign], { NODE_OPTIONS: `--require ${foreign}` })
  expect(withOptions.isReady, withOptions.output).toBe(true)
  expect(existsSync(proof)).toBe(false)
})

test('no debugger can attach to the main process or to the window', async () => {
  const { isReady, output } = await program.startAndKill(['--inspect=0', '--inspect-brk=0', '--remote-debugging-port=0'], {})
  expect(isReady, output).toBe(true)
  expect(output).not.toContain('listening on ws://')
})

test('the program runs only its own archive, not a folder next to it', async () => {
  const changed = program.copy('changed')
  const proof = join(folder, 'foreign-folder-ran')
  const foreign = join(changed.resources, 'app')
  mkdirSync(foreign)
  writeFileSync(join(foreign, 'package.json'), JSON.stringify({ name: 'foreign', main: 'main.cjs' }))
  writeFileSync(join(foreign, 'main.cjs'), `require('node:fs').writeFileSync(${JSON.stringify(proof)}, 'ran'); process.exit(0)`)
  renameSync(join(changed.resources, 'app.asar'), join(changed.resources, 'app.asar.gone'))
  const ended = await changed.startAndKill([], {}, 8_000)
  expect(ended.isReady).toBe(false)
  expect(existsSync(proof)).toBe(false)
})

test('the command line works without a window', async () => {
  const workspace = join(folder, 'demo')
  const { exitCode, output } = await program.runHeadless(['demo', '--workspace', workspace])
  expect(exitCode, output).toBe(0)
  expect(readdirSync(join(workspace, 'drops')).sort()).toEqual(['attache-kfi', 'attache-xml', 'ubl'])
})

test('the printed instructions work in the packaged program', async () => {
  const inspectable = await program.withInspector()
  const launched = await launchApp({ packaged: inspectable.executable, args: ['--samples'] })
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

test('a workspace from the first version opens with its orders', async () => {
  const workspace = join(folder, 'first-version')
  cpSync(join(import.meta.dirname, '..', 'fixtures', 'first-workspace'), workspace, { recursive: true })
  const { exitCode, output } = await program.runHeadless(['orders', '--workspace', workspace])
  expect(exitCode, output).toBe(0)
  expect(output).toContain('W2213')
})

test('in a Wayland session with an X server, the program restarts itself for X11', async () => {
  test.skip(process.platform !== 'linux' || !process.env.DISPLAY, 'Linux with an X server only')
  const userData = join(folder, 'wayland-user-data')
  const workspace = join(folder, 'wayland workspace')
  const args = [...chromiumArguments().filter((arg) => !arg.startsWith('--ozone')), '--workspace', workspace]
  const env = programEnvironment({ XDG_SESSION_TYPE: 'wayland' })
  const first = spawn(program.executable, [...args, `--user-data-dir=${userData}`, '--no-samples'], { env, stdio: 'ignore' })
  expect(await new Promise((resolve) => first.once('exit', resolve))).toBe(0)
  const second = await StartedProgram.inFolder(userData)
  try {
    expect(second.processId).not.toBe(first.pid)
    expect(second.commandLine).toContain('--ozone-platform=x11')
    // The workspace's folder is still passed after --workspace.
    await expect.poll(() => existsSync(join(workspace, 'ledgerdrop.db')), { message: 'it opens the workspace', timeout: 30_000 }).toBe(true)
  } finally {
    await second.end()
  }
})

test('the autostart entry starts the program at login, in the tray, with its workspace', async () => {
  const missing = missingPanelPrograms(['dex'])
  if (missing.length > 0) console.warn(`SKIPPED: start at login is not tested here. Missing: ${missing.join(', ')}.`)
  test.skip(missing.length > 0, `missing on this computer: ${missing.join(', ')}`)
  const inspectable = await program.withInspector()
  // dex doesn't support escapes. tests/integration/autostart-entry.test.ts tests them with GLib, which most desktops
  // use.
  const workspace = join(folder, "Office User's Größe")
  // As root, Chromium needs a switch that the entry doesn't have, so a script starts the program in place of an
  // AppImage.
  const starter = join(folder, 'starts Ledgerdrop')
  writeFileSync(starter, `#!/bin/sh\nexec '${inspectable.executable}' ${chromiumArguments().join(' ')} "$@"\n`, { mode: 0o755 })
  const session = await PanelSession.start('light')
  try {
    const env = { ...session.env, APPIMAGE: chromiumArguments().length > 0 ? starter : undefined }
    const launched = await launchApp({ packaged: inspectable.executable, workspace, args: ['--no-samples'], env })
    try {
      await launched.window.getByRole('banner').getByRole('button', { name: 'Settings', exact: true }).click()
      const box = launched.window.getByLabel('Start Ledgerdrop when I sign in to this computer')
      // The box becomes checked only after the entry has been written.
      await box.click()
      await expect(box).toBeChecked()
    } finally {
      await launched.close()
    }
    const emptyPanel = session.panelScreenshot()
    expect(await session.run('dex', '-a', '-e', 'XFCE', '-s', session.configFolder('autostart'))).toBe(0)

    const windows = session.configFolder('Ledgerdrop', 'windows')
    await expect.poll(() => existsSync(windows) && readdirSync(windows).length, { message: 'it is started', timeout: 30_000 }).toBe(1)
    const started = await StartedProgram.inFolder(join(windows, readdirSync(windows)[0] ?? ''))
    try {
      expect(started.commandLine).toContain('--hidden')
      expect(started.commandLine).toContain(`--workspace=${workspace}`)
      await expect.poll(() => session.panelScreenshot().changedArea(emptyPanel), { message: 'the icon is in the panel' }).not.toBeNull()
      expect(await session.tooltip()).toContain('Ledgerdrop')
      const visible = () => session.xdotool('search', '--onlyvisible', '--name', '^Ledgerdrop$').catch(() => '')
      expect(await visible()).toBe('')
      await expect
        .poll(() => readFileSync(join(workspace, 'logs', 'shell.log'), 'utf8'), { message: 'the engine runs' })
        .toMatch(/ starting;(?!.* starting;).*engine thread: ready/s)
    } finally {
      await started.end()
    }
  } finally {
    await session.stop()
  }
})

test('the Debian package has what apt and the desktop need', async () => {
  test.skip(process.platform !== 'linux', 'Linux only')
  const hasTools = process.env.PATH?.split(':').some((directory) => existsSync(join(directory, 'dpkg-deb')))
  if (hasTools !== true) console.warn("SKIPPED: Debian's package is not tested here. Missing: dpkg-deb.")
  test.skip(hasTools !== true, 'missing on this computer: dpkg-deb')
  const deb = await program.buildDeb()
  const field = (name: string) => execFileSync('dpkg-deb', ['--field', deb, name], { encoding: 'utf8' }).trim()
  expect(field('Package')).toBe('ledgerdrop')
  expect(field('Maintainer')).toMatch(/^.+ <\S+@\S+>$/)
  expect(field('Homepage')).toMatch(/^https:/)
  // Libraries that Electron loads while it runs, for dialogs, notifications and the key store.
  expect(field('Depends').split(', ')).toEqual(expect.arrayContaining(['libgtk-3-0', 'libnotify4', 'libsecret-1-0']))
  const files = execFileSync('dpkg-deb', ['--contents', deb], { encoding: 'utf8', maxBuffer: 10_000_000 })
  expect(files).toMatch(/^drwxr-xr-x root\/root .* \.\/$/m)
  expect(files).toMatch(/^-rwxr-xr-x root\/root .* \.\/opt\/Ledgerdrop\/ledgerdrop$/m)
  const unpacked = join(folder, 'unpacked-deb')
  execFileSync('dpkg-deb', ['--extract', deb, unpacked])
  const entry = readFileSync(join(unpacked, 'usr', 'share', 'applications', 'ledgerdrop.desktop'), 'utf8')
  expect(entry).toContain('Exec=/opt/Ledgerdrop/ledgerdrop')
  const icon = readFileSync(join(unpacked, 'usr', 'share', 'icons', 'hicolor', '48x48', 'apps', 'ledgerdrop.png'))
  expect(icon.equals(readFileSync(join(projectFolder, 'assets', 'icons', '48.png')))).toBe(true)
})
