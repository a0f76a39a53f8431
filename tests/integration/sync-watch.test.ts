import { renameSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { SyncTaskName } from '../../src-shared/contract/contract'
import { ManualClock } from '../support/manual-clock'
import { bulkyOrder, numberedOrder, Office } from '../support/office'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const FOREVER = 1000 * HOUR

/** An office whose automatic sync is running. `onStep` can make a task hang at a step, like a drive that doesn't respond. */
async function syncingOffice(
  onStep?: (step: string) => Promise<void>,
): Promise<{ office: Office; clock: ManualClock; hung: SyncTaskName[] }> {
  const clock = new ManualClock(undefined, 'wait')
  const hung: SyncTaskName[] = []
  const office = await Office.open({ clock, onHung: (task) => hung.push(task), ...(onStep === undefined ? {} : { onStep }) })
  await office.engine.start()
  await clock.untilAsleep()
  return { office, clock, hung }
}

const stall = async (office: Office) =>
  (await office.command('sync.problems', {})).problems.find((problem) => problem.failure.code === 'nothing-has-run')
const stalledSince = (office: Office) => office.lastEvent('health.changed')?.stalledSince ?? null

describe('nothing has run', () => {
  test('is reported after three intervals without a successful run, and closes with the next successful run', async () => {
    const { office, clock } = await syncingOffice()
    await clock.pass(6 * MINUTE)
    office.tamper(`create trigger fault before insert on document begin select raise(abort, 'no more'); end`)
    const since = clock.now().getTime()
    let received = 0
    const receiveFile = () => office.receive(`${received++}.json`, numberedOrder(received))
    for (let minute = 0; minute < 13; minute++) {
      receiveFile()
      await clock.pass(MINUTE)
    }
    expect(await stall(office)).toBeUndefined()
    expect(stalledSince(office)).toBeNull()
    await clock.pass(3 * MINUTE)
    const problem = await stall(office)
    expect(problem).toMatchObject({
      kind: 'sync',
      title: 'No sync has succeeded',
      failure: { message: expect.stringContaining('no run of Read Orders has') },
    })
    expect(Math.abs(Date.parse(problem?.at ?? '') - since)).toBeLessThanOrEqual(2 * MINUTE)
    expect(stalledSince(office)).toBe(problem?.at)
    expect(office.lastEvent('health.changed')?.problemCount).toBe(1)
    office.tamper('drop trigger fault')
    await clock.pass(6 * MINUTE)
    expect(await stall(office)).toBeUndefined()
    expect(office.lastEvent('problems.changed')?.problems).toEqual([])
    expect(stalledSince(office)).toBeNull()
  })

  test('is not reported while tasks are paused, or because of an unreachable folder', async () => {
    const { office, clock } = await syncingOffice()
    await office.command('sync.setPaused', { isPaused: true })
    await clock.pass(5 * HOUR)
    expect(await stall(office)).toBeUndefined()
    await office.command('sync.setPaused', { isPaused: false })
    renameSync(office.intakeFolder(), join(office.folder, 'away'))
    await clock.pass(2 * HOUR)
    expect(await stall(office)).toBeUndefined()
  })

  test('is not reported after sleep until the catch-up has had time to run', async () => {
    const { office, clock } = await syncingOffice()
    await clock.pass(6 * MINUTE)
    office.events.length = 0
    for (const hours of [16, -3, 400]) {
      clock.jump(hours * HOUR)
      await clock.pass(20 * MINUTE)
    }
    expect(office.events.filter((published) => published.name === 'health.changed' && published.event.stalledSince !== null)).toEqual([])
    expect(await stall(office)).toBeUndefined()
  })

  test('is reported after sleep if the catch-up fails as well', async () => {
    const { office, clock } = await syncingOffice()
    await clock.pass(6 * MINUTE)
    office.tamper(`create trigger fault before insert on document begin select raise(abort, 'no more'); end`)
    clock.jump(16 * HOUR)
    office.receive('1.json', numberedOrder(1))
    await clock.pass(4 * MINUTE)
    expect(await stall(office)).toBeUndefined()
    office.receive('2.json', numberedOrder(2))
    await clock.pass(HOUR)
    expect(await stall(office)).toBeDefined()
  })
})

describe('a run that hangs', () => {
  test('is stopped and reported, and the other tasks and the next run continue', async () => {
    let isHanging = true
    const { office, clock, hung } = await syncingOffice(async (step) => {
      if (step === 'stored' && isHanging) await clock.sleep(11 * MINUTE)
    })
    await clock.pass(MINUTE)
    for (const n of [1, 2, 3]) office.receive(`${n}.json`, bulkyOrder(n))
    await clock.pass(15 * MINUTE)
    isHanging = false
    const [problem] = (await office.command('sync.problems', {})).problems
    expect(problem).toMatchObject({ kind: 'sync', title: 'Read Orders hung and was stopped', failure: { code: 'run-hung' } })
    const { runs } = await office.command('sync.history', { task: 'Read Orders', limit: 500 })
    expect(runs.find((run) => run.outcome === 'failed')?.summary).toMatch(/^1 order read\. Stopped after 10 minutes without progress\.$/)
    expect(office.files(office.intakeFolder())).toEqual(['2.json', '3.json'])
    await clock.pass(6 * MINUTE)
    expect((await office.order('W0003')).number).toBe('W0003')
    expect((await office.command('sync.problems', {})).problems).toEqual([])
    expect(hung).toEqual([])
  })

  test('and cannot be stopped is recorded, and the engine asks to be restarted', async () => {
    let isHanging = true
    const { office, clock, hung } = await syncingOffice(async (step) => {
      if (step === 'renamed' && isHanging) await clock.sleep(FOREVER)
    })
    office.receive('1.json', numberedOrder(1), numberedOrder(2))
    await clock.pass(5 * MINUTE + 1000)
    expect(office.files()).toHaveLength(1)
    await clock.pass(14 * MINUTE)
    await expect.poll(() => hung[0]).toBe('Write Order')
    const runs = office.query<{ outcome: string; summary: string }>(`select outcome, summary from run where task = 'Write Order'`)
    expect(runs).toEqual([{ outcome: 'failed', summary: expect.stringContaining('could not be stopped') }])
    isHanging = false
    clock.advance(FOREVER)
  })

  test('is not confused with a run that is slow but makes progress', async () => {
    const { office, clock, hung } = await syncingOffice(async (step) => {
      if (step === 'stored') await clock.sleep(4 * MINUTE)
    })
    for (const n of [1, 2, 3, 4, 5]) office.receive(`${n}.json`, numberedOrder(n))
    await clock.pass(40 * MINUTE)
    expect(office.query(`select outcome from run where outcome not in ('done', 'some failed')`)).toEqual([])
    expect(await stall(office)).toBeUndefined()
    expect(hung).toEqual([])
  })
})

describe('a pause for an hour', () => {
  test('ends by itself, even after a restart; tasks that a person had paused stay paused', async () => {
    const { office, clock } = await syncingOffice()
    await office.command('sync.setPaused', { task: 'Read Customers', isPaused: true })
    await office.command('sync.pauseFor', { minutes: 60 }, 'operator')
    const { health } = await office.command('sync.status', {})
    expect(health).toMatchObject({ isPaused: true, pausedUntil: new Date(clock.now().getTime() + HOUR).toISOString() })
    office.receive('1.json', numberedOrder(1))
    await clock.pass(30 * MINUTE)
    expect(office.files(office.intakeFolder())).toEqual(['1.json'])
    await office.restart()
    await office.engine.start()
    await clock.untilAsleep()
    await clock.pass(40 * MINUTE)
    const { tasks, health: after } = await office.command('sync.status', {})
    expect(tasks.filter((task) => task.isPaused).map((task) => task.name)).toEqual(['Read Customers'])
    expect(after).toMatchObject({ isPaused: false, pausedUntil: null })
    expect(office.files()).toHaveLength(1)
  })

  test('ends when a person resumes, and does not last forever if the clock is set back', async () => {
    const { office, clock } = await syncingOffice()
    await office.command('sync.pauseFor', { minutes: 60 })
    await office.command('sync.setPaused', { isPaused: false })
    await office.command('sync.setPaused', { isPaused: true })
    await clock.pass(2 * HOUR)
    expect((await office.command('sync.status', {})).health).toMatchObject({ isPaused: true, pausedUntil: null })
    await office.command('sync.setPaused', { isPaused: false })
    await office.command('sync.pauseFor', { minutes: 60 })
    clock.jump(-24 * HOUR)
    await clock.pass(5 * MINUTE)
    expect((await office.command('sync.status', {})).health.isPaused).toBe(false)
  })
})

test('a nearly full disk is reported, pauses nothing, and the problem closes when there is space again', async () => {
  const clock = new ManualClock(undefined, 'wait')
  let free = 10 * 1024 ** 3
  const office = await Office.open({ clock, diskSpace: async () => ({ freeBytes: free, totalBytes: 1024 ** 4 }) })
  await office.engine.start()
  await clock.untilAsleep()
  await clock.pass(3 * MINUTE)
  expect((await office.command('sync.problems', {})).problems).toEqual([])
  free = 300 * 1024 ** 2
  await clock.pass(3 * MINUTE)
  expect((await office.command('sync.problems', {})).problems).toMatchObject([
    { kind: 'folder', failure: { code: 'disk-nearly-full', message: expect.stringContaining('300 MB') }, folder: office.workspace },
  ])
  expect((await office.command('sync.status', {})).health.isPaused).toBe(false)
  free = 5 * 1024 ** 3
  await clock.pass(3 * MINUTE)
  expect((await office.command('sync.problems', {})).problems).toEqual([])
})
