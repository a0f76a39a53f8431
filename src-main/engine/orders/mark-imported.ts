import type { OrderDetails, ParsedInput } from '../../../src-shared/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context'
import { updateOrder } from '../database/orders-store'
import { addToTimeline } from '../database/timeline-store'
import { orderDetails, refuseWhileWriting, requireOrder } from './order-details'
import { publishOrders } from './publish-orders'
import { timelineEntry } from './timeline'

/** A person has found the order in the accounting package: it is confirmed. Throws FailureError `not-in-review`. */
export async function markImported(engine: EngineContext, input: ParsedInput<'orders.markImported'>, actor: string): Promise<OrderDetails> {
  await engine.db.transaction().execute(async (trx) => {
    const order = await requireOrder({ ...engine, db: trx }, input.orderId)
    refuseWhileWriting(order)
    if (order.syncState !== 'needs review' && order.syncState !== 'failed') throw notInReview(order.number)
    const status = order.status === 'Pending' ? 'Processing' : order.status
    await updateOrder(trx, order.id, {
      status,
      syncState: 'confirmed',
      nextAttemptAt: null,
      errorCode: null,
      errorMessage: null,
      errorRemedy: null,
    })
    await addToTimeline(trx, [
      timelineEntry(engine, { orderId: order.id, kind: 'review', actor, text: 'Marked as imported.', details: input.reason }),
    ])
  })
  await publishOrders(engine, [input.orderId])
  return orderDetails(engine, input.orderId)
}

function notInReview(number: string): FailureError {
  return new FailureError({
    code: 'not-in-review',
    message: `Order ${number} needs no review.`,
    remedy: 'Only an order that failed or needs review can be marked as imported.',
  })
}
