import type { ParsedInput } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { Work } from '../context/work'
import { NO_ERROR, updateOrder } from '../database/orders-store'
import { requireOrder } from '../database/require-order'
import { refuseWhileWriting } from './order-details'

/**
 * Confirms an order that a person found in the accounting package. Throws FailureError `order-missing`, `order-busy`,
 * `not-in-review`.
 */
export async function markImported(work: Work, { orderId, reason }: ParsedInput<'orders.markImported'>, actor: string): Promise<void> {
  const order = await requireOrder(work.db, orderId)
  refuseWhileWriting(order)
  if (order.syncState !== 'needs review' && order.syncState !== 'failed') throw notInReview(order.number)
  const status = order.status === 'Pending' ? 'Processing' : order.status
  await updateOrder(work.db, orderId, { ...NO_ERROR, status, syncState: 'confirmed', nextAttemptAt: null })
  await work.addToTimeline([{ orderId, kind: 'review', actor, text: 'Marked as imported.', details: reason }])
  work.markOrderChanged(orderId)
}

function notInReview(number: string): FailureError {
  return new FailureError({
    code: 'not-in-review',
    message: `Order ${number} did not fail and does not need review.`,
    remedy: 'Only an order that failed or needs review can be marked as imported.',
  })
}
