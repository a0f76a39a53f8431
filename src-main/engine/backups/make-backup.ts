import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { constants, copyFile, mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { FailureError } from '../../../src-shared/failure'
import { copyDatabase } from '../database/backup-database'
import { findDamageInThread } from '../database/find-damage'
import { createPrivateFile, makeFilePrivate } from '../files/private-files'
import { syncFolder } from '../files/sync-folder'
import { backupName } from './backup-name'

/**
 * Makes a checked copy of a database, even one in use, and returns its path. `prefix` starts its file name. An incomplete copy never has a backup's
 * name. Throws FailureError `database-damaged`, and SQLite's and the file system's errors.
 */
export async function makeBackup(database: string, folder: string, prefix: string, now: string): Promise<string> {
  const file = join(folder, backupName(prefix, now))
  const part = `${file}.part`
  await rm(part, { force: true })
  try {
    await createPrivateFile(part)
    await copyDatabase(database, part)
    const damage = await findDamageInThread(part)
    if (damage !== null) throw databaseDamaged(database, damage)
    await moveIntoPlace(part, file)
    return file
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

/** Makes a private copy of a file, checks that it is identical, and syncs it to disk. Throws the file system's error. */
export async function copyDurably(from: string, to: string): Promise<void> {
  const part = `${to}.part`
  await mkdir(dirname(to), { recursive: true })
  // Never write to an existing file: on a share, somebody may have put a link there.
  await rm(part, { force: true })
  await copyFile(from, part, constants.COPYFILE_EXCL)
  await makeFilePrivate(part)
  const [expected, actual] = [await hashOf(from), await hashOf(part)]
  if (expected !== actual) {
    await rm(part, { force: true })
    throw Object.assign(new Error(`The copy ${basename(to)} differs from the original`), { code: 'EIO', syscall: 'copyfile' })
  }
  await moveIntoPlace(part, to)
}

async function moveIntoPlace(part: string, file: string): Promise<void> {
  const handle = await open(part, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(part, file)
  await syncFolder(dirname(file))
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

function databaseDamaged(database: string, detail: string): FailureError {
  return new FailureError({
    code: 'database-damaged',
    message: `The database ${database} is damaged: ${detail}`,
    remedy: 'Open Settings > Backups and restore the newest good backup. Nothing is sent twice. Do not delete anything.',
    action: 'restore',
  })
}
