import type { RestoreRecord } from '../../../src-shared/contract/contract'
import type { Failure } from '../../../src-shared/failure'
import type { RestoreRequest } from '../backups/restore-request'
import type { EngineContext } from '../context/context'
import type { Work } from '../context/work'
import { insertForgotten } from '../database/forgotten-deliveries-store'
import { markNotSent, waitingNotices } from '../database/notices-store'
import type { Database } from '../database/open-database'
import { findOrder, orderNumbers, unsentOrderIds } from '../database/orders-store'
import type { ForgottenDeliveryTable } from '../database/schema'
import { readSetting, writeSetting } from '../database/settings-store'
import { findWorkspace, forfeitStaging, saveWorkspace } from '../database/workspace-store'
import { readFromArchive } from '../deliveries/archive'
import { numberKey } from '../files/file-name'
import { sha256 } from '../files/sha256'
import { markForgottenForReview, markPossiblySentForReview, POSSIBLY_SENT_UNTIL } from '../orders/forgotten-deliveries'
import { localTime } from '../time/local-time'
import { markPreparedUnknown, markUnsentForReview } from './mark-unsent-for-review'
import { filesTakenSince, returnToIntake, takenSince } from './received-files'
import { forgottenFiles, isArchiveComplete, type SentFile } from './sent-files'

const LAST_RESTORE = 'lastRestore'
const PROBLEM_KEY = 'restore'

/** The last restore, or null. */
export async function lastRestore(db: Database): Promise<RestoreRecord | null> {
  return (await readSetting<{ record: RestoreRecord } | null>(db, LAST_RESTORE, null))?.record ?? null
}

/**
 * Finishes a restore before anything else runs: marks for review every order that was sent since the backup, moves
 * files received since the backup to their intake folders to be read again, and holds waiting emails. The database
 * changes in one transaction, and only once, even if the program is interrupted several times.
 */
export async function finishRestore(engine: EngineContext, request: RestoreRequest): Promise<void> {
  const { db, workspace } = engine
  const done = await readSetting<{ id: string } | null>(db, LAST_RESTORE, null)
  if (done?.id === request.id) return
  const since = await takenSince(db, request.backupAt, engine.now())
  const files = await Promise.all(
    (await forgottenFiles(db, workspace.archiveFolder)).map((file) => forgottenDelivery(engine, file, request)),
  )
  const hasCompleteArchive = await isArchiveComplete(db, workspace.archiveFolder)
  const received = await filesTakenSince(db, since)
  const isForeign = await isForeignDatabase(engine)
  // Never move files in another workspace's folders.
  const returnedCount = isForeign ? 0 : await returnToIntake(received.files, engine.newId)
  await engine.onStep('restore put back')
  await engine.write(async (work) => {
    await insertForgotten(work.db, files)
    const reviewCount = isForeign
      ? await markUnsentForReview(work, FOREIGN_BACKUP)
      : hasCompleteArchive
        ? await markSentForReview(work, files)
        : await markAllForReview(work, files)
    await markPreparedUnknown(work, 'A backup was restored in which this file was prepared.')
    await forfeitStaging(work.db)
    await saveWorkspace(work.db, workspaceRow(engine))
    const noticeCount = await holdNotices(work)
    const results = describeResults(engine, request, {
      sentCount: files.length,
      reviewCount,
      hasCompleteArchive,
      returnedCount,
      noticeCount,
      unreachable: received.unreachable,
    })
    const record: RestoreRecord = { at: engine.now(), actor: request.actor, file: request.file, results }
    await writeSetting(work.db, LAST_RESTORE, { id: request.id, record })
    await work.saveProblem({
      key: PROBLEM_KEY,
      kind: 'restore',
      title: `${request.actor} restored the backup of ${localTime(request.backupAt, engine.now())}`,
      code: 'restored',
      message: results.join(' '),
      remedy: REMEDY,
      folder: null,
    })
  })
  await engine.onStep('restore settled')
}

const REMEDY =
  'Write Order is paused. Repeat what was done in Ledgerdrop since the backup: cancellations and other status changes, edits, settings. Check the orders that need review. Then open Sync > Status, click the clock icon to the right of Write Order and choose Resume.'

const FOREIGN_BACKUP = 'A backup of another workspace was restored. That workspace may have sent this order, or may still send it.'

