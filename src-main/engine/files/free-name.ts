import { lstat } from 'node:fs/promises'
import { join, parse } from 'node:path'
import { FailureError } from '../../../src-shared/failure'
import { errnoOf } from './folder-failure'
import { makeFolder } from './make-folder'

/** Maximum bytes of a name: file systems allow 255, and this leaves space for a prefix and `.error.txt`. */
const MAX_BYTES = 150

/**
 * Finds an unused name in one of our own folders: the wanted name, shortened if it is too long, with a prefix if it is
 * taken. Creates the folder if it is missing. Throws FailureError `folder-is-a-link` if the folder isn't a real folder;
 * also throws file system errors.
 */
export async function freeName(folder: string, name: string, newId: () => number): Promise<string> {
  // If it were a link, anyone who can write to an intake folder could redirect incoming files to any place on this computer.
  if (!(await makeFolder(folder)) && !(await lstat(folder)).isDirectory()) throw linkFailure(folder)
  return freeNameIn(folder, name, newId)
}

/**
 * Finds an unused name, like `freeName`, in an existing folder that a person chose, which may be a link. Throws the
 * file system's error.
 */
export async function freeNameIn(folder: string, name: string, newId: () => number): Promise<string> {
  const wanted = shorten(name)
  try {
    await lstat(join(folder, wanted))
    return `${newId().toString(36)}-${wanted}`
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return wanted
    throw error
  }
}

function linkFailure(folder: string): FailureError {
  return new FailureError({
    code: 'folder-is-a-link',
    message: `${folder} is a link or a file, not a folder, so files moved there would end up somewhere else.`,
    remedy: 'Delete or rename it. Ledgerdrop then creates the folder and reads the files.',
  })
}

/** Cuts a name to `MAX_BYTES`, keeping its start and its extension. */
function shorten(name: string): string {
  if (Buffer.byteLength(name) <= MAX_BYTES) return name
  const { ext } = parse(name)
  const end = Buffer.byteLength(ext) <= 10 ? ext : ''
  let start = ''
  for (const character of name) {
    if (Buffer.byteLength(start + character + end) > MAX_BYTES) break
    start += character
  }
  return start + end
}
