import { lstat } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { FailureError } from '../../../src-shared/failure'
import { errnoOf } from './folder-failure'
import { makeFolder } from './make-folder'

/** Bytes of a name at most: file systems take 255, and room is left for a prefix and for `.error.txt`. */
const MOST_BYTES = 150

/**
 * A name that is free in a folder of ours, the wanted one where it is and is not too long; the folder is made where it is missing. Throws FailureError
 * `folder-is-a-link` where files moved there would come to lie elsewhere, and the file system's error.
 */
export async function freeName(folder: string, name: string, newId: () => number): Promise<string> {
  // Whoever may write into an intake folder could have what comes in put anywhere on this computer.
  if (!(await makeFolder(folder)) && !(await lstat(folder)).isDirectory()) throw isLink(folder)
  return freeNameIn(folder, name, newId)
}

/** The same for a folder that is there and that a person chose: it may be a link. */
export async function freeNameIn(folder: string, name: string, newId: () => number): Promise<string> {
  const wanted = shortened(name)
  try {
    await lstat(join(folder, wanted))
    return `${newId().toString(36)}-${wanted}`
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return wanted
    throw error
  }
}

function isLink(folder: string): FailureError {
  return new FailureError({
    code: 'folder-is-a-link',
    message: `${folder} is not a folder but a link or a file: files moved there would come to lie in another place.`,
    remedy: 'Delete or rename it. Ledgerdrop makes the folder anew, and takes the files then.',
  })
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
