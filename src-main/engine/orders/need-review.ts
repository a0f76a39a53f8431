import type { Failure } from '../../../src-shared/failure'
import type { Work } from '../context/work'
import type { OrderState } from '../database/orders-store'
import { currentRun } from '../logs/run-context'
import { stopOrder } from './stop-order'

/** Why an order needs review, and what to do. */
export type ReviewReason = Pick<Failure, 'code' | 'remedy'>

/** The order waits for a person: its file may have been taken, nobody knows. It is never sent by itself. */
export async function needReview(
  work: Work,
  order: Pick<OrderState, 'id' | 'status'>,
  message: string,
  { code, remedy }: ReviewReason = LOOK_FIRST,
): Promise<void> {
  await stopOrder(work, order, 'needs review', { code, message, remedy })
  await work.addToTimeline([{ orderId: order.id, kind: 'review', text: `Needs review: ${message}`, details: remedy }])
  work.onCommit(() => currentRun()?.reviewed.add(order.id))
}

const LOOK_FIRST: ReviewReason = {
  code: 'needs-review',
  remedy: 'Look in the accounting package whether the order is there. Then choose Mark as Imported or Send Again.',
}
