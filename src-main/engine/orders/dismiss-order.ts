import type { Work } from '../context/work'
import { updateOrder } from '../database/orders-store'
import { requireOrder } from '../database/require-order'
import { refuseWhileWriting } from './order-details'

/**
 * Removes an order from Sync > Problems. The order stays failed or in review, and red in View Orders; it returns to the list if it fails again.
 * Throws FailureError `order-missing`, `order-busy` before anything is written.
 */
export async function dismissOrder(work: Work, orderId: number, reason: string, actor: string): Promise<void> {
  const order = await requireOrder(work.db, orderId)
  refuseWhileWriting(order)
  await updateOrder(work.db, orderId, { needsPersonSince: null })
  await work.addToTimeline([{ orderId, kind: 'review', actor, text: 'Dismissed from Sync > Problems.', details: reason }])
  work.markOrderChanged(orderId)
}
