import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { errnoOf } from '../files/folder-failure'
import { PRIVATE_FILE, PRIVATE_FOLDER } from '../files/private-files'
import { syncFolder } from '../files/sync-folder'

/** A delivery as far as the archive needs it. */
interface Archived {
  fileName: string
  preparedAt: string
}

/** Where the copy of a sent file lies: by year and month, under the name that it was dropped with. */
export function archivePath(archiveFolder: string, delivery: Archived): string {
  return join(archiveFolder, delivery.preparedAt.slice(0, 4), delivery.preparedAt.slice(5, 7), delivery.fileName)
}

/** Keeps a copy of what is about to be sent, on disk before it is sent. Throws the file system's error. */
export async function keepInArchive(archiveFolder: string, delivery: Archived, bytes: Uint8Array): Promise<void> {
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
    // A new month's folder must survive a power failure as well.
    for (let at = folder; first !== undefined && at.length >= first.length; at = dirname(at)) await syncFolder(dirname(at))
    return open(path, 'wx', PRIVATE_FILE)
  }
}

/** Forgets the copy of a file that was never sent. */
export async function removeFromArchive(archiveFolder: string, delivery: Archived): Promise<void> {
  try {
    await rm(archivePath(archiveFolder, delivery), { force: true })
  } catch (error) {
    // Something else has taken the folder's place: the copy is not there either.
    if (errnoOf(error) !== 'ENOTDIR') throw error
  }
}

/** The archive's copy, or null where it is missing. */
export async function readFromArchive(archiveFolder: string, delivery: Archived): Promise<Buffer | null> {
  try {
    return await readFile(archivePath(archiveFolder, delivery))
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null
    throw error
  }
}
