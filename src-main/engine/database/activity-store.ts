import { sql } from 'kysely'
import type { Database } from './open-database'

/** From the first time, inclusive, to the last, exclusive; UTC ISO 8601. */
interface Span {
  from: string
  to: string
}

/** How many orders came in. */
export async function countReceived(db: Database, { from, to }: Span): Promise<number> {
  const row = await db
    .selectFrom('orders')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('receivedAt', '>=', from)
    .where('receivedAt', '<', to)
    .executeTakeFirstOrThrow()
  return row.count
}

/** How many orders had a sync error. */
export async function countFailed(db: Database, { from, to }: Span): Promise<number> {
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

/** Of every delivery that was accepted: how long, in milliseconds, after its order was received; shortest first. */
export async function confirmationTimes(db: Database, { from, to }: Span): Promise<number[]> {
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
