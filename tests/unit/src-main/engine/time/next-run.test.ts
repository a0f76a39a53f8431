import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkSchedule, nextRun, nextRuns } from '../../../../../src-main/engine/time/next-run'
import { minuteOfDay, type Schedule, scheduleSchema } from '../../../../../src-shared/schedule'

const ZONES = ['Australia/Sydney', 'Australia/Lord_Howe', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'UTC'] as const
const HOUR = 3_600_000
const DAY = 24 * HOUR
const NUM_RUNS = 1000

const zone = fc.constantFrom(...ZONES)
const instant = fc
  .integer({ min: Date.parse('2024-01-01T00:00:00.000Z'), max: Date.parse('2031-01-01T00:00:00.000Z') })
  .map((ms) => new Date(ms))
const clock = fc
  .integer({ min: 0, max: 1439 })
  .map((minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`)
const days = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 })
const daily = fc.uniqueArray(clock, { minLength: 1, maxLength: 4 }).map((times): Schedule => ({ kind: 'daily', times }))
const hours = fc
  .record({ days, first: clock, second: clock, everyMinutes: fc.integer({ min: 1, max: 240 }) })
  .map(({ days: on, first, second, everyMinutes }): Schedule => {
    const [from, to] = first <= second ? [first, second] : [second, first]
    return { kind: 'hours', days: on, from, to, everyMinutes }
  })
const every = fc.integer({ min: 1, max: 1440 }).map((minutes): Schedule => ({ kind: 'every', minutes }))
const cron = fc
  .constantFrom('*/15 8-18 * * 1-5', '30 2 * * *', '0 0 1 * *', '5,35 */2 * * *', '@daily', '15 1,2,3 * * 0')
  .map((text): Schedule => ({ kind: 'cron', text }))

/** What clock and calendar of a zone show at a time. */
function local(at: Date, timeZone: string): { day: string; minute: number; weekday: number } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  const day = `${part.year}-${part.month}-${part.day}`
  return { day, minute: Number(part.hour) * 60 + Number(part.minute), weekday: new Date(`${day}T00:00:00.000Z`).getUTCDay() }
}

const localText = (at: Date, timeZone: string) => {
  const { day, minute } = local(at, timeZone)
  return `${day} ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

describe('the next run', () => {
  test('comes after now, whatever the schedule, the time zone and the time', () => {
    fc.assert(
      fc.property(fc.oneof(every, daily, hours, cron), zone, instant, (schedule, timeZone, after) => {
        const next = nextRun(schedule, after, timeZone)
        expect(next?.getTime()).toBeGreaterThan(after.getTime())
      }),
      { numRuns: NUM_RUNS },
    )
  })

  test('of a daily time comes once on every local day, at its time or, where the clock skips that, right after', () => {
    fc.assert(
      fc.property(clock, zone, instant, (time, timeZone, after) => {
        const times = nextRuns({ kind: 'daily', times: [time] }, after, timeZone, 4)
        expect(new Set(times.map((at) => local(at, timeZone).day)).size).toBe(4)
        for (const [index, at] of times.entries()) {
          const shown = local(at, timeZone)
          const late = shown.minute - minuteOfDay(time)
          expect(late).toBeGreaterThanOrEqual(0)
          // Lord Howe skips half an hour, the others an hour.
          expect(late).toBeLessThanOrEqual(timeZone === 'Australia/Lord_Howe' ? 30 : 60)
          const before = times[index - 1]
          if (before !== undefined) expect(at.getTime() - before.getTime()).toBeLessThanOrEqual(DAY + HOUR)
        }
      }),
      { numRuns: NUM_RUNS },
    )
  })

  test('does not depend on from when one asks: no slot in between is left out', () => {
    fc.assert(
      fc.property(
        fc.oneof(daily, hours, cron),
        zone,
        instant,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (schedule, timeZone, after, part) => {
          const next = nextRun(schedule, after, timeZone)
          if (next === null) throw new Error('none')
          const between = new Date(after.getTime() + Math.floor((next.getTime() - after.getTime() - 1) * part))
          expect(nextRun(schedule, between, timeZone)?.toISOString()).toBe(next.toISOString())
        },
      ),
      { numRuns: NUM_RUNS },
    )
  })

  test('of days and hours stays within them, and no gap is longer than a week and an hour', () => {
    fc.assert(
      fc.property(hours, zone, instant, (schedule, timeZone, after) => {
        if (schedule.kind !== 'hours') return
        let before = after
        for (const at of nextRuns(schedule, after, timeZone, 5)) {
          const { weekday, minute } = local(at, timeZone)
          expect(schedule.days).toContain(weekday)
          expect(minute).toBeGreaterThanOrEqual(minuteOfDay(schedule.from))
          expect(minute).toBeLessThanOrEqual(minuteOfDay(schedule.to) + 60)
          expect(at.getTime() - before.getTime()).toBeLessThanOrEqual(7 * DAY + HOUR)
          before = at
        }
      }),
      { numRuns: NUM_RUNS },
    )
  })

  test.for([
    ['the skipped hour in Berlin', 'Europe/Berlin', '2026-03-28T12:00:00.000Z', ['2026-03-29 03:00', '2026-03-30 02:30']],
    ['the doubled hour in Berlin', 'Europe/Berlin', '2026-10-24T12:00:00.000Z', ['2026-10-25 02:30', '2026-10-26 02:30']],
    ['the skipped hour in Sydney', 'Australia/Sydney', '2026-10-03T12:00:00.000Z', ['2026-10-04 03:00', '2026-10-05 02:30']],
    ['the doubled hour in Sydney', 'Australia/Sydney', '2026-04-04T12:00:00.000Z', ['2026-04-05 02:30', '2026-04-06 02:30']],
  ] as const)('daily at 02:30 runs once in %s', ([, timeZone, after, expected]) => {
    const times = nextRuns({ kind: 'daily', times: ['02:30'] }, new Date(after), timeZone, 2)
    expect(times.map((at) => localText(at, timeZone))).toEqual([...expected])
  })

  test('daily at 02:30 is not due again in the second of two equal hours', () => {
    const next = nextRun({ kind: 'daily', times: ['02:30'] }, new Date('2026-10-25T00:45:00.000Z'), 'Europe/Berlin')
    expect(next?.toISOString()).toBe('2026-10-26T01:30:00.000Z')
  })

  test('Monday to Friday, 8:00 to 18:00, every 15 minutes', () => {
    const schedule: Schedule = { kind: 'hours', days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00', everyMinutes: 15 }
    // A Friday evening.
    const times = nextRuns(schedule, new Date('2026-04-10T07:40:00.000Z'), 'Australia/Sydney', 3)
    expect(times.map((at) => localText(at, 'Australia/Sydney'))).toEqual(['2026-04-10 17:45', '2026-04-10 18:00', '2026-04-13 08:00'])
  })
})

describe('a schedule that cannot be kept is refused', () => {
  const now = new Date('2026-04-10T07:40:00.000Z')
  test.for([
    ['* * *', 'this has 3'],
    ['0 0 8 * * *', 'this has 6'],
    ['2026-01-01T00:00:00', 'this has 1'],
    ['99 * * * *', 'invalid value for minute: 99'],
    ['0 25 * * *', 'invalid value for hour: 25'],
    ['0 8 * * Funday', 'no cron text'],
    ['0 0 30 2 *', 'never comes'],
  ] as const)('%s', ([text, words]) => {
    expect(() => checkSchedule({ kind: 'cron', text }, now, 'UTC')).toThrow(words)
  })

  test('good cron text is taken', () => {
    for (const text of ['*/5 * * * *', '0 8-18 * * Mon-Fri', '@daily']) checkSchedule({ kind: 'cron', text }, now, 'UTC')
  })

  test('hours that end before they begin, no days, no times', () => {
    for (const bad of [
      { kind: 'hours', days: [1], from: '18:00', to: '08:00', everyMinutes: 15 },
      { kind: 'hours', days: [], from: '08:00', to: '18:00', everyMinutes: 15 },
      { kind: 'daily', times: [] },
      { kind: 'daily', times: ['24:00'] },
      { kind: 'every', minutes: 0 },
    ])
      expect(scheduleSchema.safeParse(bad).success).toBe(false)
  })
})
