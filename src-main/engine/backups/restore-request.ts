import { existsSync } from 'node:fs'
import { readFile, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import type { BackupRow } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import { backupState, intoSingleFile, isBackupAtFault } from '../database/backup-database'
import { findDamage } from '../database/find-damage'
import { isDamage } from '../database/open-database'
import { errnoOf } from '../files/folder-failure'
import { syncFolder } from '../files/sync-folder'
import { writeWhole } from '../files/write-whole'
import { type BackupPlace, databaseFile } from './backup-folders'
import { readBackupName } from './backup-name'
import { backupFiles, describeBackup } from './list-backups'
import { copyDurably } from './make-backup'

/**
 * A restore that was asked for, kept in a file of its own until it is carried out to its end. `ready`: the checked copy lies beside the database.
 * `set aside`: the database is out of the way. `in place`: the copy is the database; what was sent since has to be looked at before anything runs.
 */
const requestSchema = z.object({
  id: z.string(),
  phase: z.enum(['ready', 'set aside', 'in place']),
  actor: z.string(),
  askedAt: z.string(),
  /** The backup. */
  file: z.string(),
  backupAt: z.string(),
  /** The highest id given so far, as far as that is known. */
  highestId: z.number(),
})
export type RestoreRequest = z.infer<typeof requestSchema>

/** Where the checked copy of the backup waits for its turn. */
export function restoringFile(place: BackupPlace): string {
  return `${databaseFile(place.folder)}.restoring`
}

function requestFile(place: BackupPlace): string {
  return join(place.folder, 'restore.json')
}

/**
 * Gets a restore ready: copies the backup beside the database and checks it; all that can fail fails here, and nothing is changed then. Throws
 * FailureError `backup-missing`, `backup-newer`, `backup-damaged`, the file system's and SQLite's errors.
 */
export async function requestRestore(
  place: BackupPlace,
  asked: { file: string; actor: string; now: string; highestId: number },
): Promise<BackupRow> {
  const backup = await findBackup(asked.file)
  const copy = restoringFile(place)
  // While its copy lies here, a restore asked for before has not replaced anything: this one takes its place.
  if (existsSync(copy)) await forgetRequest(place)
  for (const end of ['', '-wal', '-shm', '-journal', '.part']) await rm(`${copy}${end}`, { force: true })
  try {
    await copyDurably(backup.file, copy)
    await copyLog(backup.file, copy)
    intoSingleFile(copy)
    refuseUnfit(backup.file, copy)
  } catch (error) {
    await rm(copy, { force: true })
    throw isDamage(error) || isBackupAtFault(copy, error) ? unfit(backup.file, 'It cannot be read.') : error
  }
  await saveRequest(place, {
    id: asked.now,
    phase: 'ready',
    actor: asked.actor,
    askedAt: asked.now,
    file: backup.file,
    backupAt: backup.at,
    highestId: asked.highestId,
  })
  return backup
}

/** A database that was set aside as it was may have its write-ahead log beside it. */
async function copyLog(from: string, to: string): Promise<void> {
  try {
    await copyDurably(`${from}-wal`, `${to}-wal`)
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error
  }
}

function refuseUnfit(file: string, copy: string): void {
  const state = backupState(copy)
  if (state === 'newer') {
    throw new FailureError({
      code: 'backup-newer',
      message: `The backup ${file} was made by a newer version of Ledgerdrop.`,
      remedy: 'Install the newest version of Ledgerdrop, or choose an older backup. Nothing was changed.',
    })
  }
  const damage = state === 'damaged' ? 'It is no database of Ledgerdrop.' : findDamage(copy)
  if (damage !== null) throw unfit(file, damage)
}

function unfit(file: string, detail: string): FailureError {
  return new FailureError({
    code: 'backup-damaged',
    message: `The backup ${file} is damaged: ${detail}`,
    remedy: 'Choose another backup. Nothing was changed.',
  })
}

/** The backup that a file is. Throws FailureError `backup-missing`, `backup-is-folder`. */
export async function findBackup(file: string): Promise<BackupRow> {
  try {
    const found = await stat(file)
    if (found.isDirectory()) throw isFolder(file, await newestIn(file))
    const named = readBackupName(basename(file)) ?? { kind: 'regular' as const, at: found.mtime.toISOString() }
    return await describeBackup({ file, ...named })
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT' && errnoOf(error) !== 'ENOTDIR') throw error
    throw new FailureError({
      code: 'backup-missing',
      message: `There is no backup ${file}.`,
      remedy: 'Check that the drive or computer that holds it is connected, or choose another backup. Nothing was changed.',
    })
  }
}

async function newestIn(folder: string): Promise<string | undefined> {
  const files = await backupFiles(folder)
  return files.sort((a, b) => (a.at < b.at ? 1 : -1))[0]?.file
}

function isFolder(folder: string, newest: string | undefined): FailureError {
  return new FailureError({
    code: 'backup-is-folder',
    message: `${folder} is a folder, not a backup.`,
    remedy: `${newest === undefined ? 'It has no backups in it. Choose a backup file' : `Choose a file in it; the newest is ${newest}`}. Nothing was changed.`,
  })
}

/** The restore that is to be carried out, or null. Throws FailureError `workspace-unusable`. */
export async function readRequest(place: BackupPlace): Promise<RestoreRequest | null> {
  try {
    return requestSchema.parse(JSON.parse(await readFile(requestFile(place), 'utf8')))
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null
    throw new FailureError(
      {
        code: 'workspace-unusable',
        message: `A restore is under way, and its file ${requestFile(place)} cannot be read.`,
        remedy:
          'Restore the backup again from the command line (restore --from). Do not delete the file: it keeps orders from being sent twice.',
      },
      { cause: error },
    )
  }
}

/** Records how far a restore has come. */
export async function saveRequest(place: BackupPlace, request: RestoreRequest): Promise<void> {
  await writeWhole(requestFile(place), `${JSON.stringify(request, null, 2)}\n`)
  await syncFolder(dirname(requestFile(place)))
}

/** The restore has come to its end. */
export async function forgetRequest(place: BackupPlace): Promise<void> {
  await rm(requestFile(place), { force: true })
  await syncFolder(place.folder)
}
