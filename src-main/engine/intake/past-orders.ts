import type { Work } from '../context/work'
import { findOrder, NO_ERROR, updateOrder } from '../database/orders-store'
import { markForReview } from '../orders/mark-for-review'
import type { Received } from './receive-orders'
import type { StoreOrder, StoreSource } from './receive-store-orders'

/**
 * Makes sure that orders placed before the store was connected aren't entered twice. Those that the office asked for come in as already handled. Any
 * other needs review when it becomes Pending: only a person knows whether it is in the accounting package.
 */
export async function settlePastOrders(
  work: Work,
  source: StoreSource,
  orders: readonly StoreOrder[],
  received: readonly Received[],
): Promise<void> {
  const { readFrom, sendFrom } = source.store.connection
  const past = new Map(orders.filter(({ facts }) => facts.placedAt < sendFrom).map(({ order, facts }) => [order.number, facts]))
  if (past.size === 0) return
  for (const { orderId, number, outcome } of received) {
    const facts = past.get(number)
    if (facts === undefined || (outcome !== 'new' && outcome !== 'updated')) continue
    const order = await findOrder(work.db, orderId)
    if (order?.status !== 'Pending' || order.syncState !== 'waiting' || order.isStatusByPerson === 1) continue
    if (outcome === 'new' && facts.placedAt >= readFrom) {
      await updateOrder(work.db, orderId, { ...NO_ERROR, status: 'Processing', syncState: 'confirmed' })
      await work.addToTimeline([{ orderId, kind: 'review', text: `Already handled when ${source.name} was connected, so it is not sent.` }])
      work.markOrderChanged(orderId)
    } else {
      await markForReview(
        work,
        order,
        `This order was placed before ${source.name} was connected, and became ready to send only now. Nobody but you can know whether it is in the accounting package.`,
        {
          code: 'placed-earlier',
          remedy:
            'If the order is in the accounting package, choose Mark as Imported. If not, set it to Pending, and the next sync will send it.',
        },
      )
    }
  }
}
