import { type CommandInput, ORDER_SORTS } from '../../src-shared/contract/contract'
import { seededRandom } from '../crash/seeded-random'
import { benchOrder } from './bench-order'
import { type BenchFolders, openBenchEngine, runCommand } from './bench-workspace'
import { percentile } from './figures'

const QUERY_COUNT = 200
const WARM_UP_COUNT = 20

/**
 * The queries that View Orders sends, by name. Each function takes the number of a random order and the total number of
 * orders.
 */
export const LIST_QUERIES: Record<string, (n: number, count: number) => CommandInput<'orders.list'>> = {
  'first page': () => ({}),
  'last page': (_, count) => ({ after: { keys: [benchOrder(Math.min(count, 120)).orderedAt], id: Number.MAX_SAFE_INTEGER } }),
  'a page in the middle': (n) => ({ after: { keys: [benchOrder(n).orderedAt], id: Number.MAX_SAFE_INTEGER } }),
  'filter failed': () => ({ filter: { syncState: 'failed' } }),
  'search by number': (n) => ({ filter: { search: benchOrder(n).number } }),
  'search by customer': (n) => ({ filter: { search: benchOrder(n).billTo.name } }),
  'search by product': (n) => ({ filter: { search: benchOrder(n).lines[0]?.sku ?? '' } }),
}

for (const by of ORDER_SORTS) {
  LIST_QUERIES[`sorted by ${by}`] = (n) => ({ sort: { by, isDescending: n % 2 === 0 } })
  LIST_QUERIES[`filter sent, sorted by ${by}`] = (n) => ({ filter: { syncState: 'sent' }, sort: { by, isDescending: n % 2 === 0 } })
}

/** Measures each View Orders query through the engine's dispatcher: the 95th percentile of its times, in ms. */
export async function measureListTimes(folders: BenchFolders, count: number): Promise<Record<string, number>> {
  const engine = await openBenchEngine(folders, 'attache-xmlkfi')
  const times: Record<string, number> = {}
  try {
    for (const [name, inputFor] of Object.entries(LIST_QUERIES)) {
      const random = seededRandom(5)
      const durations: number[] = []
      for (let query = 0; query < QUERY_COUNT + WARM_UP_COUNT; query++) {
        const input = inputFor(1 + Math.floor(random() * count), count)
        const startedAt = performance.now()
        await runCommand(engine, 'orders.list', input)
        if (query >= WARM_UP_COUNT) durations.push(performance.now() - startedAt)
      }
      times[name] = percentile(durations, 95)
    }
  } finally {
    await engine.stop()
  }
  return times
}
