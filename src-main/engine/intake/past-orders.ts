import type { EngineContext } from '../context/context'
import { timeOfId } from '../context/ids'
import type { Work } from '../context/work'
import { findOrder, NO_ERROR, updateOrder } from '../database/orders-store'
import { updateStore } from '../database/stores-store'
import { markForReview } from '../orders/mark-for-review'
import type { DocumentResult } from './receive-orders'
import type { StoreOrder, StoreSource } from './receive-store-orders'

/**
 * Makes sure that orders placed before the store was connected aren't entered twice. Those that the office asked for come in as already handled. Any
 * other needs review when it becomes Pending: only a person knows whether it is in the accounting package.
 */
export async function settlePastOrders(
  work: Work,
  source: StoreSource,
  orders: readonly StoreOrder[],
  results: readonly (DocumentResult | undefined)[],
): Promise<void> {
  const { readFrom, sendFrom } = source.store.connection
  for (const [index, { facts }] of orders.entries()) {
    const result = results[index]
    const [received] = result?.ok === true ? result.received : []
    // Whether an order of that very second was placed before or after it can't be known.
    if (received === undefined || facts.placedAt > sendFrom) continue
    const { orderId, outcome } = received
    if (outcome !== 'new' && outcome !== 'updated') continue
    const order = await findOrder(work.db, orderId)
    if (order?.status !== 'Pending' || order.syncState !== 'waiting' || order.isStatusByPerson === 1) continue
    if (outcome === 'new' && facts.placedAt >= readFrom && facts.placedAt < sendFrom) {
      await updateOrder(work.db, orderId, { ...NO_ERROR, status: 'Processing', syncState: 'confirmed' })
      await work.addToTimeline([{ orderId, kind: 'review', text: `Already handled when ${source.name} was connected, so it is not sent.` }])
      work.markOrderChanged(orderId)
    } else {
      await markForReview(
        work,
        order,
        `This order was placed before ${source.name} was connected, and became ready to send only now. Nobody but you can know whether it is in the accounting package.`,
        {
          code: 'placed-earlier',
          remedy:
            'If the order is in the accounting package, choose Mark as Imported. If not, set it to Pending, and the next sync will send it.',
        },
      )
    }
  }
}

/**
 * If the store's clock was ahead when the store was connected and has been corrected, "from now on" is a time in the future, and orders placed until then
 * would be left out. Returns the source with the corrected time, which follows from this computer's clock.
 */
export async function withStartCorrected(engine: EngineContext, source: StoreSource, storeNow: string): Promise<StoreSource> {
  const { connection } = source.store
  if (connection.sendFrom <= storeNow) return source
  const sinceConnectedMs = Math.max(0, engine.clock.now().getTime() - Date.parse(timeOfId(source.id)))
  const sendFrom = new Date(Date.parse(storeNow) - sinceConnectedMs).toISOString()
  const readFrom = connection.readFrom < sendFrom ? connection.readFrom : sendFrom
  const corrected = { ...connection, sendFrom, readFrom }
  await engine.write(({ db }) => updateStore(db, source.id, { connection: corrected }))
  engine.log.warn(`Store of source ${source.id}: its clock was ahead when it was connected`)
  return { ...source, store: { ...source.store, connection: corrected } }
}
