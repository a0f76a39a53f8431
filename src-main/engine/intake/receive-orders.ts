import type { Failure } from '../../../src-shared/failure'
import { ORDER_STATUSES, type ReceivedOrder } from '../../../src-shared/order'
import { compareVersions, foldIdentity, type VersionTimes, versionTimes } from '../../../src-shared/order-identity'
import { type NewTimelineEntry, SYNC_ACTOR, type Work } from '../context/work'
import { insertDocument } from '../database/documents-store'
import type { SearchableOrder } from '../database/order-search-store'
import { noteVersion, replaceVersion, saveVersion, versionsOf } from '../database/order-versions-store'
import {
  contentColumns,
  insertOrders,
  type KnownOrder,
  knownOrders,
  NO_ERROR,
  saveStoreModifiedAt,
  updateOrder,
} from '../database/orders-store'
import type { DocumentTable, OrdersTable, OrderVersionTable } from '../database/schema'
import type { StoredSource } from '../database/settings-store'
import { sha256 } from '../files/sha256'
import { markForReviewIfSentBefore } from '../orders/forgotten-deliveries'
import { type OrderToCompare, reviewPossibleDuplicates } from './possible-duplicates'
import { receiveChanged } from './receive-changed'
import { closeStoreChange } from './store-change'

/** The outcome for one order that a source sent. */
export interface Received {
  orderId: number
  number: string
  outcome: 'new' | 'unchanged' | 'updated' | 'left alone' | 'earlier version'
}

/** A file with orders, not stored yet. */
export interface ReceivedDocument {
  document: DocumentTable
  /** The file's modified time; UTC ISO 8601. */
  fileModifiedAt: string
  /** Each order id occurs only once in a file. */
  orders: readonly ReceivedOrder[]
  /** True if Ledgerdrop itself wrote the orders' status to the store, so that it isn't a change. */
  hasOwnStatus?: boolean
}

/** The outcomes for a file's orders, or why none of them was stored. */
export type DocumentResult = { ok: true; received: Received[] } | { ok: false; failure: Failure }

/**
 * Stores the orders in files from one source, oldest file first. The rules are in docs/order-identity.md. A document is
 * stored only if it added or updated an order. Queries the database once for all files if possible, because most orders
 * are new or unchanged.
 */
export async function receiveOrders(
  work: Work,
  source: StoredSource,
  documents: readonly ReceivedDocument[],
  actor = SYNC_ACTOR,
): Promise<DocumentResult[]> {
  const receiver = new OrderReceiver(work, source, actor)
  await receiver.lookUp(documents)
  const results: DocumentResult[] = []
  for (const document of documents) results.push(await receiver.receive(document))
  await receiver.finish()
  return results
}

/** The version of an order that a file contains. */
interface Incoming {
  order: ReceivedOrder
  hash: string
  times: VersionTimes
}

class OrderReceiver {
  private readonly known = new Map<string, KnownOrder[]>()
  private readonly versions = new Map<number, Map<string, OrderVersionTable>>()
  private readonly hashes = new Map<ReceivedOrder, string>()
  private readonly stored = new Set<number>()
  private added: SearchableOrder[] = []
  private timelineEntries: NewTimelineEntry[] = []
  /** Orders to compare with others, because they may be duplicates. */
  private readonly toCompare: OrderToCompare[] = []
  private readonly newOrders: Pick<OrdersTable, 'id' | 'number' | 'orderedAt'>[] = []
  /** True if the versions come from the store itself: whatever it says now is its newest version, even if a clock was set back. */
  private readonly isLive: boolean

  constructor(
    private readonly work: Work,
    private readonly source: StoredSource,
    private readonly actor: string,
  ) {
    this.isLive = source.store !== null
  }

  /** Loads the stored orders and versions that the orders of all files may match. */
  async lookUp(documents: readonly ReceivedDocument[]): Promise<void> {
    const orders = documents.flatMap((document) => document.orders)
    const keys = [...new Set(orders.map((order) => foldIdentity(order.sourceOrderId)))]
    for (const order of await knownOrders(this.work.db, this.source.id, keys)) this.remember(order)
    const changed = orders.flatMap((order) => {
      const known = this.find(order)
      if (known === undefined) return []
      const hash = versionHash(order, known)
      this.hashes.set(order, hash)
      return known.receivedHash === hash && !this.isLive ? [] : [known.id]
    })
    for (const version of await versionsOf(this.work.db, [...new Set(changed)])) this.versionsOf(version.orderId).set(version.hash, version)
  }

