import type { RestoreRecord } from '../../../src-shared/contract/contract'
import type { Failure } from '../../../src-shared/failure'
import type { RestoreRequest } from '../backups/restore-request'
import { timelineEntry } from '../changes/timeline'
import type { EngineContext } from '../context/context'
import { insertForgotten } from '../database/forgotten-deliveries-store'
import { markNotSent, waitingNotices } from '../database/notices-store'
import type { Database } from '../database/open-database'
import { findOrder, orderNumbers, unsentOrderIds } from '../database/orders-store'
import { saveProblem } from '../database/problems-store'
import type { ForgottenDeliveryTable } from '../database/schema'
import { readSetting, writeSetting } from '../database/settings-store'
import { addToTimeline } from '../database/timeline-store'
import { findWorkspace, forfeitStaging, saveWorkspace } from '../database/workspace-store'
import { readFromArchive } from '../deliveries/archive'
import { numberKey } from '../files/file-name'
import { sha256 } from '../files/sha256'
import { DOUBT_UNTIL, reviewForgotten, reviewWithoutEvidence } from '../orders/forgotten-deliveries'
import { localTime } from '../time/local-time'
import { filesTakenSince, putBack, takenSince } from './received-files'
import { doubtPrepared, reviewUnsent } from './review-unsent'
import { forgottenFiles, isArchiveWhole, type SentFile } from './sent-files'

const LAST_RESTORE = 'lastRestore'
const PROBLEM = 'restore'

/** The last restore, or null. */
export async function lastRestore(db: Database): Promise<RestoreRecord | null> {
  return (await readSetting<{ record: RestoreRecord } | null>(db, LAST_RESTORE, null))?.record ?? null
}

/**
 * The aftermath of a restore, before anything else runs: every order that was sent since the backup needs review, what came in since comes in again, mails that
 * wait are held back. One transaction; done once, however often the program is cut off.
 */
export async function settleRestore(engine: EngineContext, request: RestoreRequest): Promise<void> {
  const { db, workspace } = engine
  const done = await readSetting<{ id: string } | null>(db, LAST_RESTORE, null)
  if (done?.id === request.id) return
  const since = await takenSince(db, request.backupAt, engine.now())
  const files = await Promise.all((await forgottenFiles(db, workspace.archiveFolder)).map((file) => describe(engine, file, request)))
  const isWhole = await isArchiveWhole(db, workspace.archiveFolder)
  const taken = await filesTakenSince(db, since)
  const isForeign = await isOfAnother(engine)
  // Another workspace's folders are not ours to put anything into.
  const returnedCount = isForeign ? 0 : await putBack(taken.files, engine.newId)
  await engine.onStep('restore put back')
  await db.transaction().execute(async (trx) => {
    await insertForgotten(trx, files)
    const reviewed = isForeign
      ? await reviewUnsent(engine, trx, OF_ANOTHER)
      : isWhole
        ? await reviewSent(engine, trx, files)
        : await reviewAll(engine, trx, files)
    await doubtPrepared(engine, trx, 'A backup was restored in which this file was prepared.')
    await forfeitStaging(trx)
    await saveWorkspace(trx, ownRow(engine))
    const noticeCount = await holdNotices(engine, trx)
    const results = describeResults(engine, request, {
      sentCount: files.length,
      reviewed,
      isWhole,
      returnedCount,
      noticeCount,
      unreachable: taken.unreachable,
    })
    const record: RestoreRecord = { at: engine.now(), actor: request.actor, file: request.file, results }
    await writeSetting(trx, LAST_RESTORE, { id: request.id, record })
    await saveProblem(trx, {
      key: PROBLEM,
      kind: 'restore',
      at: engine.now(),
      title: `${request.actor} restored the backup of ${localTime(request.backupAt, engine.now())}`,
      code: 'restored',
      message: results.join(' '),
      remedy: AFTERWARDS,
      folder: null,
    })
  })
  await engine.onStep('restore settled')
}

const AFTERWARDS =
  'Write Order is paused. Do again what was done in Ledgerdrop since the backup: cancellations and other status changes, edits, settings. Look through the orders that need review. Then open Sync > Status, click the clock icon to the right of Write Order and choose Resume.'

