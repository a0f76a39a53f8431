import { describe, expect, test } from 'vitest'
import { SYNC_TASKS, type SyncTaskName } from '../../src-shared/contract/contract'
import type { Schedule } from '../../src-shared/schedule'
import { ManualClock } from '../support/manual-clock'
import { numberedOrder, Office } from '../support/office'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const NIGHTLY: Schedule = { kind: 'daily', times: ['02:30'] }

/** An office in Berlin, started at the given time, whose Write Order has the given schedule. */
async function berlinOffice(start: string, schedule: Schedule): Promise<{ office: Office; clock: ManualClock }> {
  const clock = new ManualClock(start, 'wait')
  const office = await Office.open({ clock, timeZone: 'Europe/Berlin' })
  await office.command('sync.setSchedule', { task: 'Write Order', schedule })
  for (const task of SYNC_TASKS) if (task !== 'Write Order') await office.command('sync.setPaused', { task, isPaused: true })
  await office.engine.start()
  await clock.untilAsleep()
  return { office, clock }
}

/** The start times of a task's runs since the last call. */
function startsOf(office: Office, task: SyncTaskName = 'Write Order'): string[] {
  const events = office.events.splice(0)
  return events.flatMap((published) =>
    published.name === 'runs.changed' && published.event.run.task === task && published.event.run.outcome === 'running'
      ? [published.event.run.startedAt]
      : [],
  )
}

const writeOrderStatus = async (office: Office) =>
  (await office.command('sync.status', {})).tasks.find((task) => task.name === 'Write Order')

describe('a task that runs every night at 02:30', () => {
  test('runs once in the night in which 02:30 is skipped, and once in the night in which it occurs twice', async () => {
    const { office, clock } = await berlinOffice('2026-03-28T23:30:00.000Z', NIGHTLY)
    const nights = [
      ['2026-03-28T23:30:00.000Z', '2026-03-29T01:00:00.000Z'],
      ['2026-03-29T23:30:00.000Z', '2026-03-30T00:30:00.000Z'],
      ['2026-10-24T23:30:00.000Z', '2026-10-25T00:30:00.000Z'],
      ['2026-10-25T23:30:00.000Z', '2026-10-26T01:30:00.000Z'],
    ] as const
    for (const [evening, expected] of nights) {
      clock.jump(Date.parse(evening) - clock.now().getTime())
      await clock.pass(MINUTE)
      startsOf(office)
      await clock.pass(3 * HOUR)
      expect(startsOf(office)).toEqual([expected])
    }
  })

  test('catches up once after five days of sleep, then runs on time', async () => {
    const { office, clock } = await berlinOffice('2026-05-01T12:00:00.000Z', NIGHTLY)
    startsOf(office)
    clock.jump(5 * DAY + HOUR)
    const wokeAtMs = clock.now().getTime()
    await clock.pass(10 * MINUTE)
    const starts = startsOf(office)
    expect(starts).toHaveLength(1)
    expect(Date.parse(starts[0] ?? '') - wokeAtMs).toBeLessThanOrEqual(MINUTE)
    await clock.pass(12 * HOUR)
    expect(startsOf(office)).toEqual(['2026-05-07T00:30:00.000Z'])
  })

  test('does not run the same night twice when the clock is set back by an hour', async () => {
    const { office, clock } = await berlinOffice('2026-05-01T23:30:00.000Z', NIGHTLY)
    await clock.pass(90 * MINUTE)
    expect(startsOf(office)).toEqual(['2026-05-02T00:30:00.000Z'])
    clock.jump(-HOUR)
    await clock.pass(3 * HOUR)
    expect(startsOf(office)).toEqual([])
  })

  test('does not wait for days when the clock is set back by a week', async () => {
    const { office, clock } = await berlinOffice('2026-05-08T23:00:00.000Z', NIGHTLY)
    startsOf(office)
    clock.jump(-7 * DAY)
    await clock.pass(2 * HOUR)
    expect(startsOf(office)).toEqual(['2026-05-02T00:30:00.000Z'])
  })
})

test('a task that runs only on some days and at some hours does not run at the weekend', async () => {
  const schedule: Schedule = { kind: 'hours', days: [1, 2, 3, 4, 5], from: '08:00', to: '10:00', everyMinutes: 60 }
  // 8 May 2026 is a Friday.
  const { office, clock } = await berlinOffice('2026-05-08T05:30:00.000Z', schedule)
  await clock.pass(4 * HOUR)
  expect(startsOf(office).map((at) => at.slice(0, 13))).toEqual(['2026-05-08T06', '2026-05-08T07', '2026-05-08T08'])
  expect(await writeOrderStatus(office)).toMatchObject({ nextRunAt: '2026-05-11T06:00:00.000Z' })
})

