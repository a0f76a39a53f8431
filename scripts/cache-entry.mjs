import { createHash } from 'node:crypto'
import {
  constants,
  copyFileSync,
  createReadStream,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { oneAtATime } from './one-at-a-time.mjs'
import { readJson } from './project.mjs'

const listName = '.entry.json'

/** The folder outside the clone that caches things that take a long time to create. */
export function cacheFolder() {
  const { LEDGERDROP_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env
  if (LEDGERDROP_CACHE) return LEDGERDROP_CACHE
  if (process.platform === 'win32') return join(LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'ledgerdrop', 'cache')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'ledgerdrop')
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'ledgerdrop')
}

/**
 * Returns the folder of a complete cache entry. Creates it with `make(folder)` if it is missing or damaged. An entry
 * appears under its name only when it is complete, so an interrupted set-up never leaves a partial one, and
 * simultaneous set-ups of several clones create it only once. Use `isHashed: false` for entries with too many files to
 * hash; the files of such entries must never be changed.
 */
export async function cacheEntry(key, make, { isHashed = true } = {}) {
  const entry = join(cacheFolder(), key)
  const getChecksums = isHashed ? fileChecksums : async () => ({})
  if (await isComplete(entry, getChecksums)) return entry
  return oneAtATime(entry, async () => {
    if (await isComplete(entry, getChecksums)) return entry
    const temporary = temporaryCacheFolder()
    try {
      await make(temporary)
      writeFileSync(join(temporary, listName), JSON.stringify(await getChecksums(temporary)))
      rmSync(entry, { recursive: true, force: true })
      moveIntoPlace(temporary, entry)
      return entry
    } finally {
      rmSync(temporary, { recursive: true, force: true })
    }
  })
}

/** Creates a temporary folder next to the entries. The caller removes it; `sweepCache` removes it if the caller crashed. */
export function temporaryCacheFolder() {
  mkdirSync(cacheFolder(), { recursive: true })
  return mkdtempSync(join(cacheFolder(), '.making-'))
}

/** Copies an entry's files to a folder atomically. Doesn't use links, because tools change files in place. */
export function copyEntry(entry, folder) {
  const temporary = `${folder}.arriving`
  rmSync(temporary, { recursive: true, force: true })
  for (const name of filesBelow(entry)) {
    const target = join(temporary, name)
    mkdirSync(dirname(target), { recursive: true })
    copyFileSync(join(entry, name), target, constants.COPYFILE_FICLONE)
  }
  rmSync(folder, { recursive: true, force: true })
  renameSync(temporary, folder)
}

/** Removes temporary folders that interrupted set-ups left behind more than a day ago. */
export function sweepCache(now = Date.now()) {
  for (const name of readNames(cacheFolder())) {
    const path = join(cacheFolder(), name)
    if (name.startsWith('.making-') && now - statSync(path).mtimeMs > 86_400_000) rmSync(path, { recursive: true, force: true })
  }
}

function moveIntoPlace(temporary, entry) {
  try {
    renameSync(temporary, entry)
  } catch (error) {
    // Locks don't work across containers that share a cache. If another container was faster, its entry is just as
    // good.
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code)) throw error
  }
}

async function isComplete(entry, getChecksums) {
  const expected = readJson(join(entry, listName))
  if (expected === undefined) return false
  try {
    const found = await getChecksums(entry)
    return Object.entries(expected).every(([name, sum]) => found[name] === sum)
  } catch (error) {
    if (error.code === 'ENOENT') return false
    throw error
  }
}

async function fileChecksums(folder) {
  const sums = await Promise.all(filesBelow(folder).map(async (name) => [name, await sha256(join(folder, name))]))
  return Object.fromEntries(sums)
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== listName)
    .map((entry) =>
      relative(folder, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join('/'),
    )
}

/** The names in a folder; empty if the folder is missing. */
export function readNames(folder) {
  try {
    return readdirSync(folder)
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
}

/** The SHA-256 of a file, in hex. */
async function sha256(path) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}
