import { setImmediate } from 'node:timers/promises'
import { NEWEST_FIRST, type OrderCursor, type OrderSelection, type OrderSort } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { listOrderIds } from '../database/order-list-store'

const PAGE_SIZE = 10_000

/**
 * Returns the ids of the selected orders that match now, in list order; ids that were selected one by one keep their
 * sequence. The engine can do other work between pages. Stops early if the signal is aborted.
 */
export async function selectedOrderIds(
  engine: EngineContext,
  selection: OrderSelection,
  signal: AbortSignal,
  sort: OrderSort = NEWEST_FIRST,
): Promise<number[]> {
  if ('ids' in selection) return [...new Set(selection.ids)]
  const except = new Set(selection.except)
  const found = new Set<number>()
  for (let after: OrderCursor | null = null, isFirst = true; (isFirst || after !== null) && !signal.aborted; isFirst = false) {
    const page = await listOrderIds(engine.db, { filter: selection.filter, sort }, after, PAGE_SIZE)
    for (const id of page.ids) if (id <= selection.newestId && !except.has(id)) found.add(id)
    after = page.next
    await setImmediate()
  }
  return [...found]
}

/** Yields items in batches. The engine can do other work between batches. Stops if the signal is aborted. */
export async function* inBatches<T>(all: readonly T[], size: number, signal?: AbortSignal): AsyncGenerator<T[]> {
  for (let start = 0; start < all.length && signal?.aborted !== true; start += size) {
    yield all.slice(start, start + size)
    await setImmediate()
  }
}
