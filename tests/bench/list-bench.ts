import { type CommandInput, ORDER_SORTS } from '../../src-shared/contract/contract'
import { seededRandom } from '../crash/seeded-random'
import { type BenchFolders, give, openBenchEngine } from './bench-workspace'
import { percentile } from './figures'
import { manyOrder } from './many-orders'

const QUERIES = 200
const WARM_UP = 20

/** What is asked of View Orders, by name; each takes a random order of the workspace's. */
export const QUESTIONS: Record<string, (n: number, count: number) => CommandInput<'orders.list'>> = {
  'first page': () => ({}),
  'last page': (_, count) => ({ after: { keys: [manyOrder(Math.min(count, 120)).orderedAt], id: Number.MAX_SAFE_INTEGER } }),
  'a page in the middle': (n) => ({ after: { keys: [manyOrder(n).orderedAt], id: Number.MAX_SAFE_INTEGER } }),
  'filter failed': () => ({ filter: { syncState: 'failed' } }),
  'search by number': (n) => ({ filter: { search: manyOrder(n).number } }),
  'search by customer': (n) => ({ filter: { search: manyOrder(n).billTo.name } }),
  'search by product': (n) => ({ filter: { search: manyOrder(n).lines[0]?.sku ?? '' } }),
}

for (const by of ORDER_SORTS) {
  QUESTIONS[`sorted by ${by}`] = (n) => ({ sort: { by, isDescending: n % 2 === 0 } })
  QUESTIONS[`filter sent, sorted by ${by}`] = (n) => ({ filter: { syncState: 'sent' }, sort: { by, isDescending: n % 2 === 0 } })
}

/** 95th percentile in ms of each question to View Orders, through the engine's dispatcher. */
export async function listTimes(folders: BenchFolders, count: number): Promise<Record<string, number>> {
  const engine = await openBenchEngine(folders, 'attache-xmlkfi')
  const times: Record<string, number> = {}
  try {
    for (const [name, question] of Object.entries(QUESTIONS)) {
      const random = seededRandom(5)
      const taken: number[] = []
      for (let query = 0; query < QUERIES + WARM_UP; query++) {
        const input = question(1 + Math.floor(random() * count), count)
        const startedAt = performance.now()
        await give(engine, 'orders.list', input)
        if (query >= WARM_UP) taken.push(performance.now() - startedAt)
      }
      times[name] = percentile(taken, 95)
    }
  } finally {
    await engine.stop()
  }
  return times
}
