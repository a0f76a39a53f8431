import type { DeliveryRow, OrderDetails } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { DeliveryState } from '../../../src-shared/order'
import type { EngineContext } from '../context/context'
import { deliveryRowsOf, POSSIBLY_TAKEN } from '../database/deliveries-store'
import { documentName } from '../database/documents-store'
import { orderRows, type StoredOrder } from '../database/orders-store'
import { orderMissing, requireOrder } from '../database/require-order'
import { findStore } from '../database/stores-store'
import { timelineOf } from '../database/timeline-store'
import { problemsOfOrder } from '../problems/problems'
import { trackingOf } from '../store-updates/queue-updates'
import { localTime } from '../time/local-time'

/** Returns everything that Order Details shows. Throws FailureError `order-missing`. */
export async function orderDetails(engine: EngineContext, id: number): Promise<OrderDetails> {
  const { db } = engine
  const order = await requireOrder(engine.db, id)
  const [row] = await orderRows(db, [id])
  if (row === undefined) throw orderMissing()
  const [deliveries, problems, timeline, name, tracking, store] = await Promise.all([
    deliveryRowsOf(db, id),
    problemsOfOrder(db, id),
    timelineOf(db, id),
    documentName(db, order.documentId),
    trackingOf(db, order),
    findStore(db, order.sourceId),
  ])
  return {
    ...row,
    receivedAt: order.receivedAt,
    ...order.body,
    taxMinor: order.taxMinor,
    documentName: name,
    storeKind: store?.connection.kind ?? null,
    attempts: order.attempts,
    nextAttemptAt: order.nextAttemptAt,
    canEdit: canEdit(order),
    resendWarning: resendWarning(deliveries, engine.now()),
    deliveries,
    ...tracking,
    problems,
    timeline,
  }
}

/** True if the order may be edited: before it is sent, and after it has failed. */
export function canEdit(order: StoredOrder): boolean {
  return order.syncState === 'waiting' || order.syncState === 'failed'
}

/** Throws FailureError `order-busy` while a run is writing the order. */
export function refuseWhileWriting(order: StoredOrder): void {
  if (order.claimedBy === null) return
  throw new FailureError({
    code: 'order-busy',
    message: `Order ${order.number} is being written right now.`,
    remedy: 'Wait a few seconds, check its new state, then try again.',
  })
}

/** Returns a description of earlier deliveries if sending the order again may enter it twice; otherwise null. */
export function resendWarning(deliveries: readonly DeliveryRow[], now: string): string | null {
  const risky = deliveries.filter(({ state }) => POSSIBLY_TAKEN.includes(state))
  if (risky.length === 0) return null
  const facts = risky.map((delivery) => `${delivery.fileName} ${describeDelivery(delivery, now)}.`)
  return `${facts.join(' ')} Sending this order again may enter it twice in the accounting package.`
}

function describeDelivery(delivery: DeliveryRow, now: string): string {
  const seen = localTime(delivery.answeredAt ?? delivery.preparedAt, now)
  const known: Partial<Record<DeliveryState, string>> = {
    dropped: `was written ${localTime(delivery.droppedAt ?? delivery.preparedAt, now)}, and has had no answer yet`,
    'picked up': `was picked up (seen ${seen})`,
    accepted: `was accepted (seen ${seen})`,
    held: `is held by the accounting package (seen ${seen})`,
  }
  return known[delivery.state] ?? `may have been taken: ${delivery.evidence ?? 'nothing more is known'}`
}
