import type { Failure, FailureError } from '../../../src-shared/failure'
import type { OrderStatus, ReceivedOrder } from '../../../src-shared/order'
import { foldIdentity } from '../../../src-shared/order-identity'
import type { EngineContext } from '../context/context'
import { SYNC_ACTOR, type Work } from '../context/work'
import { compressDocument, findDocument } from '../database/documents-store'
import { findOrder, type KnownOrder, knownOrders } from '../database/orders-store'
import { isProblemKnown, openProblemKeys } from '../database/problems-store'
import type { DocumentTable } from '../database/schema'
import type { StoredSource } from '../database/settings-store'
import { type StoredStore, updateStore } from '../database/stores-store'
import { sha256 } from '../files/sha256'
import { importOrders } from '../importers/import-orders'
import type { RunReport } from '../runs/run-report'
import { ownStatuses } from '../store-updates/own-statuses'
import type { IncompleteDocument, StoreDocument } from '../stores/connection/store'
import { connectionFailure } from '../stores/connection/store-failures'
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
  /** True if the order's status in the store is the one that Ledgerdrop wrote there. */
  hasOwnStatus: boolean
}

interface Unreadable {
  id: string
  failure: Failure
}

/** If more orders than this have another order's id, and more than half of them, it is another store that answers. */
const MANY_OTHERS = 3

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
  documents: readonly (StoreDocument | IncompleteDocument)[],
  report: RunReport | null,
  { cursor, actor = SYNC_ACTOR, isWanted = false }: ReceiveOptions = {},
): Promise<Received[]> {
  const complete = documents.filter((one): one is StoreDocument => 'bytes' in one)
  const known = await knownById(engine, source, complete)
  const others = await ordersOfAnotherStore(engine, source, complete, known)
  const wanted = isWanted ? complete : complete.filter((document) => known.has(foldIdentity(document.id)) || isUsed(source, document))
  const keys = wanted.map(({ id }) => foldIdentity(id))
  const own = await ownStatuses(engine.db, source.id, keys)
  const isOwn = ({ id, status }: StoreDocument) => own.get(foldIdentity(id))?.has(status) === true
  const foreign = wanted.filter((facts) => !isOwn(facts))
  const { readable, unreadable } = await parseAll(
    engine,
    source,
    wanted.filter(({ id }) => !others.has(id)),
    isOwn,
  )
  const incomplete = documents.flatMap((one) => ('reason' in one ? [incompleteFailure(source, one)] : []))
  return engine.write(async (work) => {
    const incoming = readable.map(({ document, order, hasOwnStatus }) => {
      return { document, fileModifiedAt: work.now(), orders: [order], hasOwnStatus }
    })
    const results = await receiveOrders(work, source, incoming, actor)
    const received = results.flatMap((result) => (result.ok ? result.received : []))
    const refused = readable.flatMap(({ facts: { id } }, index) => refusalOf(id, results[index]))
    const rejected = [...unreadable, ...refused, ...incomplete, ...others.values()]
    await settlePastOrders(work, source, readable, results)
    await reportUnreadable(work, source, rejected, readable)
    await reportUnknownStatuses(work, source, foreign)
    if (cursor !== undefined) await updateStore(work.db, source.id, { cursor })
    if (report !== null) await logReceived(work, source, received, rejected, { report, count: documents.length })
    return received
  })
}

async function knownById(
  engine: EngineContext,
  source: StoreSource,
  documents: readonly StoreDocument[],
): Promise<Map<string, KnownOrder>> {
  const keys = documents.map(({ id }) => foldIdentity(id))
  return new Map((await knownOrders(engine.db, source.id, keys)).map((order) => [order.sourceOrderKey, order]))
}

/** True if the office imports an order that isn't known yet: by its status, and because it was placed or paid after the store was connected. */
function isUsed({ store }: StoreSource, { status, placedAt, paidAt }: StoreDocument): boolean {
  const { readFrom, statuses } = store.connection
  const meaning = Object.hasOwn(statuses, status) ? statuses[status] : undefined
  if (meaning === 'not imported') return false
  return placedAt >= readFrom || (meaning === 'Pending' && paidAt !== null && paidAt >= readFrom)
}

