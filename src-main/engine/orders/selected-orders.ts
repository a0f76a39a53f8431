import { setImmediate } from 'node:timers/promises'
import { NEWEST_FIRST, type OrderCursor, type OrderSelection, type OrderSort } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { listOrderIds } from '../database/order-list-store'

const IDS_AT_ONCE = 10_000

/**
 * The ids of the selected orders as they match now, in the order of the list; ids that were named one by one stay as they are named. Between
 * the pages the engine does other work. Ends early where the signal is aborted.
 */
export async function selectedOrders(
  engine: EngineContext,
  selection: OrderSelection,
  signal: AbortSignal,
  sort: OrderSort = NEWEST_FIRST,
): Promise<number[]> {
  if ('ids' in selection) return [...new Set(selection.ids)]
  const except = new Set(selection.except)
  const found = new Set<number>()
  for (let after: OrderCursor | null = null, isFirst = true; (isFirst || after !== null) && !signal.aborted; isFirst = false) {
    const page = await listOrderIds(engine.db, { filter: selection.filter, sort }, after, IDS_AT_ONCE)
    for (const id of page.ids) if (id <= selection.newestId && !except.has(id)) found.add(id)
    after = page.next
    await setImmediate()
  }
  return [...found]
}

/** Goes through many things in batches; between them the engine does other work. Stops if the signal is aborted. */
export async function* inBatches<T>(all: readonly T[], size: number, signal?: AbortSignal): AsyncGenerator<T[]> {
  for (let start = 0; start < all.length && signal?.aborted !== true; start += size) {
    yield all.slice(start, start + size)
    await setImmediate()
  }
}
