import type { Failure } from '../../../src-shared/failure'
import { timelineEntry } from '../changes/timeline'
import type { EngineContext } from '../context/context'
import type { DatabaseTransaction } from '../database/open-database'
import { type OrderState, updateOrder } from '../database/orders-store'
import { addToTimeline } from '../database/timeline-store'

/**
 * Fails an order inside a transaction: red, with the reason at the top and on the timeline. The sync ignores it until a person sets it to Pending.
 * A status that a person gave stays.
 */
export async function failOrder(
  engine: EngineContext,
  trx: DatabaseTransaction,
  order: Pick<OrderState, 'id' | 'status'>,
  failure: Failure,
  details = '',
): Promise<void> {
  await updateOrder(trx, order.id, {
    status: order.status === 'Pending' ? 'Processing' : order.status,
    syncState: 'failed',
    needsPersonSince: engine.now(),
    claimedBy: null,
    nextAttemptAt: null,
    errorCode: failure.code,
    errorMessage: failure.message,
    errorRemedy: failure.remedy,
  })
  await addToTimeline(trx, [
    timelineEntry(engine, { orderId: order.id, kind: 'error', text: `Sync error: ${failure.message}`, details: details || failure.remedy }),
  ])
}
