import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Failure } from '../../../src-shared/failure'
import { errnoOf } from './folder-failure'
import { openNoLink } from './open-no-link'

/** Error codes for a file that another program has locked, or that we aren't allowed to read or move. */
export const LOCKED_OR_DENIED: ReadonlySet<string> = new Set(['EBUSY', 'EPERM', 'EACCES'])

/** Returns the failure for a file that can't be read. `otherCount`: how many other files can't be read either. */
export function unreadableFileFailure(name: string, errno: string, otherCount: number): Failure {
  const isOpen = errno === 'EBUSY'
  const reason = isOpen ? 'another program has it open' : 'Ledgerdrop is not allowed to read it'
  const more = otherCount === 0 ? '' : ` ${otherCount} more cannot be read either.`
  return {
    code: 'file-unreadable',
    message: `${name} cannot be read: ${reason}.${more}`,
    remedy: isOpen
      ? 'Close the program that has the file open, often a spreadsheet, a virus scanner or a backup. Ledgerdrop then reads the file automatically.'
      : 'Give the account that runs Ledgerdrop permission to read this file, and Ledgerdrop reads it automatically. Or remove the file.',
  }
}

/**
 * Returns the error codes, by file name, of the files in a folder that can't be read now. `isWanted` selects names.
 * Throws the file system's error.
 */
export async function findUnreadableFiles(folder: string, isWanted: (name: string) => boolean): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile() || !isWanted(entry.name)) continue
    const errno = await readErrno(join(folder, entry.name))
    if (errno !== null) found.set(entry.name, errno)
  }
  return found
}

async function readErrno(path: string): Promise<string | null> {
  try {
    const file = await openNoLink(path)
    try {
      await file.read(Buffer.alloc(1), 0, 1, 0)
      return null
    } finally {
      await file.close()
    }
  } catch (error) {
    return LOCKED_OR_DENIED.has(errnoOf(error)) ? errnoOf(error) : null
  }
}
