import type { Failure } from '../../../src-shared/failure'
import type { OrderStatus, ReceivedOrder } from '../../../src-shared/order'
import { foldIdentity } from '../../../src-shared/order-identity'
import type { EngineContext } from '../context/context'
import { SYNC_ACTOR, type Work } from '../context/work'
import { compressDocument } from '../database/documents-store'
import { knownOrders } from '../database/orders-store'
import { isProblemKnown, openProblemKeys } from '../database/problems-store'
import type { DocumentTable } from '../database/schema'
import type { StoredSource } from '../database/settings-store'
import { type StoredStore, updateStore } from '../database/stores-store'
import { sha256 } from '../files/sha256'
import { importOrders } from '../importers/import-orders'
import type { RunReport } from '../runs/run-report'
import type { StoreDocument } from '../stores/connection/store'
import { unknownStatusKey, unreadableOrderPrefix } from '../stores/store-problems'
import { importFailure } from './import-failure'
import { OUTCOME_TEXTS } from './outcome-texts'
import { settlePastOrders } from './past-orders'
import { type DocumentResult, type Received, receiveOrders } from './receive-orders'

/** A source that is a store. */
export type StoreSource = StoredSource & { store: StoredStore }

/** True if orders of the source come from a store. */
export function isStoreSource(source: StoredSource): source is StoreSource {
  return source.store !== null
}

/** An order that could be read, with the store's facts about it. */
export interface StoreOrder {
  facts: StoreDocument
  document: DocumentTable
  order: ReceivedOrder
}

interface Unreadable {
  id: string
  failure: Failure
}

/** How a batch of orders is received. */
interface ReceiveOptions {
  /** Everything that the store listed up to then has been received with this batch. */
  cursor?: string
  actor?: string
  /** True if a person asked for these orders, so that none is left out. */
  isWanted?: boolean
}

/**
 * Stores the orders that a store sent, in one write together with the cursor and the run's log. An order that can't be read does not hold up the
 * others: it becomes a problem, which closes when the order can be read.
 */
export async function receiveStoreOrders(
  engine: EngineContext,
  source: StoreSource,
  documents: readonly StoreDocument[],
  report: RunReport | null,
  { cursor, actor = SYNC_ACTOR, isWanted = false }: ReceiveOptions = {},
): Promise<Received[]> {
  const wanted = isWanted ? documents : await withoutUnwanted(engine, source, documents)
  const { readable, unreadable } = await parseAll(engine, source, wanted)
  return engine.write(async (work) => {
    const incoming = readable.map(({ document, order }) => ({ document, fileModifiedAt: work.now(), orders: [order] }))
    const results = await receiveOrders(work, source, incoming, actor)
    const received = results.flatMap((result) => (result.ok ? result.received : []))
    const refused = readable.flatMap(({ facts: { id } }, index) => refusalOf(id, results[index]))
    await settlePastOrders(work, source, readable, received)
    await reportUnreadable(work, source, [...unreadable, ...refused], readable)
    await reportUnknownStatuses(work, source, wanted)
    if (cursor !== undefined) await updateStore(work.db, source.id, { cursor })
    if (report !== null) await logReceived(work, source, received, [...unreadable, ...refused], report)
    return received
  })
}

/** Leaves out unknown orders that the office doesn't import: by their status, or because they were placed before the store was connected. */
async function withoutUnwanted(engine: EngineContext, source: StoreSource, documents: readonly StoreDocument[]): Promise<StoreDocument[]> {
  const { readFrom, statuses } = source.store.connection
  const keys = documents.map(({ id }) => foldIdentity(id))
  const known = new Set((await knownOrders(engine.db, source.id, keys)).map((order) => order.sourceOrderKey))
  return documents.filter(({ id, status, placedAt, paidAt }) => {
    if (known.has(foldIdentity(id))) return true
    if (statuses[status] === 'not imported') return false
    return placedAt >= readFrom || (statuses[status] === 'Pending' && paidAt !== null && paidAt >= readFrom)
  })
}

