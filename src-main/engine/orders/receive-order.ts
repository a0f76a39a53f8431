import type { SourceRow } from '../../../src-shared/contract'
import { moneyText } from '../../../src-shared/money'
import type { ReceivedOrder } from '../../../src-shared/order'
import type { EngineContext } from '../context'
import { deliveriesOf, POSSIBLY_TAKEN } from '../database/deliveries-store'
import type { Database } from '../database/open-database'
import { contentColumns, findOrderBySource, insertOrder, type StoredOrder, updateOrder } from '../database/orders-store'
import { addToTimeline } from '../database/timeline-store'
import { sha256 } from '../delivery/archive'
import { timelineEntry } from './timeline'

/** What became of an order that a source sent. */
export interface Received {
  orderId: number
  outcome: 'new' | 'unchanged' | 'updated' | 'left alone'
}

/** A document that orders came from, as the timeline names it. */
interface FromDocument {
  id: number
  fileName: string
}

/**
 * Stores an order from a source. Known by the source's own id: the same again is ignored; a changed one is taken over as long as no file
 * of it may have reached the accounting package, and otherwise noted on the timeline and left alone.
 */
export async function receiveOrder(
  engine: EngineContext,
  trx: Database,
  source: SourceRow,
  document: FromDocument,
  order: ReceivedOrder,
): Promise<Received> {
  const receivedHash = sha256(JSON.stringify(order))
  const known = await findOrderBySource(trx, source.id, order.sourceOrderId)
  if (known === undefined) return { orderId: await addOrder(engine, trx, source, document, order, receivedHash), outcome: 'new' }
  if (known.receivedHash === receivedHash) return { orderId: known.id, outcome: 'unchanged' }
  const deliveries = await deliveriesOf(trx, known.id)
  const isSent = deliveries.some(({ state }) => state === 'prepared' || POSSIBLY_TAKEN.includes(state))
  const changes = describeChanges(known, order)
  if (isSent || known.syncState === 'needs review' || known.syncState === 'confirmed') {
    await updateOrder(trx, known.id, { receivedHash })
    await addToTimeline(trx, [
      timelineEntry(engine, {
        orderId: known.id,
        kind: 'updated',
        text: `${source.name} sent a changed order (${document.fileName}), but this one was handed over already: left as it is.`,
        details: changes,
      }),
    ])
    return { orderId: known.id, outcome: 'left alone' }
  }
  const content = contentColumns(keepCodes(order, known))
  const isStatusFree = known.syncState === 'waiting' && known.isStatusByPerson === 0
  await updateOrder(trx, known.id, {
    ...content,
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
      text: `Updated from ${document.fileName} (${source.name}).`,
      details: changes,
    }),
  ])
  return { orderId: known.id, outcome: 'updated' }
}

async function addOrder(
  engine: EngineContext,
  trx: Database,
  source: SourceRow,
  document: FromDocument,
  order: ReceivedOrder,
  receivedHash: string,
): Promise<number> {
  const id = engine.newId()
  await insertOrder(trx, {
    id,
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
    attempts: 0,
    nextAttemptAt: null,
    claimedBy: null,
    revision: 1,
    contentRevision: 1,
    receivedHash,
  })
  await addToTimeline(trx, [
    timelineEntry(engine, {
      orderId: id,
      kind: 'received',
      text: `Received from ${source.name} (${document.fileName}) with status ${order.status}.`,
      details: order.warnings.join('\n'),
    }),
  ])
  return id
}

/** Codes that a person gave stay where the source has none of its own. */
function keepCodes(order: ReceivedOrder, known: StoredOrder): ReceivedOrder {
  const lines = order.lines.map((line, index) => {
    const before = known.body.lines[index]
    return line.sku === '' && before?.name === line.name ? { ...line, sku: before.sku } : line
  })
  return { ...order, lines, customer: { ...order.customer, code: order.customer.code || known.customerCode } }
}

/** What the source changed, a line each, in the user's words. */
function describeChanges(known: StoredOrder, order: ReceivedOrder): string {
  const { body } = known
  const changes: string[] = []
  const compare = (field: string, before: string, after: string) => {
    if (before !== after) changes.push(`${field}: ${before || '(empty)'} became ${after || '(empty)'}`)
  }
  compare('Status in the store', known.status, order.status)
  compare('Total', moneyText(known.totalMinor, known.currency), moneyText(order.totalMinor, order.currency))
  compare('Customer code', known.customerCode, order.customer.code || known.customerCode)
  compare('Customer', body.customer.name, order.customer.name)
  compare('Delivery address', JSON.stringify(body.shipTo), JSON.stringify(order.shipTo))
  compare('Reference', body.reference, order.reference)
  compare('Note', body.note, order.note)
  compare('Lines', String(body.lines.length), String(order.lines.length))
  if (JSON.stringify(body.lines) !== JSON.stringify(order.lines)) changes.push('The lines changed.')
  return changes.join('\n')
}
