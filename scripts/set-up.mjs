import { realpathSync, writeFileSync } from 'node:fs'
import { announce } from './announce.mjs'
import { ExpectedFailure, runAsProgram } from './expected-failure.mjs'
import { dependenciesFingerprint, installDependencies } from './install-dependencies.mjs'
import { electronProgram, installElectron, installedElectronVersion } from './install-electron.mjs'
import { oneAtATime } from './one-at-a-time.mjs'
import { inProject, projectFolder, readJson } from './project.mjs'
import { hasDisplay, missingLibraries, requireCommands, requireLibraries, wantCommands } from './system-packages.mjs'
import { verifyRuntime } from './verify-runtime.mjs'

const stampFile = inProject('node_modules', '.ledgerdrop-set-up.json')

/** Whether packages and Electron were set up, and checked to work, for the lock file as it is now. Takes a few ms. */
export function isSetUp() {
  const stamp = readJson(stampFile)
  return stamp !== undefined && stamp.dependencies === dependenciesFingerprint() && stamp.electron === installedElectronVersion()
}

/** Makes everything ready that the other scripts need; does only what is missing. With `tests`, also what tests need. */
export async function setUp({ tests = false } = {}) {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new ExpectedFailure(
      `Ledgerdrop needs Node 20 or newer; this is ${process.version}.`,
      'Install a current Node from nodejs.org and try again.',
    )
  }
  if (!isSetUp()) {
    await oneAtATime(projectFolder, async () => {
      if (isSetUp()) return
      await installDependencies()
      await installElectron()
      await requireLibraries(electronProgram())
      await verifyRuntime()
      writeFileSync(stampFile, JSON.stringify({ dependencies: dependenciesFingerprint(), electron: installedElectronVersion() }))
      announce(`Ready, with Electron ${installedElectronVersion()}.`)
    })
  }
  // Not part of the stamp: a copied or mounted clone may meet another system.
  if ((await missingLibraries(electronProgram())).length > 0) await requireLibraries(electronProgram())
  if (tests && !hasDisplay()) {
    await requireCommands(['Xvfb'])
    await wantCommands(['xauth', 'dbus-run-session', 'openbox', 'xfce4-panel', 'xdotool', 'dunst', 'gnome-keyring-daemon', 'dex'])
  }
}

if (realpathSync(process.argv[1]) === import.meta.filename) {
  await runAsProgram(() => setUp({ tests: process.argv.includes('--tests') }))
}
