import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import type { EngineContext } from '../../src-main/engine/context/context'
import type { Work } from '../../src-main/engine/context/work'
import { insertDeliveries } from '../../src-main/engine/database/deliveries-store'
import { ALL_MIGRATIONS } from '../../src-main/engine/database/migrations/all-migrations'
import { updateOrder } from '../../src-main/engine/database/orders-store'
import type { StoredSource } from '../../src-main/engine/database/settings-store'
import { createEngine, type Engine, systemClock } from '../../src-main/engine/engine'
import { deliveryFileName } from '../../src-main/engine/files/file-name'
import { receiveOrders } from '../../src-main/engine/intake/receive-orders'
import { openWorkspace } from '../../src-main/engine/workspace'
import type { CommandInput, CommandName, CommandOutput } from '../../src-shared/contract/contract'
import type { OrderStatus, ReceivedOrder, SyncState } from '../../src-shared/order'
import type { ProfileName } from '../../src-shared/profiles/profiles'
import { engineContext } from '../support/engine-context'
import { ManualClock } from '../support/manual-clock'
import { benchOrder } from './bench-order'

/** The folders of a benchmark workspace. */
export interface BenchFolders {
  root: string
  workspace: string
  intake: string
  drop: string
}

/** Returns the folders of a benchmark workspace. Creates any that are missing. */
export function benchFolders(root: string): BenchFolders {
  const folders = { root, workspace: join(root, 'workspace'), intake: join(root, 'intake'), drop: join(root, 'drop') }
  for (const folder of [root, folders.intake, folders.drop]) mkdirSync(folder, { recursive: true })
  return folders
}

const SILENT = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: (message: string, error?: unknown) => console.error(message, error),
}

/**
 * Opens an engine on a benchmark workspace. A new workspace gets one source and one destination with the given profile.
 */
export async function openBenchEngine(folders: BenchFolders, profile: ProfileName): Promise<Engine> {
  const isNew = !existsSync(folders.workspace)
  const engine = await createEngine({
    workspaceFolder: folders.workspace,
    canCreate: true,
    version: '0.0.0-bench',
    clock: systemClock,
    log: SILENT,
    settleMs: 0,
  })
  if (!isNew) return engine
  await runCommand(engine, 'settings.saveDestination', { name: 'Package', profile, folder: folders.drop, isDefault: true })
  const { destinations } = await runCommand(engine, 'settings.get', {})
  await runCommand(engine, 'settings.saveSource', { name: 'Store', folder: folders.intake, destinationId: destinations[0]?.id ?? 0 })
  return engine
}

/** Runs a command and returns its value. Throws if the engine refuses it. */
export async function runCommand<Name extends CommandName>(
  engine: Engine,
  name: Name,
  input: CommandInput<Name>,
): Promise<CommandOutput<Name>> {
  const result = await engine.execute(name, input, { actor: 'Bench', role: 'administrator' })
  if (!result.ok) throw new Error(`${name}: ${result.error.code}: ${result.error.message}`)
  return result.value as CommandOutput<Name>
}

/** Pauses the daily Back Up, which would copy gigabytes during a measurement. */
export async function pauseBackUp(folders: BenchFolders): Promise<void> {
  const engine = await openBenchEngine(folders, 'attache-xmlkfi')
  await runCommand(engine, 'sync.setPaused', { task: 'Back Up', isPaused: true })
  await engine.stop()
}

interface OrderOutcome {
  status: OrderStatus
  syncState: SyncState
  isSent: boolean
}

/** The state of order n. Nearly all orders are finished; some failed, need review, or are on hold or cancelled. */
function outcomeOf(n: number): OrderOutcome {
  const bucket = (n * 7919) % 1000
  if (bucket < 4) return { status: 'Processing', syncState: 'failed', isSent: false }
  if (bucket < 6) return { status: 'Processing', syncState: 'needs review', isSent: true }
  if (bucket < 16) return { status: 'On Hold', syncState: 'waiting', isSent: false }
  if (bucket < 46) return { status: 'Cancelled', syncState: 'waiting', isSent: false }
  if (bucket < 120) return { status: 'Processing', syncState: 'sent', isSent: true }
  if (bucket < 200) return { status: 'Dispatched', syncState: 'confirmed', isSent: true }
  return { status: 'Completed', syncState: 'confirmed', isSent: true }
}

const ORDERS_PER_DOCUMENT = 25
const ORDERS_PER_COMMIT = 1000

/**
 * Fills a new workspace with `count` finished orders and their history, followed by `pending` orders that stay Pending.
 * Uses the product's own stores, and reports progress after each commit.
 */
export async function fillWorkspace(
  folders: BenchFolders,
  profile: ProfileName,
  { count, pending = 0, lines }: { count: number; pending?: number; lines?: number },
  reportProgress: (done: number) => void = () => {},
): Promise<void> {
  await (await openBenchEngine(folders, profile)).stop()
  const clock = new ManualClock('2018-01-01T00:00:00.000Z')
  const workspace = await openWorkspace(folders.workspace, { canCreate: false, now: clock.now().toISOString() })
  const engine = engineContext(workspace, clock, { log: SILENT })
  try {
    const source = await workspace.db.selectFrom('source').selectAll().executeTakeFirstOrThrow()
    for (let first = 1; first <= count + pending; first += ORDERS_PER_COMMIT) {
      const last = Math.min(first + ORDERS_PER_COMMIT - 1, count + pending)
      await addOrders(engine, clock, { ...source, store: null }, { first, last, lastFinished: count, drop: folders.drop, lines })
      reportProgress(last)
    }
  } finally {
    await workspace.close()
  }
}

