import type { DestinationRow } from '../../../src-shared/contract/contract'
import type { Failure } from '../../../src-shared/failure'
import type { DeliveryState } from '../../../src-shared/order'
import type { Work } from '../context/work'
import { deliveriesOf, latestDelivery, updateDelivery } from '../database/deliveries-store'
import { findOrder, NO_ERROR, type StoredOrder, updateOrder } from '../database/orders-store'
import type { DeliveryTable } from '../database/schema'
import { failOrder } from '../orders/fail-order'
import { markForReview, type ReviewReason } from '../orders/mark-for-review'
import { capAtNow } from '../time/clock'
import { localTime } from '../time/local-time'

/** The new state of a dropped file, and the evidence for it. */
export interface Verdict {
  state: Extract<DeliveryState, 'picked up' | 'accepted' | 'rejected' | 'held' | 'unknown'>
  /** How this is known, e.g. `Found in Success`. */
  evidence: string
  /** The accounting package's own text; null if it gave none. */
  answerText: string | null
}

const MAX_REASON_CHARACTERS = 300

/**
 * Records what happened to a delivery and updates its order as in the table "The closed loop" (docs/exactly-once.md). The newest delivery decides the
 * order's sync state; of earlier ones, only a late acceptance affects the order. Returns false if the verdict is not new.
 */
export async function applyVerdict(work: Work, destination: DestinationRow, delivery: DeliveryTable, verdict: Verdict): Promise<boolean> {
  const isNew = delivery.state !== verdict.state || (verdict.answerText !== null && delivery.answerText !== verdict.answerText)
  if (!isNew) return false
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
      text: verdictText(delivery, verdict, now),
      details: verdict.answerText ?? '',
    },
  ])
  work.markOrderChanged(delivery.orderId)
  if (order === undefined || newest === undefined) return true
  const context = { work, destination, order, delivery, verdict }
  if (newest.id !== delivery.id) await applyToEarlier(context, newest)
  else
    await applyToNewest(
      context,
      published.filter((earlier) => wasAcceptedSince(earlier, delivery)),
    )
  return true
}

/** A verdict with its delivery, order and destination. */
interface VerdictContext {
  work: Work
  destination: DestinationRow
  order: StoredOrder
  delivery: DeliveryTable
  verdict: Verdict
}

/**
 * True if an earlier file was accepted only after a newer one had been prepared, so this was unknown when the newer one
 * was sent.
 */
function wasAcceptedSince(earlier: DeliveryTable, { id, preparedAt, droppedAt }: DeliveryTable): boolean {
  if (earlier.id === id || earlier.state !== 'accepted' || earlier.answeredAt === null) return false
  return earlier.answeredAt >= capAtNow(preparedAt, droppedAt ?? preparedAt)
}

function verdictText(delivery: DeliveryTable, { state, evidence }: Verdict, now: string): string {
  const stateText: Record<Verdict['state'], string> = {
    'picked up': `picked up ${localTime(now, now)}; this package does not confirm imports`,
    accepted: 'accepted',
    rejected: 'rejected',
    held: 'held by the accounting package',
    unknown: 'gone, with no answer found',
  }
  return `${delivery.fileName}: ${stateText[state]}. ${evidence}.`
}

const ENTERED_TWICE: ReviewReason = {
  code: 'entered-twice',
  remedy:
    'Look for the order in the accounting package. If it is there twice, delete one copy. If its second file is still in the drop folder, you can remove it before it is imported. Then choose Mark as Imported.',
}

/**
 * Applies a verdict on an earlier file. It affects the order only if it is an acceptance, which was not expected when
 * the newer file was sent.
 */
async function applyToEarlier({ work, destination, order, delivery, verdict }: VerdictContext, newest: DeliveryTable): Promise<void> {
  if (verdict.state !== 'accepted' || delivery.state === 'accepted') return
  if (order.syncState === 'waiting') {
    await markForReview(work, order, `The earlier file ${delivery.fileName} was accepted after the order was set to Pending.`)
  } else if (newest.state === 'accepted') {
    await markForReview(work, order, enteredTwice(destination, delivery, newest), ENTERED_TWICE)
  } else if (newest.state === 'rejected') {
    await markForReview(work, order, rejectedLater(destination, delivery, newest))
  } else {
    const message = `${destination.name} accepted the earlier file ${delivery.fileName} after the order had been sent again as ${newest.fileName}. The order may be entered twice.`
    await markForReview(work, order, message, ENTERED_TWICE)
  }
}

