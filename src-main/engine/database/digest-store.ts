import { sql } from 'kysely'
import type { OrderStatus, SyncState } from '../../../src-shared/order'
import type { Database } from './open-database'

/** The facts about an order that the digest uses. */
export interface DigestOrder {
  number: string
  destination: string
  currency: string
  totalMinor: number
  receivedAt: string
  status: OrderStatus
  syncState: SyncState
  needsPersonSince: string | null
  /** When its first file was dropped. */
  writtenAt: string | null
  /** When its status was last set, by a person or by the store. */
  statusAt: string | null
}

/**
 * The orders that a day's digest has to account for, and a few more: those received, written or closed since the day
 * began, and those open now.
 */
export async function ordersSince(db: Database, day: { from: string; to: string; firstId: number }): Promise<DigestOrder[]> {
  const { rows } = await sql<DigestOrder>`
    select orders.number, destination.name as destination, orders.currency, orders.totalMinor, orders.receivedAt, orders.status,
      orders.syncState, orders.needsPersonSince,
      (select min(droppedAt) from delivery where delivery.orderId = orders.id) as writtenAt,
      (select max(at) from timeline where timeline.orderId = orders.id and kind in ('received', 'updated', 'status', 'review')) as statusAt
    from orders join destination on destination.id = orders.destinationId
    where orders.receivedAt < ${day.to} and orders.id in (
      select id from orders where receivedAt >= ${day.from}
      union all select orderId from delivery where droppedAt >= ${day.from}
      union all select orderId from timeline where id >= ${day.firstId} and kind in ('status', 'updated', 'review')
      union all select id from orders where syncState in ('failed', 'needs review')
      union all select id from orders where status = 'Pending')
    order by orders.numberKey`.execute(db)
  return rows
}

/** The number and total of the orders that were confirmed in that time range, by destination and currency. */
export async function confirmedBetween(
  db: Database,
  { from, to }: { from: string; to: string },
): Promise<{ destination: string; currency: string; count: number; totalMinor: number }[]> {
  const { rows } = await sql<{ destination: string; currency: string; count: number; totalMinor: number }>`
    select destination.name as destination, orders.currency, count(*) as count, sum(orders.totalMinor) as totalMinor
    from delivery join orders on orders.id = delivery.orderId join destination on destination.id = delivery.destinationId
    where delivery.state = 'accepted' and delivery.answeredAt >= ${from} and delivery.answeredAt < ${to}
    group by destination.id, orders.currency`.execute(db)
  return rows
}
