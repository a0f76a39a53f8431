import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { archivePath } from '../../src-main/engine/deliveries/archive'
import { sha256 } from '../../src-main/engine/files/sha256'
import type { SyncTaskName } from '../../src-shared/contract/contract'
import type { ChildOptions } from '../support/engine-child'
import { KILLED_ITSELF } from '../support/killed'
import { filesIn, numberedOrder, Office } from '../support/office'
import { tsProgram } from '../support/ts-child'

const child = tsProgram('tests/support/engine-child.ts')

/** Creates a stopped office with `count` Pending orders. */
async function officeWithOrders(count: number): Promise<Office> {
  const office = await Office.open()
  const orders = Array.from({ length: count }, (_, index) => numberedOrder(index + 1))
  await office.readOrders(...orders)
  await office.stop()
  return office
}

/** Runs tasks in another process, which is killed when it reaches a step for the `nth` time. */
async function killAt(office: Office, step: string, nth: number, tasks: SyncTaskName[] = ['Write Order']): Promise<void> {
  office.clock.advance(60_000)
  const options: ChildOptions = { workspaceFolder: office.workspace, now: office.clock.now().toISOString(), tasks, killAt: { step, nth } }
  const result = await child.run([JSON.stringify(options)])
  expect(result, `the child must be killed at ${step} ${nth}`).toMatchObject({ ...KILLED_ITSELF, stderr: '' })
  office.clock.advance(60_000)
}

/** Takes all dropped files, as the accounting package does. Returns the folder that they are moved to. */
function pickUpFiles(office: Office): string {
  const pickedUp = join(office.folder, 'picked-up')
  mkdirSync(pickedUp, { recursive: true })
  for (const name of office.files()) renameSync(join(office.dropFolder(), name), join(pickedUp, name))
  return pickedUp
}

