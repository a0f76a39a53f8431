import { realpath, stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'

/**
 * Where a folder is, however its path is written: what identifies the folder and each folder above it, from the folder up to the root. Links, letter
 * case, short (8.3) names and mapped drives make no difference.
 */
export type FolderPlace = readonly [string, ...string[]]

/** How one folder is placed relative to another. */
export type FolderRelation = 'same' | 'inside' | 'around' | 'apart'

/** Finds out where a folder is. A folder that doesn't exist or can't be reached is placed by its names below the nearest folder that does. */
export async function placeOf(folder: string): Promise<FolderPlace> {
  let path = resolve(withoutTrailingDots(folder))
  const missing: string[] = []
  for (;;) {
    const found = await realPlaceOf(path)
    if (found !== null) return addNames(found, missing)
    const above = dirname(path)
    if (above === path) return addNames([folded(path)], missing)
    missing.push(basename(path))
    path = above
  }
}

/** How the first folder is placed relative to the second. */
export function relationOf(place: FolderPlace, other: FolderPlace): FolderRelation {
  if (place[0] === other[0]) return 'same'
  if (place.includes(other[0])) return 'inside'
  return other.includes(place[0]) ? 'around' : 'apart'
}

/** Those of some folders that are the given folder or inside it. */
export async function foldersInside(folder: string, folders: readonly string[]): Promise<string[]> {
  const place = await placeOf(folder)
  const inside: string[] = []
  for (const one of folders) if (['same', 'inside'].includes(relationOf(await placeOf(one), place))) inside.push(one)
  return inside
}

/** Null where the folder can't be reached, whatever the reason. */
async function realPlaceOf(path: string): Promise<FolderPlace | null> {
  let real: string
  try {
    real = await realpath(path)
  } catch {
    return null
  }
  const first = await identityOf(real)
  const above: string[] = []
  for (let at = real; dirname(at) !== at; at = dirname(at)) above.push(await identityOf(dirname(at)))
  return [first, ...above]
}

/** Device and file id; the real path where the file system has no ids or doesn't tell them. */
async function identityOf(real: string): Promise<string> {
  try {
    const { dev, ino } = await stat(real, { bigint: true })
    return ino === 0n ? folded(real) : `${dev}:${ino}`
  } catch {
    return folded(real)
  }
}

/** `names` from the innermost folder outwards. */
function addNames(found: FolderPlace, names: readonly string[]): FolderPlace {
  let place = found
  for (const name of names.toReversed()) place = [`${place[0]}/${folded(name)}`, ...place]
  return place
}

const IGNORES_CASE = process.platform === 'win32' || process.platform === 'darwin'

/** Names as the system compares them. */
function folded(name: string): string {
  return IGNORES_CASE ? name.normalize('NFC').toLowerCase() : name
}

/** Windows programs ignore dots and spaces at the end of a name. */
function withoutTrailingDots(path: string): string {
  return process.platform === 'win32' ? path.replaceAll(/(?<=[^\\/. ])[. ]+(?=[\\/]|$)/g, '') : path
}
