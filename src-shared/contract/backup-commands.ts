import { z } from 'zod'
import { filePath, folderPath } from '../paths'
import { command, query } from './define-command'

/** Why a backup was made: by the Back Up task, before a new version migrated the database, or when a restore replaced the database. */
export type BackupKind = 'regular' | 'before migration' | 'replaced'

/** A backup of the database. */
export interface BackupRow {
  file: string
  kind: BackupKind
  /** UTC ISO 8601. */
  at: string
  sizeBytes: number
  /** `newer`: made by a newer version of Ledgerdrop, which is needed to restore it. */
  state: 'good' | 'newer' | 'damaged'
}

/** Limits of the archive of sent files, by age and by size; null: no limit. */
export interface ArchiveLimits {
  keepYears: number | null
  mostGigabytes: number | null
}

/** Settings > Backups. */
export interface BackupSettings {
  /** The backup folder in use. */
  folder: string
  /** The folder in the workspace, used unless another is chosen. */
  defaultFolder: string
  /** Newest first. */
  backups: BackupRow[]
  archive: ArchiveLimits
  /** The last restore; null if there was none. */
  lastRestore: RestoreRecord | null
}

/** A completed restore. */
export interface RestoreRecord {
  at: string
  actor: string
  /** The restored backup's file. */
  file: string
  /** What the restore did, one sentence each. */
  results: string[]
}

/** How a restore would affect one order. */
export interface RestoreOrderChange {
  number: string
  customerName: string
  change: 'received since' | 'sent since' | 'changed since'
}

/** What a restore would change, shown before the user confirms it. */
export interface RestorePreview {
  backup: BackupRow
  /** The workspace the backup comes from, if it isn't this one. Every waiting or failed order then needs review after the restore. */
  otherWorkspace: { folder: string; computer: string } | null
  /** False if the database can't be read. The counts then come from the archive and the intake folders. */
  isDatabaseReadable: boolean
  /** Orders received since the backup. They are read again if their files are still in the intake folder's Done folder. */
  receivedCount: number
  /** Files written since the backup. Their orders need review after the restore; none is sent again automatically. */
  sentCount: number
  /** Orders that users changed since the backup; null if unknown. */
  changedCount: number | null
  /** Settings changed since the backup; null if unknown. */
  settingsCount: number | null
  /** False if the archive of sent files is incomplete. Every waiting or failed order then needs review after the restore. */
  isArchiveComplete: boolean
  /** The first of the orders counted above. */
  orders: RestoreOrderChange[]
}

/** Commands for backups and restores. */
export const BACKUP_COMMANDS = {
  'backups.list': query<BackupSettings>()('viewer', z.strictObject({})),
  'backups.preview': query<RestorePreview>()('administrator', z.strictObject({ file: filePath })),
  /** Prepares a restore. It runs when the workspace is next opened; the program reopens it immediately. */
  'backups.restore': command<{ backup: BackupRow }>()('administrator', z.strictObject({ file: filePath })),
  /** `folder` null: the default folder in the workspace. */
  'backups.saveSettings': command<BackupSettings>()('administrator', z.strictObject({ folder: folderPath.nullable() })),
  'backups.saveArchive': command<BackupSettings>()(
    'administrator',
    z.strictObject({
      keepYears: z.number().int().min(2).max(99).nullable(),
      mostGigabytes: z.number().int().min(1).max(100_000).nullable(),
    }),
  ),
} as const
