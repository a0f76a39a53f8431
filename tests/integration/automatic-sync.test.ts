import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SYNC_TASKS, type SyncTaskName, WHOLE_SYNC } from '../../src-shared/contract/contract'
import { ManualClock } from '../support/manual-clock'
import { bulkyOrder, numberedOrder, Office } from '../support/office'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Opens an office whose automatic sync is running, with a clock that the test controls. */
async function openSyncingOffice(start?: string): Promise<{ office: Office; clock: ManualClock }> {
  const clock = new ManualClock(start, 'wait')
  const office = await Office.open({ clock })
  await office.engine.start()
  await clock.untilAsleep()
  return { office, clock }
}

/** The start times of a task's runs in the collected events, in minutes since `since`. */
function startsOf(office: Office, task: SyncTaskName, since: number): number[] {
  const starts = office.events.flatMap((published) =>
    published.name === 'runs.changed' && published.event.run.task === task && published.event.run.outcome === 'running'
      ? [published.event.run]
      : [],
  )
  return starts.map((run) => (Date.parse(run.startedAt) - since) / MINUTE)
}

const taskRow = async (office: Office, name: SyncTaskName) =>
  (await office.command('sync.status', {})).tasks.find((task) => task.name === name)

describe('automatic sync', () => {
  test('lists Write Order last', () => {
    expect(SYNC_TASKS.at(-1)).toBe('Write Order')
  })

  test('reads immediately at the first start; writes after one interval, then every five minutes', async () => {
    const { office, clock } = await openSyncingOffice()
    const start = clock.now().getTime()
    office.receive('orders.json', numberedOrder(1))
    expect(startsOf(office, 'Read Orders', start)).toEqual([0])
    expect(startsOf(office, 'Write Order', start)).toEqual([])
    await clock.pass(21 * MINUTE)
    expect(startsOf(office, 'Write Order', start)).toEqual([5, 10, 15, 20])
    expect(startsOf(office, 'Read Orders', start)).toEqual([0, 5, 10, 15, 20])
    expect(startsOf(office, 'Read Answers', start)).toHaveLength(22)
    expect(office.files()).toHaveLength(1)
    expect((await office.command('sync.history', { task: 'Write Order' })).runs.at(-1)).toMatchObject({
      trigger: 'schedule',
      actor: 'Sync',
      outcome: 'done',
      doneCount: 1,
    })
  })

  test('keeps a changed schedule after a restart', async () => {
    const { office, clock } = await openSyncingOffice()
    const start = clock.now().getTime()
    await office.command('sync.setSchedule', { task: 'Write Order', schedule: { kind: 'every', minutes: 60 } }, 'operator')
    await clock.pass(2 * HOUR + MINUTE)
    expect(startsOf(office, 'Write Order', start)).toEqual([60, 120])
    await office.restart()
    await office.engine.start()
    await clock.untilAsleep()
    expect(await taskRow(office, 'Write Order')).toMatchObject({
      schedule: { kind: 'every', minutes: 60 },
      nextRunAt: new Date(start + 3 * HOUR).toISOString(),
    })
  })

  test('runs each task that was due while the program was closed, but only once', async () => {
    const { office, clock } = await openSyncingOffice()
    await office.stop()
    clock.advance(3 * DAY)
    const start = clock.now().getTime()
    office.events.length = 0
    await office.start()
    await office.engine.start()
    await clock.untilAsleep()
    await clock.pass(4 * MINUTE)
    expect(startsOf(office, 'Write Order', start)).toEqual([0])
    expect(startsOf(office, 'Read Orders', start)).toEqual([0])
  })

  test('does not run a paused task until the task is resumed; Sync Now still runs it', async () => {
    const { office, clock } = await openSyncingOffice()
    const start = clock.now().getTime()
    await office.command('sync.setPaused', { isPaused: true }, 'operator')
    expect((await office.command('sync.status', {})).health).toMatchObject({ isPaused: true, nextRunAt: null })
    office.events.length = 0
    await clock.pass(30 * MINUTE)
    expect(office.events.filter((published) => published.name === 'runs.changed')).toEqual([])
    await office.command('sync.runNow', { task: 'Write Order' })
    await clock.untilAsleep()
    expect(startsOf(office, 'Write Order', start)).toEqual([30])
    expect(await taskRow(office, 'Write Order')).toMatchObject({ state: 'paused', nextRunAt: null })
    await office.restart()
    await office.engine.start()
    await clock.untilAsleep()
    await clock.pass(30 * MINUTE)
    expect(startsOf(office, 'Write Order', start)).toEqual([30])
    await office.command('sync.setPaused', { task: 'Write Order', isPaused: false })
    await clock.pass(6 * MINUTE)
    expect(startsOf(office, 'Write Order', start)).toEqual([30, 65])
    expect(startsOf(office, 'Read Orders', start)).toEqual([])
  })

  test('Sync Now without a task runs each task of a full sync once, in list order', async () => {
    const { office, clock } = await openSyncingOffice()
    office.events.length = 0
    const { tasks } = await office.command('sync.runNow', {})
    expect(tasks.filter((task) => task.state === 'queued').map((task) => task.name)).toEqual(WHOLE_SYNC)
    await clock.untilAsleep()
    const started = office.events.flatMap((published) =>
      published.name === 'runs.changed' && published.event.run.endedAt === null ? [published.event.run.task] : [],
    )
    expect(started).toEqual(WHOLE_SYNC)
    expect(office.lastEvent('tasks.changed')?.tasks.map((task) => task.state)).toEqual(SYNC_TASKS.map(() => 'idle'))
    expect(office.lastEvent('health.changed')?.isSyncing).toBe(false)
  })

  test('publishes which task is running and how it ended', async () => {
    const { office, clock } = await openSyncingOffice()
    await office.receive('orders.json', numberedOrder(1))
    office.events.length = 0
    await office.command('sync.runNow', { task: 'Read Orders' })
    await clock.untilAsleep()
    const states = office.events.flatMap((published) => (published.name === 'tasks.changed' ? [published.event.tasks[0]?.state] : []))
    expect(states.filter((state, index) => state !== states[index - 1])).toEqual(['queued', 'running', 'idle'])
    expect((await taskRow(office, 'Read Orders'))?.lastRun).toMatchObject({ outcome: 'done', doneCount: 1 })
  })
})

