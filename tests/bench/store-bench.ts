import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import SqliteDatabase from 'better-sqlite3'
import type { Engine } from '../../src-main/engine/engine'
import { NO_WRITE_BACK } from '../../src-shared/stores'
import { type StoreProcess, startWooCommerce } from '../support/woocommerce/start-woocommerce'
import type { StoreOptions } from '../support/woocommerce/store-settings'
import { type BenchFolders, benchFolders, openBenchEngine, runCommand } from './bench-workspace'

/** It needs no codes, which the orders of the stand-in don't have. */
const PROFILE = 'order-xml'
const PAGE_SIZE = 100
const REQUESTS = 4
const STORE_SCRIPT = join(process.cwd(), 'tests/support/woocommerce/woocommerce-process.ts')
/**
 * How slow a real store was: 2,000 orders, 100 for each request, at 490 orders/s with four requests at a time (docs/stores.md). Each of the four then
 * takes 8 ms for an order, of which a part is the start of WordPress.
 */
const REAL_STORE: StoreOptions = { delayMs: 60, delayPerOrderMs: 7.5 }

/** What pulling orders costs. */
export interface PullFigures {
  /** Orders per second. */
  product: number[]
  baseline: number[]
  /** The longest time for which the engine's thread did nothing else, in milliseconds, of each round. */
  stallMs: number[]
  /** The most memory of the process in the second half of a pull, and in the first half, in MB. */
  memory: { late: number[]; early: number[] }
}

/** Pulls orders from a store in its own process, and does the same requests and inserts in a bare loop. */
export async function measurePull(root: string, count: number, rounds: number): Promise<PullFigures> {
  const figures: PullFigures = { product: [], baseline: [], stallMs: [], memory: { late: [], early: [] } }
  await withStore({}, count, async (store) => {
    for (let round = 0; round < rounds; round++) {
      await inNewWorkspace(root, store, async (_folders, engine) => {
        const watch = watchProcess()
        const startedAt = performance.now()
        await read(engine, count)
        figures.product.push(perSecond(count, startedAt))
        const { stallMs, late, early } = watch.end()
        figures.stallMs.push(stallMs)
        figures.memory.late.push(late)
        figures.memory.early.push(early)
      })
      await inNewWorkspace(root, store, async (folders, engine) => {
        await engine.stop()
        const startedAt = performance.now()
        const inserted = await bareLoop(folders, store)
        if (inserted !== count) throw new Error(`${inserted} of ${count} inserted`)
        figures.baseline.push(perSecond(count, startedAt))
      })
    }
  })
  return figures
}

/** The seconds from "the store has new orders" to "their files are written", and those of fetching the same orders alone. */
export async function measureWholeWay(root: string, count: number, rounds: number): Promise<{ product: number[]; baseline: number[] }> {
  const product: number[] = []
  const baseline: number[] = []
  await withStore(REAL_STORE, count, async (store) => {
    for (let round = 0; round < rounds; round++) {
      await inNewWorkspace(root, store, async (folders, engine) => {
        const startedAt = performance.now()
        const reading = read(engine, count)
        const written = await Promise.all([reading, engine.runTask('Write Order', { trigger: 'Sync Now', actor: 'Bench' })])
        product.push((performance.now() - startedAt) / 1000)
        const files = readdirSync(folders.drop).filter((name) => !name.startsWith('.')).length
        if (files !== count) throw new Error(`${files} of ${count} written: ${written[1].summary}`)
      })
      const startedAt = performance.now()
      const fetched = await bareFetch(store, count)
      if (fetched !== count) throw new Error(`${fetched} of ${count} fetched`)
      baseline.push((performance.now() - startedAt) / 1000)
    }
  })
  return { product, baseline }
}

function perSecond(count: number, startedAt: number): number {
  return count / ((performance.now() - startedAt) / 1000)
}

async function withStore(options: StoreOptions, count: number, work: (store: StoreProcess) => Promise<void>): Promise<void> {
  const store = await startWooCommerce(options, STORE_SCRIPT)
  try {
    for (let added = 0; added < count; added += 50) {
      await store.control.addOrders(50)
      await store.control.advanceClock(1000)
    }
    await work(store)
  } finally {
    await store.stop()
  }
}

