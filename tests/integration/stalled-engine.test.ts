import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ChildOptions } from '../support/engine-child'
import { filesIn, numberedOrder, Office } from '../support/office'
import { tsProgram } from '../support/ts-child'

const child = tsProgram('tests/support/engine-child.ts')

/** Steps of Write Order at which an engine may stall: while it writes an order, and while it recovers a delivery. */
const STEPS = ['claimed', 'staged', 'prepared', 'renamed', 'published', 'dropped'] as const
const RECOVERY_STEPS = ['announced folder', 'claimed folder', 'settling', 'settled'] as const

/** Starts another process that stops at a step, like a laptop that goes to sleep. */
async function stallAt(office: Office, step: string) {
  const options: ChildOptions = {
    workspaceFolder: office.workspace,
    now: office.clock.now().toISOString(),
    tasks: ['Write Order'],
    stallAt: step,
  }
  const stalled = child.start([JSON.stringify(options)])
  expect(await stalled.nextLine()).toBe(`stalled at ${step}`)
  return stalled
}

/** Removes the lock of a stalled engine, as if the folder had been moved away and back, or a person had deleted the lock. */
function loseLock(office: Office): void {
  rmSync(join(office.workspace, 'workspace.lock'), { force: true })
}

function pickUpFiles(office: Office): string {
  const pickedUp = join(office.folder, 'picked-up')
  mkdirSync(pickedUp, { recursive: true })
  for (const name of office.files()) renameSync(join(office.dropFolder(), name), join(pickedUp, name))
  return pickedUp
}

/** Expects that every order was dropped once, and that all records agree. */
async function expectEachOnce(office: Office, count: number): Promise<void> {
  const numbers = [join(office.folder, 'picked-up'), office.dropFolder()]
    .flatMap((folder) => filesIn(folder).map((name) => /W\d{4}/.exec(readFileSync(join(folder, name), 'utf8'))?.[0]))
    .sort()
  expect(numbers).toEqual(Array.from({ length: count }, (_, index) => numberedOrder(index + 1).number))
  for (const number of numbers) {
    const order = await office.order(number ?? '')
    expect(order, number).toMatchObject({ status: 'Processing', syncState: 'sent', syncError: null })
    expect(order.deliveries.filter(({ state }) => state === 'dropped')).toHaveLength(1)
    expect(order.timeline.filter(({ text }) => text.startsWith('Written as'))).toHaveLength(1)
  }
  expect(office.staged()).toEqual([])
  const copies = readdirSync(join(office.workspace, 'archive'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  expect(copies).toHaveLength(count)
  expect(office.query('select id from orders where claimedBy is not null')).toEqual([])
  expect(office.query('select troubleCode from destination')).toEqual([{ troubleCode: null }])
}

describe.skipIf(process.platform === 'win32')('an engine that stalls and continues after another engine has taken over', () => {
  test.for(STEPS)(
    'while writing, at "%s": no order is lost or sent twice, and the stalled engine notices that it was replaced',
    async (step) => {
      const office = await Office.open()
      await office.readOrders(numberedOrder(1), numberedOrder(2), numberedOrder(3))
      await office.stop()
      const stalled = await stallAt(office, step)
      loseLock(office)
      await office.start()
      await office.readOrders(numberedOrder(4))
      await office.run('Write Order')
      pickUpFiles(office)
      stalled.process.kill('SIGCONT')
      const result = await stalled.ended
      expect(result.stdout + result.stderr).toContain('workspace-taken-over')
      await office.run('Write Order')
      await expectEachOnce(office, 4)
    },
  )

  test.for(RECOVERY_STEPS)(
    'while recovering, at "%s", when the second engine crashes as well: no order is lost or sent twice',
    async (step) => {
      const office = await Office.open()
      await office.readOrders(numberedOrder(1), numberedOrder(2))
      await office.restart({
        onStep: async (reached) => {
          if (reached === 'prepared') throw new Error('power cut')
        },
      })
      await office.run('Write Order')
      await office.stop()
      const stalled = await stallAt(office, step)
      loseLock(office)
      await office.start({
        onStep: async (reached) => {
          if (reached === 'prepared') throw new Error('power cut')
        },
      })
      await office.readOrders(numberedOrder(3))
      await office.run('Write Order')
      stalled.process.kill('SIGCONT')
      await stalled.ended
      await office.restart({ onStep: async () => {} })
      await office.run('Write Order')
      await expectEachOnce(office, 3)
    },
  )

  test('refuses the commands of its window, so that changes are not made in two places', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    const { id } = await office.order('W0001')
    loseLock(office)
    const other = child.start([
      JSON.stringify({ workspaceFolder: office.workspace, now: office.clock.now().toISOString(), tasks: [] } satisfies ChildOptions),
    ])
    expect(await other.nextLine()).toBe('open')
    expect(await office.refusal('orders.changeStatus', { orderId: id, status: 'On Hold' })).toMatchObject({ code: 'workspace-taken-over' })
    await expect(office.run('Write Order')).rejects.toMatchObject({ code: 'workspace-taken-over' })
    other.process.kill('SIGKILL')
    await other.ended
  })

  test('leaves no copies of its staged files in the archive', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    await office.stop()
    const stalled = await stallAt(office, 'staged')
    const before = join(office.folder, 'before')
    cpSync(join(office.workspace, 'archive'), before, { recursive: true })
    loseLock(office)
    await office.start()
    stalled.process.kill('SIGCONT')
    await stalled.ended
    await office.run('Write Order')
    await expectEachOnce(office, 1)
  })
})
