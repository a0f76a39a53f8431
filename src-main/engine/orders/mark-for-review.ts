import type { Failure } from '../../../src-shared/failure'
import type { Work } from '../context/work'
import type { OrderState } from '../database/orders-store'
import { currentRun } from '../logs/run-context'
import { stopOrder } from './stop-order'

/** Why an order needs review, and what to do. */
export type ReviewReason = Pick<Failure, 'code' | 'remedy'>

/**
 * Marks an order as "needs review", e.g. because its file may have been taken. The order is never sent again
 * automatically.
 */
export async function markForReview(
  work: Work,
  order: Pick<OrderState, 'id' | 'status'>,
  message: string,
  { code, remedy }: ReviewReason = CHECK_PACKAGE_FIRST,
): Promise<void> {
  await stopOrder(work, order, 'needs review', { code, message, remedy })
  await work.addToTimeline([{ orderId: order.id, kind: 'review', text: `Needs review: ${message}`, details: remedy }])
  work.onCommit(() => currentRun()?.reviewed.add(order.id))
}

const CHECK_PACKAGE_FIRST: ReviewReason = {
  code: 'needs-review',
  remedy: 'Check whether the order is in the accounting package. Then choose Mark as Imported or Send Again.',
}