async function inNewWorkspace(
  root: string,
  store: StoreProcess,
  work: (folders: BenchFolders, engine: Engine) => Promise<void>,
): Promise<void> {
  const folders = benchFolders(join(root, 'store-workspace'))
  const engine = await openBenchEngine(folders, PROFILE)
  try {
    const { destinations } = await runCommand(engine, 'settings.get', {})
    await runCommand(engine, 'stores.save', {
      name: 'Web Shop',
      destinationId: destinations[0]?.id ?? 0,
      account: { kind: 'woocommerce', address: store.url, signIn: 'application password', account: store.password.user },
      secret: { from: 'input', text: store.password.password },
      isSecretKept: false,
      statuses: {},
      writeBack: NO_WRITE_BACK,
      start: { since: '2020-01-01T00:00:00.000Z', isSent: true },
    })
    await work(folders, engine)
  } finally {
    await engine.stop()
    rmSync(folders.root, { recursive: true, force: true })
  }
}

async function read(engine: Engine, count: number): Promise<void> {
  const run = await engine.runTask('Read Orders', { trigger: 'Sync Now', actor: 'Bench' })
  if (run.doneCount !== count) throw new Error(`${run.doneCount} of ${count} read: ${run.summary}`)
}

/** Watches how long the event loop stands still, and the memory of the process. */
function watchProcess() {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  const samples: number[] = []
  const sampling = setInterval(() => samples.push(process.memoryUsage().rss / 1_048_576), 50)
  delay.enable()
  return {
    end() {
      clearInterval(sampling)
      delay.disable()
      const half = Math.ceil(samples.length / 2)
      return { stallMs: delay.max / 1e6, early: Math.max(...samples.slice(0, half)), late: Math.max(...samples.slice(half)) }
    },
  }
}

interface BareOrder {
  id: number
  number: string
  date_created_gmt: string
  currency: string
  total: string
  billing: { first_name: string; last_name: string; email: string }
}

/** Makes the same requests as Ledgerdrop, four at a time, and inserts one prepared row per order; each answer is one transaction. */
async function bareLoop(folders: BenchFolders, store: StoreProcess): Promise<number> {
  const sqlite = new SqliteDatabase(join(folders.workspace, 'ledgerdrop.db'))
  try {
    sqlite.pragma('journal_mode = WAL')
    sqlite.pragma('synchronous = FULL')
    sqlite.pragma('cache_size = -32000')
    const ids = sqlite
      .prepare<[], { source: number; destination: number }>('select id as source, destinationId as destination from source')
      .get()
    if (ids === undefined) throw new Error('The workspace has no source')
    sqlite.prepare(`insert into document values (1, ?, 'bench', '', '', x'')`).run(ids.source)
    const insert = sqlite.prepare(
      `insert or ignore into orders (id, sourceId, sourceOrderId, documentId, destinationId, number, orderedAt, receivedAt, currency, totalMinor, taxMinor,
        customerName, customerEmail, customerCode, status, isStatusByPerson, syncState, attempts, revision, contentRevision, receivedHash, body)
       values (?, ${ids.source}, ?, 1, ${ids.destination}, ?, ?, ?, ?, ?, 0, ?, ?, '', 'Pending', 0, 'waiting', 0, 1, 1, '', ?)`,
    )
    const insertAll = sqlite.transaction((orders: BareOrder[]) => {
      for (const one of orders) {
        const at = `${one.date_created_gmt}.000Z`
        const name = `${one.billing.first_name} ${one.billing.last_name}`
        const total = Math.round(Number(one.total) * 100)
        insert.run(one.id, String(one.id), one.number, at, at, one.currency, total, name, one.billing.email, JSON.stringify(one))
      }
    })
    await fetchPages(store, (orders) => insertAll(orders))
    return (sqlite.prepare('select count(*) as n from orders').get() as { n: number }).n
  } finally {
    sqlite.close()
  }
}

/** Fetches all orders, four requests at a time, and only parses them. */
async function bareFetch(store: StoreProcess, count: number): Promise<number> {
  let fetched = 0
  await fetchPages(store, (orders) => {
    fetched += orders.length
  })
  return Math.min(count, fetched)
}

async function fetchPages(store: StoreProcess, use: (orders: BareOrder[]) => void): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${store.password.user}:${store.password.password}`).toString('base64')}`
  let next = 1
  let isOver = false
  const work = async () => {
    while (!isOver) {
      const page = next++
      const query = `status=any&orderby=id&order=asc&per_page=${PAGE_SIZE}&page=${page}&dp=2`
      const answer = await fetch(`${store.url}/wp-json/wc/v3/orders?${query}`, { headers: { authorization } })
      const orders = (await answer.json()) as BareOrder[]
      use(orders)
      if (page >= Number(answer.headers.get('x-wp-totalpages'))) isOver = true
    }
  }
  await Promise.all(Array.from({ length: REQUESTS }, work))
}