/**
 * Finds orders whose id belonged to another order before: a store that was restored from a backup gives ids a second time. Throws FailureError
 * `store-changed` if most of the orders are others, because another store answers then.
 */
async function ordersOfAnotherStore(
  engine: EngineContext,
  { name }: StoreSource,
  documents: readonly StoreDocument[],
  known: ReadonlyMap<string, KnownOrder>,
): Promise<Map<string, Unreadable>> {
  const others = new Map<string, Unreadable>()
  for (const { id, placedAt, bytes } of documents) {
    const before = known.get(foldIdentity(id))
    // Only the date of a few orders is ever edited.
    if (before === undefined || before.orderedAt === placedAt) continue
    const stored = await findStoredDocument(engine, before.id)
    const [oldKey, newKey] = [orderKey(stored), orderKey(bytes)]
    if (oldKey === null || newKey === null || oldKey === newKey) continue
    others.set(id, { id, failure: idGivenAgain(name, before) })
  }
  if (others.size > MANY_OTHERS && others.size * 2 > known.size) throw otherStore(name, others.size, known.size)
  return others
}

/** The key that WooCommerce gives each order when it is placed, and never changes. Null if the document has none. */
function orderKey(bytes: Uint8Array | null): string | null {
  try {
    const value: unknown = bytes === null ? null : JSON.parse(new TextDecoder().decode(bytes))
    return typeof value === 'object' && value !== null && 'order_key' in value && typeof value.order_key === 'string'
      ? value.order_key
      : null
  } catch {
    return null
  }
}

async function findStoredDocument({ db }: EngineContext, orderId: number): Promise<Uint8Array | null> {
  const order = await findOrder(db, orderId)
  return order === undefined ? null : ((await findDocument(db, order.documentId))?.bytes ?? null)
}

async function parseAll(
  engine: EngineContext,
  source: StoreSource,
  documents: readonly StoreDocument[],
  isOwn: (facts: StoreDocument) => boolean,
): Promise<{ readable: StoreOrder[]; unreadable: Unreadable[] }> {
  const readable: StoreOrder[] = []
  const unreadable: Unreadable[] = []
  for (const facts of documents) {
    const { bytes, fileName, id } = facts
    // Compressed in the background while the order is parsed here.
    const compressing = compressDocument(bytes)
    const hasOwnStatus = isOwn(facts)
    // A status that Ledgerdrop wrote says nothing new about the order, whatever it means otherwise.
    const imported = importOrders(bytes, fileName, { statusOf: (status) => (hasOwnStatus ? 'Pending' : statusOf(source, status)) })
    const compressed = await compressing
    if (!imported.ok) {
      unreadable.push({ id, failure: importFailure(engine, source, fileName, imported) })
      continue
    }
    const columns = { id: engine.newId(), fileName, sourceId: source.id, sha256: sha256(bytes), receivedAt: engine.now() }
    for (const order of imported.orders) readable.push({ facts, document: { ...columns, bytes: compressed }, order, hasOwnStatus })
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
  { report, count }: { report: RunReport; count: number },
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
    report.unchangedCount += Math.max(0, count - changed.length - unreadable.length)
    report.reportProgress()
  })
}

function incompleteFailure({ name }: StoreSource, { id, reason }: IncompleteDocument): Unreadable {
  const message = `${name} sent the order with the id ${id} without something that every order has: ${reason}.`
  const remedy = 'Open the order in the store and save it again. Ledgerdrop reads it at the next sync after that.'
  return { id, failure: { code: 'store-answer-invalid', message, remedy } }
}

function idGivenAgain(name: string, { number }: KnownOrder): Failure {
  return {
    code: 'id-of-another-order',
    message: `${name} has given the id of order ${number} to another order, so the store was probably restored from a backup. Ledgerdrop can't tell the two orders apart, so the new one was not read.`,
    remedy: 'Add the store once more in Orders > Sync Settings, as a new source, with the orders since it was restored.',
  }
}

function otherStore(name: string, count: number, of: number): FailureError {
  return connectionFailure(
    'store-changed',
    `Another store answers at the address of ${name}: ${count} of ${of} orders with known ids are other orders. Nothing was changed here.`,
    'Check the address in Orders > Sync Settings. If the store was set up again, add it as a new source.',
  )
}
