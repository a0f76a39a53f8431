import { z } from 'zod'
import { filePath, folderPath } from '../paths'
import { command, query } from './define-command'

/** What made a backup: the sync task Back Up, a new version before it changed the database, or a restore that set the database aside. */
export type BackupKind = 'regular' | 'before migration' | 'replaced'

/** A copy of the database. */
export interface BackupRow {
  file: string
  kind: BackupKind
  /** UTC ISO 8601. */
  at: string
  sizeBytes: number
  /** `newer`: made by a newer version; only that can restore it. */
  state: 'good' | 'newer' | 'damaged'
}

/** How long copies of sent files are kept in the archive; null: for ever, and however many. */
export interface ArchiveLimits {
  keepYears: number | null
  mostGigabytes: number | null
}

/** Settings > Backups. */
export interface BackupSettings {
  /** Where backups are kept. */
  folder: string
  /** The folder in the workspace, where they are kept unless another is chosen. */
  usualFolder: string
  /** Newest first. */
  backups: BackupRow[]
  archive: ArchiveLimits
  /** The last restore; null where there was none. */
  lastRestore: RestoreRecord | null
}

/** A restore that was carried out. */
export interface RestoreRecord {
  at: string
  actor: string
  /** The backup's file. */
  file: string
  /** What it did, one sentence each. */
  results: string[]
}

/** What a restore would change for an order. */
export interface RestoreOrderChange {
  number: string
  customerName: string
  change: 'received since' | 'sent since' | 'changed since'
}

/** What a restore would change, shown before it is carried out. */
export interface RestorePreview {
  backup: BackupRow
  /** The workspace that the backup comes from, if it is another one: then everything that waits needs review afterwards. */
  otherWorkspace: { folder: string; computer: string } | null
  /** False where the database cannot be read: then the counts come from the archive and the intake folders. */
  isDatabaseReadable: boolean
  /** Orders that came in since: read again from the intake folder's Done where their files are still there. */
  receivedCount: number
  /** Files written since. Their orders need review afterwards: none of them is sent again by itself. */
  sentCount: number
  /** Orders changed by a person since; null where that cannot be known. */
  changedCount: number | null
  /** Settings changed since; null where that cannot be known. */
  settingsCount: number | null
  /** False where the archive of sent files is incomplete: then every order that waits or failed needs review afterwards. */
  isArchiveWhole: boolean
  /** The first of them. */
  orders: RestoreOrderChange[]
}

/** Backups of the database, and going back to one. */
export const BACKUP_COMMANDS = {
  'backups.list': query<BackupSettings>()('viewer', z.strictObject({})),
  'backups.preview': query<RestorePreview>()('administrator', z.strictObject({ file: filePath })),
  /** Gets the restore ready; it is carried out when the workspace is opened next, which the program does at once. */
  'backups.restore': command<{ backup: BackupRow }>()('administrator', z.strictObject({ file: filePath })),
  /** Null: the folder in the workspace. */
  'backups.saveSettings': command<BackupSettings>()('administrator', z.strictObject({ folder: folderPath.nullable() })),
  'backups.saveArchive': command<BackupSettings>()(
    'administrator',
    z.strictObject({
      keepYears: z.number().int().min(2).max(99).nullable(),
      mostGigabytes: z.number().int().min(1).max(100_000).nullable(),
    }),
  ),
} as const
