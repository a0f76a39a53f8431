import { sql } from 'kysely'
import type { Failure } from '../../../src-shared/failure'
import type { Database, DatabaseTransaction } from './open-database'
import { errorColumns, NO_ERROR } from './orders-store'
import type { NoticeTable } from './schema'

/** Selects open notices in that state. Repeats the condition of the partial index on open notices; otherwise SQLite doesn't use that index. */
const isOpen = (state: 'waiting' | 'failed') => sql<boolean>`notice.state in ('waiting', 'failed') and notice.state = ${state}`

const NOT_TRIED = { claimedBy: null, handedOverAt: null, attempts: 0, nextAttemptAt: null } as const
const NOT_FAILED = { ...NO_ERROR, failedAt: null } as const

/** Adds a notice to the outbox. */
export async function insertNotice(
  db: DatabaseTransaction,
  notice: Pick<NoticeTable, 'id' | 'orderId' | 'digestDay' | 'queuedAt' | 'actor' | 'address' | 'subject' | 'text'>,
): Promise<void> {
  await db
    .insertInto('notice')
    .values({ ...notice, state: 'waiting', ...NOT_TRIED, ...NOT_FAILED, sentAt: null, serverAnswer: null })
    .execute()
}

/**
 * Claims the oldest waiting notice after `afterId` for a run. The attempt is counted immediately, so it counts even if
 * it ends in a crash. Skips notices whose pause ends after `now`. A pause that ends after `latest` was set before the
 * clock was set back, so it counts as over.
 */
export async function claimNotice(
  db: DatabaseTransaction,
  claim: { runId: number; afterId: number; now: string; latest: string },
): Promise<NoticeTable | undefined> {
  return db
    .updateTable('notice')
    .set((eb) => ({ claimedBy: claim.runId, handedOverAt: null, attempts: eb('attempts', '+', 1) }))
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('notice')
        .select('id')
        .where(isOpen('waiting'))
        .where('claimedBy', 'is', null)
        .where('id', '>', claim.afterId)
        .where((or) =>
          or.or([or('nextAttemptAt', 'is', null), or('nextAttemptAt', '<=', claim.now), or('nextAttemptAt', '>', claim.latest)]),
        )
        .orderBy('id')
        .limit(1),
    )
    .returningAll()
    .executeTakeFirst()
}

/** Records that a notice's content is about to be sent. From then on, the mail server may have it. */
export async function markHandedOver(db: DatabaseTransaction, id: number, at: string): Promise<void> {
  await db.updateTable('notice').set({ handedOverAt: at }).where('id', '=', id).execute()
}

/** Records that the mail server accepted a notice. */
export async function markSent(db: DatabaseTransaction, id: number, at: string, serverAnswer: string): Promise<void> {
  await db
    .updateTable('notice')
    .set({ state: 'sent', sentAt: at, serverAnswer, claimedBy: null, nextAttemptAt: null, ...NOT_FAILED })
    .where('id', '=', id)
    .execute()
}

/** Records that a notice was not sent, as far as we know. If `nextAttemptAt` is null, it isn't retried automatically. */
export async function markNotSent(
  db: DatabaseTransaction,
  id: number,
  at: string,
  failure: Failure,
  nextAttemptAt: string | null,
): Promise<void> {
  await db
    .updateTable('notice')
    .set({
      state: nextAttemptAt === null ? 'failed' : 'waiting',
      nextAttemptAt,
      claimedBy: null,
      ...errorColumns(failure),
      failedAt: at,
    })
    .where('id', '=', id)
    .execute()
}

/** Releases a claimed notice without counting the attempt, because nothing was tried. */
export async function undoNoticeClaim(db: DatabaseTransaction, id: number): Promise<void> {
  await db
    .updateTable('notice')
    .set((eb) => ({ claimedBy: null, attempts: eb('attempts', '-', 1) }))
    .where('id', '=', id)
    .execute()
}

/** Releases the notices that an earlier start claimed but did not begin to hand over. Returns those that it did begin to hand over. */
export async function releaseNotices(db: DatabaseTransaction): Promise<NoticeTable[]> {
  const claimed = db.updateTable('notice').where(isOpen('waiting')).where('claimedBy', 'is not', null)
  await claimed.set({ claimedBy: null }).where('handedOverAt', 'is', null).execute()
  return db.selectFrom('notice').selectAll().where(isOpen('waiting')).where('claimedBy', 'is not', null).orderBy('id').execute()
}

/** Queues a failed notice again as if it were new. Returns it, or undefined if it isn't failed. */
export async function requeueNotice(db: DatabaseTransaction, id: number): Promise<NoticeTable | undefined> {
  return changeFailed(db, id, { state: 'waiting', ...NOT_TRIED, ...NOT_FAILED })
}

/** Cancels a failed notice. Returns it, or undefined if it isn't failed. */
export async function cancelNotice(db: DatabaseTransaction, id: number): Promise<NoticeTable | undefined> {
  return changeFailed(db, id, { state: 'cancelled' })
}

function changeFailed(db: DatabaseTransaction, id: number, change: Partial<NoticeTable>): Promise<NoticeTable | undefined> {
  return db.updateTable('notice').set(change).where('id', '=', id).where('state', '=', 'failed').returningAll().executeTakeFirst()
}

/** Clears the retry pauses of waiting notices. */
export async function endNoticePauses(db: DatabaseTransaction): Promise<void> {
  await db.updateTable('notice').set({ nextAttemptAt: null }).where(isOpen('waiting')).where('nextAttemptAt', 'is not', null).execute()
}

/** The number of notices in that state. */
export async function countNotices(db: Database, state: 'waiting' | 'failed'): Promise<number> {
  const row = await db
    .selectFrom('notice')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(isOpen(state))
    .executeTakeFirstOrThrow()
  return row.count
}

/** Failed notices, newest first, each with its order's number (null for a digest). */
export async function failedNotices(db: Database, limit: number): Promise<(NoticeTable & { number: string | null })[]> {
  return db
    .selectFrom('notice')
    .leftJoin('orders', 'orders.id', 'notice.orderId')
    .selectAll('notice')
    .select('orders.number')
    .where(isOpen('failed'))
    .orderBy('notice.id', 'desc')
    .limit(limit)
    .execute()
}

/** True if that day's digest was ever queued, to any address. */
export async function hasDigest(db: Database, day: string): Promise<boolean> {
  return (await db.selectFrom('notice').select('id').where('digestDay', '=', day).executeTakeFirst()) !== undefined
}

/** Notices waiting to be sent, oldest first. */
export async function waitingNotices(db: Database): Promise<NoticeTable[]> {
  return db.selectFrom('notice').selectAll().where(isOpen('waiting')).orderBy('id').execute()
}
