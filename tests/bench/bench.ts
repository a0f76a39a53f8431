import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { PROFILE_NAMES } from '../../src-shared/profiles/profiles'
import { benchFolders, cachedWorkspace, fillWorkspace } from './bench-workspace'
import { type Figure, figure, figuresTable } from './figures'
import { listTimes } from './list-bench'
import { readOrdersSpeeds } from './read-orders-bench'
import { databaseSize } from './size-bench'
import { askedInPage, smoothness, startAndMemory } from './window-bench'
import { costPerOrder, writeOrderSpeeds } from './write-order-bench'

const { values } = parseArgs({
  options: {
    /** How many orders the large workspace holds. */
    orders: { type: 'string', default: '1000000' },
    /** Where the figures go as JSON. */
    json: { type: 'string', default: 'bench.json' },
    /** Only figures whose name contains this. */
    only: { type: 'string', default: '' },
    /** Where generated workspaces are kept between benches. */
    cache: { type: 'string', default: join(tmpdir(), 'ledgerdrop-bench') },
    rounds: { type: 'string', default: '3' },
  },
})
const LARGE = Number(values.orders)
const SMALL = 10_000
/** What the way to the window and back may add. */
const IPC_SLACK_MS = 5
const ROUNDS = Number(values.rounds)

const figures: Figure[] = []
const isWanted = (name: string) => name.toLowerCase().includes(values.only.toLowerCase())
const add = (one: Figure) => {
  figures.push(one)
  console.log(figuresTable([one]).split('\n')[1])
}
const tellFilling = (count: number) => (done: number) => {
  if (done % 50_000 === 0) console.log(`  making ${count} orders: ${done}`)
}

async function bench(root: string): Promise<void> {
  mkdirSync(values.cache, { recursive: true })
  for (const profile of PROFILE_NAMES) {
    const name = `Write Order, ${SMALL} Pending orders, ${profile}`
    if (!isWanted(name)) continue
    const { product, byHand } = await writeOrderSpeeds(root, profile, SMALL, ROUNDS)
    add(figure(name, 'orders/s', product, byHand, { kind: 'at least', ratio: 0.7 }))
  }
  for (const format of ['json', 'csv'] as const) {
    const name = `Read Orders, ${SMALL} orders, ${format}`
    if (!isWanted(name)) continue
    const { product, byHand } = await readOrdersSpeeds(root, format, SMALL, ROUNDS)
    add(figure(name, 'orders/s', product, byHand, { kind: 'at least', ratio: 0.4 }))
  }
  if (isWanted('Database size')) {
    const { file, values: bytes } = await databaseSize(root, SMALL)
    add(figure('Database size per order of 5 lines', 'bytes', [file], [bytes], { kind: 'at most', ratio: 2.5 }))
  }
  if (['View Orders', 'Cost', 'In the window', 'Start', 'Memory'].some(isWanted)) await atScale()
  if (isWanted('During a sync')) await duringSync(root)
}

async function atScale(): Promise<void> {
  const small = await cachedWorkspace(values.cache, SMALL, tellFilling(SMALL))
  const large = await cachedWorkspace(values.cache, LARGE, tellFilling(LARGE))
  if (isWanted('View Orders')) {
    const few = await listTimes(small, SMALL)
    const many = await listTimes(large, LARGE)
    for (const [question, time] of Object.entries(many)) {
      add(figure(`View Orders p95 at ${LARGE}: ${question}`, 'ms', [time], [few[question] ?? 0], { kind: 'at most', ratio: 2 }))
    }
  }
  if (isWanted('In the window')) {
    for (const [question, { page, bare }] of Object.entries(await askedInPage(large, LARGE))) {
      add(figure(`In the window, p95 at ${LARGE}: ${question}`, 'ms', [page], [bare], { kind: 'at most', ratio: 1.5, slack: IPC_SLACK_MS }))
    }
  }
  if (isWanted('Start') || isWanted('Memory')) {
    const { start, memory } = await startAndMemory(large, ROUNDS)
    add(figure(`Start to orders on screen, ${LARGE} orders`, 'ms', start.product, start.bare, { kind: 'at most', ratio: 1.5 }))
    add(figure(`Memory of all processes, ${LARGE} orders`, 'MB', memory.product, memory.bare, { kind: 'at most', ratio: 1.5 }))
  }
  if (isWanted('Cost')) {
    const rounds = { few: [] as number[], many: [] as number[] }
    for (let round = 0; round < ROUNDS; round++) {
      rounds.few.push(await costPerOrder(small, 2000, LARGE + 1))
      rounds.many.push(await costPerOrder(large, 2000, LARGE + 1))
    }
    add(figure(`Cost per order of Write Order at ${LARGE}`, 'ms', rounds.many, rounds.few, { kind: 'at most', ratio: 1.2 }))
  }
}

async function duringSync(at: string): Promise<void> {
  const folders = benchFolders(join(at, 'smooth'))
  await fillWorkspace(folders, 'attache-xmlkfi', { count: 1000, pending: SMALL })
  const { idle, syncing } = await smoothness(folders, join(at, 'smooth-user-data'))
  add(
    figure('During a sync: longest stall of the main process (mark: 50 ms)', 'ms', [syncing.stallMs], [50], { kind: 'at most', ratio: 1 }),
  )
  add(figure('During a sync: late frames while scrolling (mark: 5 %)', '%', [syncing.lateFrames], [5], { kind: 'at most', ratio: 1 }))
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
process.exitCode = figures.every((one) => one.isReached) ? 0 : 1
