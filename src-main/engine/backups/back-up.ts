import { readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { compactDatabase } from '../database/compact-database'
import { diskFailure } from '../database/open-database'
import { folderFailure, isFileSystemError } from '../files/folder-failure'
import { makeFilePrivate } from '../files/private-files'
import { BACKUP_PROBLEM } from '../problems/problems'
import type { RunReport, TaskWork } from '../runs/run-report'
import { backupSubfolder, chosenFolder, databaseFile } from './backup-folders'
import { readBackupName } from './backup-name'
import { backupsToKeep } from './backups-to-keep'
import { backupFiles, listBackups } from './list-backups'
import { copyDurably, makeBackup } from './make-backup'
import { pruneArchive } from './prune-archive'

/**
 * The sync task Back Up: makes a checked copy of the database in the workspace, moves it to the chosen folder, then deletes surplus backups. If the
 * chosen folder can't be reached, the copy stays in the workspace until a later run moves it.
 */
export function backUp(engine: EngineContext): TaskWork {
  return async (report) => {
    const { workspace } = engine
    try {
      await makeBackup(databaseFile(workspace.folder), workspace.backupFolder, 'ledgerdrop', engine.now())
      report.doneCount++
      const chosen = await chosenFolder(workspace)
      if (chosen !== null) await moveBackups(workspace.backupFolder, backupSubfolder(chosen, workspace), chosen)
      await removeSurplusBackups(workspace.backupFolder, engine.now())
      if (chosen !== null) await removeSurplusBackups(backupSubfolder(chosen, workspace), engine.now())
      await engine.write((work) => work.closeProblem(BACKUP_PROBLEM, 'A backup was made.'))
    } catch (error) {
      const failure = backupFailure(error, workspace.backupFolder)
      if (failure === null) throw error
      const { code, message, remedy } = failure
      report.failedCount++
      report.notes.push(message)
      const title = report.doneCount > 0 ? 'The backup stays in the workspace' : 'No backup was made'
      await engine.write((work) => work.saveProblem({ key: BACKUP_PROBLEM, kind: 'folder', title, code, message, remedy, folder: null }))
      return
    }
    await pruneOldFiles(engine, report)
    // Only in scheduled runs, when nobody is waiting, and right after a good backup.
    if (!report.isRequested) await compact(engine, report)
  }
}

/** Prunes the archive of sent files. Called only after a good backup, because the archive must cover everything since the oldest backup. */
async function pruneOldFiles(engine: EngineContext, report: RunReport): Promise<void> {
  const oldest = (await listBackups(engine.workspace)).at(-1)?.at ?? engine.now()
  for (const month of await pruneArchive(engine, oldest)) {
    report.log.add({ level: 'info', text: `Files sent in ${month} were removed from the archive, as set in Settings > Backups.` })
  }
}

async function compact(engine: EngineContext, report: RunReport): Promise<void> {
  const { freeBytes } = await engine.diskSpace(engine.workspace.folder)
  const bytes = await compactDatabase(engine.db, freeBytes)
  if (bytes === 0) return
  report.log.add({ level: 'info', text: `The database was compacted: ${Math.round(bytes / 1_000_000)} MB of disk space freed.` })
}

function backupFailure(error: unknown, folder: string): FailureError | null {
  if (error instanceof FailureError) return error
  return diskFailure(error) ?? (isFileSystemError(error) ? folderFailure(error, folder) : null)
}

/** Moves the regular backups. A backup that an earlier run copied but didn't delete is copied again. Throws FailureError. */
async function moveBackups(from: string, to: string, chosen: string): Promise<void> {
  for (const { file, kind } of await backupFiles(from)) {
    if (kind !== 'regular') continue
    try {
      await copyDurably(file, join(to, basename(file)))
    } catch (error) {
      if (!isFileSystemError(error)) throw error
      const remedy =
        'Check that the drive or computer with this folder is switched on, has free space and can be written to, or choose another folder in Settings > Backups. The next Back Up tries again.'
      throw new FailureError({ ...folderFailure(error, chosen).toFailure(), remedy }, { cause: error })
    }
    await rm(file)
  }
}

async function removeSurplusBackups(folder: string, now: string): Promise<void> {
  // These are copies that a crash interrupted. Only one Back Up runs at a time, so none of them is in use.
  for (const name of await readdir(folder)) {
    if (name.endsWith('.part') && readBackupName(name.slice(0, -'.part'.length)) !== null) await rm(join(folder, name), { force: true })
  }
  const found = await backupFiles(folder)
  const kept = backupsToKeep(found, now)
  for (const backup of found) {
    if (kept.has(backup)) await makeFilePrivate(backup.file)
    else await rm(backup.file, { force: true })
  }
}