async function parseAll(
  engine: EngineContext,
  source: StoreSource,
  documents: readonly StoreDocument[],
): Promise<{ readable: StoreOrder[]; unreadable: Unreadable[] }> {
  const readable: StoreOrder[] = []
  const unreadable: Unreadable[] = []
  for (const facts of documents) {
    const { bytes, fileName, id } = facts
    // Compressed in the background while the order is parsed here.
    const compressing = compressDocument(bytes)
    const imported = importOrders(bytes, fileName, { statusOf: (status) => statusOf(source, status) })
    const compressed = await compressing
    if (!imported.ok) {
      unreadable.push({ id, failure: importFailure(engine, source, fileName, imported) })
      continue
    }
    const columns = { id: engine.newId(), fileName, sourceId: source.id, sha256: sha256(bytes), receivedAt: engine.now() }
    for (const order of imported.orders) readable.push({ facts, document: { ...columns, bytes: compressed }, order })
  }
  return { readable, unreadable }
}

/** What a store's status means; undefined if the office hasn't decided it. A known order that is no longer imported is held back. */
function statusOf({ store }: StoreSource, status: string): OrderStatus | undefined {
  const meaning = Object.hasOwn(store.connection.statuses, status) ? store.connection.statuses[status] : undefined
  return meaning === 'not imported' ? 'On Hold' : meaning
}

function refusalOf(id: string, result: DocumentResult | undefined): Unreadable[] {
  return result?.ok === false ? [{ id, failure: result.failure }] : []
}

/** Records each order that can't be read as a problem, and closes those of orders that can be read now. */
async function reportUnreadable(
  work: Work,
  source: StoreSource,
  unreadable: readonly Unreadable[],
  readable: readonly StoreOrder[],
): Promise<void> {
  const prefix = unreadableOrderPrefix(source.id)
  for (const { id, failure } of unreadable) {
    const { code, message, remedy } = failure
    const title = `An order of ${source.name} can't be read (id ${id})`
    await work.saveProblem({ key: `${prefix}${id}`, kind: 'rejected file', title, code, message, remedy, folder: null })
  }
  const open = new Set(await openProblemKeys(work.db, prefix))
  if (open.size === 0) return
  const refusedIds = new Set(unreadable.map(({ id }) => id))
  for (const { facts } of readable) {
    const key = `${prefix}${facts.id}`
    if (open.has(key) && !refusedIds.has(facts.id)) await work.closeProblem(key, 'The order was read.')
  }
}

async function reportUnknownStatuses(work: Work, source: StoreSource, documents: readonly StoreDocument[]): Promise<void> {
  const unknown = new Set(documents.map(({ status }) => status).filter((status) => statusOf(source, status) === undefined))
  for (const status of unknown) {
    const key = unknownStatusKey(source.id, status)
    if (await isProblemKnown(work.db, key)) continue
    await work.saveProblem({
      key,
      kind: 'store',
      title: `${source.name} has an order status that Ledgerdrop doesn't know`,
      code: 'store-status-unknown',
      message: `Orders have the status "${status}" in the store. Until you choose what it means, they are On Hold.`,
      remedy: `In Orders > Sync Settings, edit ${source.name} and choose what "${status}" means.`,
      folder: null,
    })
  }
}

async function logReceived(
  work: Work,
  source: StoreSource,
  received: readonly Received[],
  unreadable: readonly Unreadable[],
  report: RunReport,
): Promise<void> {
  const changed = received.filter((one) => one.outcome !== 'unchanged')
  const lines = changed.map(({ orderId, number, outcome }) => ({
    level: 'info' as const,
    order: { id: orderId, number },
    text: `${source.name}: ${OUTCOME_TEXTS[outcome]}`,
  }))
  const failures = unreadable.map(({ id, failure }) => ({
    level: 'error' as const,
    text: `${source.name}: the order with the id ${id} can't be read: ${failure.message}`,
  }))
  await report.log.write(work, [...lines, ...failures])
  work.onCommit(() => {
    report.doneCount += changed.length
    report.failedCount += unreadable.length
    report.reportProgress()
  })
}
