import { constants, type Stats } from 'node:fs'
import { type FileHandle, lstat, open } from 'node:fs/promises'

/**
 * Opens a file for reading, but never through a link: that throws ELOOP. On systems without a flag for that (Windows), compares the opened file
 * with the one that has the name. Throws the file system's error.
 */
export async function openNoLink(path: string, noFollow: number = constants.O_NOFOLLOW ?? 0): Promise<FileHandle> {
  if (noFollow !== 0) return open(path, constants.O_RDONLY | noFollow)
  const named = await lstat(path)
  if (named.isSymbolicLink()) throw linkError(path)
  const file = await open(path, constants.O_RDONLY)
  try {
    if (!isSameFile(named, await file.stat())) throw linkError(path)
    return file
  } catch (error) {
    await file.close()
    throw error
  }
}

function isSameFile(a: Stats, b: Stats): boolean {
  return a.ino === b.ino && a.dev === b.dev
}

function linkError(path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`ELOOP: ${path} is a link`), { code: 'ELOOP', syscall: 'open', path })
}
