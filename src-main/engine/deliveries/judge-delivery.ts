import type { DestinationRow } from '../../../src-shared/contract/contract'
import type { Failure } from '../../../src-shared/failure'
import type { DeliveryState } from '../../../src-shared/order'
import type { Work } from '../context/work'
import { deliveriesOf, latestDelivery, updateDelivery } from '../database/deliveries-store'
import { findOrder, NO_ERROR, type StoredOrder, updateOrder } from '../database/orders-store'
import type { DeliveryTable } from '../database/schema'
import { failOrder } from '../orders/fail-order'
import { needReview, type ReviewReason } from '../orders/need-review'
import { notAfter } from '../time/clock'
import { localTime } from '../time/local-time'

/** What was seen of a dropped file. */
export interface Verdict {
  state: Extract<DeliveryState, 'picked up' | 'accepted' | 'rejected' | 'held' | 'unknown'>
  /** How it is known, e.g. `Found in Success`. */
  evidence: string
  /** The other side's own words; null where there are none. */
  answerText: string | null
}

const MOST_IN_BAR = 300

/**
 * Records what became of a delivery and what that means for its order, as the table "The closed loop" says. Only the newest delivery of an order
 * moves the order; what comes late for an older one is noted. False when nothing new was said.
 */
export async function judgeDelivery(work: Work, destination: DestinationRow, delivery: DeliveryTable, verdict: Verdict): Promise<boolean> {
  const isNews = delivery.state !== verdict.state || (verdict.answerText !== null && delivery.answerText !== verdict.answerText)
  if (!isNews) return false
  const now = work.now()
  const order = await findOrder(work.db, delivery.orderId)
  const published = (await deliveriesOf(work.db, delivery.orderId)).filter(({ state }) => state !== 'prepared' && state !== 'withdrawn')
  const newest = published.at(-1)
  await updateDelivery(work.db, delivery.id, {
    state: verdict.state,
    answeredAt: now,
    evidence: verdict.evidence,
    ...(verdict.answerText === null ? {} : { answerText: verdict.answerText }),
    isOverdue: 0,
    missingSince: null,
  })
  await work.addToTimeline([
    {
      orderId: delivery.orderId,
      kind: 'answer',
      actor: destination.name,
      text: sentence(delivery, verdict, now),
      details: verdict.answerText ?? '',
    },
  ])
  work.changed(delivery.orderId)
  if (order === undefined || newest === undefined) return true
  const judged = { work, destination, order, delivery, verdict }
  if (newest.id !== delivery.id) await applyEarlier(judged, newest)
  else
    await applyToOrder(
      judged,
      published.filter((earlier) => wasAcceptedSince(earlier, delivery)),
    )
  return true
}

/** A verdict and what it is about. */
interface Judged {
  work: Work
  destination: DestinationRow
  order: StoredOrder
  delivery: DeliveryTable
  verdict: Verdict
}

/** True if an earlier file was accepted when a newer one had been sent: whoever sent it did not know. */
function wasAcceptedSince(earlier: DeliveryTable, { id, preparedAt, droppedAt }: DeliveryTable): boolean {
  if (earlier.id === id || earlier.state !== 'accepted' || earlier.answeredAt === null) return false
  return earlier.answeredAt >= notAfter(preparedAt, droppedAt ?? preparedAt)
}

function sentence(delivery: DeliveryTable, { state, evidence }: Verdict, now: string): string {
  const what: Record<Verdict['state'], string> = {
    'picked up': `picked up ${localTime(now, now)}; this package does not confirm imports`,
    accepted: 'accepted',
    rejected: 'rejected',
    held: 'held by the accounting package',
    unknown: 'gone, and no answer was found',
  }
  return `${delivery.fileName}: ${what[state]}. ${evidence}.`
}

const TWICE: ReviewReason = {
  code: 'entered-twice',
  remedy:
    'Look for the order in the accounting package. If it is there twice, delete one of the two; a file that is still in the drop folder can be removed before it is imported. Then choose Mark as Imported.',
}

