import type { Failure } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import type { NewTimelineEntry, Work } from '../context/work'
import { cancelNotice, markNotSent, markSent, releaseNotices, requeueNotice } from '../database/notices-store'
import type { DatabaseTransaction } from '../database/open-database'
import { updateOrder } from '../database/orders-store'
import type { NoticeTable } from '../database/schema'
import { localTime } from '../time/local-time'
import { unknownFailure } from './mail-failures'

/** Changes a notice, and records that on the timeline of its order, if it has one. */
async function record(
  engine: EngineContext,
  orderId: number | null,
  entry: Omit<NewTimelineEntry, 'orderId'>,
  change: (db: DatabaseTransaction) => Promise<void>,
): Promise<void> {
  await engine.write(async (work) => {
    await change(work.db)
    await recordOnTimeline(work, orderId, entry)
  })
}

async function recordOnTimeline(work: Work, orderId: number | null, entry: Omit<NewTimelineEntry, 'orderId'>): Promise<void> {
  if (orderId === null) return work.markProblemsChanged()
  await work.addToTimeline([{ orderId, ...entry }])
  // Increases the revision, so that an open Order Details reloads the timeline.
  await updateOrder(work.db, orderId, {})
  work.markOrderChanged(orderId)
}

/** Records that the mail server accepted a notice. Only this records the customer as notified. */
export async function recordSent(engine: EngineContext, notice: NoticeTable, answer: string): Promise<void> {
  const text = `Customer notified at ${notice.address}. The mail server answered: ${answer}`
  await record(engine, notice.orderId, { kind: 'notice', text, details: `${notice.subject}\n\n${notice.text}` }, (db) =>
    markSent(db, notice.id, engine.now(), answer),
  )
}

/** Records that a notice was not sent. If `nextAttemptAt` is null, it is not retried until a person decides. */
export async function recordNotSent(
  engine: EngineContext,
  notice: NoticeTable,
  failure: Failure,
  nextAttemptAt: string | null,
): Promise<void> {
  const subject = failure.code === 'notice-unknown' ? `Notice to ${notice.address}` : `Notice to ${notice.address} not sent`
  const next = nextAttemptAt === null ? failure.remedy : `Ledgerdrop tries again after ${localTime(nextAttemptAt, engine.now())}.`
  await record(engine, notice.orderId, { kind: 'error', text: `${subject}: ${failure.message} ${next}` }, (db) =>
    markNotSent(db, notice.id, engine.now(), failure, nextAttemptAt),
  )
  engine.log.warn(`Notice ${notice.id}: ${failure.code}, attempt ${notice.attempts}`)
}

/**
 * Recovers notices that were being sent when the program ended. A notice is sent at most once automatically: after its content was handed over, a
 * crash just before the server accepted it looks the same as one just after, and a customer who gets the same email twice loses trust. Such a
 * notice fails with "may have been sent" and waits for a person. All others are sent as usual.
 */
export async function recoverNotices(engine: EngineContext): Promise<void> {
  const uncertain = await engine.write(({ db }) => releaseNotices(db))
  for (const notice of uncertain) await recordNotSent(engine, notice, unknownFailure(), null)
}

/** Queues a failed notice again. Returns false if it has not failed. */
export function retryNotice(engine: EngineContext, id: number, actor: string): Promise<boolean> {
  return changeFailed(
    engine,
    actor,
    '',
    (db) => requeueNotice(db, id),
    (notice) => `Notice queued again for ${notice.address}.`,
  )
}

/** Gives up on a failed notice. Returns false if it has not failed. */
export function dismissNotice(engine: EngineContext, id: number, reason: string, actor: string): Promise<boolean> {
  return changeFailed(
    engine,
    actor,
    reason,
    (db) => cancelNotice(db, id),
    (notice) => `Notice to ${notice.address} dismissed.`,
  )
}

async function changeFailed(
  engine: EngineContext,
  actor: string,
  details: string,
  change: (db: DatabaseTransaction) => Promise<NoticeTable | undefined>,
  text: (notice: NoticeTable) => string,
): Promise<boolean> {
  return engine.write(async (work) => {
    const notice = await change(work.db)
    if (notice === undefined) return false
    await recordOnTimeline(work, notice.orderId, { kind: 'notice', actor, text: text(notice), details })
    return true
  })
}
