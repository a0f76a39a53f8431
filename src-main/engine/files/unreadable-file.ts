import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Failure } from '../../../src-shared/failure'
import { errnoOf } from './folder-failure'
import { openNoLink } from './read-no-link'

/** What systems answer if another program has a file open for itself, or we aren't allowed to read or move it. */
export const HELD: ReadonlySet<string> = new Set(['EBUSY', 'EPERM', 'EACCES'])

/** Why a file can't be read, for the person; `others` more can't be read either. */
export function unreadableFile(name: string, errno: string, others: number): Failure {
  const isOpen = errno === 'EBUSY'
  const reason = isOpen ? 'another program has it open' : 'Ledgerdrop is not allowed to read it'
  const more = others === 0 ? '' : ` ${others} more cannot be read either.`
  return {
    code: 'file-unreadable',
    message: `${name} cannot be read: ${reason}.${more}`,
    remedy: isOpen
      ? 'Close the program that has the file open, often a spreadsheet, a virus scanner or a backup. Ledgerdrop then reads the file by itself.'
      : 'Give the account that Ledgerdrop runs under the right to read this file, or remove it. Ledgerdrop then reads the file by itself.',
  }
}

/** Files in a folder that can't be read now, by name, with the error code; `isWanted` says which names count. Throws the file system's error. */
export async function unreadableFiles(folder: string, isWanted: (name: string) => boolean): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile() || !isWanted(entry.name)) continue
    const errno = await whyNotReadable(join(folder, entry.name))
    if (errno !== null) found.set(entry.name, errno)
  }
  return found
}

async function whyNotReadable(path: string): Promise<string | null> {
  try {
    const file = await openNoLink(path)
    try {
      await file.read(Buffer.alloc(1), 0, 1, 0)
      return null
    } finally {
      await file.close()
    }
  } catch (error) {
    return HELD.has(errnoOf(error)) ? errnoOf(error) : null
  }
}
