import { FailureError } from '../../../src-shared/failure'
import { foldIdentity } from '../../../src-shared/order-identity'
import type { EngineContext } from '../context/context'
import { knownOrders } from '../database/orders-store'
import { findStore, updateStore } from '../database/stores-store'
import type { RunReport } from '../runs/run-report'
import { mapAhead } from '../stores/connection/map-ahead'
import type { IncompleteDocument, ListedOrder, Store, StoreDocument } from '../stores/connection/store'
import { MAX_REQUESTS } from '../stores/connection/store-client'
import { openSourceStore } from '../stores/open-store'
import { withStartCorrected } from './past-orders'
import { receiveStoreOrders, type StoreSource } from './receive-store-orders'
import { RemovedOrders } from './removed-orders'
import { beginStoreOutage, endStoreOutage, isStoreBackingOff } from './store-outage'

const DAY_MS = 86_400_000
/** So many batches that the store always has as many requests as it may have, even while the list continues. */
const BATCHES_AHEAD = 2 * MAX_REQUESTS
/** Every read begins this long before the newest change that was received. */
const OVERLAP_MS = 10 * 60_000
/** An order that changed so shortly before it was read may change again within the same second, which its date doesn't show. */
const SAME_SECOND_MS = 2000
/** Recent orders are read again once a day, whatever their dates say: some changes don't change the date, and removed orders have none. */
const REREAD_EVERY_MS = DAY_MS
const REREAD_MS = 30 * DAY_MS

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
  /** Null if the list didn't have them. */
  documents: readonly (StoreDocument | IncompleteDocument)[] | null
  /** Everything that the list has up to this time is in this batch or an earlier one; null if that isn't certain. */
  upTo: string | null
}

class StoreReader {
  private readonly listed = new Set<string>()
  private readonly removed: RemovedOrders
  private isReread = false
  private cursor: string
  /** How many orders this read expects to get; part of the run's total. */
  private expected = 0

  constructor(
    private readonly engine: EngineContext,
    private source: StoreSource,
    private readonly store: Store,
    private readonly report: RunReport,
    private readonly signal: AbortSignal,
  ) {
    this.cursor = source.store.cursor
    this.removed = new RemovedOrders(engine, store, report, signal)
  }

  async read(): Promise<void> {
    const { engine, store, signal } = this
    const startedAt = await store.now(signal)
    this.source = await withStartCorrected(engine, this.source, startedAt)
    const { rereadAt, readAt } = this.source.store
    // If the store's clock was ahead, changes since then have earlier dates than what was received before.
    const wasAhead = this.cursor > startedAt
    this.isReread = wasAhead || (readAt !== null && isDue(rereadAt, startedAt))
    this.cursor = earlier(this.cursor, startedAt)
    const since = earlier(before(this.cursor, OVERLAP_MS), this.isReread ? before(startedAt, REREAD_MS) : this.cursor)
    const batches = mapAhead(this.batches(since, startedAt), BATCHES_AHEAD, async (batch) => ({
      ...batch,
      documents: batch.documents ?? (batch.ids.length === 0 ? [] : await store.get(batch.ids, signal)),
    }))
    for await (const { ids, upTo, documents } of batches) {
      signal.throwIfAborted()
      const got = new Set(documents.map(({ id }) => id))
      const missing = ids.filter((id) => !got.has(id))
      // Before the cursor passes them.
      const found = missing.length === 0 ? [] : await this.removed.receiveMissing(this.source, missing)
      // A date in the future is no reason to leave out what changes until then.
      if (upTo !== null && upTo > this.cursor) this.cursor = earlier(upTo, startedAt)
      await receiveStoreOrders(engine, this.source, [...documents, ...found], this.report, { cursor: this.cursor })
      await engine.onStep('store batch')
    }
    if (this.isReread) await this.removed.findRemoved(this.source, this.listed, before(startedAt, REREAD_MS))
    await this.finish(startedAt)
  }

  private async finish(startedAt: string): Promise<void> {
    const { id, store } = this.source
    await this.engine.write(async ({ db }) => {
      // What statuses mean may have been changed meanwhile, so that a reread is due again.
      const isSame = (await findStore(db, id))?.rereadAt === store.rereadAt
      const rereadAt = isSame && (this.isReread || store.rereadAt === null) ? { rereadAt: startedAt } : {}
      await updateStore(db, id, { cursor: this.cursor, readAt: startedAt, ...rereadAt })
    })
  }

  /** Lists the changes, leaves out versions that were received, and puts the others into batches. */
  private async *batches(since: string, startedAt: string): AsyncGenerator<Batch> {
    const { store, signal, report } = this
    let wantedCount = 0
    for await (const page of store.listChanged(since, signal)) {
      const { orders, documents, remaining } = page
      const wanted = documents === undefined ? await this.withoutReceived(orders, startedAt) : orders
      for (const { id } of orders) this.listed.add(id)
      wantedCount += wanted.length
      this.expect(wantedCount + (remaining ?? 0))
      report.reportProgress()
      const upTo = page.upTo === undefined ? newestOf(orders) : page.upTo
      if (documents !== undefined) {
        yield { ids: [], documents, upTo }
        continue
      }
      for (let at = 0; at < wanted.length || at === 0; at += store.batchSize) {
        const isLast = at + store.batchSize >= wanted.length
        yield { ids: wanted.slice(at, at + store.batchSize).map(({ id }) => id), documents: null, upTo: isLast ? upTo : null }
      }
    }
    this.expect(wantedCount)
  }

  /** Several stores may be read in the same run, so that each adds its part to the total. */
  private expect(count: number): void {
    this.report.total = (this.report.total ?? 0) + count - this.expected
    this.expected = count
  }

  private async withoutReceived(orders: readonly ListedOrder[], startedAt: string): Promise<ListedOrder[]> {
    const { readAt, cursor } = this.source.store
    if (this.isReread || readAt === null) return [...orders]
    const keys = orders.map(({ id }) => foldIdentity(id))
    const known = new Map((await knownOrders(this.engine.db, this.source.id, keys)).map((one) => [one.sourceOrderKey, one]))
    // Of the two times, one comes from the web server's clock, the other from the shop's.
    const settledBefore = before(earlier(readAt, cursor), SAME_SECOND_MS)
    const latest = before(startedAt, -DAY_MS)
    return orders.filter(({ id, modifiedAt }) => {
      const isUnsettled = modifiedAt >= settledBefore && modifiedAt <= latest
      return isUnsettled || known.get(foldIdentity(id))?.storeModifiedAt !== modifiedAt
    })
  }
}

function newestOf(orders: readonly ListedOrder[]): string | null {
  return orders.reduce<string | null>((newest, { modifiedAt }) => (newest === null || modifiedAt > newest ? modifiedAt : newest), null)
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
