import type { ORDER_COMMANDS } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { countOrders, listOrderIds, listOrders, newestOrderId, orderCounts, orderRowsInSequence } from '../database/order-list-store'
import { sentFile } from '../deliveries/sent-file'
import { previewNotice } from '../notices/queue-notice'
import { changeStatus } from '../orders/change-status'
import { changeStatusOfMany, planStatusOfMany } from '../orders/change-status-of-many'
import { checkChosenFile } from '../orders/check-chosen-file'
import { editOrder } from '../orders/edit-order'
import { exportOrderList } from '../orders/export-order-list'
import { findOrderByNumber } from '../orders/find-order-by-number'
import { markImported } from '../orders/mark-imported'
import { orderDetails } from '../orders/order-details'
import type { OrderJobs } from '../orders/order-jobs'
import type { SyncRunner } from '../runs/sync-runner'
import type { HandlersOf } from './dispatcher'
import type { PublishAfter } from './publish-after'

/** Handlers for the order list, single orders and changes to them. */
export function orderHandlers(
  engine: EngineContext,
  runner: SyncRunner,
  jobs: OrderJobs,
  publishAfter: PublishAfter,
): HandlersOf<keyof typeof ORDER_COMMANDS> {
  return {
    'orders.list': ({ filter, sort, after, limit }) => listOrders(engine.db, { filter, sort }, after, limit),
    'orders.ids': ({ filter, sort, after, limit }) => listOrderIds(engine.db, { filter, sort }, after, limit),
    'orders.rows': async ({ ids }) => ({ rows: await orderRowsInSequence(engine.db, ids) }),
    'orders.count': async ({ filter }) => ({ total: await countOrders(engine.db, filter), newestId: await newestOrderId(engine.db) }),
    'orders.counts': async () => ({ counts: await orderCounts(engine.db) }),
    'orders.planStatusOfMany': (input) => planStatusOfMany(engine, input),
    'orders.changeStatusOfMany': async (input, { actor }) =>
      jobs.begin('change status', (progress) => publishAfter(changeStatusOfMany(engine, input, actor, progress))),
    'orders.exportTo': async (input) => {
      await checkChosenFile(engine, input.path)
      return jobs.begin('export', (progress) => exportOrderList(engine, input, progress))
    },
    'orders.job': async () => ({ job: jobs.current }),
    'orders.cancelJob': async ({ jobId }) => {
      jobs.cancel(jobId)
      return { job: jobs.current }
    },
    'orders.get': ({ orderId }) => orderDetails(engine, orderId),
    'orders.find': async (input) => orderDetails(engine, await findOrderByNumber(engine, input)),
    'orders.changeStatus': async (input, { actor }) => {
      await publishAfter(engine.write((work) => changeStatus(work, input, actor)))
      if (input.notifyCustomer) await runner.runSoon('Send Notices')
      return orderDetails(engine, input.orderId)
    },
    'orders.previewNotice': (input) => previewNotice(engine, input),
    'orders.edit': (input, { actor }) => editOrder(engine, input, actor),
    'orders.markImported': async (input, { actor }) => {
      await publishAfter(engine.write((work) => markImported(work, input, actor)))
      return orderDetails(engine, input.orderId)
    },
    'orders.sentFile': ({ deliveryId }) => sentFile(engine, deliveryId),
    'orders.preview': async ({ orderId }) => (await import('../orders/preview')).previewOrder(engine, orderId),
  }
}