/** Expects that every order was dropped exactly once, and that all records agree. */
async function expectDroppedOnce(office: Office, count: number): Promise<void> {
  const pickedUp = join(office.folder, 'picked-up')
  const everDropped = new Map<string, string>()
  for (const folder of [pickedUp, office.dropFolder()]) {
    for (const name of filesIn(folder)) {
      expect(everDropped.has(name), `${name} was dropped twice`).toBe(false)
      everDropped.set(name, sha256(readFileSync(join(folder, name))))
    }
  }
  expect(everDropped.size).toBe(count)
  for (let n = 1; n <= count; n++) {
    const order = await office.order(numberedOrder(n).number)
    expect(order).toMatchObject({ status: 'Processing', syncState: 'sent', syncError: null })
    const dropped = order.deliveries.filter((delivery) => everDropped.has(delivery.fileName))
    expect(dropped).toHaveLength(1)
    for (const delivery of dropped) {
      expect(delivery).toMatchObject({ state: 'dropped', sha256: everDropped.get(delivery.fileName) })
      const copy = readFileSync(archivePath(join(office.workspace, 'archive'), delivery))
      expect(sha256(copy)).toBe(delivery.sha256)
      expect(copy.toString('utf8')).toContain(order.number)
      expect(order.timeline.filter((entry) => entry.text.includes(`Written as ${delivery.fileName}`))).toHaveLength(1)
    }
    expect(order.deliveries.every((delivery) => delivery.state === 'dropped' || delivery.state === 'withdrawn')).toBe(true)
    const times = order.timeline.map((entry) => entry.at)
    expect(times).toEqual([...times].sort())
    expect(order.timeline[0]?.kind).toBe('received')
  }
  expect(office.staged()).toEqual([])
  expect(office.query('select id from orders where claimedBy is not null')).toEqual([])
  expect(office.query('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
  expect(office.query('pragma foreign_key_check')).toEqual([])
}

const STEPS: { step: string; nth: number; orders: number }[] = [
  ...['claimed', 'staged', 'prepared', 'renamed', 'published', 'dropped'].map((step) => ({ step, nth: 1, orders: 1 })),
  ...['claimed', 'staged', 'prepared', 'renamed', 'published', 'dropped'].map((step) => ({ step, nth: 1, orders: 4 })),
  { step: 'renamed', nth: 2, orders: 4 },
  { step: 'renamed', nth: 4, orders: 4 },
]

describe('an order is dropped exactly once when the program is killed', () => {
  test.for(STEPS)('at "$step" ($nth) of $orders orders', async ({ step, nth, orders }) => {
    const office = await officeWithOrders(orders)
    await killAt(office, step, nth)
    await office.start()
    expect((await office.command('sync.history', {})).runs[0]).toMatchObject({ task: 'Write Order', outcome: 'interrupted' })
    await office.run('Write Order', 'schedule')
    await expectDroppedOnce(office, orders)
    expect(await office.run('Write Order')).toMatchObject({ outcome: 'done', doneCount: 0, summary: 'Nothing to do.' })
    await expectDroppedOnce(office, orders)
  })

  test.for(STEPS.filter(({ step }) => ['renamed', 'published', 'dropped'].includes(step)))(
    'at "$step" ($nth) of $orders orders, and the package takes the files before the next start',
    async ({ step, nth, orders }) => {
      const office = await officeWithOrders(orders)
      await killAt(office, step, nth)
      pickUpFiles(office)
      await office.start()
      await office.run('Write Order', 'schedule')
      await expectDroppedOnce(office, orders)
    },
  )
})

describe('an order is dropped exactly once when the recovery is killed too', () => {
  test.for([
    { first: 'prepared', nth: 1, second: 'settling', orders: 1 },
    { first: 'prepared', nth: 1, second: 'settled', orders: 1 },
    { first: 'prepared', nth: 1, second: 'settled', orders: 4 },
    { first: 'renamed', nth: 2, second: 'settling', orders: 4 },
    { first: 'renamed', nth: 2, second: 'settled', orders: 4 },
    { first: 'published', nth: 1, second: 'settled', orders: 4 },
  ])('first at "$first" ($nth), then at "$second", with $orders orders', async ({ first, nth, second, orders }) => {
    const office = await officeWithOrders(orders)
    await killAt(office, first, nth)
    pickUpFiles(office)
    await killAt(office, second, 1)
    pickUpFiles(office)
    await office.start()
    await office.run('Write Order', 'schedule')
    await expectDroppedOnce(office, orders)
  })

  test('every kill uses up one attempt of every order that it had claimed, and the run is shown as interrupted', async () => {
    const office = await officeWithOrders(3)
    for (const attempts of [1, 2, 3]) {
      await killAt(office, 'staged', 1)
      expect(office.query('select attempts, claimedBy is null as isFree from orders')).toEqual(Array(3).fill({ attempts, isFree: 0 }))
    }
    await office.start()
    const { runs } = await office.command('sync.history', { task: 'Write Order' })
    expect(runs.map(({ outcome, endedAt }) => [outcome, endedAt !== null])).toEqual(Array(3).fill(['interrupted', true]))
    await office.run('Write Order', 'schedule')
    await expectDroppedOnce(office, 3)
  })

  test('killed six times in a row at the same step', async () => {
    const office = await officeWithOrders(2)
    for (let kill = 0; kill < 6; kill++) await killAt(office, 'staged', 1)
    await office.start()
    await office.run('Write Order', 'schedule')
    await expectDroppedOnce(office, 2)
  })
})

describe('killed while reading', () => {
  test.for([1, 3])('between storing and moving, with %i orders: nothing is read twice, and the file moves to Done', async (count) => {
    const office = await Office.open()
    office.receive('orders.json', ...Array.from({ length: count }, (_, index) => numberedOrder(index + 1)))
    const bytes = readFileSync(join(office.intakeFolder(), 'orders.json'))
    await office.stop()
    await killAt(office, 'stored', 1, ['Read Orders'])
    expect(existsSync(join(office.intakeFolder(), 'orders.json'))).toBe(true)
    await office.start()
    expect(await office.run('Read Orders')).toMatchObject({ outcome: 'done', doneCount: 0 })
    expect((await office.command('orders.list', {})).rows).toHaveLength(count)
    expect(office.files(office.intakeFolder())).toEqual([])
    expect(readFileSync(join(office.intakeFolder(), 'Done', 'orders.json'))).toEqual(bytes)
    expect((await office.order('W0001')).timeline.map((entry) => entry.kind)).toEqual(['received'])
    await office.run('Write Order')
    await expectDroppedOnce(office, count)
  })
})
