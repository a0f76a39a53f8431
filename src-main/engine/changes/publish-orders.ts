import type { EngineContext } from '../context/context'
import { orderCounts } from '../database/order-list-store'
import { orderRows } from '../database/orders-store'

const MAX_PER_EVENT = 200

/** Publishes the rows of the changed orders, then the new order counts. */
export async function publishOrders(engine: EngineContext, ids: readonly number[]): Promise<void> {
  for (let start = 0; start < ids.length; start += MAX_PER_EVENT) {
    const rows = await orderRows(engine.db, ids.slice(start, start + MAX_PER_EVENT))
    for (const { number, status, syncState, syncError } of rows) {
      engine.log.info(`${status}, ${syncState}${syncError === null ? '' : `: ${syncError.code}`}`, { order: number })
    }
    if (rows.length > 0) engine.publish('orders.changed', { rows })
  }
  if (ids.length > 0) engine.publish('orders.counted', { counts: await orderCounts(engine.db) })
}
