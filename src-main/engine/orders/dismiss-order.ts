import { timelineEntry } from '../changes/timeline'
import type { EngineContext } from '../context/context'
import { updateOrder } from '../database/orders-store'
import { requireOrder } from '../database/require-order'
import { addToTimeline } from '../database/timeline-store'
import { refuseWhileWriting } from './order-details'

/**
 * Takes an order off Sync > Problems, inside the caller's transaction: it stays failed or in review, red in View Orders, and comes back to the list if
 * it fails again. Throws before anything is written.
 */
export async function dismissOrderInside(inside: EngineContext, orderId: number, reason: string, actor: string): Promise<void> {
  const order = await requireOrder(inside.db, orderId)
  refuseWhileWriting(order)
  await updateOrder(inside.db, orderId, { needsPersonSince: null })
  await addToTimeline(inside.db, [
    timelineEntry(inside, { orderId, kind: 'review', actor, text: 'Dismissed from Sync > Problems.', details: reason }),
  ])
}
