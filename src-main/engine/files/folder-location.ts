import { realpath, stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'

/**
 * A folder's location, independent of how its path is written: the identities of the folder and each folder above it, up to the root. Links, letter
 * case, short (8.3) names and mapped drives make no difference.
 */
export type FolderLocation = readonly [string, ...string[]]

/** Whether one folder is the same as another, inside it, contains it, or none of these. */
export type FolderRelation = 'same' | 'inside' | 'contains' | 'unrelated'

/**
 * Finds a folder's location. If it doesn't exist or can't be reached, its location is the nearest existing folder above it plus the missing names.
 */
export async function locateFolder(folder: string): Promise<FolderLocation> {
  let path = resolve(withoutTrailingDots(folder))
  const missing: string[] = []
  for (;;) {
    const found = await locateExisting(path)
    if (found !== null) return addNames(found, missing)
    const parent = dirname(path)
    if (parent === path) return addNames([foldCase(path)], missing)
    missing.push(basename(path))
    path = parent
  }
}

/** The relation of the first folder to the second. */
export function relationOf(location: FolderLocation, other: FolderLocation): FolderRelation {
  if (location[0] === other[0]) return 'same'
  if (location.includes(other[0])) return 'inside'
  return other.includes(location[0]) ? 'contains' : 'unrelated'
}

/** Of `folders`, the ones that are the given folder or inside it. */
export async function foldersInside(folder: string, folders: readonly string[]): Promise<string[]> {
  const location = await locateFolder(folder)
  const inside: string[] = []
  for (const each of folders) if (['same', 'inside'].includes(relationOf(await locateFolder(each), location))) inside.push(each)
  return inside
}

/** The location of an existing folder; null if it can't be reached for any reason. */
async function locateExisting(path: string): Promise<FolderLocation | null> {
  let real: string
  try {
    real = await realpath(path)
  } catch {
    return null
  }
  const first = await identityOf(real)
  const ancestors: string[] = []
  for (let at = real; dirname(at) !== at; at = dirname(at)) ancestors.push(await identityOf(dirname(at)))
  return [first, ...ancestors]
}

/** Device and file id, or the real path if the file system provides no ids. */
async function identityOf(real: string): Promise<string> {
  try {
    const { dev, ino } = await stat(real, { bigint: true })
    return ino === 0n ? foldCase(real) : `${dev}:${ino}`
  } catch {
    return foldCase(real)
  }
}

/** Adds names below a location. `names` starts with the innermost folder. */
function addNames(found: FolderLocation, names: readonly string[]): FolderLocation {
  let location = found
  for (const name of names.toReversed()) location = [`${location[0]}/${foldCase(name)}`, ...location]
  return location
}

const IGNORES_CASE = process.platform === 'win32' || process.platform === 'darwin'

/** Converts a name to the form in which the system compares names: in lower case if it ignores case. */
function foldCase(name: string): string {
  return IGNORES_CASE ? name.normalize('NFC').toLowerCase() : name
}

/** On Windows, removes the dots and spaces at the end of names, because Windows programs ignore them. */
function withoutTrailingDots(path: string): string {
  return process.platform === 'win32' ? path.replaceAll(/(?<=[^\\/. ])[. ]+(?=[\\/]|$)/g, '') : path
}
