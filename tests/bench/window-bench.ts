import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type ElectronApplication, _electron as electron, type Page } from '@playwright/test'
import SqliteDatabase from 'better-sqlite3'
import { databaseFor } from '../../src-main/engine/database/open-database'
import { idQuery } from '../../src-main/engine/database/order-list-store'
import type { CommandInput, OrderSort } from '../../src-shared/contract/contract'
import { type BenchFolders, pauseBackUp } from './bench-workspace'
import { percentile } from './figures'
import { LIST_QUERIES } from './list-bench'

const PROJECT = process.cwd()
const SHOWN_MARK = 'orders shown'
const START_LIMIT_MS = 120_000
/** How long to let a new window settle before measuring anything. */
const SETTLE_MS = 5000
const QUERY_COUNT = 100
const WARM_UP_COUNT = 20
const PAGE_SIZE = 100
const NEWEST: OrderSort = { by: 'date', isDescending: true }

interface StartedApp {
  app: ElectronApplication
  page: Page
  /** The time from the start of the process to the performance mark in the page, in ms. */
  startMs: number
}

/** Starts Electron with the app in `appFolder` and waits until the page sets its performance mark. */
async function start(appFolder: string, extraArgs: readonly string[]): Promise<StartedApp> {
  const folder = join(PROJECT, 'node_modules', 'electron')
  const executablePath = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim())
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env as Record<string, string>
  const startedAt = Date.now()
  const app = await electron.launch({
    executablePath,
    args: [...(isRoot ? ['--no-sandbox'] : []), appFolder, ...extraArgs],
    env,
    timeout: 60_000,
  })
  const page = await app.firstWindow()
  const shownAt = await page.evaluate(
    async ([mark, limit]) => {
      for (const end = Date.now() + limit; Date.now() < end; await new Promise((next) => setTimeout(next, 10))) {
        const [found] = performance.getEntriesByName(mark)
        if (found !== undefined) return performance.timeOrigin + found.startTime
      }
      throw new Error(`The page never set the mark "${mark}"`)
    },
    [SHOWN_MARK, START_LIMIT_MS] as const,
  )
  return { app, page, startMs: shownAt - startedAt }
}

async function startProduct(folders: BenchFolders, userData: string): Promise<StartedApp> {
  return start(PROJECT, ['--workspace', folders.workspace, `--user-data-dir=${userData}`])
}