test('a schedule is previewed as it will run, refused with a reason if it is invalid, and kept after a restart', async () => {
  const { office } = await berlinOffice('2026-05-01T12:00:00.000Z', NIGHTLY)
  const schedule: Schedule = { kind: 'cron', text: '0 8-18 * * Mon-Fri' }
  const { times } = await office.command('sync.previewSchedule', { schedule }, 'viewer')
  expect(times).toHaveLength(5)
  expect(times[0]).toBe('2026-05-01T13:00:00.000Z')
  await office.command('sync.setSchedule', { task: 'Write Order', schedule }, 'operator')
  expect(await writeOrderStatus(office)).toMatchObject({ schedule, nextRunAt: times[0] })
  const wrong: Schedule = { kind: 'cron', text: '0 99 * * *' }
  const refused = { code: 'bad-schedule', message: expect.stringContaining('invalid value for hour: 99') }
  expect(await office.refusal('sync.previewSchedule', { schedule: wrong })).toMatchObject(refused)
  expect(await office.refusal('sync.setSchedule', { task: 'Write Order', schedule: wrong })).toMatchObject(refused)
  expect(await office.refusal('sync.setSchedule', { task: 'Write Order', schedule }, 'viewer')).toMatchObject({ code: 'not-allowed' })
  await office.restart()
  expect(await writeOrderStatus(office)).toMatchObject({ schedule, nextRunAt: times[0] })
})

describe('cancelling', () => {
  test('a run in progress stops it after the current batch of orders and records who cancelled it; the other orders stay Pending for the next run', async () => {
    const clock = new ManualClock(undefined, 'wait')
    const office: Office = await Office.open({
      clock,
      onStep: async (step) => {
        if (step === 'published') await office.command('sync.cancel', { task: 'Write Order' }, 'operator')
      },
    })
    await office.readOrders(...Array.from({ length: 120 }, (_, index) => numberedOrder(index + 1)))
    const run = await office.run('Write Order')
    expect(run).toMatchObject({ outcome: 'cancelled', doneCount: 50, summary: expect.stringContaining('Cancelled by Ann') })
    expect(office.files()).toHaveLength(50)
    expect(office.query(`select count(*) n from orders where status = 'Pending' and syncState = 'waiting' and claimedBy is null`)).toEqual([
      { n: 70 },
    ])
    expect(
      office.events.some((published) => published.name === 'tasks.changed' && published.event.tasks.some((task) => task.isStopping)),
    ).toBe(true)
    await office.restart({ onStep: async () => {} })
    expect(await office.run('Write Order')).toMatchObject({ outcome: 'done', doneCount: 70 })
    expect(office.files()).toHaveLength(120)
    expect(await office.refusal('sync.cancel', {}, 'viewer')).toMatchObject({ code: 'not-allowed' })
  })

  test('a queued task prevents its run', async () => {
    const clock = new ManualClock(undefined, 'wait')
    let isCancelled = false
    const office: Office = await Office.open({
      clock,
      onStep: async (step) => {
        if (step !== 'stored' || isCancelled) return
        isCancelled = true
        expect(await writeOrderStatus(office)).toMatchObject({ state: 'queued' })
        await office.command('sync.cancel', { task: 'Write Order' })
        expect(await writeOrderStatus(office)).toMatchObject({ state: 'idle' })
      },
    })
    office.receive('orders.json', numberedOrder(1))
    await office.engine.start()
    await office.command('sync.runNow', {})
    await clock.untilAsleep()
    expect(isCancelled).toBe(true)
    expect(startsOf(office)).toEqual([])
    expect(await office.order('W0001')).toMatchObject({ status: 'Pending', syncState: 'waiting' })
  })
})

test('the end of an automatic run is published once, and problems only if they changed', async () => {
  const { office, clock } = await berlinOffice('2026-05-01T12:00:00.000Z', { kind: 'every', minutes: 1 })
  office.events.length = 0
  await clock.pass(MINUTE)
  expect(office.events.map((published) => published.name)).toEqual([
    'runs.changed',
    'tasks.changed',
    'health.changed',
    'runs.changed',
    'tasks.changed',
    'health.changed',
  ])
  expect(office.lastEvent('tasks.changed')?.tasks.at(-1)).toMatchObject({ state: 'idle', nextRunAt: '2026-05-01T12:02:00.000Z' })
})
