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
import { chosenFolder, databaseFile, ownFolderIn } from './backup-folders'
import { readBackupName } from './backup-name'
import { backupsToKeep } from './backups-to-keep'
import { backupFiles, listBackups } from './list-backups'
import { copyDurably, makeBackup } from './make-backup'
import { thinArchive } from './thin-archive'

/**
 * The sync task Back Up: a checked copy of the database, made in the workspace and moved to the folder of choice; then those that are too many go. Where that
 * folder cannot be reached the copy stays in the workspace, and goes there with a later run.
 */
export function backUp(engine: EngineContext): TaskWork {
  return async (report) => {
    const { workspace } = engine
    try {
      await makeBackup(databaseFile(workspace.folder), workspace.backupFolder, 'ledgerdrop', engine.now())
      report.doneCount++
      const chosen = await chosenFolder(workspace)
      if (chosen !== null) await moveBackups(workspace.backupFolder, ownFolderIn(chosen, workspace), chosen)
      await removeSurplus(workspace.backupFolder, engine.now())
      if (chosen !== null) await removeSurplus(ownFolderIn(chosen, workspace), engine.now())
      await engine.write((work) => work.closeProblem(BACKUP_PROBLEM, 'A backup was made.'))
    } catch (error) {
      const failure = backupFailure(error, workspace.backupFolder)
      if (failure === null) throw error
      const { code, message, remedy } = failure
      report.failedCount++
      report.notes.push(message)
      const title = report.doneCount > 0 ? 'The backup stays in the workspace' : 'No backup could be made'
      await engine.write((work) => work.saveProblem({ key: BACKUP_PROBLEM, kind: 'folder', title, code, message, remedy, folder: null }))
      return
    }
    await thin(engine, report)
    // Nobody waits for a run by schedule; and with a good backup of a moment ago.
    if (!report.isAsked) await compact(engine, report)
  }
}

/** After a good backup, which is then the newest of those that the archive has to reach back to. */
async function thin(engine: EngineContext, report: RunReport): Promise<void> {
  const oldest = (await listBackups(engine.workspace)).at(-1)?.at ?? engine.now()
  for (const month of await thinArchive(engine, oldest)) {
    report.log.add({ level: 'info', text: `Sent files of ${month} were removed from the archive, as Settings, Backups says.` })
  }
}

async function compact(engine: EngineContext, report: RunReport): Promise<void> {
  const { freeBytes } = await engine.diskSpace(engine.workspace.folder)
  const bytes = await compactDatabase(engine.db, freeBytes)
  if (bytes === 0) return
  report.log.add({ level: 'info', text: `The database was compacted: ${Math.round(bytes / 1_000_000)} MB were given back to the disk.` })
}

function backupFailure(error: unknown, folder: string): FailureError | null {
  if (error instanceof FailureError) return error
  return diskFailure(error) ?? (isFileSystemError(error) ? folderFailure(error, folder) : null)
}

/** Moves the regular backups; one that was copied but not yet removed by a run before is copied again. Throws FailureError. */
async function moveBackups(from: string, to: string, chosen: string): Promise<void> {
  for (const { file, kind } of await backupFiles(from)) {
    if (kind !== 'regular') continue
    try {
      await copyDurably(file, join(to, basename(file)))
    } catch (error) {
      if (!isFileSystemError(error)) throw error
      const remedy =
        'Check that the computer or drive that holds the folder is switched on, has room and may be written to; or choose another folder in Settings, Backups. The next Back Up tries again.'
      throw new FailureError({ ...folderFailure(error, chosen).toFailure(), remedy }, { cause: error })
    }
    await rm(file)
  }
}

async function removeSurplus(folder: string, now: string): Promise<void> {
  // Copies that a crash cut off: there is never more than one run of Back Up, so nobody works on them.
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
