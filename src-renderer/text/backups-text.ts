import type { BackupRow, RestoreOrderChange, RestorePreview } from '../../src-shared/contract/contract'
import { counted, dateTimeText, LOCALE } from './dates'

const haveBeen = (count: number, one: string) =>
  count === 0 ? `No ${one}s have been` : counted(count, `${one} has been`, `${one}s have been`)

/** What the screens say about backups and restores. */
export const backupsText = {
  title: 'Backups',
  folder: 'Backup folder',
  folderHint: 'Can be on another drive or a network share. Ledgerdrop keeps one backup for each of the last 7 days, 4 weeks and 12 months.',
  save: 'Save',
  saved: 'Backup folder saved. The next backup will be stored there.',
  archive: {
    form: 'Archive of sent files',
    years: 'Keep sent files for (years)',
    gigabytes: 'Maximum size (GB)',
    hint: 'Leave both blank to keep all files forever. Files from the last 13 months, and files sent since the oldest backup, are always kept.',
    yearsWrong: 'Enter a whole number from 2 to 99, or leave blank.',
    gigabytesWrong: 'Enter a whole number of 1 or more, or leave blank.',
    save: 'Save Archive Limits',
    saved: 'Archive limits saved. They take effect at the next backup.',
  },
  last: 'Last good backup',
  none: 'None yet',
  next: 'Next backup',
  notPlanned: 'Not scheduled',
  backUpNow: 'Back Up Now',
  openFolder: 'Open Backup Folder',
  empty: 'No backups yet.',
  reading: 'Loading backups',
  lastRestore: (actor: string, at: string) => `${actor} restored a backup on ${dateTimeText(at)}.`,
  table: {
    label: 'List of backups',
    date: 'Date',
    kind: 'Kind',
    size: 'Size',
    state: 'State',
    actions: 'Actions',
    restore: 'Restore…',
    restoreLabel: (at: string) => `Restore the backup from ${dateTimeText(at)}`,
    kinds: {
      regular: 'Daily',
      'before migration': 'Before an update',
      replaced: 'Replaced by a restore',
    } satisfies Record<BackupRow['kind'], string>,
    states: { good: 'Verified', newer: 'From a newer version', damaged: 'Damaged' } satisfies Record<BackupRow['state'], string>,
  },
  restore: {
    title: (at: string) => `Restore the backup from ${dateTimeText(at)}?`,
    reading: 'Checking what would change',
    other: ({ folder, computer }: NonNullable<RestorePreview['otherWorkspace']>) =>
      `This is a backup of another workspace: ${folder} on the computer ${computer}. After the restore, every waiting or failed order needs review, because that workspace may have sent it.`,
    loses: 'Ledgerdrop returns to its state at the time of the backup.',
    received: (count: number, isDatabaseReadable: boolean) => {
      const received = `${haveBeen(count, isDatabaseReadable ? 'order' : 'file')} received since then.`
      if (count === 0) return received
      return `${received} ${count === 1 ? 'It' : 'They'} will be read again if the ${count === 1 ? 'file is' : 'files are'} still in the Done folder.`
    },
    sent: (count: number) => {
      const sent = `${haveBeen(count, 'file')} sent since then.`
      if (count === 0) return sent
      return `${sent} After the restore, ${count === 1 ? 'its order needs' : 'their orders need'} review. Nothing is sent again automatically.`
    },
    changed: (count: number | null) => {
      if (count === null) return 'Any changes that people have made since then will be lost. It is not known how many there are.'
      return `${haveBeen(count, 'order')} changed by people since then.${count === 0 ? '' : ' These changes will be lost.'}`
    },
    settings: (count: number) => `${haveBeen(count, 'setting')} changed since then.${count === 0 ? '' : ' These changes will be lost.'}`,
    archive:
      'The archive of sent files does not go back as far as this backup, so every waiting or failed order needs review after the restore.',
    paused:
      'After the restore, Write Order stays paused until someone checks the orders and resumes it. The current database is kept as a backup.',
    orders: 'Affected orders',
    change: {
      'received since': 'received since then',
      'sent since': 'sent since then',
      'changed since': 'changed since then',
    } satisfies Record<RestoreOrderChange['change'], string>,
    confirmLabel: 'Type RESTORE to confirm',
    confirmWord: 'RESTORE',
    cancel: 'Cancel',
    restore: 'Restore',
    underWay: 'Restoring',
  },
  page: {
    title: 'Ledgerdrop cannot open its database',
    what: 'Choose a backup to restore. Orders that were sent after it was made will need review. Restoring a backup does not send any order twice.',
    tryAgain: 'Try Again',
  },
  size: (bytes: number) => `${Math.max(0.1, bytes / 1_000_000).toLocaleString(LOCALE, { maximumFractionDigits: 1 })} MB`,
} as const
