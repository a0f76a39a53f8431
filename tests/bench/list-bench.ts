import { type CommandInput, ORDER_SORTS } from '../../src-shared/contract/contract'
import { seededRandom } from '../crash/seeded-random'
import { type BenchFolders, openBenchEngine, runCommand } from './bench-workspace'
import { percentile } from './figures'
import { manyOrder } from './many-orders'

const QUERY_COUNT = 200
const WARM_UP = 20

/** The queries that View Orders sends, by name. Each takes the number of a random order, and the count of orders. */
export const LIST_QUERIES: Record<string, (n: number, count: number) => CommandInput<'orders.list'>> = {
  'first page': () => ({}),
  'last page': (_, count) => ({ after: { keys: [manyOrder(Math.min(count, 120)).orderedAt], id: Number.MAX_SAFE_INTEGER } }),
  'a page in the middle': (n) => ({ after: { keys: [manyOrder(n).orderedAt], id: Number.MAX_SAFE_INTEGER } }),
  'filter failed': () => ({ filter: { syncState: 'failed' } }),
  'search by number': (n) => ({ filter: { search: manyOrder(n).number } }),
  'search by customer': (n) => ({ filter: { search: manyOrder(n).billTo.name } }),
  'search by product': (n) => ({ filter: { search: manyOrder(n).lines[0]?.sku ?? '' } }),
}

for (const by of ORDER_SORTS) {
  LIST_QUERIES[`sorted by ${by}`] = (n) => ({ sort: { by, isDescending: n % 2 === 0 } })
  LIST_QUERIES[`filter sent, sorted by ${by}`] = (n) => ({ filter: { syncState: 'sent' }, sort: { by, isDescending: n % 2 === 0 } })
}

/** 95th percentile in ms of each View Orders query, through the engine's dispatcher. */
export async function listTimes(folders: BenchFolders, count: number): Promise<Record<string, number>> {
  const engine = await openBenchEngine(folders, 'attache-xmlkfi')
  const times: Record<string, number> = {}
  try {
    for (const [name, inputFor] of Object.entries(LIST_QUERIES)) {
      const random = seededRandom(5)
      const durations: number[] = []
      for (let query = 0; query < QUERY_COUNT + WARM_UP; query++) {
        const input = inputFor(1 + Math.floor(random() * count), count)
        const startedAt = performance.now()
        await runCommand(engine, 'orders.list', input)
        if (query >= WARM_UP) durations.push(performance.now() - startedAt)
      }
      times[name] = percentile(durations, 95)
    }
  } finally {
    await engine.stop()
  }
  return times
}
