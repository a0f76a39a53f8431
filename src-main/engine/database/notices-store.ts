import { sql } from 'kysely'
import type { Failure } from '../../../src-shared/failure'
import type { Database, DatabaseTransaction } from './open-database'
import { errorColumns, NO_ERROR } from './orders-store'
import type { NoticeTable } from './schema'

/** An open notice in that state. In the words of the index that holds open notices alone: SQLite uses it for no others. */
const isOpen = (state: 'waiting' | 'failed') => sql<boolean>`notice.state in ('waiting', 'failed') and notice.state = ${state}`

const OPEN = { claimedBy: null, handedOverAt: null, attempts: 0, nextAttemptAt: null } as const
const NOT_FAILED = { ...NO_ERROR, failedAt: null } as const

/** Puts a notice into the outbox. */
export async function insertNotice(
  db: DatabaseTransaction,
  notice: Pick<NoticeTable, 'id' | 'orderId' | 'digestDay' | 'queuedAt' | 'actor' | 'address' | 'subject' | 'text'>,
): Promise<void> {
  await db
    .insertInto('notice')
    .values({ ...notice, state: 'waiting', ...OPEN, ...NOT_FAILED, sentAt: null, serverAnswer: null })
    .execute()
}

/**
 * Takes the oldest waiting notice after `afterId` for a run, and counts the attempt: a crash uses it up. One that pauses is left
 * until `now`; a pause that ends after `latest` was set by a clock that was set back since, and counts as over.
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

/** The content begins to go out: from here on the server may have it. */
export async function markHandedOver(db: DatabaseTransaction, id: number, at: string): Promise<void> {
  await db.updateTable('notice').set({ handedOverAt: at }).where('id', '=', id).execute()
}

/** The server took it. */
export async function markSent(db: DatabaseTransaction, id: number, at: string, serverAnswer: string): Promise<void> {
  await db
    .updateTable('notice')
    .set({ state: 'sent', sentAt: at, serverAnswer, claimedBy: null, nextAttemptAt: null, ...NOT_FAILED })
    .where('id', '=', id)
    .execute()
}

/** It was not sent, as far as is known; `nextAttemptAt` null: it is not tried again by itself. */
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

/** Gives a claim back, and the attempt with it: nothing was tried. */
export async function takeBackNotice(db: DatabaseTransaction, id: number): Promise<void> {
  await db
    .updateTable('notice')
    .set((eb) => ({ claimedBy: null, attempts: eb('attempts', '-', 1) }))
    .where('id', '=', id)
    .execute()
}

/** Gives back what a stopped program had claimed and not begun to hand over; gives what it had begun to hand over. */
export async function releaseNotices(db: DatabaseTransaction): Promise<NoticeTable[]> {
  const claimed = db.updateTable('notice').where(isOpen('waiting')).where('claimedBy', 'is not', null)
  await claimed.set({ claimedBy: null }).where('handedOverAt', 'is', null).execute()
  return db.selectFrom('notice').selectAll().where(isOpen('waiting')).where('claimedBy', 'is not', null).orderBy('id').execute()
}

/** Sends a failed notice again as if it were new; gives its order, undefined where it is not failed. */
export async function requeueNotice(db: DatabaseTransaction, id: number): Promise<NoticeTable | undefined> {
  return changeFailed(db, id, { state: 'waiting', ...OPEN, ...NOT_FAILED })
}

/** Gives a failed notice up; gives it, undefined where it is not failed. */
export async function cancelNotice(db: DatabaseTransaction, id: number): Promise<NoticeTable | undefined> {
  return changeFailed(db, id, { state: 'cancelled' })
}

function changeFailed(db: DatabaseTransaction, id: number, change: Partial<NoticeTable>): Promise<NoticeTable | undefined> {
  return db.updateTable('notice').set(change).where('id', '=', id).where('state', '=', 'failed').returningAll().executeTakeFirst()
}

/** Ends the pauses after failures. */
export async function endNoticePauses(db: DatabaseTransaction): Promise<void> {
  await db.updateTable('notice').set({ nextAttemptAt: null }).where(isOpen('waiting')).where('nextAttemptAt', 'is not', null).execute()
}

/** How many notices are in that state. */
export async function countNotices(db: Database, state: 'waiting' | 'failed'): Promise<number> {
  const row = await db
    .selectFrom('notice')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(isOpen(state))
    .executeTakeFirstOrThrow()
  return row.count
}

/** Failed notices with their orders' numbers, null for digests, newest first. */
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

/** True where the digest of that day was ever queued, to whomever. */
export async function hasDigest(db: Database, day: string): Promise<boolean> {
  return (await db.selectFrom('notice').select('id').where('digestDay', '=', day).executeTakeFirst()) !== undefined
}

/** Notices that wait to be sent, oldest first. */
export async function waitingNotices(db: Database): Promise<NoticeTable[]> {
  return db.selectFrom('notice').selectAll().where(isOpen('waiting')).orderBy('id').execute()
}
