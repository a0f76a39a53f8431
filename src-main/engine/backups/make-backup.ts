import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { constants, copyFile, mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { FailureError } from '../../../src-shared/failure'
import { copyDatabase } from '../database/backup-database'
import { findDamageAside } from '../database/find-damage'
import { createPrivateFile, makeFilePrivate } from '../files/private-files'
import { syncFolder } from '../files/sync-folder'
import { backupName } from './backup-name'

/**
 * Makes a checked copy of a database, in use or not, and gives its path; `beginning` is that of its name. What is not whole never has a backup's name. Throws
 * FailureError `database-damaged`, SQLite's and the file system's errors.
 */
export async function makeBackup(database: string, folder: string, beginning: string, now: string): Promise<string> {
  const file = join(folder, backupName(beginning, now))
  const part = `${file}.part`
  await rm(part, { force: true })
  try {
    await createPrivateFile(part)
    await copyDatabase(database, part)
    const damage = await findDamageAside(part)
    if (damage !== null) throw damaged(database, damage)
    await intoPlace(part, file)
    return file
  } catch (error) {
    await rm(part, { force: true })
    throw error
  }
}

/** Copies a file so that it survives a power failure, is the same, byte for byte, and private. Throws the file system's error. */
export async function copyDurably(from: string, to: string): Promise<void> {
  const part = `${to}.part`
  await mkdir(dirname(to), { recursive: true })
  // Made new: on a share somebody may have put a link there.
  await rm(part, { force: true })
  await copyFile(from, part, constants.COPYFILE_EXCL)
  await makeFilePrivate(part)
  const [wanted, got] = [await hashOf(from), await hashOf(part)]
  if (wanted !== got) {
    await rm(part, { force: true })
    throw Object.assign(new Error(`${basename(to)} was not copied faithfully`), { code: 'EIO', syscall: 'copyfile' })
  }
  await intoPlace(part, to)
}

async function intoPlace(part: string, file: string): Promise<void> {
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

function damaged(database: string, detail: string): FailureError {
  return new FailureError({
    code: 'database-damaged',
    message: `The database ${database} is damaged: ${detail}`,
    remedy: 'Open Settings, Backups, and restore the newest good backup; nothing is sent twice by that. Do not delete anything.',
    action: 'restore',
  })
}