const OF_ANOTHER = 'A backup of another workspace was restored: that workspace may have sent this order, or may still send it.'

/** True if the database that was put in place is another workspace's. */
async function isOfAnother({ db, workspace }: EngineContext): Promise<boolean> {
  return (await findWorkspace(db))?.id !== workspace.id
}

function ownRow({ workspace: { token } }: EngineContext) {
  return { id: token.workspaceId, epoch: token.epoch, token: token.token, folder: token.folder, computer: token.computer }
}

async function describe(engine: EngineContext, file: SentFile, { backupAt }: RestoreRequest): Promise<ForgottenDeliveryTable> {
  const bytes = (await readFromArchive(engine.workspace.archiveFolder, file)) ?? Buffer.alloc(0)
  const evidence = `Written after the backup of ${localTime(backupAt, engine.now())}, which was restored; what became of it is not known any more`
  return { ...file, sizeBytes: bytes.byteLength, sha256: sha256(bytes), evidence }
}

/** Orders whose number a file carries that was sent since. The same number at several sources: all of them. */
async function reviewSent(engine: EngineContext, trx: Database, files: readonly SentFile[]): Promise<number> {
  const keys = new Set(files.map((file) => file.numberKey))
  if (keys.size === 0) return 0
  const ids: number[] = []
  for await (const orders of orderNumbers(trx)) for (const { id, number } of orders) if (keys.has(numberKey(number))) ids.push(id)
  for (const id of ids) {
    const order = await findOrder(trx, id)
    if (order !== undefined) await reviewForgotten(engine, trx, order)
  }
  return ids.length
}

/** Nothing tells what was sent since: every order that could be sent needs review, and so does one of before that comes in later. */
async function reviewAll(engine: EngineContext, trx: Database, files: readonly SentFile[]): Promise<number> {
  await writeSetting(trx, DOUBT_UNTIL, engine.now())
  let count = await reviewSent(engine, trx, files)
  for (const id of await unsentOrderIds(trx)) {
    const order = await findOrder(trx, id)
    if (order === undefined) continue
    await reviewWithoutEvidence(engine, trx, order)
    count++
  }
  return count
}

const RESTORED = 'A backup was restored in which this mail still waited: it may have been sent since.'

/** A mail that waited at the time of the backup has probably been sent since. */
export async function holdNotices(engine: EngineContext, trx: Database, reason = RESTORED): Promise<number> {
  const notices = await waitingNotices(trx)
  const failure: Failure = {
    code: 'notice-unknown',
    message: reason,
    remedy: 'Ask the customer, or look into the mail account. Try Again sends it once more, Dismiss gives it up.',
  }
  for (const { id, orderId, address } of notices) {
    await markNotSent(trx, id, engine.now(), failure, null)
    if (orderId === null) continue
    await addToTimeline(trx, [timelineEntry(engine, { orderId, kind: 'error', text: `Notice to ${address}: ${failure.message}` })])
  }
  return notices.length
}

function describeResults(
  engine: EngineContext,
  { backupAt }: RestoreRequest,
  found: { sentCount: number; reviewed: number; isWhole: boolean; returnedCount: number; noticeCount: number; unreachable: string[] },
): string[] {
  const results = [`${plural(found.sentCount, 'file was', 'files were')} sent since ${localTime(backupAt, engine.now())}.`]
  results.push(
    `${plural(found.reviewed, 'order needs', 'orders need')} review and ${found.reviewed === 1 ? 'is' : 'are'} not sent again by itself.`,
  )
  if (!found.isWhole)
    results.push('The archive of sent files does not go back to the backup: orders of that time that come in later need review, too.')
  if (found.returnedCount > 0) results.push(`${plural(found.returnedCount, 'file was', 'files were')} put back to be read again.`)
  if (found.noticeCount > 0) results.push(`${plural(found.noticeCount, 'mail', 'mails')} may have been sent and wait for a person.`)
  if (found.unreachable.length > 0)
    results.push(
      `${found.unreachable.join(' ')} Files that were read from there since the backup lie in Done and have to be put back by hand.`,
    )
  return results
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