  async receive({ document, fileModifiedAt, orders, hasOwnStatus = false }: ReceivedDocument): Promise<DocumentResult> {
    for (const order of orders) {
      const known = this.find(order)
      // A store itself knows its orders by their ids. A plugin may give them other numbers later.
      if (known !== undefined && !this.isLive && foldIdentity(known.number) !== foldIdentity(order.number)) {
        return { ok: false, failure: idOfAnotherOrder(this.source, order, known) }
      }
    }
    const received: Received[] = []
    for (const sent of orders) {
      const known = this.find(sent)
      const order = hasOwnStatus && known !== undefined ? this.withReceivedStatus(sent, known) : sent
      const times = this.isLive
        ? { storeModifiedAt: order.modifiedAt, fileModifiedAt }
        : versionTimes(order.modifiedAt, fileModifiedAt, this.work.now())
      const hash = this.hashes.get(order) ?? versionHash(order, known)
      received.push(
        known === undefined
          ? await this.add(document, { order, hash, times })
          : { orderId: known.id, number: known.number, outcome: await this.receiveKnown(document, { order, hash, times }, known) },
      )
    }
    return { ok: true, received }
  }

  /**
   * Writes the orders and timeline entries that are not written yet, then checks the new orders for earlier deliveries
   * and duplicates.
   */
  async finish(): Promise<void> {
    await this.flush()
    await markForReviewIfSentBefore(this.work, this.newOrders)
    await reviewPossibleDuplicates(this.work, this.source, this.toCompare)
  }

  private async add(document: DocumentTable, { order, hash, times }: Incoming): Promise<Received> {
    await this.store(document)
    const row = newOrder(this.work, this.source, document, order, hash, times)
    this.added.push({ row, body: order })
    this.timelineEntries.push({
      orderId: row.id,
      kind: 'received',
      actor: this.actor,
      text: `Received from ${this.source.name} (${document.fileName}) with status ${order.status}.`,
      details: order.warnings.join('\n'),
    })
    this.work.markOrderChanged(row.id)
    this.remember(row)
    this.newOrders.push(row)
    this.toCompare.push({ id: row.id, number: row.number, isNew: true })
    return { orderId: row.id, number: row.number, outcome: 'new' }
  }

  private async receiveKnown(document: DocumentTable, incoming: Incoming, known: KnownOrder): Promise<Received['outcome']> {
    const { hash, times } = incoming
    const isNewerInStore = this.isLive || compareVersions({ ...times, fileModifiedAt: null }, { ...known, fileModifiedAt: null }) > 0
    const versions = this.versionsOf(known.id)
    if (hash === known.receivedHash) {
      const isConfirmed = [...versions.values()].every(({ state }) => state !== 'noted') && times.storeModifiedAt === known.storeModifiedAt
      if (isNewerInStore && !(this.isLive && isConfirmed)) await this.confirmVersion(known, times)
      return 'unchanged'
    }
    const version = versions.get(hash)
    if (version?.state === 'ignored' && !isNewerInStore) return 'unchanged'
    if (version?.state === 'noted' && (known.syncState === 'sent' || known.syncState === 'confirmed')) return 'unchanged'
    const noted = [...versions.values()].filter((other) => other.state === 'noted' && other.hash !== hash)
    const isOlder = !this.isLive && [known, ...noted].some((other) => compareVersions(times, other) < 0)
    if (isOlder || (version?.state === 'replaced' && !isNewerInStore)) {
      await this.ignore(document, incoming, known)
      return 'earlier version'
    }
    await this.flush()
    const change = { ...incoming, isNoted: version?.state === 'noted', document, store: () => this.store(document) }
    const outcome = await receiveChanged(this.work, this.source, change, known)
    if (outcome === 'unchanged') return outcome
    this.work.markOrderChanged(known.id)
    this.work.markProblemsChanged()
    for (const other of noted) other.state = 'replaced'
    if (outcome === 'updated') {
      const replaced = { orderId: known.id, hash: known.receivedHash, ...timesOf(known), state: 'replaced' as const }
      await replaceVersion(this.work.db, replaced, hash)
      versions.set(replaced.hash, replaced)
      versions.delete(hash)
      if (!isSameSale(incoming.order, known)) this.toCompare.push({ id: known.id, number: known.number, isNew: false })
      Object.assign(known, { receivedHash: hash, ...times })
    } else {
      const newer = { orderId: known.id, hash, ...times, state: 'noted' as const }
      await noteVersion(this.work.db, newer)
      versions.set(hash, newer)
    }
    return outcome
  }

  /** Handles the stored version when it arrives with a newer store date: the store has reverted any change that was noted before that date. */
  private async confirmVersion(known: KnownOrder, times: VersionTimes): Promise<void> {
    await this.flush()
    await saveStoreModifiedAt(this.work.db, known.id, times.storeModifiedAt)
    known.storeModifiedAt = times.storeModifiedAt
    await closeStoreChange(this.work, known.id, 'The store changed it back.')
    for (const version of this.versionsOf(known.id).values()) {
      if (version.state !== 'noted') continue
      version.state = 'replaced'
      await saveVersion(this.work.db, version)
    }
  }

