import type { EngineContext } from '../context/context'
import { preparedDeliveries, updateDelivery } from '../database/deliveries-store'
import type { DatabaseTransaction } from '../database/open-database'
import { findOrder, unsentOrderIds } from '../database/orders-store'
import { writeSetting } from '../database/settings-store'
import { DOUBT_REASON, DOUBT_UNTIL } from '../orders/forgotten-deliveries'
import { needReview, type ReviewReason } from '../orders/need-review'

const LOOK_FIRST: ReviewReason = {
  code: 'sent-elsewhere',
  remedy:
    'Look in the accounting package whether the order is there. If it is, choose Mark as Imported. If it is not, set the order to Pending: it is sent again then.',
}

/**
 * Inside a transaction: no order that waits or failed is sent by itself any more, and neither is one of before that comes in later, because another copy of
 * the workspace may have sent it. Gives how many need review.
 */
export async function reviewUnsent(engine: EngineContext, trx: DatabaseTransaction, reason: string): Promise<number> {
  await writeSetting(trx, DOUBT_UNTIL, engine.now())
  await writeSetting(trx, DOUBT_REASON, reason)
  let count = await doubtPrepared(engine, trx, reason)
  for (const id of await unsentOrderIds(trx)) {
    const order = await findOrder(trx, id)
    if (order === undefined) continue
    await needReview(engine, trx, order, reason, LOOK_FIRST)
    count++
  }
  return count
}

/** Inside a transaction: nobody can know what became of the files that this database has as prepared. Gives how many there are. */
export async function doubtPrepared(engine: EngineContext, trx: DatabaseTransaction, evidence: string): Promise<number> {
  const prepared = await preparedDeliveries(trx)
  for (const { id, orderId, fileName } of prepared) {
    await updateDelivery(trx, id, { state: 'unknown', answeredAt: engine.now(), evidence })
    const order = await findOrder(trx, orderId)
    if (order !== undefined) await needReview(engine, trx, order, `It is not known whether ${fileName} was sent. ${evidence}`)
  }
  return prepared.length
}