/** An earlier file than the newest moves the order only if it was accepted: nobody expected that when the newer one was sent. */
async function applyEarlier({ work, destination, order, delivery, verdict }: Judged, newest: DeliveryTable): Promise<void> {
  if (verdict.state !== 'accepted' || delivery.state === 'accepted') return
  if (order.syncState === 'waiting') {
    await needReview(work, order, `The earlier file ${delivery.fileName} was accepted after the order was set to Pending.`)
  } else if (newest.state === 'accepted') {
    await needReview(work, order, enteredTwice(destination, delivery, newest), TWICE)
  } else if (newest.state === 'rejected') {
    await needReview(work, order, rejectedLater(destination, delivery, newest))
  } else {
    const message = `${destination.name} accepted the earlier file ${delivery.fileName} after the order had been sent again as ${newest.fileName}: it may be entered twice.`
    await needReview(work, order, message, TWICE)
  }
}

function enteredTwice(destination: DestinationRow, earlier: DeliveryTable, newest: DeliveryTable): string {
  return `${destination.name} accepted both ${earlier.fileName} and ${newest.fileName}: the order was entered twice.`
}

function rejectedLater(destination: DestinationRow, earlier: DeliveryTable, newest: DeliveryTable): string {
  return `${destination.name} accepted the earlier file ${earlier.fileName} and rejected ${newest.fileName}.`
}

async function applyToOrder(
  { work, destination, order, delivery, verdict }: Judged,
  acceptedSince: readonly DeliveryTable[],
): Promise<void> {
  const twin = acceptedSince.at(-1)
  if (order.syncState === 'waiting') {
    // Queued again by a person meanwhile. What may be in the package already must not be sent on top without a new decision.
    if (verdict.state === 'accepted' || verdict.state === 'held') {
      await needReview(work, order, `The earlier file ${delivery.fileName} was ${verdict.state} after the order was set to Pending.`)
    }
    return
  }
  switch (verdict.state) {
    case 'accepted':
      if (twin !== undefined) await needReview(work, order, enteredTwice(destination, twin, delivery), TWICE)
      else if (order.syncState !== 'confirmed') await updateOrder(work.db, order.id, { ...NO_ERROR, syncState: 'confirmed' })
      return
    case 'picked up':
      if (isOverdueReview(order)) await updateOrder(work.db, order.id, { ...NO_ERROR, syncState: 'sent' })
      return
    case 'rejected':
      if (twin !== undefined) {
        await needReview(work, order, rejectedLater(destination, twin, delivery))
      } else if (delivery.state === 'accepted' || order.syncState === 'confirmed') {
        await needReview(work, order, `${destination.name} first accepted ${delivery.fileName} and then rejected it.`)
      } else {
        await failOrder(work, order, rejection(destination, verdict.answerText ?? ''), verdict.answerText ?? '')
      }
      return
    case 'held':
      await needReview(work, order, `${destination.name} holds ${delivery.fileName} back. ${verdict.evidence}.`)
      return
    case 'unknown':
      await needReview(work, order, `${delivery.fileName} is gone from the drop folder, and no answer was found.`)
      return
  }
}

/** True while the order waits for a person only because its file was not picked up in time. */
export function isOverdueReview(order: StoredOrder): boolean {
  return order.syncState === 'needs review' && order.errorCode === 'not-picked-up'
}

function rejection(destination: DestinationRow, text: string): Failure {
  const words = text.trim().replaceAll(/\s+/g, ' ')
  const shown = words.length > MOST_IN_BAR ? `${[...words].slice(0, MOST_IN_BAR).join('')} …` : words
  return {
    code: 'rejected-by-package',
    message: words === '' ? `${destination.name} rejected the file and gave no reason.` : `${destination.name} rejected the file: ${shown}`,
    remedy: 'Look for the cause in the accounting package. Then set the order to Pending.',
  }
}

/** The file still lies in the drop folder, longer than the destination allows: a person should look why. */
export async function markOverdue(work: Work, destination: DestinationRow, delivery: DeliveryTable): Promise<void> {
  const since = localTime(delivery.droppedAt ?? delivery.preparedAt, work.now())
  await updateDelivery(work.db, delivery.id, { isOverdue: 1 })
  work.changed(delivery.orderId)
  const order = await findOrder(work.db, delivery.orderId)
  const isNewest = (await latestDelivery(work.db, delivery.orderId))?.id === delivery.id
  if (order === undefined || !isNewest || order.syncState !== 'sent') return
  await needReview(work, order, `Not picked up since ${since}: ${delivery.fileName} still lies in ${delivery.folder}.`, {
    code: 'not-picked-up',
    remedy: `Check that ${destination.name} is running and imports from this folder. When it takes the file, this goes away by itself.`,
  })
}