  /** Ignores an earlier version and says so on the timeline, once. */
  private async ignore(document: DocumentTable, { hash, times }: Incoming, known: KnownOrder): Promise<void> {
    await this.flush()
    const version: OrderVersionTable = { orderId: known.id, hash, ...times, state: 'ignored' }
    await saveVersion(this.work.db, version)
    this.versionsOf(known.id).set(hash, version)
    this.timelineEntries.push({
      orderId: known.id,
      kind: 'updated',
      text: `${document.fileName} (${this.source.name}) contains an earlier version of this order. It was ignored, because a newer version was received before.`,
    })
    this.work.markOrderChanged(known.id)
    await updateOrder(this.work.db, known.id, {})
  }

  private async store(document: DocumentTable): Promise<void> {
    if (this.stored.has(document.id)) return
    this.stored.add(document.id)
    await insertDocument(this.work.db, document)
  }

  private async flush(): Promise<void> {
    const [added, entries] = [this.added, this.timelineEntries]
    this.added = []
    this.timelineEntries = []
    await insertOrders(this.work.db, added)
    await this.work.addToTimeline(entries)
  }

  private remember(order: KnownOrder): void {
    const matches = this.known.get(order.sourceOrderKey)
    if (matches === undefined) this.known.set(order.sourceOrderKey, [order])
    else matches.push(order)
  }

  /** Finds the stored order. Several old orders may share a key, because their ids differ only in spelling; an exact match of the id wins. */
  private find({ sourceOrderId }: ReceivedOrder): KnownOrder | undefined {
    const matches = this.known.get(foldIdentity(sourceOrderId))
    return matches?.find((order) => order.sourceOrderId === sourceOrderId) ?? matches?.[0]
  }

  /** The order with the status that it was received with before, if nothing else in it has changed. */
  private withReceivedStatus(order: ReceivedOrder, known: KnownOrder): ReceivedOrder {
    const noted = [...this.versionsOf(known.id).values()].filter(({ state }) => state === 'noted')
    const hashes = new Set([known.receivedHash, ...noted.map(({ hash }) => hash)])
    const versions = ORDER_STATUSES.map((status) => ({ ...order, status }))
    return versions.find((version) => hashes.has(versionHash(version, known))) ?? order
  }

  private versionsOf(orderId: number): Map<string, OrderVersionTable> {
    const known = this.versions.get(orderId)
    if (known !== undefined) return known
    const versions = new Map<string, OrderVersionTable>()
    this.versions.set(orderId, versions)
    return versions
  }
}

function isSameSale({ orderedAt, currency, totalMinor, customer, billTo }: ReceivedOrder, known: KnownOrder): boolean {
  const isSameTimeAndTotal = orderedAt === known.orderedAt && currency === known.currency && totalMinor === known.totalMinor
  return isSameTimeAndTotal && (customer.email || billTo.email) === known.customerEmail
}

function timesOf({ storeModifiedAt, fileModifiedAt }: VersionTimes): VersionTimes {
  return { storeModifiedAt, fileModifiedAt }
}

/**
 * Returns the SHA-256 of a version's content. Ignores its modified time and the spelling of the id and number. The importers' warnings are included, because
 * a refund may be visible only there. So their texts must not change: after an update, every order with a warning would count as changed in the store.
 */
function versionHash({ modifiedAt: _modifiedAt, ...order }: ReceivedOrder, known: KnownOrder | undefined): string {
  const { sourceOrderId, number } = known ?? order
  return sha256(JSON.stringify({ ...order, sourceOrderId, number }))
}

function newOrder(
  work: Work,
  source: StoredSource,
  document: DocumentTable,
  order: ReceivedOrder,
  receivedHash: string,
  times: VersionTimes,
): OrdersTable {
  return {
    id: work.newId(),
    sourceId: source.id,
    sourceOrderId: order.sourceOrderId,
    sourceOrderKey: foldIdentity(order.sourceOrderId),
    documentId: document.id,
    destinationId: source.destinationId,
    receivedAt: work.now(),
    ...contentColumns(order),
    status: order.status,
    isStatusByPerson: 0,
    syncState: 'waiting',
    ...NO_ERROR,
    needsPersonSince: null,
    attempts: 0,
    nextAttemptAt: null,
    claimedBy: null,
    revision: 1,
    contentRevision: 1,
    receivedHash,
    ...times,
  }
}

function idOfAnotherOrder({ name }: StoredSource, order: ReceivedOrder, known: KnownOrder): Failure {
  return {
    code: 'id-of-another-order',
    message: `Order ${order.number} has the id ${order.sourceOrderId}, but ${name} already sent order ${known.number} with that id. Ledgerdrop can't tell them apart, so no order in this file was read.`,
    remedy:
      'If two web stores put files in this folder, give each its own folder and source in Orders > Sync Settings. If the web store was set up again and its ids restarted, add a new source for it. Then put the file in the folder of its source.',
  }
}
