import { existsSync } from 'node:fs'
import { readFile, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import type { BackupRow } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import { backupState, convertToSingleFile, isBackupAtFault } from '../database/backup-database'
import { findDamage } from '../database/find-damage'
import { isDamage } from '../database/open-database'
import { errnoOf } from '../files/folder-failure'
import { syncFolder } from '../files/sync-folder'
import { writeAtomically } from '../files/write-atomically'
import { type BackupWorkspace, databaseFile } from './backup-folders'
import { readBackupName } from './backup-name'
import { backupFiles, describeBackup } from './list-backups'
import { copyDurably } from './make-backup'

/**
 * A requested restore, stored in its own file until it is finished. `ready`: the checked copy is next to the database. `set aside`: the old
 * database has been moved away. `in place`: the copy is now the database; what was sent since the backup has to be reviewed before anything runs.
 */
const requestSchema = z.object({
  id: z.string(),
  phase: z.enum(['ready', 'set aside', 'in place']),
  actor: z.string(),
  askedAt: z.string(),
  /** Path of the backup. */
  file: z.string(),
  backupAt: z.string(),
  /** The highest id that is known to have been assigned. */
  highestId: z.number(),
})
export type RestoreRequest = z.infer<typeof requestSchema>

/** The path of the checked copy of the backup until it replaces the database. */
export function restoringFile(workspace: BackupWorkspace): string {
  return `${databaseFile(workspace.folder)}.restoring`
}

function requestFile(workspace: BackupWorkspace): string {
  return join(workspace.folder, 'restore.json')
}

/**
 * Prepares a restore: copies the backup next to the database and checks it. Problems with the backup are found here,
 * before anything is changed. Throws FailureError `backup-missing`, `backup-newer`, `backup-damaged`, and the file
 * system's and SQLite's errors.
 */
export async function requestRestore(
  workspace: BackupWorkspace,
  request: { file: string; actor: string; now: string; highestId: number },
): Promise<BackupRow> {
  const backup = await findBackup(request.file)
  const copy = restoringFile(workspace)
  // If the copy of an earlier request still exists, that request has not replaced the database yet, and this one supersedes it.
  if (existsSync(copy)) await deleteRequest(workspace)
  for (const suffix of ['', '-wal', '-shm', '-journal', '.part']) await rm(`${copy}${suffix}`, { force: true })
  try {
    await copyDurably(backup.file, copy)
    await copyLog(backup.file, copy)
    convertToSingleFile(copy)
    requireUsableBackup(backup.file, copy)
  } catch (error) {
    await rm(copy, { force: true })
    throw isDamage(error) || isBackupAtFault(copy, error) ? backupDamaged(backup.file, 'It cannot be read.') : error
  }
  await saveRequest(workspace, {
    id: request.now,
    phase: 'ready',
    actor: request.actor,
    askedAt: request.now,
    file: backup.file,
    backupAt: backup.at,
    highestId: request.highestId,
  })
  return backup
}

/** Copies the write-ahead log of a backup, if it has one. A damaged database that was set aside has one. */
async function copyLog(from: string, to: string): Promise<void> {
  try {
    await copyDurably(`${from}-wal`, `${to}-wal`)
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error
  }
}

function requireUsableBackup(file: string, copy: string): void {
  const state = backupState(copy)
  if (state === 'newer') {
    throw new FailureError({
      code: 'backup-newer',
      message: `The backup ${file} was made by a newer version of Ledgerdrop.`,
      remedy: 'Install the newest version of Ledgerdrop, or choose an older backup. Nothing was changed.',
    })
  }
  const damage = state === 'damaged' ? 'It is not a Ledgerdrop database.' : findDamage(copy)
  if (damage !== null) throw backupDamaged(file, damage)
}

function backupDamaged(file: string, detail: string): FailureError {
  return new FailureError({
    code: 'backup-damaged',
    message: `The backup ${file} is damaged: ${detail}`,
    remedy: 'Choose another backup. Nothing was changed.',
  })
}

/** Describes the backup in a file. Throws FailureError `backup-missing`, `backup-is-folder`. */
export async function findBackup(file: string): Promise<BackupRow> {
  try {
    const found = await stat(file)
    if (found.isDirectory()) throw backupIsFolder(file, await newestIn(file))
    const named = readBackupName(basename(file)) ?? { kind: 'regular' as const, at: found.mtime.toISOString() }
    return await describeBackup({ file, ...named })
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT' && errnoOf(error) !== 'ENOTDIR') throw error
    throw new FailureError({
      code: 'backup-missing',
      message: `The backup ${file} was not found.`,
      remedy: 'Check that its drive or computer is connected, or choose another backup. Nothing was changed.',
    })
  }
}

async function newestIn(folder: string): Promise<string | undefined> {
  const files = await backupFiles(folder)
  return files.sort((a, b) => (a.at < b.at ? 1 : -1))[0]?.file
}

function backupIsFolder(folder: string, newest: string | undefined): FailureError {
  return new FailureError({
    code: 'backup-is-folder',
    message: `${folder} is a folder, not a backup.`,
    remedy: `${newest === undefined ? 'It contains no backups. Choose a backup file' : `Choose a file in it: the newest is ${newest}`}. Nothing was changed.`,
  })
}

/** Reads the request of an unfinished restore; null if there is none. Throws FailureError `workspace-unusable`. */
export async function readRequest(workspace: BackupWorkspace): Promise<RestoreRequest | null> {
  try {
    return requestSchema.parse(JSON.parse(await readFile(requestFile(workspace), 'utf8')))
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null
    throw new FailureError(
      {
        code: 'workspace-unusable',
        message: `A restore is in progress, but its file ${requestFile(workspace)} cannot be read.`,
        remedy:
          'Restore the backup again from the command line (restore --from). Do not delete the file: it prevents orders from being sent twice.',
      },
      { cause: error },
    )
  }
}

/** Records a restore's progress. Throws the file system's error. */
export async function saveRequest(workspace: BackupWorkspace, request: RestoreRequest): Promise<void> {
  await writeAtomically(requestFile(workspace), `${JSON.stringify(request, null, 2)}\n`)
  await syncFolder(dirname(requestFile(workspace)))
}

/** Deletes the request of a restore that is finished or superseded. */
export async function deleteRequest(workspace: BackupWorkspace): Promise<void> {
  await rm(requestFile(workspace), { force: true })
  await syncFolder(workspace.folder)
}
