import { lstat, mkdir, stat } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { errnoOf } from './folder-failure'

/** Bytes of a name at most: file systems take 255, and room is left for a prefix and for `.error.txt`. */
const MOST_BYTES = 150

/** A name that is free in the folder, the wanted one where it is and is not too long; the folder is made where it is missing. */
export async function freeName(folder: string, name: string, newId: () => number): Promise<string> {
  try {
    await mkdir(folder)
  } catch (error) {
    // Not recursively: Node would say ENOENT where the disk is read-only.
    if (errnoOf(error) !== 'EEXIST') throw error
    // A link that leads nowhere has the name, too.
    await stat(folder)
  }
  const wanted = shortened(name)
  try {
    await lstat(join(folder, wanted))
    return `${newId().toString(36)}-${wanted}`
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return wanted
    throw error
  }
}

/** The beginning and the extension of a long name. */
function shortened(name: string): string {
  if (Buffer.byteLength(name) <= MOST_BYTES) return name
  const { ext } = parse(name)
  const end = Buffer.byteLength(ext) <= 10 ? ext : ''
  let beginning = ''
  for (const character of name) {
    if (Buffer.byteLength(beginning + character + end) > MOST_BYTES) break
    beginning += character
  }
  return beginning + end
}
