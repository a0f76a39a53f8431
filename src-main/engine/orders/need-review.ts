import type { Failure } from '../../../src-shared/failure'
import { timelineEntry } from '../changes/timeline'
import type { EngineContext } from '../context/context'
import type { Database } from '../database/open-database'
import { type OrderState, updateOrder } from '../database/orders-store'
import { addToTimeline } from '../database/timeline-store'
import { currentRun } from '../logs/run-context'

/** Why an order needs review, and what to do. */
export type ReviewReason = Pick<Failure, 'code' | 'remedy'>

/** The order waits for a person: its file may have been taken, nobody knows. It is never sent by itself. */
export async function needReview(
  engine: EngineContext,
  db: Database,
  order: Pick<OrderState, 'id' | 'status'>,
  message: string,
  { code, remedy }: ReviewReason = LOOK_FIRST,
): Promise<void> {
  currentRun()?.reviewed.add(order.id)
  await updateOrder(db, order.id, {
    status: order.status === 'Pending' ? 'Processing' : order.status,
    syncState: 'needs review',
    needsPersonSince: engine.now(),
    claimedBy: null,
    nextAttemptAt: null,
    errorCode: code,
    errorMessage: message,
    errorRemedy: remedy,
  })
  await addToTimeline(db, [timelineEntry(engine, { orderId: order.id, kind: 'review', text: `Needs review: ${message}`, details: remedy })])
}

const LOOK_FIRST: ReviewReason = {
  code: 'needs-review',
  remedy: 'Look in the accounting package whether the order is there. Then choose Mark as Imported or Send Again.',
}
