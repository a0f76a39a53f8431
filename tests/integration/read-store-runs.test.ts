import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { toOrderJson } from '../../src-main/engine/importers/order-json/order-json-format'
import type { SyncTaskName } from '../../src-shared/contract/contract'
import type { ChildOptions } from '../support/engine-child'
import { KILLED_ITSELF } from '../support/killed'
import { ManualClock } from '../support/manual-clock'
import { numberedOrder } from '../support/office'
import { MINUTE, numbersOf, openStore, SECOND, Shop, START, withPassword } from '../support/shop'
import { tsProgram } from '../support/ts-child'

const child = tsProgram('tests/support/engine-child.ts')

/** A gate that holds up every request of a store. */
function gate(shop: Shop): { open(): void; reached: Promise<void> } {
  let reach = () => {}
  let release = () => {}
  const reached = new Promise<void>((resolve) => {
    reach = resolve
  })
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  shop.store.beforeAnswer = async () => {
    reach()
    await released
  }
  return { open: release, reached }
}

const tasks = async (shop: Shop) => (await shop.office.command('sync.status', {})).tasks
const stateOf = async (shop: Shop, name: SyncTaskName) => (await tasks(shop)).find((task) => task.name === name)

describe('while a store is slow', () => {
  test('the other tasks run; Sync Now for Read Orders waits for its turn and holds nothing up', async () => {
    const shop = await Shop.open({ office: { clock: new ManualClock(START) } })
    const ids = shop.add(3)
    const hold = gate(shop)
    const reading = shop.read()
    await hold.reached
    expect(await stateOf(shop, 'Read Orders')).toMatchObject({ state: 'running' })
    const again = shop.read()
    for (const task of ['Read Answers', 'Read Customers'] as const) expect(await shop.office.run(task)).toMatchObject({ outcome: 'done' })
    hold.open()
    expect(await reading).toMatchObject({ outcome: 'done', doneCount: 3 })
    expect(await again).toMatchObject({ outcome: 'done', doneCount: 0 })
    expect(await shop.numbers()).toEqual(numbersOf(ids))
  })

  test('Cancel stops the read, also if the store never answers', async () => {
    const shop = await Shop.open()
    const hold = gate(shop)
    const reading = shop.read()
    await hold.reached
    await shop.office.command('sync.cancel', { task: 'Read Orders' })
    expect(await reading).toMatchObject({ outcome: 'cancelled' })
    expect(await shop.problemCodes()).toEqual([])
    hold.open()
    shop.add(1)
    expect(await shop.read()).toMatchObject({ outcome: 'done', doneCount: 1 })
  })

  test('quitting does not wait for the store', async () => {
    const shop = await Shop.open()
    const hold = gate(shop)
    const reading = shop.read()
    const again = shop.read()
    await hold.reached
    await shop.office.stop()
    expect(await reading).toMatchObject({ outcome: 'interrupted' })
    expect(await again).toMatchObject({ outcome: 'interrupted' })
    hold.open()
  })

  test('a run that does not progress is stopped and reported as hanging', async () => {
    const clock = new ManualClock(START, 'wait')
    const shop = await Shop.open({ office: { clock, stores: { storeLimitMs: 600_000 } } })
    const hold = gate(shop)
    await shop.office.engine.start()
    await hold.reached
    await clock.pass(6 * MINUTE)
    expect(await stateOf(shop, 'Read Orders')).toMatchObject({ state: 'running' })
    const { runs } = await shop.office.command('sync.history', { task: 'Write Order' })
    expect(runs.length).toBeGreaterThan(0)
    await clock.pass(5 * MINUTE)
    expect(await shop.problemCodes()).toContain('run-hung')
    hold.open()
    shop.store.beforeAnswer = undefined
    await shop.office.run('Read Orders')
    expect(await shop.problemCodes()).not.toContain('run-hung')
  })

  test('the whole sync writes the orders as they come, and the last of them too', async () => {
    const clock = new ManualClock(START, 'wait')
    const shop = await Shop.open({ office: { clock } })
    await shop.office.engine.start()
    await clock.untilAsleep()
    shop.add(250)
    clock.advance(SECOND)
    let held = false
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    // The last batch is held back until files of earlier ones are there.
    shop.store.beforeAnswer = async ({ query }) => {
      if (!query.includes('offset=')) return
      held = true
      await released
    }
    await shop.office.command('sync.runNow', {})
    await expect.poll(() => shop.office.files().length, { timeout: 30_000 }).toBeGreaterThan(50)
    expect(held).toBe(true)
    expect(await stateOf(shop, 'Read Orders')).toMatchObject({ state: 'running' })
    expect(await stateOf(shop, 'Write Order')).toMatchObject({ state: 'running' })
    // Another task comes first, and writing continues after it.
    await shop.office.command('sync.runNow', { task: 'Read Answers' })
    await expect.poll(async () => (await stateOf(shop, 'Read Answers'))?.state, { timeout: 30_000 }).not.toBe('queued')
    release()
    await expect.poll(() => shop.office.files().length, { timeout: 60_000 }).toBe(250)
    await expect.poll(async () => (await stateOf(shop, 'Write Order'))?.state, { timeout: 30_000 }).toBe('idle')
  }, 120_000)

  test('a decision that needs no run in progress stops it', async () => {
    const shop = await Shop.open()
    const hold = gate(shop)
    const reading = shop.read()
    await hold.reached
    const failure = await shop.office.refusal('workspace.continueHere', {})
    expect(failure.code).not.toBe('internal-error')
    expect(await reading).toMatchObject({ outcome: 'cancelled' })
    hold.open()
  })
})

