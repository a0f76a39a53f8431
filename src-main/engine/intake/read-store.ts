import { FailureError } from '../../../src-shared/failure'
import { foldIdentity } from '../../../src-shared/order-identity'
import type { EngineContext } from '../context/context'
import { idAt } from '../context/ids'
import { knownOrders, ordersOfStoreSince } from '../database/orders-store'
import { updateStore } from '../database/stores-store'
import type { RunReport } from '../runs/run-report'
import type { ListedOrder, Store } from '../stores/connection/store'
import { MAX_REQUESTS } from '../stores/connection/store-client'
import { connectionFailure } from '../stores/connection/store-failures'
import { openSourceStore } from '../stores/open-store'
import { mapAhead } from './map-ahead'
import { orderGone } from './order-gone'
import { receiveStoreOrders, type StoreSource } from './receive-store-orders'
import { beginStoreOutage, endStoreOutage, isStoreBackingOff } from './store-outage'

/** Every read begins this long before the newest change that was received. */
const OVERLAP_MS = 10 * 60_000
/** An order that changed so shortly before a read began may change again within the same second, which its date doesn't show. */
const SAME_SECOND_MS = 2000
const DAY_MS = 86_400_000
/** Recent orders are read again once a day, whatever their dates say: some changes don't change the date, and removed orders have none. */
const REREAD_EVERY_MS = DAY_MS
const REREAD_MS = 30 * DAY_MS
/** If more orders are gone than this, and more than half of them, it is probably another store that answers. */
const MANY_GONE = 20

/**
 * Receives every change in a store since the last read. What was received is committed batch by batch together with the cursor, so that a read that
 * ends early continues there. A failure is recorded once for the source, and the pauses between attempts grow.
 */
export async function readStore(engine: EngineContext, source: StoreSource, report: RunReport, signal: AbortSignal): Promise<void> {
  if (!report.isRequested && isStoreBackingOff(engine, source.store)) {
    report.notes.push(`${source.name}: ${source.store.failureMessage ?? ''}`)
    return
  }
  try {
    const store = await openSourceStore(engine, source)
    await new StoreReader(engine, source, store, report, signal).read()
    await endStoreOutage(engine, source)
  } catch (error) {
    if (signal.aborted) return
    if (!(error instanceof FailureError)) throw error
    report.notes.push(`${source.name}: ${error.message}`)
    report.log.add({ level: 'error', text: `${source.name}: ${error.message}` })
    await beginStoreOutage(engine, source, error)
  }
}

/** Orders to get together. */
interface Batch {
  ids: string[]
  /** Everything that the list has up to this time is in this batch or an earlier one. */
  upTo: string
}

class StoreReader {
  private readonly listed = new Set<string>()
  private isReread = false
  private cursor: string

  constructor(
    private readonly engine: EngineContext,
    private readonly source: StoreSource,
    private readonly store: Store,
    private readonly report: RunReport,
    private readonly signal: AbortSignal,
  ) {
    this.cursor = source.store.cursor
  }

  async read(): Promise<void> {
    const { engine, source, store, signal } = this
    const startedAt = await store.now(signal)
    const { rereadAt } = source.store
    // If the store's clock was ahead, changes since then have earlier dates than what was received before.
    const wasAhead = this.cursor > startedAt
    this.isReread = wasAhead || isDue(rereadAt, startedAt)
    if (wasAhead) this.cursor = startedAt
    const since = earlier(before(this.cursor, OVERLAP_MS), this.isReread ? before(startedAt, REREAD_MS) : this.cursor)
    const batches = mapAhead(this.batches(since), MAX_REQUESTS, async (batch) => ({
      ...batch,
      documents: batch.ids.length === 0 ? [] : await store.get(batch.ids, signal),
    }))
    for await (const { ids, upTo, documents } of batches) {
      signal.throwIfAborted()
      if (upTo > this.cursor) this.cursor = upTo
      await receiveStoreOrders(engine, source, documents, this.report, { cursor: this.cursor })
      const received = new Set(documents.map(({ id }) => id))
      await this.checkMissing(ids.filter((id) => !received.has(id)))
    }
    if (this.isReread) await this.findRemoved(before(startedAt, REREAD_MS))
    const change = { cursor: this.cursor, readAt: startedAt, ...(this.isReread ? { rereadAt: startedAt } : {}) }
    await engine.write(({ db }) => updateStore(db, source.id, change))
  }

