import type { Work } from '../context/work'
import { preparedDeliveries, updateDelivery } from '../database/deliveries-store'
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
 * No order that waits or failed is sent by itself any more, and neither is one of before that comes in later, because another copy of
 * the workspace may have sent it. Gives how many need review.
 */
export async function reviewUnsent(work: Work, reason: string): Promise<number> {
  await writeSetting(work.db, DOUBT_UNTIL, work.now())
  await writeSetting(work.db, DOUBT_REASON, reason)
  let count = await doubtPrepared(work, reason)
  for (const id of await unsentOrderIds(work.db)) {
    const order = await findOrder(work.db, id)
    if (order === undefined) continue
    await needReview(work, order, reason, LOOK_FIRST)
    count++
  }
  return count
}

/** Nobody can know what became of the files that this database has as prepared. Gives how many there are. */
export async function doubtPrepared(work: Work, evidence: string): Promise<number> {
  const prepared = await preparedDeliveries(work.db)
  for (const { id, orderId, fileName } of prepared) {
    await updateDelivery(work.db, id, { state: 'unknown', answeredAt: work.now(), evidence })
    const order = await findOrder(work.db, orderId)
    if (order !== undefined) await needReview(work, order, `It is not known whether ${fileName} was sent. ${evidence}`)
  }
  return prepared.length
}