test('two stores and a folder are read in one run, and the progress counts all of them', async () => {
  const totals: string[] = []
  const shop = await Shop.open({
    office: {
      onEvent: (published) => {
        if (published.name !== 'tasks.changed') return
        const progress = published.event.tasks.find(({ name }) => name === 'Read Orders')?.progress
        if (progress?.total != null) totals.push(`${progress.done} of ${progress.total}`)
      },
    },
  })
  await shop.office.addSource('Folder', 'Package')
  const other = await openStore()
  await shop.office.addStore('Other', other, withPassword(other))
  other.control.advanceClock(MINUTE)
  // Progress is published only from time to time.
  for (const store of [shop.store, other]) store.onRequest = () => shop.clock.advance(SECOND)
  const mine = shop.add(150)
  const theirs = other.control.addOrders(Array.from({ length: 130 }, (_, n) => ({ number: `B${n}` })))
  writeFileSync(join(shop.office.intakeFolder('Folder'), 'orders.json'), toOrderJson([numberedOrder(1)]))
  expect(await shop.read()).toMatchObject({ outcome: 'done', doneCount: 281 })
  expect((await shop.numbers()).length).toBe(mine.length + theirs.length + 1)
  const [done = 0, total = 0] = (totals.at(-1) ?? '').split(' of ').map(Number)
  expect(total).toBe(281)
  expect(done).toBeLessThanOrEqual(total)
})

describe('killed while reading a store', () => {
  test.for([1, 2, 3])(
    'after batch %i: the cursor never passes an order that is not saved, and the next read gets the rest',
    async (nth) => {
      const shop = await Shop.open({ office: { clock: new ManualClock(START) } })
      const ids: number[] = []
      for (let group = 0; group < 8; group++) {
        ids.push(...shop.add(50))
        shop.pass(SECOND)
      }
      await shop.office.stop()
      const options: ChildOptions = {
        workspaceFolder: shop.office.workspace,
        now: shop.clock.now().toISOString(),
        tasks: ['Read Orders'],
        killAt: { step: 'store batch', nth },
        storeSecret: shop.store.password.password,
      }
      expect(await child.run([JSON.stringify(options)])).toMatchObject({ ...KILLED_ITSELF, stderr: '' })
      const before = await shop.numbers()
      expect(before.length).toBeGreaterThan(0)
      expect(before.length).toBeLessThan(ids.length)
      const newest = shop.office.query<{ at: string }>('select max(storeModifiedAt) as at from orders')[0]?.at ?? ''
      const cursor = shop.office.query<{ cursor: string }>('select cursor from store')[0]?.cursor ?? ''
      expect(cursor <= newest).toBe(true)
      await shop.office.start({ storeSecrets: { find: () => shop.store.password.password, remedy: () => '' } })
      shop.control.clearLog()
      await shop.read()
      expect(await shop.numbers()).toEqual(numbersOf(ids))
      expect(shop.office.query('select count(*) as n from timeline where kind = ?', 'received')).toEqual([{ n: ids.length }])
    },
  )
})
