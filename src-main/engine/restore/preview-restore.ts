import type { BackupRow, RestoreOrderChange, RestorePreview } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { BackupWorkspace } from '../backups/backup-folders'
import { findBackup } from '../backups/restore-request'
import { isBackupAtFault, openBackup } from '../database/backup-database'
import { changesSince } from '../database/changes-since-store'
import { highestId } from '../database/highest-id'
import type { Database } from '../database/open-database'
import { orderNumbers } from '../database/orders-store'
import { findWorkspace } from '../database/workspace-store'
import { numberKey } from '../files/file-name'
import { filesTakenSince, takenSince } from './received-files'
import { forgottenFiles, isArchiveComplete, type SentFile } from './sent-files'

/** The maximum number of orders that the preview lists. */
const MAX_ORDERS = 20

/**
 * Returns what a restore would change, without changing anything. `current` is the current database. If it can't be
 * read, `current` is null, and the backup is compared with the archive and the intake folders instead. Throws
 * FailureError `backup-missing`, `backup-newer`, `backup-damaged`.
 */
export async function previewRestore(
  workspace: BackupWorkspace,
  current: Database | null,
  file: string,
  now: string,
): Promise<RestorePreview> {
  const backup = await findBackup(file)
  requireUsable(backup)
  try {
    return await compare(workspace, current, backup, now)
  } catch (error) {
    if (isBackupAtFault(file, error)) requireUsable({ ...backup, state: 'damaged' })
    throw error
  }
}

async function compare(workspace: BackupWorkspace, current: Database | null, backup: BackupRow, now: string): Promise<RestorePreview> {
  const backupDatabase = openBackup(backup.file)
  try {
    const sent = await forgottenFiles(backupDatabase, workspace.archiveFolder)
    const otherWorkspace = await otherWorkspaceOf(backupDatabase, workspace)
    const common = {
      backup,
      otherWorkspace,
      sentCount: sent.length,
      isArchiveComplete: await isArchiveComplete(backupDatabase, workspace.archiveFolder),
    }
    if (current !== null) {
      return {
        ...common,
        isDatabaseReadable: true,
        ...(await changesSince(current, backupDatabase, await highestId(backupDatabase), MAX_ORDERS)),
      }
    }
    const { files } = await filesTakenSince(backupDatabase, await takenSince(backupDatabase, backup.at, now))
    return {
      ...common,
      isDatabaseReadable: false,
      receivedCount: files.length,
      changedCount: null,
      settingsCount: null,
      orders: await ordersSent(backupDatabase, sent),
    }
  } finally {
    await backupDatabase.destroy()
  }
}

/** The workspace that the backup comes from; null if it is this one, or if an older version made the backup and didn't record it. */
async function otherWorkspaceOf(backupDatabase: Database, { id }: BackupWorkspace): Promise<RestorePreview['otherWorkspace']> {
  const found = await findWorkspace(backupDatabase)
  return found === undefined || found.id === id ? null : { folder: found.folder, computer: found.computer }
}

function requireUsable({ state, file }: BackupRow): void {
  if (state === 'good') return
  throw new FailureError({
    code: state === 'newer' ? 'backup-newer' : 'backup-damaged',
    message:
      state === 'newer'
        ? `The backup ${file} was made by a newer version of Ledgerdrop.`
        : `${file} is damaged, or is not a Ledgerdrop backup.`,
    remedy: 'Choose another backup. Nothing was changed.',
  })
}

/** The backup's orders whose numbers are in the names of files sent after the backup. A file without such an order is listed by its number key. */
async function ordersSent(backupDatabase: Database, sent: readonly SentFile[]): Promise<RestoreOrderChange[]> {
  const keys = new Set(sent.map((file) => file.numberKey))
  const numbers = new Map<string, string>()
  if (keys.size > 0) {
    for await (const orders of orderNumbers(backupDatabase)) {
      for (const { number } of orders) if (keys.has(numberKey(number))) numbers.set(numberKey(number), number)
    }
  }
  return [...keys]
    .slice(-MAX_ORDERS)
    .reverse()
    .map((key) => ({ number: numbers.get(key) ?? key.replace(/^0+/, ''), customerName: '', change: 'sent since' }))
}
