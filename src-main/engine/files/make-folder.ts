import { mkdir } from 'node:fs/promises'
import { errnoOf } from './folder-failure'

/** Makes a folder if nothing has its name yet; true if it is new. Throws the file system's error. */
export async function makeFolder(folder: string): Promise<boolean> {
  try {
    // Not recursively: Node would say ENOENT where the disk is read-only.
    await mkdir(folder)
    return true
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false
    throw error
  }
}
