import type { Failure } from '../../../src-shared/failure'
import type { Work } from '../context/work'
import { errorColumns, type OrderState, updateOrder } from '../database/orders-store'

/**
 * Stops an order until a person decides what to do. Stores the failure as the order's sync error, and changes Pending
 * to Processing, so that the sync ignores the order.
 */
export async function stopOrder(
  work: Work,
  { id, status }: Pick<OrderState, 'id' | 'status'>,
  syncState: 'failed' | 'needs review',
  failure: Failure,
): Promise<void> {
  await updateOrder(work.db, id, {
    status: status === 'Pending' ? 'Processing' : status,
    syncState,
    needsPersonSince: work.now(),
    claimedBy: null,
    nextAttemptAt: null,
    ...errorColumns(failure),
  })
  work.markOrderChanged(id)
}
