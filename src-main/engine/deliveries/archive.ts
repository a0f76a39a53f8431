import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { errnoOf } from '../files/folder-failure'
import { PRIVATE_FILE, PRIVATE_FOLDER } from '../files/private-files'
import { syncFolder } from '../files/sync-folder'

/** The fields of a delivery that the archive uses. */
interface ArchivedDelivery {
  fileName: string
  preparedAt: string
}

/** Returns the path of the archived copy of a sent file: year, month, then the name under which it was dropped. */
export function archivePath(archiveFolder: string, delivery: ArchivedDelivery): string {
  return join(archiveFolder, delivery.preparedAt.slice(0, 4), delivery.preparedAt.slice(5, 7), delivery.fileName)
}

/** Saves a copy of a file that is about to be sent, and syncs it to disk. Throws the file system's error. */
export async function saveToArchive(archiveFolder: string, delivery: ArchivedDelivery, bytes: Uint8Array): Promise<void> {
  const path = archivePath(archiveFolder, delivery)
  const file = await openNew(path)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function openNew(path: string) {
  try {
    return await open(path, 'wx', PRIVATE_FILE)
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error
    const folder = dirname(path)
    const first = await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER })
    // A new month's folder must survive a power failure too.
    for (let created = folder; first !== undefined && created.length >= first.length; created = dirname(created)) {
      await syncFolder(dirname(created))
    }
    return open(path, 'wx', PRIVATE_FILE)
  }
}

/** Removes the archived copy of a file that was never sent. */
export async function removeFromArchive(archiveFolder: string, delivery: ArchivedDelivery): Promise<void> {
  try {
    await rm(archivePath(archiveFolder, delivery), { force: true })
  } catch (error) {
    // The folder was replaced by a file, so there is no copy to remove.
    if (errnoOf(error) !== 'ENOTDIR') throw error
  }
}

/** Returns the archived copy, or null if it is missing. */
export async function readFromArchive(archiveFolder: string, delivery: ArchivedDelivery): Promise<Buffer | null> {
  try {
    return await readFile(archivePath(archiveFolder, delivery))
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null
    throw error
  }
}
