import type { OrderDetails, ParsedInput } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import { publishOrders } from '../changes/publish-orders'
import { timelineEntry } from '../changes/timeline'
import type { EngineContext } from '../context/context'
import { updateOrder } from '../database/orders-store'
import { requireOrder } from '../database/require-order'
import { addToTimeline } from '../database/timeline-store'
import { orderDetails, refuseWhileWriting } from './order-details'

/** A person has found the order in the accounting package: it is confirmed. Throws FailureError `not-in-review`. */
export async function markImported(engine: EngineContext, input: ParsedInput<'orders.markImported'>, actor: string): Promise<OrderDetails> {
  await engine.db.transaction().execute((trx) => markImportedInside({ ...engine, db: trx }, input, actor))
  await publishOrders(engine, [input.orderId])
  return orderDetails(engine, input.orderId)
}

/** The same inside the caller's transaction; throws before anything is written. */
export async function markImportedInside(
  inside: EngineContext,
  { orderId, reason }: ParsedInput<'orders.markImported'>,
  actor: string,
): Promise<void> {
  const order = await requireOrder(inside.db, orderId)
  refuseWhileWriting(order)
  if (order.syncState !== 'needs review' && order.syncState !== 'failed') throw notInReview(order.number)
  const status = order.status === 'Pending' ? 'Processing' : order.status
  await updateOrder(inside.db, order.id, {
    status,
    syncState: 'confirmed',
    nextAttemptAt: null,
    errorCode: null,
    errorMessage: null,
    errorRemedy: null,
  })
  await addToTimeline(inside.db, [timelineEntry(inside, { orderId, kind: 'review', actor, text: 'Marked as imported.', details: reason })])
}

function notInReview(number: string): FailureError {
  return new FailureError({
    code: 'not-in-review',
    message: `Order ${number} needs no review.`,
    remedy: 'Only an order that failed or needs review can be marked as imported.',
  })
}
