import { mkdir } from 'node:fs/promises'
import { errnoOf } from './folder-failure'

/**
 * Creates a folder if nothing has its name yet. Returns true if it created the folder. Throws the file system's error.
 */
export async function makeFolder(folder: string): Promise<boolean> {
  try {
    // Not recursive, because Node would then report ENOENT on a read-only disk.
    await mkdir(folder)
    return true
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false
    throw error
  }
}