describe('when the clock is set', () => {
  test('forward by three days: every task runs once within a minute, then at its interval', async () => {
    const { office, clock } = await openSyncingOffice()
    office.events.length = 0
    clock.jump(3 * DAY)
    const since = clock.now().getTime()
    await clock.pass(12 * MINUTE)
    for (const task of ['Write Order', 'Read Orders'] as const) {
      const starts = startsOf(office, task, since)
      expect(starts[0]).toBeLessThanOrEqual(1)
      expect(starts.length).toBe(3)
    }
  })

  test.for([HOUR, 3 * DAY, 3650 * DAY])('back by %i ms: no task waits longer than its interval', async (back) => {
    const { office, clock } = await openSyncingOffice()
    await clock.pass(7 * MINUTE)
    office.events.length = 0
    clock.jump(-back)
    const since = clock.now().getTime()
    await clock.pass(12 * MINUTE)
    for (const task of ['Write Order', 'Read Orders'] as const) {
      const starts = startsOf(office, task, since)
      expect(starts.length).toBeGreaterThanOrEqual(2)
      expect(starts[0]).toBeLessThanOrEqual(6)
    }
  })

  test('back while the program is closed: the schedule continues, and runs stay in sequence', async () => {
    const { office, clock } = await openSyncingOffice()
    await office.stop()
    clock.jump(-400 * DAY)
    office.events.length = 0
    const since = clock.now().getTime()
    await office.start()
    await office.engine.start()
    await clock.untilAsleep()
    await clock.pass(6 * MINUTE)
    expect(startsOf(office, 'Write Order', since)).toEqual([5])
    const { runs } = await office.command('sync.history', { limit: 1 })
    expect(Date.parse(runs[0]?.startedAt ?? '')).toBeGreaterThanOrEqual(since)
  })

  test('back to before the first id was created: orders are still received and written', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    office.clock.jump(Date.parse('1999-01-01T00:00:00.000Z') - office.clock.now().getTime())
    await office.restart()
    await office.readOrders(numberedOrder(2))
    expect(await office.run('Write Order')).toMatchObject({ doneCount: 2, failedCount: 0 })
    const order = await office.order('W0001')
    expect(order.timeline.map((entry) => entry.kind)).toEqual(['received', 'delivery'])
  })

  test('back by a year: a retry is not delayed by a year', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    renameSync(office.dropFolder(), join(office.folder, 'away'))
    await office.run('Write Order', 'schedule')
    renameSync(join(office.folder, 'away'), office.dropFolder())
    office.tamper(`update orders set nextAttemptAt = '2027-04-07T00:00:00.000Z', errorCode = 'x', errorMessage = 'y', errorRemedy = 'z'`)
    office.clock.jump(-365 * DAY)
    expect(await office.run('Write Order', 'schedule')).toMatchObject({ doneCount: 1 })
  })
})

