import type { FieldChange, SourceRow } from '../../../src-shared/contract'
import type { OrderStatus, ReceivedOrder } from '../../../src-shared/order'
import type { EngineContext } from '../context'
import { deliveriesOf, POSSIBLY_TAKEN } from '../database/deliveries-store'
import type { Database } from '../database/open-database'
import type { FindableOrder } from '../database/order-search-store'
import {
  contentColumns,
  findOrder,
  insertOrders,
  knownOrders,
  type StoredOrder,
  toReceivedOrder,
  updateOrder,
} from '../database/orders-store'
import type { OrdersTable, TimelineTable } from '../database/schema'
import { addToTimeline, timelineOf } from '../database/timeline-store'
import { sha256 } from '../delivery/archive'
import { reviewIfSentBefore } from './forgotten-deliveries'
import { keepCorrections } from './keep-corrections'
import { orderChanges } from './order-changes'
import { SYNC_ACTOR, timelineEntry } from './timeline'

/** What became of an order that a source sent. */
export interface Received {
  orderId: number
  number: string
  outcome: 'new' | 'unchanged' | 'updated' | 'left alone'
}

/** A document that orders came from, as the timeline names it. */
interface FromDocument {
  id: number
  fileName: string
}

/**
 * Stores the orders of one document from a source. Known by the source's own id: the same again is ignored; a changed one is taken over as
 * long as no file of it may have reached the accounting package, except for what a person corrected, and otherwise noted on the timeline
 * and left alone. The document holds each id once.
 */
export async function receiveOrders(
  engine: EngineContext,
  trx: Database,
  source: SourceRow,
  document: FromDocument,
  orders: readonly ReceivedOrder[],
  actor = SYNC_ACTOR,
): Promise<Received[]> {
  const ids = orders.map((order) => order.sourceOrderId)
  const known = new Map((await knownOrders(trx, source.id, ids)).map((order) => [order.sourceOrderId, order]))
  const received: Received[] = []
  const added: FindableOrder[] = []
  const told: TimelineTable[] = []
  for (const order of orders) {
    const receivedHash = sha256(JSON.stringify(order))
    const before = known.get(order.sourceOrderId)
    if (before === undefined) {
      const row = newOrder(engine, source, document, order, receivedHash)
      added.push({ row, body: order })
      told.push(
        timelineEntry(engine, {
          orderId: row.id,
          kind: 'received',
          actor,
          text: `Received from ${source.name} (${document.fileName}) with status ${order.status}.`,
          details: order.warnings.join('\n'),
        }),
      )
      received.push({ orderId: row.id, number: order.number, outcome: 'new' })
    } else if (before.receivedHash === receivedHash) received.push({ orderId: before.id, number: before.number, outcome: 'unchanged' })
    else received.push(await receiveChanged(engine, trx, source, document, order, receivedHash, before.id))
  }
  await insertOrders(trx, added)
  await addToTimeline(trx, told)
  await reviewIfSentBefore(
    engine,
    trx,
    added.map(({ row }) => row),
  )
  return received
}

async function receiveChanged(
  engine: EngineContext,
  trx: Database,
  source: SourceRow,
  document: FromDocument,
  order: ReceivedOrder,
  receivedHash: string,
  knownId: number,
): Promise<Received> {
  const known = await findOrder(trx, knownId)
  if (known === undefined) throw new Error(`Order ${knownId} is gone`)
  const deliveries = await deliveriesOf(trx, known.id)
  const isSent = deliveries.some(({ state }) => state === 'prepared' || POSSIBLY_TAKEN.includes(state))
  const before = toReceivedOrder(known)
  const isStatusFree = known.syncState === 'waiting' && known.isStatusByPerson === 0
  const status = statusChanges(known.status, order.status, isStatusFree)
  if (isSent || known.syncState === 'needs review' || known.syncState === 'confirmed') {
    await updateOrder(trx, known.id, { receivedHash })
    await addToTimeline(trx, [
      timelineEntry(engine, {
        orderId: known.id,
        kind: 'updated',
        text: `${source.name} sent a changed order (${document.fileName}), but this one was handed over already: left as it is.`,
        changes: [...status, ...orderChanges(before, keepCodes(order, known))],
      }),
    ])
    return { orderId: known.id, number: known.number, outcome: 'left alone' }
  }
  const { order: merged, kept } = keepCorrections(before, keepCodes(order, known), await timelineOf(trx, known.id))
  const after = kept.length === 0 ? merged : { ...merged, warnings: [...merged.warnings, ...kept.map(keptWarning)] }
  await updateOrder(trx, known.id, {
    ...contentColumns(after),
    ...(isStatusFree ? { status: order.status } : {}),
    documentId: document.id,
    receivedHash,
    contentRevision: known.contentRevision + 1,
    ...(known.syncState === 'waiting' ? { attempts: 0, nextAttemptAt: null, errorCode: null, errorMessage: null, errorRemedy: null } : {}),
  })
  await addToTimeline(trx, [
    timelineEntry(engine, {
      orderId: known.id,
      kind: 'updated',
      text: `Updated from ${document.fileName} (${source.name}).${kept.length === 0 ? '' : ' What a person had corrected was kept.'}`,
      changes: [...status, ...orderChanges(before, after), ...kept],
    }),
  ])
  return { orderId: known.id, number: known.number, outcome: 'updated' }
}

function newOrder(
  engine: EngineContext,
  source: SourceRow,
  document: FromDocument,
  order: ReceivedOrder,
  receivedHash: string,
): OrdersTable {
  return {
    id: engine.newId(),
    sourceId: source.id,
    sourceOrderId: order.sourceOrderId,
    documentId: document.id,
    destinationId: source.destinationId,
    receivedAt: engine.now(),
    ...contentColumns(order),
    status: order.status,
    isStatusByPerson: 0,
    syncState: 'waiting',
    errorCode: null,
    errorMessage: null,
    errorRemedy: null,
    needsPersonSince: null,
    attempts: 0,
    nextAttemptAt: null,
    claimedBy: null,
    revision: 1,
    contentRevision: 1,
    receivedHash,
  }
}

/** Codes that a person gave stay where the source has none of its own. */
function keepCodes(order: ReceivedOrder, known: StoredOrder): ReceivedOrder {
  const lines = order.lines.map((line, index) => {
    const before = known.body.lines[index]
    return line.sku === '' && before?.name === line.name ? { ...line, sku: before.sku } : line
  })
  return { ...order, lines, customer: { ...order.customer, code: order.customer.code || known.customerCode } }
}

/** The store's status where it says something new: a sent order is not told that it was Pending in the store. */
function statusChanges(before: OrderStatus, after: OrderStatus, isTakenOver: boolean): FieldChange[] {
  if (before === after || !(isTakenOver || after !== 'Pending')) return []
  return [{ field: 'Status in the store', before, after, isKept: false }]
}

function keptWarning({ field, after }: FieldChange): string {
  return `${field}: the store changed it to "${after}" after a person had corrected it. The correction was kept: check it before the order is sent.`
}
