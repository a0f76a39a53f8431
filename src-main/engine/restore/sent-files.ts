import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { RestoreRequest } from '../backups/restore-request'
import { newestArchived, unknownFileNames } from '../database/deliveries-store'
import { highestId } from '../database/highest-id'
import type { Database } from '../database/open-database'
import { readFromArchive } from '../deliveries/archive'
import { parseDeliveryFileName } from '../files/file-name'
import { errnoOf } from '../files/folder-failure'

/** A file that was sent, as described by the name of its copy in the archive. */
export interface SentFile {
  id: number
  fileName: string
  attempt: number
  numberKey: string
  preparedAt: string
}

/** Files that are in the archive but not in the database: they were sent after it was backed up. Oldest first. */
export async function forgottenFiles(db: Database, archiveFolder: string): Promise<SentFile[]> {
  const forgotten: SentFile[] = []
  for await (const names of archivedNames(archiveFolder)) {
    for (const fileName of await unknownFileNames(db, names)) {
      const parsed = parseDeliveryFileName(fileName)
      if (parsed !== null) forgotten.push({ fileName, ...parsed })
    }
  }
  return forgotten.sort((a, b) => a.id - b.id)
}

/**
 * True if the archive contains everything that was sent since the backup. Only the oldest files are ever removed from
 * it, so it is complete if it contains the newest file on record in the backup. If no file is on record, an empty
 * archive counts as incomplete, because it may have been lost.
 */
export async function isArchiveComplete(db: Database, archiveFolder: string): Promise<boolean> {
  const newest = await newestArchived(db)
  if (newest !== undefined) return (await readFromArchive(archiveFolder, newest)) !== null
  for await (const names of archivedNames(archiveFolder)) if (names.length > 0) return true
  return false
}

/** The highest id ever assigned. After a restore, this includes ids assigned since the backup, which aren't in the database. */
export async function highestAssignedId({
  db,
  archiveFolder,
  restore,
}: {
  db: Database
  archiveFolder: string
  restore: RestoreRequest | null
}): Promise<number> {
  const known = await highestId(db)
  if (restore === null) return known
  const newest = (await forgottenFiles(db, archiveFolder)).at(-1)
  return Math.max(known, restore.highestId, newest?.id ?? 0)
}

/** Yields the names of the files in the archive, one month at a time. */
async function* archivedNames(archiveFolder: string): AsyncGenerator<string[]> {
  for (const year of await namesIn(archiveFolder, /^\d{4}$/)) {
    for (const month of await namesIn(join(archiveFolder, year), /^\d\d$/)) {
      yield await namesIn(join(archiveFolder, year, month), /^\d{8}-/)
    }
  }
}

async function namesIn(folder: string, pattern: RegExp): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => pattern.test(name)).sort()
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return []
    throw error
  }
}
