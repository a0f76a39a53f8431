import type { BackupRow, RestoreOrderChange, RestorePreview } from '../../src-shared/contract/contract'
import { counted, dateTimeText, LOCALE } from './dates'

/** What the screens say about backups and restores. */
export const backupsText = {
  title: 'Backups',
  folder: 'Backup folder',
  folderHint: 'May be on another drive or a share. Kept: one of each of the last 7 days, 4 weeks and 12 months.',
  save: 'Save',
  saved: 'Backup folder saved. The next backup goes there.',
  archive: {
    form: 'Archive of sent files',
    years: 'Keep sent files for (years)',
    gigabytes: 'At most (GB)',
    hint: 'Blank: for ever. Files of the last 13 months, and those since the oldest backup, stay in any case.',
    yearsWrong: 'A whole number from 2 to 99, or blank.',
    gigabytesWrong: 'A whole number from 1, or blank.',
    save: 'Save Archive Limits',
    saved: 'Saved. The next Back Up follows it.',
  },
  last: 'Last good backup',
  none: 'None yet',
  next: 'Next backup',
  notPlanned: 'Not planned',
  backUpNow: 'Back Up Now',
  openFolder: 'Open Backup Folder',
  empty: 'There is no backup yet.',
  reading: 'Reading the backups',
  lastRestore: (actor: string, at: string) => `${actor} restored a backup on ${dateTimeText(at)}.`,
  table: {
    label: 'List of backups',
    date: 'Date',
    kind: 'Kind',
    size: 'Size',
    state: 'State',
    actions: 'Actions',
    restore: 'Restore…',
    restoreLabel: (at: string) => `Restore the backup of ${dateTimeText(at)}`,
    kinds: {
      regular: 'Daily',
      'before migration': 'Before an update',
      replaced: 'Set aside by a restore',
    } satisfies Record<BackupRow['kind'], string>,
    states: { good: 'Checked', newer: 'Made by a newer version', damaged: 'Damaged' } satisfies Record<BackupRow['state'], string>,
  },
  restore: {
    title: (at: string) => `Restore the backup of ${dateTimeText(at)}?`,
    reading: 'Looking what would change',
    other: ({ folder, computer }: NonNullable<RestorePreview['otherWorkspace']>) =>
      `This is a backup of another workspace: ${folder} on the computer ${computer}. Afterwards every order that waits or failed needs review, because that workspace may have sent it.`,
    loses: 'Ledgerdrop goes back to how it was then.',
    received: (count: number, isDatabaseReadable: boolean) =>
      `${isDatabaseReadable ? counted(count, 'order', 'orders') : counted(count, 'file', 'files')} came in since: read again, where the files are still in Done.`,
    sent: (count: number) =>
      `${counted(count, 'file was', 'files were')} sent since: ${count === 1 ? 'its order needs' : 'their orders need'} review afterwards. None is sent again by itself.`,
    changed: (count: number | null) =>
      count === null
        ? 'What people changed since is lost; how much cannot be known.'
        : `${counted(count, 'order was', 'orders were')} changed by people since: these changes are lost.`,
    settings: (count: number) => `${counted(count, 'setting was', 'settings were')} changed since: these changes are lost.`,
    archive: 'The archive of sent files does not go back to this backup: every order that waits or failed needs review afterwards.',
    paused: 'Write Order is paused afterwards, until somebody has looked and resumes it. The database of now is kept as a backup.',
    orders: 'Orders concerned',
    change: {
      'received since': 'came in since',
      'sent since': 'sent since',
      'changed since': 'changed since',
    } satisfies Record<RestoreOrderChange['change'], string>,
    confirmLabel: 'Type RESTORE to confirm',
    confirmWord: 'RESTORE',
    cancel: 'Cancel',
    restore: 'Restore',
    underWay: 'Restoring',
  },
  page: {
    title: 'Ledgerdrop cannot open its database',
    what: 'Choose a backup. Orders that were sent since it was made need review afterwards; nothing is sent twice by that.',
    tryAgain: 'Try Again',
  },
  size: (bytes: number) => `${Math.max(0.1, bytes / 1_000_000).toLocaleString(LOCALE, { maximumFractionDigits: 1 })} MB`,
} as const
