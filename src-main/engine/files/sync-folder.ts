import { open } from 'node:fs/promises'
import { errnoOf } from './folder-failure'

/**
 * Flushes a folder's entries to disk, so that they survive a power failure, if the system supports it. Throws the file
 * system's error.
 */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (!NO_FOLDER_SYNC.has(errnoOf(error))) throw error
  }
}

/** Errors from systems that can't sync a folder (Windows, some network shares). */
const NO_FOLDER_SYNC: ReadonlySet<string> = new Set(['EPERM', 'EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EISDIR', 'EACCES', 'EBADF'])
