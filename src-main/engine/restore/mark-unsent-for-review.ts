import type { Work } from '../context/work'
import { preparedDeliveries, updateDelivery } from '../database/deliveries-store'
import { findOrder, unsentOrderIds } from '../database/orders-store'
import { writeSetting } from '../database/settings-store'
import { POSSIBLY_SENT_REASON, POSSIBLY_SENT_UNTIL } from '../orders/forgotten-deliveries'
import { markForReview, type ReviewReason } from '../orders/mark-for-review'

const CHECK_FIRST: ReviewReason = {
  code: 'sent-elsewhere',
  remedy:
    'Check whether the order is in the accounting package. If it is, choose Mark as Imported. If it is not, set the order to Pending to send it again.',
}

/**
 * Marks every waiting or failed order for review, because another copy of the workspace may have sent it. Older orders
 * that arrive later aren't sent automatically either. Returns how many orders need review.
 */
export async function markUnsentForReview(work: Work, reason: string): Promise<number> {
  await writeSetting(work.db, POSSIBLY_SENT_UNTIL, work.now())
  await writeSetting(work.db, POSSIBLY_SENT_REASON, reason)
  let count = await markPreparedUnknown(work, reason)
  for (const id of await unsentOrderIds(work.db)) {
    const order = await findOrder(work.db, id)
    if (order === undefined) continue
    await markForReview(work, order, reason, CHECK_FIRST)
    count++
  }
  return count
}

/**
 * Marks prepared deliveries as unknown and their orders for review, because their files may have been sent. Returns how
 * many.
 */
export async function markPreparedUnknown(work: Work, evidence: string): Promise<number> {
  const prepared = await preparedDeliveries(work.db)
  for (const { id, orderId, fileName } of prepared) {
    await updateDelivery(work.db, id, { state: 'unknown', answeredAt: work.now(), evidence })
    const order = await findOrder(work.db, orderId)
    if (order !== undefined) await markForReview(work, order, `It is not known whether ${fileName} was sent. ${evidence}`)
  }
  return prepared.length
}
