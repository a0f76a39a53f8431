import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { PROFILE_NAMES } from '../../src-shared/profiles/profiles'
import { benchFolders, cachedWorkspace, fillWorkspace } from './bench-workspace'
import { type Figure, figure, figuresTable } from './figures'
import { measureListTimes } from './list-bench'
import { measureReadOrders } from './read-orders-bench'
import { measureDatabaseSize } from './size-bench'
import { measurePull, measureWholeWay } from './store-bench'
import { measureQueryTimesInPage, measureSmoothness, measureStartupAndMemory } from './window-bench'
import { measureCostPerOrder, measureWriteOrder } from './write-order-bench'

const { values } = parseArgs({
  options: {
    /** The number of orders in the large workspace. */
    orders: { type: 'string', default: '1000000' },
    /** The JSON file to write the figures to. */
    json: { type: 'string', default: 'bench.json' },
    /** Measure only figures whose name contains this text. */
    only: { type: 'string', default: '' },
    /** The folder that keeps generated workspaces between benchmark runs. */
    cache: { type: 'string', default: join(tmpdir(), 'ledgerdrop-bench') },
    /** How many times each figure is measured. */
    rounds: { type: 'string', default: '3' },
  },
})
const LARGE = Number(values.orders)
const SMALL = 10_000
/** How many new orders a store has after a weekend. */
const NEW_ORDERS = 2000
/** The extra time allowed for the round trip between the window and the engine. */
const IPC_SLACK_MS = 5
const ROUNDS = Number(values.rounds)

const figures: Figure[] = []
const isWanted = (name: string) => name.toLowerCase().includes(values.only.toLowerCase())
const add = (row: Figure) => {
  figures.push(row)
  console.log(figuresTable([row]).split('\n')[1])
}
const reportFilling = (count: number) => (done: number) => {
  if (done % 50_000 === 0) console.log(`  Creating ${count} orders: ${done}`)
}

async function bench(root: string): Promise<void> {
  mkdirSync(values.cache, { recursive: true })
  for (const profile of PROFILE_NAMES) {
    const name = `Write Order, ${SMALL} Pending orders, ${profile}`
    if (!isWanted(name)) continue
    const { product, baseline } = await measureWriteOrder(root, profile, SMALL, ROUNDS)
    add(figure(name, 'orders/s', product, baseline, { kind: 'at least', ratio: 0.7 }))
  }
  for (const format of ['json', 'csv'] as const) {
    const name = `Read Orders, ${SMALL} orders, ${format}`
    if (!isWanted(name)) continue
    const { product, baseline } = await measureReadOrders(root, format, SMALL, ROUNDS)
    add(figure(name, 'orders/s', product, baseline, { kind: 'at least', ratio: 0.4 }))
  }
  const pull = `Pull from a store, ${SMALL} orders`
  if (isWanted(pull)) {
    const { product, baseline, stallMs, memory } = await measurePull(root, SMALL, ROUNDS)
    add(figure(pull, 'orders/s', product, baseline, { kind: 'at least', ratio: 0.6 }))
    add(figure(`${pull}: longest stall of the engine (target: 50 ms)`, 'ms', stallMs, [50], { kind: 'at most', ratio: 1 }))
    add(figure(`${pull}: memory in the second half beside the first`, 'MB', memory.late, memory.early, { kind: 'at most', ratio: 1.2 }))
  }
  const way = `From the store to the file, ${NEW_ORDERS} orders`
  if (isWanted(way)) {
    const { product, baseline } = await measureWholeWay(root, NEW_ORDERS, ROUNDS)
    add(figure(`${way}, beside fetching them`, 's', product, baseline, { kind: 'at most', ratio: 1.3 }))
  }
  if (isWanted('Database size')) {
    const { file, values: bytes } = await measureDatabaseSize(root, SMALL)
    add(figure('Database size per order of 5 lines', 'bytes', [file], [bytes], { kind: 'at most', ratio: 2.5 }))
  }
  if (['View Orders', 'Cost', 'In the window', 'Startup', 'Memory'].some(isWanted)) await benchAtScale()
  if (isWanted('During a sync')) await benchDuringSync(root)
}

async function benchAtScale(): Promise<void> {
  const small = await cachedWorkspace(values.cache, SMALL, reportFilling(SMALL))
  const large = await cachedWorkspace(values.cache, LARGE, reportFilling(LARGE))
  if (isWanted('View Orders')) {
    const smallTimes = await measureListTimes(small, SMALL)
    const largeTimes = await measureListTimes(large, LARGE)
    for (const [query, time] of Object.entries(largeTimes)) {
      add(figure(`View Orders p95 at ${LARGE}: ${query}`, 'ms', [time], [smallTimes[query] ?? 0], { kind: 'at most', ratio: 2 }))
    }
  }
  if (isWanted('In the window')) {
    for (const [query, { page, baseline }] of Object.entries(await measureQueryTimesInPage(large, LARGE))) {
      add(
        figure(`In the window, p95 at ${LARGE}: ${query}`, 'ms', [page], [baseline], { kind: 'at most', ratio: 1.5, slack: IPC_SLACK_MS }),
      )
    }
  }
  if (isWanted('Startup') || isWanted('Memory')) {
    const { start, memory } = await measureStartupAndMemory(large, ROUNDS)
    add(figure(`Startup until orders are on screen, ${LARGE} orders`, 'ms', start.product, start.baseline, { kind: 'at most', ratio: 1.5 }))
    add(figure(`Memory of all processes, ${LARGE} orders`, 'MB', memory.product, memory.baseline, { kind: 'at most', ratio: 1.5 }))
  }
  if (isWanted('Cost')) {
    const rounds = { small: [] as number[], large: [] as number[] }
    for (let round = 0; round < ROUNDS; round++) {
      rounds.small.push(await measureCostPerOrder(small, 2000, LARGE + 1))
      rounds.large.push(await measureCostPerOrder(large, 2000, LARGE + 1))
    }
    add(figure(`Cost per order of Write Order at ${LARGE}`, 'ms', rounds.large, rounds.small, { kind: 'at most', ratio: 1.2 }))
  }
}

async function benchDuringSync(parent: string): Promise<void> {
  const folders = benchFolders(join(parent, 'smooth'))
  await fillWorkspace(folders, 'attache-xmlkfi', { count: 1000, pending: SMALL })
  const { idle, syncing } = await measureSmoothness(folders, join(parent, 'smooth-user-data'))
  add(
    figure('During a sync: longest stall of the main process (target: 50 ms)', 'ms', [syncing.stallMs], [50], {
      kind: 'at most',
      ratio: 1,
    }),
  )
  add(figure('During a sync: late frames while scrolling (target: 5 %)', '%', [syncing.lateFrames], [5], { kind: 'at most', ratio: 1 }))
  console.log(`  idle: longest stall ${idle.stallMs.toFixed(1)} ms, late frames ${idle.lateFrames.toFixed(1)} %`)
}

const root = mkdtempSync(join(tmpdir(), 'ledgerdrop-bench-run-'))
try {
  await bench(root)
} finally {
  rmSync(root, { recursive: true, force: true })
}
const machine = {
  processor: cpus()[0]?.model,
  processors: cpus().length,
  memoryBytes: totalmem(),
  platform: process.platform,
  node: process.version,
}
writeFileSync(resolve(values.json), `${JSON.stringify({ at: new Date().toISOString(), machine, orders: LARGE, figures }, null, 2)}\n`)
console.log(`\n${figuresTable(figures)}\n`)
process.exitCode = figures.every(({ isMet }) => isMet) ? 0 : 1