/** True if the restored database comes from another workspace. */
async function isForeignDatabase({ db, workspace }: EngineContext): Promise<boolean> {
  return (await findWorkspace(db))?.id !== workspace.id
}

function workspaceRow({ workspace: { token } }: EngineContext) {
  return { id: token.workspaceId, epoch: token.epoch, token: token.token, folder: token.folder, computer: token.computer }
}

async function forgottenDelivery(engine: EngineContext, file: SentFile, { backupAt }: RestoreRequest): Promise<ForgottenDeliveryTable> {
  const bytes = (await readFromArchive(engine.workspace.archiveFolder, file)) ?? Buffer.alloc(0)
  const evidence = `Written after the backup of ${localTime(backupAt, engine.now())}, which was restored. What happened to the file is no longer known`
  return { ...file, sizeBytes: bytes.byteLength, sha256: sha256(bytes), evidence }
}

/** Marks for review the orders whose numbers are on files sent since the backup; all of them if several sources use the same number. */
async function markSentForReview(work: Work, files: readonly SentFile[]): Promise<number> {
  const keys = new Set(files.map((file) => file.numberKey))
  if (keys.size === 0) return 0
  const ids: number[] = []
  for await (const orders of orderNumbers(work.db)) for (const { id, number } of orders) if (keys.has(numberKey(number))) ids.push(id)
  for (const id of ids) {
    const order = await findOrder(work.db, id)
    if (order !== undefined) await markForgottenForReview(work, order)
  }
  return ids.length
}

/**
 * Marks for review every order that could be sent, because an incomplete archive doesn't show what was sent since the backup. Orders from that time
 * that arrive later need review too.
 */
async function markAllForReview(work: Work, files: readonly SentFile[]): Promise<number> {
  await writeSetting(work.db, POSSIBLY_SENT_UNTIL, work.now())
  let count = await markSentForReview(work, files)
  for (const id of await unsentOrderIds(work.db)) {
    const order = await findOrder(work.db, id)
    if (order === undefined) continue
    await markPossiblySentForReview(work, order)
    count++
  }
  return count
}

const WAITING_AT_BACKUP = 'A backup was restored in which this email was still waiting. It may have been sent since.'

/** Holds emails that were waiting at the time of the backup, because they may have been sent since. Returns how many. */
export async function holdNotices(work: Work, reason = WAITING_AT_BACKUP): Promise<number> {
  const notices = await waitingNotices(work.db)
  const failure: Failure = {
    code: 'notice-unknown',
    message: reason,
    remedy: 'Ask the customer, or check the mail account. Choose Try Again to send it again; Dismiss discards it.',
  }
  for (const { id, orderId, address } of notices) {
    await markNotSent(work.db, id, work.now(), failure, null)
    if (orderId === null) continue
    await work.addToTimeline([{ orderId, kind: 'error', text: `Notice to ${address}: ${failure.message}` }])
    work.markOrderChanged(orderId)
  }
  return notices.length
}

function describeResults(
  engine: EngineContext,
  { backupAt }: RestoreRequest,
  found: {
    sentCount: number
    reviewCount: number
    hasCompleteArchive: boolean
    returnedCount: number
    noticeCount: number
    unreachable: string[]
  },
): string[] {
  const results = [`${plural(found.sentCount, 'file was', 'files were')} sent after ${localTime(backupAt, engine.now())}.`]
  results.push(
    `${plural(found.reviewCount, 'order needs', 'orders need')} review and ${found.reviewCount === 1 ? 'is' : 'are'} not sent again automatically.`,
  )
  if (!found.hasCompleteArchive)
    results.push('The archive of sent files does not go back to the backup, so orders from that time that arrive later also need review.')
  if (found.returnedCount > 0) results.push(`${plural(found.returnedCount, 'file was', 'files were')} returned to be read again.`)
  if (found.noticeCount > 0)
    results.push(
      `${plural(found.noticeCount, 'email', 'emails')} may have been sent and ${found.noticeCount === 1 ? 'needs' : 'need'} a decision.`,
    )
  if (found.unreachable.length > 0)
    results.push(`${found.unreachable.join(' ')} Files that were read from there since the backup are in Done. Move them back by hand.`)
  return results
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
