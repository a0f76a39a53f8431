import { isPossibleDuplicate } from '../../../src-shared/order-identity'
import type { Work } from '../context/work'
import { deliveriesOf } from '../database/deliveries-store'
import { findOrder, ordersWithSimilarNumbers } from '../database/orders-store'
import { listSources, type StoredSource } from '../database/settings-store'
import { groupRows } from '../importers/reading/csv-reader'
import { markForReview } from '../orders/mark-for-review'
import { localTime } from '../time/local-time'

/** Error code of an order that needs review because it may be a duplicate of another one. No file was written for it. */
export const POSSIBLE_DUPLICATE = 'looks-like-another'

type Candidate = Awaited<ReturnType<typeof ordersWithSimilarNumbers>>[number]

/** An order that was just received, or whose total, date or customer just changed. */
export interface OrderToCompare {
  id: number
  number: string
  isNew: boolean
}

/**
 * Marks for review the orders that look like another order, so that an order received through two sources is not sent twice. Of two new orders, the
 * second one is marked. Uses one query for all orders.
 */
export async function reviewPossibleDuplicates(work: Work, source: StoredSource, orders: readonly OrderToCompare[]): Promise<void> {
  // Ledgerdrop's own test orders come from a source without a folder or store.
  if (orders.length === 0 || (source.folder === '' && source.store === null)) return
  const isNew = new Map(orders.map((order) => [order.id, order.isNew]))
  const candidates = await ordersWithSimilarNumbers(
    work.db,
    orders.map(({ number }) => number),
  )
  for (const sameNumber of groupRows(candidates, ({ numberKey }) => numberKey).values()) {
    for (const order of sameNumber.length === 1 ? [] : sameNumber) {
      if (!isNew.has(order.id)) continue
      // Of two similar orders, only one needs review.
      const canBeOriginal = (candidate: Candidate) =>
        isNew.get(order.id) ? candidate.id < order.id : candidate.errorCode !== POSSIBLE_DUPLICATE
      const other = sameNumber.find(
        (candidate) => candidate !== order && canBeOriginal(candidate) && isPossibleDuplicate(order, candidate, work.timeZone),
      )
      if (other !== undefined && (await review(work, order.id, other))) order.errorCode = POSSIBLE_DUPLICATE
    }
  }
}

/** Marks an order for review. Returns false if it would not be sent anyway, or if a person has already decided about it. */
async function review(work: Work, orderId: number, other: Candidate): Promise<boolean> {
  const order = await findOrder(work.db, orderId)
  const isUndecided = order?.syncState === 'waiting' && order.isStatusByPerson === 0 && order.status !== 'Cancelled'
  if (order === undefined || !isUndecided) return false
  const sourceName = (await listSources(work.db)).find(({ id }) => id === other.sourceId)?.name ?? ''
  const message = `This may be a duplicate of order ${other.number} from ${sourceName}, which ${await deliveryText(work, other.id)}. The number, the total, and the customer or the date are the same.`
  await markForReview(work, order, message, {
    code: POSSIBLE_DUPLICATE,
    remedy:
      'Compare the two orders. If they are the same, set this one to Cancelled. If they are different orders, set this one to Pending, and the next sync will send it.',
  })
  return true
}

async function deliveryText(work: Work, orderId: number): Promise<string> {
  const deliveries = await deliveriesOf(work.db, orderId)
  const sentAt = deliveries.findLast(({ droppedAt }) => droppedAt !== null)?.droppedAt ?? null
  if (sentAt !== null) return `was sent on ${localTime(sentAt, work.now(), true)}`
  const status = (await findOrder(work.db, orderId))?.status
  return status === 'Cancelled' ? 'is cancelled' : 'has not been sent'
}
