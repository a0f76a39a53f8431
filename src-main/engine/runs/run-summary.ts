import type { SyncTaskName } from '../../../src-shared/contract/contract'
import type { RunReport } from './run-report'

/** The description of each task, and the words for its counts. */
export const TASK_TEXTS: Readonly<Record<SyncTaskName, { description: string; one: string; many: string; verb: string }>> = {
  'Read Orders': { description: 'Reads new orders from the intake folders and stores.', one: 'order', many: 'orders', verb: 'read' },
  'Read Customers': {
    description: "Imports the accounting package's customer list, if a folder is set.",
    one: 'customer',
    many: 'customers',
    verb: 'read',
  },
  'Read Products': {
    description: "Imports the accounting package's product list, if a folder is set.",
    one: 'product',
    many: 'products',
    verb: 'read',
  },
  'Read Answers': {
    description: 'Checks what happened to each file: picked up, accepted or rejected.',
    one: 'answer',
    many: 'answers',
    verb: 'read',
  },
  'Send Notices': {
    description: 'Sends the emails that Notify Customer has queued, and the daily digest.',
    one: 'notice',
    many: 'notices',
    verb: 'sent',
  },
  'Back Up': {
    description: 'Copies the database to the backup folder and checks the copy.',
    one: 'backup',
    many: 'backups',
    verb: 'made',
  },
  'Update Store': {
    description: 'Writes notes, statuses and tracking numbers back to the stores, if a source has that switched on.',
    one: 'update',
    many: 'updates',
    verb: 'written',
  },
  'Write Order': {
    description: 'Writes every Pending order as a file for the accounting package.',
    one: 'order',
    many: 'orders',
    verb: 'written',
  },
}

const MAX_NOTES = 3

/** Returns the summary of a run: its counts, then its notes. */
export function summaryOf(task: SyncTaskName, report: RunReport): string {
  const notes = [...new Set(report.notes)]
  const more = notes.length > MAX_NOTES ? ` And ${notes.length - MAX_NOTES} more.` : ''
  return [countsOf(task, report), ...notes.slice(0, MAX_NOTES)].join(' ') + more
}

/** Returns the counts of a run as a sentence: `3 orders written, 1 failed.` */
export function countsOf(task: SyncTaskName, report: RunReport): string {
  const { one, many, verb } = TASK_TEXTS[task]
  const { doneCount, failedCount, waitingCount, markedForReview } = report
  const parts: string[] = []
  if (doneCount > 0) parts.push(`${doneCount} ${doneCount === 1 ? one : many} ${verb}`)
  if (failedCount > 0) parts.push(`${failedCount} failed`)
  if (waitingCount > 0) parts.push(`${waitingCount} waiting`)
  if (markedForReview.size > 0)
    parts.push(markedForReview.size === 1 ? '1 order needs review' : `${markedForReview.size} orders need review`)
  return parts.length === 0 ? 'Nothing to do.' : `${parts.join(', ')}.`
}
