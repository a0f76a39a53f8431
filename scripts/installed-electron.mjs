import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { registryElectron } from './electron-fallback/registry-electron.mjs'
import { ExpectedFailure } from './expected-failure.mjs'
import { inProject, readJson } from './project.mjs'

/** Electron's package, with the folder for its program and the file that names the program in it. */
export const electronPackage = inProject('node_modules', 'electron')
export const distFolder = join(electronPackage, 'dist')
export const pathFile = join(electronPackage, 'path.txt')

/** better-sqlite3 as compiled for the fallback Electron; preferred over the package's own builds while it exists. */
export const fallbackSqlite = inProject('node_modules', 'better-sqlite3', 'build', 'Release', 'better_sqlite3.node')

/** The Electron program's file; undefined if none is installed. */
export function electronProgram() {
  const path = readText(pathFile)
  const program = path && join(distFolder, path)
  return program && existsSync(program) ? program : undefined
}

/** The version of the Electron that is completely installed: the wanted one or the fallback; otherwise undefined. */
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

/** Throws if no Electron is installed: set-up has said why. */
export function requireElectron() {
  if (electronProgram() === undefined) throw new ExpectedFailure('This needs Electron, and none is installed.', '')
}

function readText(path) {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined
}
