import type { ORDER_COMMANDS } from '../../../src-shared/contract'
import type { EngineContext } from '../context'
import { findOrderIdByNumber, listOrders } from '../database/orders-store'
import type { HandlersOf } from '../dispatcher'
import { previewNotice } from '../notices/queue-notice'
import { changeStatus } from '../orders/change-status'
import { editOrder } from '../orders/edit-order'
import { markImported } from '../orders/mark-imported'
import { missing, orderDetails } from '../orders/order-details'
import { previewOrder } from '../orders/preview'
import { sentFile } from '../orders/sent-file'
import type { SyncRunner } from '../sync/sync-runner'
import type { TellAfter } from './tell-after'

/** Orders: the list, one order, what a person does to it. */
export function orderHandlers(engine: EngineContext, runner: SyncRunner, tellAfter: TellAfter): HandlersOf<keyof typeof ORDER_COMMANDS> {
  return {
    'orders.list': ({ filter, after, limit }) => listOrders(engine.db, filter, after, limit),
    'orders.get': ({ orderId }) => orderDetails(engine, orderId),
    'orders.find': async ({ number }) => {
      const id = await findOrderIdByNumber(engine.db, number)
      if (id === undefined) throw missing()
      return orderDetails(engine, id)
    },
    'orders.changeStatus': async (input, { actor }) => {
      const changed = await tellAfter(changeStatus(engine, input, actor))
      if (input.notifyCustomer) await runner.runSoon('Send Notices')
      return changed
    },
    'orders.previewNotice': (input) => previewNotice(engine, input),
    'orders.edit': (input, { actor }) => editOrder(engine, input, actor),
    'orders.markImported': (input, { actor }) => tellAfter(markImported(engine, input, actor)),
    'orders.sentFile': ({ deliveryId }) => sentFile(engine, deliveryId),
    'orders.preview': ({ orderId }) => previewOrder(engine, orderId),
  }
}
