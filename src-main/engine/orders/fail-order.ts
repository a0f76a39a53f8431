import type { Failure } from '../../../src-shared/failure'
import type { Work } from '../context/work'
import type { OrderState } from '../database/orders-store'
import { stopOrder } from './stop-order'

/** Fails an order: it becomes red, with the reason at the top and on the timeline. The sync ignores it until a person sets it to Pending. */
export async function failOrder(work: Work, order: Pick<OrderState, 'id' | 'status'>, failure: Failure, details = ''): Promise<void> {
  await stopOrder(work, order, 'failed', failure)
  await work.addToTimeline([
    { orderId: order.id, kind: 'error', text: `Sync error: ${failure.message}`, details: details || failure.remedy },
  ])
}
