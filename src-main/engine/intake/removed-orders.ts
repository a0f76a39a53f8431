import { foldIdentity } from '../../../src-shared/order-identity'
import type { EngineContext } from '../context/context'
import { idAt } from '../context/ids'
import { knownOrders, ordersOfStoreSince } from '../database/orders-store'
import { isProblemKnown, openProblemKeys } from '../database/problems-store'
import type { RunReport } from '../runs/run-report'
import { mapAhead } from '../stores/connection/map-ahead'
import type { IncompleteDocument, Store, StoreDocument } from '../stores/connection/store'
import { MAX_REQUESTS } from '../stores/connection/store-client'
import { manyGonePrefix, unreadableOrderPrefix } from '../stores/store-problems'
import { orderGone } from './order-gone'
import { receiveStoreOrders, type StoreSource } from './receive-store-orders'

const REREAD_MS = 30 * 86_400_000
/** If more orders are gone than this, and more than half of them, it is probably another store that answers. */
const MANY_GONE = 20

/** An order that the store doesn't list: what it has instead, or null if it is gone. */
interface Missing {
  id: string
  document: StoreDocument | IncompleteDocument | null
}

/** Finds out what happened to orders that a store no longer lists: they are in its trash, or deleted. */
export class RemovedOrders {
  constructor(
    private readonly engine: EngineContext,
    private readonly store: Store,
    private readonly report: RunReport,
    private readonly signal: AbortSignal,
  ) {}

  /** Returns those of the orders that the store still has, e.g. in its trash. Records that the others are gone. */
  async receiveMissing(source: StoreSource, ids: readonly string[]): Promise<(StoreDocument | IncompleteDocument)[]> {
    const found: (StoreDocument | IncompleteDocument)[] = []
    for await (const { id, document } of this.ask(source, ids)) {
      if (document === null) await this.recordGone(source, id)
      else found.push(document)
    }
    return found
  }

  /** Finds the orders that the store no longer lists, although they were modified since that time. Both by the store's clock, UTC ISO 8601. */
  async findRemoved(source: StoreSource, listed: ReadonlySet<string>, since: string): Promise<void> {
    const { engine } = this
    const firstId = idAt(engine.clock.now().getTime() - REREAD_MS)
    const recent = await ordersOfStoreSince(engine.db, source.id, { id: firstId, storeModifiedAt: since })
    const missing = recent.filter(({ sourceOrderId }) => !listed.has(sourceOrderId)).map(({ sourceOrderId }) => sourceOrderId)
    const isMany = missing.length > MANY_GONE && missing.length * 2 > recent.length
    if (isMany && (await this.isOtherStore(source, missing))) return this.reportManyGone(source, missing, recent.length)
    await this.closeManyGone(source)
    const prefix = unreadableOrderPrefix(source.id)
    const unreadable = (await openProblemKeys(engine.db, prefix)).map((key) => key.slice(prefix.length))
    for await (const { id, document } of this.ask(source, [
      ...missing,
      ...unreadable.filter((id) => !listed.has(id) && !missing.includes(id)),
    ])) {
      if (document === null) await this.recordGone(source, id)
      else await receiveStoreOrders(engine, source, [document], this.report)
    }
  }

  /** True if the store has deleted most of the newest of these orders, not only moved them to its trash. */
  private async isOtherStore(source: StoreSource, ids: readonly string[]): Promise<boolean> {
    const sample = ids.slice(-MANY_GONE)
    let goneCount = 0
    for await (const { document } of this.ask(source, sample)) if (document === null) goneCount++
    return goneCount * 2 > sample.length
  }

  /** Leaves out orders that are too old for the key: nobody can know whether the store still has them. */
  private async *ask(source: StoreSource, ids: readonly string[]): AsyncGenerator<Missing> {
    const { engine, store, signal, report } = this
    const known = await knownOrders(engine.db, source.id, ids.map(foldIdentity))
    const placedAt = new Map(known.map(({ sourceOrderId, orderedAt }) => [sourceOrderId, orderedAt]))
    const answers = mapAhead(ids, MAX_REQUESTS, async (id) => {
      const document = await store.getOne(id, signal, placedAt.get(id))
      report.reportProgress()
      return { id, document }
    })
    for await (const { id, document } of answers) if (document !== 'not handed out') yield { id, document }
  }

  private async recordGone(source: StoreSource, id: string): Promise<void> {
    const { engine, report } = this
    const known = await knownOrders(engine.db, source.id, [foldIdentity(id)])
    const order = known.find(({ sourceOrderId }) => sourceOrderId === id)
    if (order !== undefined) await orderGone(engine, source, order.id, report)
    const key = `${unreadableOrderPrefix(source.id)}${id}`
    await engine.write((work) => work.closeProblem(key, 'The store no longer has the order.'))
  }

  /** Nothing else is changed: only a person can know whether the orders still count. Reported once for the same orders. */
  private async reportManyGone(source: StoreSource, ids: readonly string[], recentCount: number): Promise<void> {
    const { engine, report } = this
    const { id, name } = source
    const key = `${manyGonePrefix(id)}${ids.at(-1)}`
    const message = `${name} no longer has ${ids.length} of the last ${recentCount} orders that were read from it. It may be another store, or an older copy of it. Nothing was changed here.`
    await engine.write(async (work) => {
      if (await isProblemKnown(work.db, key)) return
      await work.saveProblem({
        key,
        kind: 'store',
        title: `Many orders are gone from ${name}`,
        code: 'store-changed',
        message,
        remedy:
          'Check the address in Orders > Sync Settings. If the orders were really deleted, cancel those that should not be sent, and dismiss this problem.',
        folder: null,
      })
    })
    report.log.add({ level: 'warning', text: message })
  }

  private async closeManyGone({ id }: StoreSource): Promise<void> {
    const keys = await openProblemKeys(this.engine.db, manyGonePrefix(id))
    if (keys.length === 0) return
    await this.engine.write(async (work) => {
      for (const key of keys) await work.closeProblem(key, 'The store has the orders again.')
    })
  }
}