  /** Lists the changes, leaves out versions that were received, and puts the others into batches. */
  private async *batches(since: string): AsyncGenerator<Batch> {
    const { store, signal, report } = this
    const base = report.total ?? 0
    let wantedCount = 0
    for await (const { orders, remaining } of store.listChanged(since, signal)) {
      const wanted = await this.withoutReceived(orders)
      for (const { id } of orders) this.listed.add(id)
      wantedCount += wanted.length
      report.total = base + wantedCount + (remaining ?? 0)
      report.reportProgress()
      const upTo = orders.at(-1)?.modifiedAt ?? since
      for (let at = 0; at < wanted.length || at === 0; at += store.batchSize) {
        const some = wanted.slice(at, at + store.batchSize)
        const isLast = at + store.batchSize >= wanted.length
        yield { ids: some.map(({ id }) => id), upTo: isLast ? upTo : (some.at(-1)?.modifiedAt ?? since) }
      }
    }
    report.total = base + wantedCount
  }

  private async withoutReceived(orders: readonly ListedOrder[]): Promise<ListedOrder[]> {
    const { readAt } = this.source.store
    if (this.isReread || readAt === null) return [...orders]
    const keys = orders.map(({ id }) => foldIdentity(id))
    const known = new Map((await knownOrders(this.engine.db, this.source.id, keys)).map((one) => [one.sourceOrderKey, one]))
    const settledBefore = before(readAt, SAME_SECOND_MS)
    return orders.filter(({ id, modifiedAt }) => {
      return modifiedAt >= settledBefore || known.get(foldIdentity(id))?.storeModifiedAt !== modifiedAt
    })
  }

  /** Orders that the store listed but didn't return were moved to the trash or deleted meanwhile. */
  private async checkMissing(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    const known = await knownOrders(this.engine.db, this.source.id, ids.map(foldIdentity))
    for (const { id, sourceOrderId } of known) await this.checkGone({ id, sourceOrderId })
  }

  /** Finds orders that the store no longer lists, although they were modified recently. */
  private async findRemoved(since: string): Promise<void> {
    const { engine, source } = this
    const firstId = idAt(engine.clock.now().getTime() - REREAD_MS)
    const recent = await ordersOfStoreSince(engine.db, source.id, { id: firstId, storeModifiedAt: since })
    const gone = recent.filter(({ sourceOrderId }) => !this.listed.has(sourceOrderId))
    if (gone.length > MANY_GONE && gone.length * 2 > recent.length) throw tooManyGone(source.name, gone.length, recent.length)
    for (const order of gone) await this.checkGone(order)
  }

  private async checkGone({ id, sourceOrderId }: { id: number; sourceOrderId: string }): Promise<void> {
    const { engine, source, store, report, signal } = this
    const document = await store.getOne(sourceOrderId, signal)
    if (document === null) await orderGone(engine, source, id, report)
    else await receiveStoreOrders(engine, source, [document], report)
  }
}

function isDue(lastAt: string | null, now: string): boolean {
  if (lastAt === null || lastAt > now) return true
  return Date.parse(now) - Date.parse(lastAt) >= REREAD_EVERY_MS
}

function before(at: string, ms: number): string {
  return new Date(Date.parse(at) - ms).toISOString()
}

function earlier(one: string, other: string): string {
  return one < other ? one : other
}

function tooManyGone(name: string, count: number, of: number): FailureError {
  return connectionFailure(
    'store-changed',
    `${name} no longer has ${count} of the last ${of} orders that were read from it. It may be another store, or an older copy of it. Nothing was changed here.`,
    'Check the address in Orders > Sync Settings. If the orders were really deleted, cancel those that should not be sent, and dismiss this problem.',
  )
}