async function addOrders(
  engine: EngineContext,
  clock: ManualClock,
  source: StoredSource,
  range: { first: number; last: number; lastFinished: number; drop: string; lines: number | undefined },
): Promise<void> {
  await engine.write(async (work) => {
    for (let first = range.first; first <= range.last; first += ORDERS_PER_DOCUMENT) {
      const last = Math.min(first + ORDERS_PER_DOCUMENT - 1, range.last)
      const orders: ReceivedOrder[] = []
      for (let n = first; n <= last; n++) orders.push(benchOrder(n, range.lines === undefined ? {} : { lines: range.lines }))
      clock.advance(Math.max(1, Date.parse(orders[0]?.orderedAt ?? '') - clock.now().getTime()))
      const id = work.newId()
      const bytes = deflateSync(JSON.stringify(orders))
      const metadata = { fileName: `orders-${first}.json`, sourceId: source.id, sha256: String(id), receivedAt: work.now() }
      const [result] = await receiveOrders(work, source, [{ document: { id, ...metadata, bytes }, fileModifiedAt: work.now(), orders }])
      for (const [index, { orderId }] of result?.ok === true ? result.received.entries() : []) {
        const order = orders[index]
        if (order !== undefined && first + index <= range.lastFinished)
          await addHistory(work, source, order, orderId, outcomeOf(first + index), range.drop)
      }
    }
  })
}

async function addHistory(
  work: Work,
  source: StoredSource,
  order: ReceivedOrder,
  orderId: number,
  outcome: OrderOutcome,
  folder: string,
): Promise<void> {
  const failure =
    outcome.syncState === 'failed'
      ? {
          errorCode: 'code-too-long',
          errorMessage: `The customer code ${order.customer.code} is too long.`,
          errorRemedy: 'Change the code.',
        }
      : outcome.syncState === 'needs review'
        ? { errorCode: 'not-picked-up', errorMessage: 'Not picked up since 14:05.', errorRemedy: 'Check the accounting package.' }
        : {}
  const needsPersonSince = outcome.syncState === 'failed' || outcome.syncState === 'needs review' ? work.now() : null
  await updateOrder(work.db, orderId, { status: outcome.status, syncState: outcome.syncState, attempts: 1, needsPersonSince, ...failure })
  const entry = (kind: 'delivery' | 'answer' | 'error', text: string) => ({ orderId, kind, text })
  if (!outcome.isSent) {
    if (outcome.syncState === 'failed') await work.addToTimeline([entry('error', `Sync error: ${failure.errorMessage}`)])
    return
  }
  const attempt = { id: work.newId(), attempt: 1, preparedAt: work.now() }
  const fileName = deliveryFileName(attempt, order.number, 'xml')
  const isAnswered = outcome.syncState === 'confirmed'
  await insertDeliveries(work.db, [
    {
      ...attempt,
      orderId,
      destinationId: source.destinationId,
      state: isAnswered ? 'accepted' : 'picked up',
      folder,
      fileName,
      sizeBytes: 2400,
      sha256: fileName.padEnd(64, '0').slice(0, 64),
      contentRevision: 1,
      settingsRevision: 1,
      droppedAt: work.now(),
      answeredAt: work.now(),
      evidence: isAnswered ? 'Found in Success' : 'Gone from the drop folder',
      answerText: null,
      isOverdue: 0,
      missingSince: null,
    },
  ])
  await work.addToTimeline([
    entry('delivery', `Written as ${fileName} into ${folder}.`),
    entry('answer', `${fileName}: accepted. Found in Success.`),
  ])
}

/**
 * Returns a workspace with `count` finished orders. It is cached in `cache`, because creating a million orders takes
 * minutes. Each schema version has its own workspace. If the generator changes, increase the number at the end of
 * `name`.
 */
export async function cachedWorkspace(cache: string, count: number, reportProgress: (done: number) => void): Promise<BenchFolders> {
  const schema = Object.keys(ALL_MIGRATIONS).at(-1) ?? ''
  const name = `orders-${count}-${schema}-2`
  for (const old of existsSync(cache) ? readdirSync(cache) : []) {
    if (old.startsWith(`orders-${count}-`) && old !== name) rmSync(join(cache, old), { recursive: true, force: true })
  }
  const folders = benchFolders(join(cache, name))
  const completeMarker = join(folders.root, 'whole')
  if (existsSync(completeMarker)) return folders
  rmSync(folders.root, { recursive: true, force: true })
  await fillWorkspace(benchFolders(folders.root), 'attache-xmlkfi', { count }, reportProgress)
  mkdirSync(completeMarker)
  return folders
}
