import type { Failure } from '../../../src-shared/failure'
import type { Work } from '../context/work'
import { errorColumns, type OrderState, updateOrder } from '../database/orders-store'

/** Stops an order until a person decides: it becomes red, with the reason at the top. Pending becomes Processing, so that the sync ignores it. */
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
  work.changed(id)
}
