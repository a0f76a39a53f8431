import type { BACKUP_COMMANDS, BackupSettings } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import { type BackupWorkspace, backupFolderOf, saveChosenFolder } from '../backups/backup-folders'
import { listBackups } from '../backups/list-backups'
import { archiveLimits, saveArchiveLimits } from '../backups/prune-archive'
import { requestRestore } from '../backups/restore-request'
import type { EngineContext } from '../context/context'
import type { Database } from '../database/open-database'
import { folderFailure, isFileSystemError } from '../files/folder-failure'
import { lastRestore } from '../restore/finish-restore'
import { previewRestore } from '../restore/preview-restore'
import type { HandlersOf } from './dispatcher'

/** The workspace that the backup commands work on, whether or not its database can be opened. */
export interface BackupContext {
  workspace: BackupWorkspace
  /** Null if the database can't be opened. */
  db: Database | null
  /** Null if the database can't be opened. */
  write: EngineContext['write'] | null
  /** UTC ISO 8601. */
  now(): string
  /** Returns an id that is higher than every known one. */
  newId(): number
}

/** Handlers for backups and restores. They also work if the database can't be opened. */
export function backupHandlers(context: BackupContext): HandlersOf<keyof typeof BACKUP_COMMANDS> {
  const { workspace, db, write } = context
  return {
    'backups.list': () => backupSettings(context),
    'backups.preview': ({ file }) => withFileFailures(file, previewRestore(workspace, db, file, context.now())),
    'backups.restore': async ({ file }, { actor }) => ({
      backup: await withFileFailures(file, requestRestore(workspace, { file, actor, now: context.now(), highestId: context.newId() })),
    }),
    'backups.saveSettings': async ({ folder }) => {
      await saveChosenFolder(workspace, folder)
      return backupSettings(context)
    },
    'backups.saveArchive': async (limits) => {
      if (write === null) throw databaseUnavailable()
      await write((work) => saveArchiveLimits(work.db, limits))
      return backupSettings(context)
    },
  }
}

function databaseUnavailable(): FailureError {
  return new FailureError({
    code: 'database-missing',
    message: 'This setting is stored in the database, which cannot be opened.',
    remedy: 'Restore a backup first.',
  })
}

async function backupSettings({ workspace, db }: BackupContext): Promise<BackupSettings> {
  return {
    folder: await backupFolderOf(workspace),
    defaultFolder: workspace.backupFolder,
    backups: await listBackups(workspace),
    archive: db === null ? { keepYears: null, mostGigabytes: null } : await archiveLimits(db),
    lastRestore: db === null ? null : await lastRestore(db),
  }
}

/** Turns file system errors of `work` into failures that name the file. */
async function withFileFailures<T>(file: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw isFileSystemError(error) ? folderFailure(error, file) : error
  }
}
