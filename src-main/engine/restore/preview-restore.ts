import type { BackupRow, RestoreOrderChange, RestorePreview } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { BackupPlace } from '../backups/backup-folders'
import { findBackup } from '../backups/restore-request'
import { isBackupAtFault, openBackup } from '../database/backup-database'
import { changesSince } from '../database/changes-since-store'
import { highestId } from '../database/highest-id'
import type { Database } from '../database/open-database'
import { orderNumbers } from '../database/orders-store'
import { findWorkspace } from '../database/workspace-store'
import { numberKey } from '../files/file-name'
import { filesTakenSince, takenSince } from './received-files'
import { forgottenFiles, isArchiveWhole, type SentFile } from './sent-files'

/** Orders that the preview names. */
const MOST_ORDERS = 20

/**
 * What a restore would change; changes nothing. `current` is the current database, null where it cannot be read: then the archive and the intake folders tell.
 * Throws FailureError `backup-missing`, `backup-newer`, `backup-damaged`.
 */
export async function previewRestore(place: BackupPlace, current: Database | null, file: string, now: string): Promise<RestorePreview> {
  const backup = await findBackup(file)
  refuse(backup)
  try {
    return await compare(place, current, backup, now)
  } catch (error) {
    if (isBackupAtFault(file, error)) refuse({ ...backup, state: 'damaged' })
    throw error
  }
}

async function compare(place: BackupPlace, current: Database | null, backup: BackupRow, now: string): Promise<RestorePreview> {
  const then = openBackup(backup.file)
  try {
    const sent = await forgottenFiles(then, place.archiveFolder)
    const otherWorkspace = await otherWorkspaceOf(then, place)
    const common = { backup, otherWorkspace, sentCount: sent.length, isArchiveWhole: await isArchiveWhole(then, place.archiveFolder) }
    if (current !== null) {
      return { ...common, isDatabaseReadable: true, ...(await changesSince(current, then, await highestId(then), MOST_ORDERS)) }
    }
    const { files } = await filesTakenSince(then, await takenSince(then, backup.at, now))
    return {
      ...common,
      isDatabaseReadable: false,
      receivedCount: files.length,
      changedCount: null,
      settingsCount: null,
      orders: await ordersSent(then, sent),
    }
  } finally {
    await then.destroy()
  }
}

/** Where the backup comes from, if not from this workspace. A backup of an older version doesn't say. */
async function otherWorkspaceOf(then: Database, { id }: BackupPlace): Promise<RestorePreview['otherWorkspace']> {
  const found = await findWorkspace(then)
  return found === undefined || found.id === id ? null : { folder: found.folder, computer: found.computer }
}

function refuse({ state, file }: BackupRow): void {
  if (state === 'good') return
  throw new FailureError({
    code: state === 'newer' ? 'backup-newer' : 'backup-damaged',
    message:
      state === 'newer'
        ? `The backup ${file} was made by a newer version of Ledgerdrop.`
        : `${file} is damaged, or no backup of Ledgerdrop.`,
    remedy: 'Choose another backup. Nothing was changed.',
  })
}

/** Orders of the backup whose numbers are on files that were sent since; a file without such an order is named by its number key. */
async function ordersSent(then: Database, sent: readonly SentFile[]): Promise<RestoreOrderChange[]> {
  const keys = new Set(sent.map((file) => file.numberKey))
  const numbers = new Map<string, string>()
  if (keys.size > 0) {
    for await (const orders of orderNumbers(then)) {
      for (const { number } of orders) if (keys.has(numberKey(number))) numbers.set(numberKey(number), number)
    }
  }
  return [...keys]
    .slice(-MOST_ORDERS)
    .reverse()
    .map((key) => ({ number: numbers.get(key) ?? key.replace(/^0+/, ''), customerName: '', change: 'sent since' }))
}