async function inFolder<Value>(work: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = mkdtempSync(join(tmpdir(), 'ledgerdrop-bench-window-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Resident memory of all processes of a program, in MB. */
async function memoryOf(app: ElectronApplication): Promise<number> {
  const metrics = await app.evaluate(({ app: program }) => program.getAppMetrics().map(({ memory }) => memory.workingSetSize))
  return metrics.reduce((sum, kilobytes) => sum + kilobytes, 0) / 1024
}

/**
 * Measures the startup time (ms) and memory (MB) of the program on a workspace and of a bare window, `rounds` times
 * each.
 */
export async function measureStartupAndMemory(folders: BenchFolders, rounds: number) {
  const measurements = {
    start: { product: [] as number[], baseline: [] as number[] },
    memory: { product: [] as number[], baseline: [] as number[] },
  }
  await pauseBackUp(folders)
  await inFolder(async (parent) => {
    // The first round only fills the caches of both programs, including those that Chromium keeps between starts.
    for (let round = -1; round < rounds; round++) {
      for (const side of ['baseline', 'product'] as const) {
        const userData = join(parent, side)
        const started =
          side === 'product'
            ? await startProduct(folders, userData)
            : await start(join(PROJECT, 'tests', 'bench', 'bare-window'), [`--user-data-dir=${userData}`])
        await pause(SETTLE_MS)
        const memory = await memoryOf(started.app)
        await started.app.close()
        if (round < 0) continue
        measurements.start[side].push(started.startMs)
        measurements.memory[side].push(memory)
      }
    }
  })
  return measurements
}

/**
 * Measures each View Orders query when it is sent from the page, and as bare SQL on the same file: the 95th percentile
 * of its times, in ms.
 */
export async function measureQueryTimesInPage(
  folders: BenchFolders,
  count: number,
): Promise<Record<string, { page: number; baseline: number }>> {
  await pauseBackUp(folders)
  return inFolder(async (userData) => {
    const { app, page } = await startProduct(folders, userData)
    // Wait until the start-up tasks have finished.
    await pause(SETTLE_MS)
    const times: Record<string, { page: number; baseline: number }> = {}
    const sqlite = new SqliteDatabase(join(folders.workspace, 'ledgerdrop.db'), { readonly: true })
    try {
      for (const [name, inputFor] of Object.entries(LIST_QUERIES)) {
        const inputs = Array.from({ length: WARM_UP_COUNT + QUERY_COUNT }, (_, index) => inputFor(1 + ((index * 7919) % count), count))
        const durations = await page.evaluate(async (queries) => {
          const durations: number[] = []
          for (const input of queries) {
            const startedAt = performance.now()
            const result = await window.ledgerdrop?.invoke('orders.list', input)
            if (result?.ok !== true) throw new Error(JSON.stringify(result))
            durations.push(performance.now() - startedAt)
          }
          return durations
        }, inputs)
        const baseline: number[] = []
        for (const input of inputs) baseline.push(await bareSqlMs(sqlite, input))
        times[name] = {
          page: percentile(durations.slice(WARM_UP_COUNT), 95),
          baseline: percentile(baseline.slice(WARM_UP_COUNT), 95),
        }
      }
    } finally {
      sqlite.close()
      await app.close()
    }
    return times
  })
}

/** Time in ms that a query's SQL statements take by themselves. */
async function bareSqlMs(
  sqlite: SqliteDatabase.Database,
  { filter = {}, sort = NEWEST, after = null }: CommandInput<'orders.list'>,
): Promise<number> {
  const query = (await idQuery(databaseFor(sqlite), { filter, sort }, after, PAGE_SIZE))?.statement.compile(databaseFor(sqlite))
  if (query === undefined) return 0
  const startedAt = performance.now()
  const ids = sqlite.prepare<unknown[], { id: number }>(query.sql).all(...query.parameters)
  sqlite
    .prepare(
      `select orders.id, number, orderedAt, customerName, customerEmail, currency, totalMinor, status, syncState, errorCode, errorMessage,
      errorRemedy, revision, source.name as sourceName, destination.name as destinationName
      from orders join source on source.id = orders.sourceId join destination on destination.id = orders.destinationId
      where orders.id in (select value from json_each(?))`,
    )
    .all(JSON.stringify(ids.map(({ id }) => id)))
  return performance.now() - startedAt
}

/**
 * Measures how a sync affects the window: the longest stall of the main process, in ms, and the share of late frames
 * while scrolling.
 */
export async function measureSmoothness(folders: BenchFolders, userData: string): Promise<{ idle: Smoothness; syncing: Smoothness }> {
  const { app, page } = await startProduct(folders, userData)
  try {
    await pause(SETTLE_MS)
    const idle = await watch(app, page, 5000)
    await page.evaluate(() => window.ledgerdrop?.invoke('sync.runNow', { task: 'Write Order' }))
    const syncing = await watch(app, page, 5000)
    const status = await page.evaluate(() => window.ledgerdrop?.invoke('sync.status', {}))
    const writing = status?.ok === true ? status.value.tasks.find((task) => task.name === 'Write Order') : undefined
    if (writing?.state !== 'running' && (writing?.lastRun?.doneCount ?? 0) === 0)
      throw new Error('Nothing was written while the frames were counted')
    return { idle, syncing }
  } finally {
    await app.close()
  }
}

interface Smoothness {
  stallMs: number
  /** The share of late frames, in per cent. */
  lateFrames: number
}

async function watch(app: ElectronApplication, page: Page, durationMs: number): Promise<Smoothness> {
  const stall = app.evaluate(async (_, ms) => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks')
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    await new Promise((done) => setTimeout(done, ms))
    delay.disable()
    return delay.max / 1e6
  }, durationMs)
  const lateFrames = page.evaluate(
    (ms) =>
      new Promise<number>((done) => {
        const box = document.querySelector('.orders-scroll')
        const startedAt = performance.now()
        let [last, frames, late] = [startedAt, 0, 0]
        const step = (now: number) => {
          frames++
          if (now - last > 25) late += Math.round((now - last) / 16.7) - 1
          last = now
          box?.scrollBy(0, frames % 400 < 200 ? 12 : -12)
          if (now - startedAt < ms) requestAnimationFrame(step)
          else done((100 * late) / (frames + late))
        }
        requestAnimationFrame(step)
      }),
    durationMs,
  )
  return { stallMs: await stall, lateFrames: await lateFrames }
}
