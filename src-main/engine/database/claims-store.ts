import { sql } from 'kysely'
import type { Database, DatabaseTransaction } from './open-database'
import { parseOrder, type StoredOrder } from './orders-store'

/**
 * Claims up to `limit` orders that are due to be written, oldest first, for this run. The attempt is counted
 * immediately, so it counts even if it ends in a crash. Only takes orders whose retry pause is over and that were
 * claimed at least `minAttempts` and fewer than `maxAttempts` times before.
 */
export async function claimOrders(
  db: DatabaseTransaction,
  claim: { destinationId: number; runId: number; now: string; limit: number; minAttempts: number; maxAttempts: number },
): Promise<StoredOrder[]> {
  const rows = await db
    .updateTable('orders')
    .set((eb) => ({ claimedBy: claim.runId, attempts: eb('attempts', '+', 1) }))
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('orders')
        .select('id')
        .where('destinationId', '=', claim.destinationId)
        .where('status', '=', sql.lit('Pending' as const))
        .where('syncState', '=', sql.lit('waiting' as const))
        .where('claimedBy', 'is', null)
        .where('attempts', '>=', claim.minAttempts)
        .where('attempts', '<', claim.maxAttempts)
        .where((or) => or.or([or('nextAttemptAt', 'is', null), or('nextAttemptAt', '<=', claim.now)]))
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('delivery')
                .select('delivery.id')
                .whereRef('delivery.orderId', '=', 'orders.id')
                .where('delivery.state', '=', 'prepared'),
            ),
          ),
        )
        .orderBy('orderedAt')
        .orderBy('id')
        .limit(claim.limit),
    )
    .returningAll()
    .execute()
  return rows.map(parseOrder).sort((a, b) => (a.orderedAt < b.orderedAt ? -1 : a.orderedAt > b.orderedAt ? 1 : a.id - b.id))
}

/** Releases the orders that a run has claimed; without `runId`, those of every run. The attempts still count. */
export async function releaseClaims(db: DatabaseTransaction, runId?: number): Promise<void> {
  let query = db.updateTable('orders').set({ claimedBy: null })
  query = runId === undefined ? query.where('claimedBy', 'is not', null) : query.where('claimedBy', '=', runId)
  await query.execute()
}

/** Releases the orders that a run has claimed without counting the attempt, because nothing was wrong with the orders. */
export async function undoClaims(db: DatabaseTransaction, runId: number): Promise<void> {
  await db
    .updateTable('orders')
    .set((eb) => ({ claimedBy: null, attempts: eb('attempts', '-', 1) }))
    .where('claimedBy', '=', runId)
    .execute()
}

/** Clears the retry pauses of pending orders: all of them, or only those that end after `after`. */
export async function endPauses(db: DatabaseTransaction, after = ''): Promise<void> {
  await db
    .updateTable('orders')
    .set({ nextAttemptAt: null })
    .where('status', '=', sql.lit('Pending' as const))
    .where('syncState', '=', sql.lit('waiting' as const))
    .where('nextAttemptAt', '>', after)
    .execute()
}

/** The number of orders waiting for the next Write Order, for one destination or for all. */
export async function countToWrite(db: Database, destinationId?: number): Promise<number> {
  let query = db
    .selectFrom('orders')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('status', '=', sql.lit('Pending' as const))
    .where('syncState', '=', sql.lit('waiting' as const))
  if (destinationId !== undefined) query = query.where('destinationId', '=', destinationId)
  return (await query.executeTakeFirstOrThrow()).count
}
