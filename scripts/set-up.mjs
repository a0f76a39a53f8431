import { realpathSync, writeFileSync } from 'node:fs'
import { announce } from './announce.mjs'
import { runAsProgram } from './expected-failure.mjs'
import { dependenciesFingerprint, installDependencies } from './install-dependencies.mjs'
import { installElectron } from './install-electron.mjs'
import { electronProgram, installedElectronVersion, isFallbackElectron } from './installed-electron.mjs'
import { oneAtATime } from './one-at-a-time.mjs'
import { prepareLaunch } from './prepare-launch.mjs'
import { inProject, projectFolder, readJson } from './project.mjs'
import { hasDisplay, installOptionalCommands, missingLibraries, requireCommands, requireLibraries } from './system-packages.mjs'
import { verifyRuntime } from './verify-runtime.mjs'

const stampFile = inProject('node_modules', '.ledgerdrop-set-up.json')
const retryAfterMs = 24 * 60 * 60_000

/** Whether the packages of the current lock file are installed and verified. Takes a few ms. */
export function arePackagesReady() {
  const stamp = readJson(stampFile)
  return stamp !== undefined && stamp.dependencies === dependenciesFingerprint()
}

/**
 * Whether Electron is installed and verified. False a day after the fallback was installed, so that the wanted version
 * is tried again.
 */
function isElectronReady() {
  const { electron, triedAt } = readJson(stampFile)
  if (electron === undefined || electron !== installedElectronVersion()) return false
  return !isFallbackElectron() || Math.abs(Date.now() - triedAt) < retryAfterMs
}

/**
 * Installs whatever the other scripts need and isn't installed yet. With `tests`, also installs what the tests need.
 * With `retry`, tries to replace the fallback Electron now, even if that was tried less than a day ago.
 */
export async function setUp({ tests = false, retry = false } = {}) {
  const isDone = () => arePackagesReady() && isElectronReady() && !(retry && isFallbackElectron())
  if (!isDone()) await oneAtATime(projectFolder, () => isDone() || installAndVerify({ isPatient: retry }))
  const program = electronProgram()
  // Not recorded in the stamp, because a clone may be copied to or mounted on another system.
  if (program && (await missingLibraries(program)).length > 0) await requireLibraries(program)
  if (!tests || !program) return
  prepareLaunch()
  if (!hasDisplay()) {
    await requireCommands(['Xvfb'])
    await installOptionalCommands([
      'xauth',
      'dbus-run-session',
      'openbox',
      'xfce4-panel',
      'xdotool',
      'dunst',
      'gnome-keyring-daemon',
      'dex',
    ])
  }
}

async function installAndVerify({ isPatient }) {
  await installDependencies()
  await installElectron({ isPatient })
  if (electronProgram()) await requireLibraries(electronProgram())
  await verifyRuntime()
  const electron = installedElectronVersion()
  writeFileSync(stampFile, JSON.stringify({ dependencies: dependenciesFingerprint(), electron, triedAt: Date.now() }))
  announce(electron === undefined ? 'Ready, without Electron.' : `Ready, with Electron ${electron}.`)
}

if (process.argv[1] && realpathSync(process.argv[1]) === import.meta.filename) {
  await runAsProgram(() => setUp({ tests: process.argv.includes('--tests'), retry: true }))
}
