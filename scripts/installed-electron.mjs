import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { registryElectron } from './electron-fallback/registry-electron.mjs'
import { ExpectedFailure } from './expected-failure.mjs'
import { inProject, readJson } from './project.mjs'

/** The folder of the `electron` package. */
export const electronPackage = inProject('node_modules', 'electron')
/** The folder of the Electron program. */
export const distFolder = join(electronPackage, 'dist')
/** The file that contains the program's path inside `distFolder`. */
export const pathFile = join(electronPackage, 'path.txt')

/** better-sqlite3 compiled for the fallback Electron. While it exists, it is used instead of the package's own builds. */
export const fallbackSqlite = inProject('node_modules', 'better-sqlite3', 'build', 'Release', 'better_sqlite3.node')

/** The path of the Electron program; undefined if none is installed. */
export function electronProgram() {
  const path = readText(pathFile)
  const program = path && join(distFolder, path)
  return program && existsSync(program) ? program : undefined
}

/** The version of the installed Electron (the wanted one or the fallback); undefined if it is missing or incomplete. */
export function installedElectronVersion() {
  const version = readText(join(distFolder, 'version'))?.replace(/^v/, '')
  if (electronProgram() === undefined) return undefined
  if (version === wantedElectronVersion()) return version
  return version === registryElectron.version && existsSync(fallbackSqlite) ? version : undefined
}

/** The Electron version that package.json asks for. */
export function wantedElectronVersion() {
  return readJson(join(electronPackage, 'package.json'))?.version
}

/** Whether the installed Electron is the fallback. */
export function isFallbackElectron() {
  const installed = installedElectronVersion()
  return installed !== undefined && installed !== wantedElectronVersion()
}

/** Throws if no Electron is installed. The set-up has already printed why. */
export function requireElectron() {
  if (electronProgram() === undefined) throw new ExpectedFailure('This needs Electron, which is not installed.', '')
}

function readText(path) {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined
}
