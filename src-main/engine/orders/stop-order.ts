import type { Failure } from '../../../src-shared/failure'
import type { Work } from '../context/work'
import { errorColumns, type OrderState, updateOrder } from '../database/orders-store'

/** Leaves an order to a person: red, with the reason at the top. The sync ignores it until then. A status that a person gave stays. */
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
