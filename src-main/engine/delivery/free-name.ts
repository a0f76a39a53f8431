import { lstat, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { errnoOf } from './folder-failure'

/** A name that is free in the folder, the wanted one where it is; the folder is made where it is missing. */
export async function freeName(folder: string, name: string, newId: () => number): Promise<string> {
  await mkdir(folder, { recursive: true })
  try {
    await lstat(join(folder, name))
    return `${newId().toString(36)}-${name}`
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return name
    throw error
  }
}