describe('closing the program', () => {
  test('during a run: the run stops after the current batch of orders, is recorded as interrupted, and is continued after the next start', async () => {
    const clock = new ManualClock(undefined, 'wait')
    let stopping: Promise<void> | null = null
    const office: Office = await Office.open({
      clock,
      onStep: async (step) => {
        if (step === 'published' && stopping === null) stopping = office.stop()
      },
    })
    await office.readOrders(...Array.from({ length: 70 }, (_, index) => numberedOrder(index + 1)))
    await office.engine.start()
    await clock.untilAsleep()
    await office.command('sync.runNow', { task: 'Write Order' })
    await expect.poll(() => stopping).not.toBeNull()
    await stopping
    expect(office.files()).toHaveLength(50)
    expect(office.query(`select outcome, doneCount from run where task = 'Write Order'`)).toEqual([
      { outcome: 'interrupted', doneCount: 50 },
    ])
    await office.start()
    await office.run('Write Order')
    expect(office.files()).toHaveLength(70)
    expect(office.query('select id from orders where claimedBy is not null')).toEqual([])
  })

  test('during Read Orders: unread files stay where they are', async () => {
    const clock = new ManualClock(undefined, 'wait')
    let stopping: Promise<void> | null = null
    const office: Office = await Office.open({
      clock,
      onStep: async (step) => {
        if (step === 'stored' && stopping === null) stopping = office.stop()
      },
    })
    for (const n of [1, 2, 3]) office.receive(`${n}.json`, bulkyOrder(n))
    await office.engine.start()
    await expect.poll(() => stopping).not.toBeNull()
    await stopping
    expect(office.files(office.intakeFolder())).toEqual(['2.json', '3.json'])
    await office.start()
    expect(await office.run('Read Orders')).toMatchObject({ doneCount: 2 })
  })
})

describe('when tasks fail', () => {
  test('a run that cannot even be recorded is reported, automatic sync tries again, and nothing is lost', async () => {
    const clock = new ManualClock(undefined, 'wait')
    const office = await Office.open({ clock })
    office.receive('orders.json', numberedOrder(1))
    office.tamper(`create trigger fault before insert on run begin select raise(abort, 'no more'); end`)
    await office.engine.start()
    await clock.untilAsleep()
    await clock.pass(2 * MINUTE)
    expect(office.lastEvent('problems.changed')?.problems.map((problem) => problem.failure.code)).toEqual(['sync-stopped'])
    expect(office.lastEvent('health.changed')?.problemCount).toBe(1)
    office.tamper('drop trigger fault')
    await clock.pass(2 * MINUTE)
    expect(await office.order('W0001')).toMatchObject({ number: 'W0001' })
    expect(office.lastEvent('problems.changed')?.problems).toEqual([])
    expect(office.lastEvent('health.changed')?.problemCount).toBe(0)
  })

  test('an error in a task makes its run fail, and the other tasks continue', async () => {
    const { office, clock } = await openSyncingOffice()
    office.tamper(`create trigger fault before insert on document begin select raise(abort, 'no more'); end`)
    office.receive('orders.json', numberedOrder(1))
    await office.command('sync.runNow', {})
    await clock.untilAsleep()
    const failed = (await taskRow(office, 'Read Orders'))?.lastRun
    expect(failed).toMatchObject({ outcome: 'failed', summary: expect.not.stringContaining('no more') })
    const [number = 'none'] = /(?<=\(fault )[0-9a-f]{8}(?=\))/.exec(failed?.summary ?? '') ?? []
    expect(office.logged.find((line) => line.includes(number))).toMatch(/^Read Orders failed .*no more/)
    expect((await taskRow(office, 'Write Order'))?.lastRun).toMatchObject({ outcome: 'done' })
    office.tamper('drop trigger fault')
    await clock.pass(6 * MINUTE)
    expect(await office.order('W0001')).toMatchObject({ number: 'W0001' })
  })
})

test('a file that keeps changing does not stop other files from being read', async () => {
  const clock = new ManualClock(undefined, 'wait')
  const office = await Office.open({ clock, settleMs: 1000 })
  await office.engine.start()
  await clock.untilAsleep()
  office.receive('good.json', numberedOrder(1))
  for (let length = 0; length < 60; length++) {
    writeFileSync(join(office.intakeFolder(), 'growing.json'), 'x'.repeat(length))
    await clock.pass(10_000)
  }
  expect(await office.order('W0001')).toMatchObject({ number: 'W0001' })
  expect(office.files(office.intakeFolder())).toEqual(['growing.json'])
})
