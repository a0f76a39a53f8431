import type { BACKUP_COMMANDS, BackupSettings } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import { type BackupPlace, keptIn, saveChosenFolder } from '../backups/backup-folders'
import { listBackups } from '../backups/list-backups'
import { requestRestore } from '../backups/restore-request'
import { archiveLimits, saveArchiveLimits } from '../backups/thin-archive'
import type { EngineContext } from '../context/context'
import type { Database } from '../database/open-database'
import { folderFailure, isFileSystemError } from '../files/folder-failure'
import { previewRestore } from '../restore/preview-restore'
import { lastRestore } from '../restore/settle-restore'
import type { HandlersOf } from './dispatcher'

/** What the commands work on: an open workspace, or one whose database cannot be opened. */
export interface BackupContext {
  workspace: BackupPlace
  /** Null if the database can't be opened. */
  db: Database | null
  /** Null if the database can't be opened. */
  write: EngineContext['write'] | null
  /** UTC ISO 8601. */
  now(): string
  /** An id higher than every one before, as far as that can be known. */
  newId(): number
}

/** Backups and restores. They work, too, where the database cannot be opened. */
export function backupHandlers(context: BackupContext): HandlersOf<keyof typeof BACKUP_COMMANDS> {
  const { workspace, db, write } = context
  return {
    'backups.list': () => backupSettings(context),
    'backups.preview': ({ file }) => atFile(file, previewRestore(workspace, db, file, context.now())),
    'backups.restore': async ({ file }, { actor }) => ({
      backup: await atFile(file, requestRestore(workspace, { file, actor, now: context.now(), highestId: context.newId() })),
    }),
    'backups.saveSettings': async ({ folder }) => {
      await saveChosenFolder(workspace, folder)
      return backupSettings(context)
    },
    'backups.saveArchive': async (limits) => {
      if (write === null) throw withoutDatabase()
      await write((work) => saveArchiveLimits(work.db, limits))
      return backupSettings(context)
    },
  }
}

function withoutDatabase(): FailureError {
  return new FailureError({
    code: 'database-missing',
    message: 'This is kept in the database, which cannot be opened.',
    remedy: 'Restore a backup first.',
  })
}

async function backupSettings({ workspace, db }: BackupContext): Promise<BackupSettings> {
  return {
    folder: await keptIn(workspace),
    usualFolder: workspace.backupFolder,
    backups: await listBackups(workspace),
    archive: db === null ? { keepYears: null, mostGigabytes: null } : await archiveLimits(db),
    lastRestore: db === null ? null : await lastRestore(db),
  }
}

/** The disk's or the share's trouble, told as such. */
async function atFile<T>(file: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw isFileSystemError(error) ? folderFailure(error, file) : error
  }
}
