import type { SourceRow } from '../../../src-shared/contract/contract'
import { isLookAlike } from '../../../src-shared/order-identity'
import type { Work } from '../context/work'
import { deliveriesOf } from '../database/deliveries-store'
import { findOrder, ordersOfNumbers } from '../database/orders-store'
import { listSources } from '../database/settings-store'
import { groupRows } from '../importers/reading/csv-reader'
import { needReview } from '../orders/need-review'
import { localTime } from '../time/local-time'

/** Error code of an order that needs review because it looks like another one. No file of it was written. */
export const LOOK_ALIKE = 'looks-like-another'

type Candidate = Awaited<ReturnType<typeof ordersOfNumbers>>[number]

/** An order that has just come in, or whose total, date or customer has just changed. */
export interface Comparable {
  id: number
  number: string
  isNew: boolean
}

/**
 * An order that looks like another one needs review before it is sent, so that the same order through two sources is not sent twice. Of two new orders,
 * the second one does. One query for all of them.
 */
export async function reviewLookAlikes(work: Work, source: SourceRow, orders: readonly Comparable[]): Promise<void> {
  // Ledgerdrop's own test orders come from a source without a folder.
  if (orders.length === 0 || source.folder === '') return
  const isNew = new Map(orders.map((order) => [order.id, order.isNew]))
  const candidates = await ordersOfNumbers(
    work.db,
    orders.map(({ number }) => number),
  )
  for (const sameNumber of groupRows(candidates, ({ numberKey }) => numberKey).values()) {
    for (const order of sameNumber.length === 1 ? [] : sameNumber) {
      if (!isNew.has(order.id)) continue
      // Of two that look alike, only one needs review.
      const canBeFirst = (one: Candidate) => (isNew.get(order.id) ? one.id < order.id : one.errorCode !== LOOK_ALIKE)
      const other = sameNumber.find((one) => one !== order && canBeFirst(one) && isLookAlike(order, one, work.timeZone))
      if (other !== undefined && (await review(work, order.id, other))) order.errorCode = LOOK_ALIKE
    }
  }
}

/** False if the order is not to be sent anyway, or a person has decided about it. */
async function review(work: Work, orderId: number, other: Candidate): Promise<boolean> {
  const order = await findOrder(work.db, orderId)
  const isUndecided = order?.syncState === 'waiting' && order.isStatusByPerson === 0 && order.status !== 'Cancelled'
  if (order === undefined || !isUndecided) return false
  const sourceName = (await listSources(work.db)).find(({ id }) => id === other.sourceId)?.name ?? ''
  const message = `This looks like order ${other.number} from ${sourceName}, ${await whatBecameOf(work, other.id)}: the same number, total, and customer or date.`
  await needReview(work, order, message, {
    code: LOOK_ALIKE,
    remedy:
      'Compare the two orders. If they are the same, set this one to Cancelled. If they are different orders, set this one to Pending and the next sync sends it.',
  })
  return true
}

async function whatBecameOf(work: Work, orderId: number): Promise<string> {
  const deliveries = await deliveriesOf(work.db, orderId)
  const sentAt = deliveries.findLast(({ droppedAt }) => droppedAt !== null)?.droppedAt ?? null
  if (sentAt !== null) return `sent on ${localTime(sentAt, work.now(), true)}`
  const status = (await findOrder(work.db, orderId))?.status
  return status === 'Cancelled' ? 'which is cancelled' : 'not sent yet'
}
