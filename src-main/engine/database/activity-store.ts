import { sql } from 'kysely'
import type { Database } from './open-database'

/** A time range, UTC ISO 8601. `from` is included, `to` is not. */
interface TimeRange {
  from: string
  to: string
}

/** The number of orders received in the range. */
export async function countReceived(db: Database, { from, to }: TimeRange): Promise<number> {
  const row = await db
    .selectFrom('orders')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('receivedAt', '>=', from)
    .where('receivedAt', '<', to)
    .executeTakeFirstOrThrow()
  return row.count
}

/** The number of orders that had a sync error in the range. */
export async function countFailed(db: Database, { from, to }: TimeRange): Promise<number> {
  const row = await db
    .selectFrom('timeline')
    .select((eb) => eb.fn.count<number>('orderId').distinct().as('count'))
    .where('kind', '=', sql.lit('error' as const))
    .where('at', '>=', from)
    .where('at', '<', to)
    .where('text', 'like', 'Sync error:%')
    .executeTakeFirstOrThrow()
  return row.count
}

/** For each delivery accepted in the range: milliseconds from receiving its order to the answer, shortest first. */
export async function confirmationTimes(db: Database, { from, to }: TimeRange): Promise<number[]> {
  const rows = await db
    .selectFrom('delivery')
    .innerJoin('orders', 'orders.id', 'delivery.orderId')
    .select(['delivery.answeredAt', 'orders.receivedAt'])
    .where('delivery.state', '=', sql.lit('accepted' as const))
    .where('delivery.answeredAt', '>=', from)
    .where('delivery.answeredAt', '<', to)
    .execute()
  const times = rows.map(({ answeredAt, receivedAt }) => Math.max(0, Date.parse(answeredAt ?? receivedAt) - Date.parse(receivedAt)))
  return times.sort((a, b) => a - b)
}
