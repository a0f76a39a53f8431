import type { Failure } from '../../../src-shared/failure'
import type { Work } from '../context/work'
import type { OrderState } from '../database/orders-store'
import { stopOrder } from './stop-order'

/**
 * Fails an order. The failure becomes the order's sync error and an entry on its timeline, with `details` or else the
 * remedy. The sync ignores the order until a person sets it to Pending.
 */
export async function failOrder(work: Work, order: Pick<OrderState, 'id' | 'status'>, failure: Failure, details = ''): Promise<void> {
  await stopOrder(work, order, 'failed', failure)
  await work.addToTimeline([
    { orderId: order.id, kind: 'error', text: `Sync error: ${failure.message}`, details: details || failure.remedy },
  ])
}