function enteredTwice(destination: DestinationRow, earlier: DeliveryTable, newest: DeliveryTable): string {
  return `${destination.name} accepted both ${earlier.fileName} and ${newest.fileName}, so the order was entered twice.`
}

function rejectedLater(destination: DestinationRow, earlier: DeliveryTable, newest: DeliveryTable): string {
  return `${destination.name} accepted the earlier file ${earlier.fileName} and rejected ${newest.fileName}.`
}

/** Applies a verdict on the newest file. `acceptedSince`: earlier files that were accepted only after it had been prepared. */
async function applyToNewest(
  { work, destination, order, delivery, verdict }: VerdictContext,
  acceptedSince: readonly DeliveryTable[],
): Promise<void> {
  const acceptedEarlier = acceptedSince.at(-1)
  if (order.syncState === 'waiting') {
    // A person has queued the order again. If it may already be in the package, it must not be sent again without a new decision.
    if (verdict.state === 'accepted' || verdict.state === 'held') {
      await markForReview(work, order, `The earlier file ${delivery.fileName} was ${verdict.state} after the order was set to Pending.`)
    }
    return
  }
  switch (verdict.state) {
    case 'accepted':
      if (acceptedEarlier !== undefined)
        await markForReview(work, order, enteredTwice(destination, acceptedEarlier, delivery), ENTERED_TWICE)
      else if (order.syncState !== 'confirmed') await updateOrder(work.db, order.id, { ...NO_ERROR, syncState: 'confirmed' })
      return
    case 'picked up':
      if (isOverdueReview(order)) await updateOrder(work.db, order.id, { ...NO_ERROR, syncState: 'sent' })
      return
    case 'rejected':
      if (acceptedEarlier !== undefined) {
        await markForReview(work, order, rejectedLater(destination, acceptedEarlier, delivery))
      } else if (delivery.state === 'accepted' || order.syncState === 'confirmed') {
        await markForReview(work, order, `${destination.name} first accepted ${delivery.fileName} and then rejected it.`)
      } else {
        await failOrder(work, order, rejection(destination, verdict.answerText ?? ''), verdict.answerText ?? '')
      }
      return
    case 'held':
      await markForReview(work, order, `${destination.name} put ${delivery.fileName} on hold. ${verdict.evidence}.`)
      return
    case 'unknown':
      await markForReview(work, order, `${delivery.fileName} is gone from the drop folder, but no answer was found.`)
      return
  }
}

/** True if the order needs review only because its file was not picked up in time. */
export function isOverdueReview(order: StoredOrder): boolean {
  return order.syncState === 'needs review' && order.errorCode === 'not-picked-up'
}

function rejection(destination: DestinationRow, text: string): Failure {
  const reason = text.trim().replaceAll(/\s+/g, ' ')
  const shown = reason.length > MAX_REASON_CHARACTERS ? `${[...reason].slice(0, MAX_REASON_CHARACTERS).join('')} …` : reason
  return {
    code: 'rejected-by-package',
    message:
      reason === '' ? `${destination.name} rejected the file and gave no reason.` : `${destination.name} rejected the file: ${shown}`,
    remedy: 'Find and fix the cause in the accounting package. Then set the order to Pending.',
  }
}

/** Marks a delivery whose file has been in the drop folder longer than the destination allows. Its order then needs review. */
export async function markOverdue(work: Work, destination: DestinationRow, delivery: DeliveryTable): Promise<void> {
  const since = localTime(delivery.droppedAt ?? delivery.preparedAt, work.now())
  await updateDelivery(work.db, delivery.id, { isOverdue: 1 })
  work.markOrderChanged(delivery.orderId)
  const order = await findOrder(work.db, delivery.orderId)
  const isNewest = (await latestDelivery(work.db, delivery.orderId))?.id === delivery.id
  if (order === undefined || !isNewest || order.syncState !== 'sent') return
  await markForReview(work, order, `Not picked up since ${since}: ${delivery.fileName} is still in ${delivery.folder}.`, {
    code: 'not-picked-up',
    remedy: `Check that ${destination.name} is running and imports from this folder. This problem closes by itself when the file is picked up.`,
  })
}
