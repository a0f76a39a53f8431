import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { EngineContext } from '../../src-main/engine/context/context'
import type { NewProblem } from '../../src-main/engine/context/work'
import { saveDestination, saveSource } from '../../src-main/engine/database/settings-store'
import { receiveOrders } from '../../src-main/engine/intake/receive-orders'
import type { RunLog } from '../../src-main/engine/runs/run-log'
import { beginRun } from '../../src-main/engine/runs/run-task'
import { openWorkspace } from '../../src-main/engine/workspace'
import { defaultPolicy } from '../../src-shared/profiles/pick-up-policy'
import { defaultProfileSettings } from '../../src-shared/profiles/profiles'
import { engineContext } from '../support/engine-context'
import { ManualClock } from '../support/manual-clock'
import { makeWorkspace } from '../support/new-workspace'
import { sampleOrder } from '../support/orders'
import { temporaryFolder } from '../support/temporary-folder'

const SOURCE = { id: 1, name: 'Store', folder: '/intake', destinationId: 1, store: null }
const PROBLEM: NewProblem = {
  key: 'full',
  kind: 'folder',
  title: 'Full',
  code: 'disk-nearly-full',
  message: 'Full.',
  remedy: 'Make room.',
  folder: null,
}

/**
 * Opens a workspace and begins a run. Returns the engine context, the run's log, and the events and errors since the
 * run began.
 */
async function openWithRun() {
  const folder = join(temporaryFolder(), 'workspace')
  const clock = new ManualClock()
  await makeWorkspace(folder)
  const workspace = await openWorkspace(folder, { canCreate: false, now: clock.now().toISOString() })
  onTestFinished(() => workspace.close())
  const published: string[] = []
  const errors: string[] = []
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: (message: string) => void errors.push(message) }
  const engine = engineContext(workspace, clock, { log, publish: (...[name]) => void published.push(name) })
  await engine.write(async ({ db }) => {
    const settings = defaultProfileSettings('order-xml')
    const policy = defaultPolicy('order-xml')
    await saveDestination(db, { id: 1, name: 'Package', profile: 'order-xml', folder: '/drop', isDefault: true, policy, settings })
    await saveSource(db, SOURCE)
  })
  const { report } = await beginRun(
    engine,
    'Read Orders',
    { trigger: 'Sync Now', actor: 'Kim' },
    { reportProgress: () => {}, releaseOthers: () => {}, waitForMore: async () => false },
  )
  published.length = 0
  return { engine, log: report.log, published, errors }
}

/** Receives one order, with a problem and a line in the run's log. */
function receiveOne(engine: EngineContext, log: RunLog, published: readonly string[], beforeCommit = async () => {}): Promise<void> {
  return engine.write(async (work) => {
    const document = { id: work.newId(), fileName: 'one.json', sourceId: 1, sha256: '', receivedAt: work.now(), bytes: Buffer.alloc(0) }
    await receiveOrders(work, SOURCE, [{ document, fileModifiedAt: work.now(), orders: [sampleOrder()] }])
    await work.saveProblem(PROBLEM)
    await log.write(work, [{ level: 'info', text: 'One order.' }])
    await beforeCommit()
    expect(published).toEqual([])
  })
}

async function countOrders({ db }: EngineContext): Promise<number> {
  return (await db.selectFrom('orders').select('id').execute()).length
}

test('the changes made by a write are published after its commit, each kind once', async () => {
  const { engine, log, published, errors } = await openWithRun()
  await receiveOne(engine, log, published)
  expect(published).toEqual(['runs.logged', 'orders.changed', 'orders.counted', 'problems.changed'])
  expect(errors).toEqual([])
})

test('orders that are changed by a series of writes are published once, even if the series fails after its last write', async () => {
  const { engine, log, published } = await openWithRun()
  const group = engine.publishChangesOnce(async () => {
    await receiveOne(engine, log, published)
    const [order] = await engine.db.selectFrom('orders').select('id').execute()
    await engine.write(async (work) => work.markOrderChanged(order?.id ?? 0))
    throw new Error('folder gone')
  })
  await expect(group).rejects.toThrow('folder gone')
  expect(published).toEqual(['runs.logged', 'problems.changed', 'orders.changed', 'orders.counted'])
})

test('a write that fails publishes nothing; log lines added before it are still written, and the lines of the failed write are not', async () => {
  const { engine, log, published } = await openWithRun()
  log.add({ level: 'info', text: 'Before.' })
  const failing = receiveOne(engine, log, published, async () => {
    throw new Error('disk full')
  })
  await expect(failing).rejects.toThrow('disk full')
  expect([await countOrders(engine), published]).toEqual([0, []])
  await log.flush(true)
  expect((await engine.db.selectFrom('runEntry').select('text').execute()).map(({ text }) => text)).toEqual(['Before.'])
})

test('a write stays committed if its changes cannot be published', async () => {
  const { engine, log, published, errors } = await openWithRun()
  engine.publish = () => {
    throw new Error('no window')
  }
  await receiveOne(engine, log, published)
  expect([await countOrders(engine), errors]).toEqual([1, ['A change could not be published']])
})

test('the shared database handle is read-only; only engine.write and the workspace store begin transactions', async () => {
  const { engine } = await openWithRun()
  // @ts-expect-error Only `write` can write.
  expect(engine.db.transaction).toBeDefined()
  const root = join(import.meta.dirname, '../../src-main')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'))
  const filesWithTransactions = files.filter(
    (file) => file.endsWith('.ts') && readFileSync(join(root, file), 'utf8').includes('.transaction()'),
  )
  expect(filesWithTransactions.sort()).toEqual(['engine/changes/write.ts', 'engine/database/workspace-store.ts'])
})
