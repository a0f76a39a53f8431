import type { Work } from '../context/work'
import { updateOrder } from '../database/orders-store'
import { requireOrder } from '../database/require-order'
import { refuseWhileWriting } from './order-details'

/**
 * Takes an order off Sync > Problems: it stays failed or in review, red in View Orders, and comes back to the list if it fails again. Throws before
 * anything is written.
 */
export async function dismissOrder(work: Work, orderId: number, reason: string, actor: string): Promise<void> {
  const order = await requireOrder(work.db, orderId)
  refuseWhileWriting(order)
  await updateOrder(work.db, orderId, { needsPersonSince: null })
  await work.addToTimeline([{ orderId, kind: 'review', actor, text: 'Dismissed from Sync > Problems.', details: reason }])
  work.changed(orderId)
}
