import type { EngineContext } from '../context/context'
import { findOrder, updateOrder } from '../database/orders-store'
import type { RunReport } from '../runs/run-report'
import { isHandedOver } from './receive-changed'
import type { StoreSource } from './receive-store-orders'

/**
 * Records that the store has deleted an order. An order that was not sent is cancelled, so that it isn't. If it may have been sent, or if a person set
 * its status, the order stays as it is, and a problem says so. Recorded once.
 */
export async function orderGone(engine: EngineContext, source: StoreSource, orderId: number, report: RunReport): Promise<void> {
  await engine.write(async (work) => {
    const order = await findOrder(work.db, orderId)
    // Without a date from the store, the order is not looked for again.
    if (order === undefined || order.storeModifiedAt === null) return
    const isHandled = await isHandedOver(work.db, order)
    const isCancelled = !isHandled && order.isStatusByPerson === 0 && order.syncState === 'waiting'
    await updateOrder(work.db, orderId, { storeModifiedAt: null, ...(isCancelled ? { status: 'Cancelled' as const } : {}) })
    const what = isCancelled ? 'It was cancelled here and will not be sent.' : 'Nothing was changed here.'
    const text = `${source.name} no longer has this order: it was deleted there. ${what}`
    await work.addToTimeline([{ orderId, kind: 'updated', text }])
    work.markOrderChanged(orderId)
    if (!isCancelled && order.status !== 'Cancelled') {
      await work.saveProblem({
        key: `store-gone-${orderId}`,
        kind: 'changed in store',
        title: `Order ${order.number} was deleted in the store`,
        code: 'removed-from-store',
        message: text,
        remedy:
          'Check with the store whether the order still counts. If not, cancel it in the accounting package. Then dismiss this problem.',
        folder: null,
        orderId,
      })
    }
    await report.log.write(work, [{ level: 'warning', order: { id: orderId, number: order.number }, text }])
    work.onCommit(() => report.doneCount++)
  })
}
