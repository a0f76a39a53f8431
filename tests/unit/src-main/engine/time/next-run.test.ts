import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkSchedule, nextRun, nextRuns } from '../../../../../src-main/engine/time/next-run'
import { minuteOfDay, type Schedule, scheduleSchema } from '../../../../../src-shared/schedule'

const ZONES = ['Australia/Sydney', 'Australia/Lord_Howe', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'UTC'] as const
const HOUR = 3_600_000
const DAY = 24 * HOUR
const NUM_RUNS = 1000

const zone = fc.constantFrom(...ZONES)
const arbitraryInstant = fc
  .integer({ min: Date.parse('2024-01-01T00:00:00.000Z'), max: Date.parse('2031-01-01T00:00:00.000Z') })
  .map((ms) => new Date(ms))
const timeOfDay = fc
  .integer({ min: 0, max: 1439 })
  .map((minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`)
const days = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 })
const daily = fc.uniqueArray(timeOfDay, { minLength: 1, maxLength: 4 }).map((times): Schedule => ({ kind: 'daily', times }))
const hours = fc
  .record({ days, first: timeOfDay, second: timeOfDay, everyMinutes: fc.integer({ min: 1, max: 240 }) })
  .map(({ days: on, first, second, everyMinutes }): Schedule => {
    const [from, to] = first <= second ? [first, second] : [second, first]
    return { kind: 'hours', days: on, from, to, everyMinutes }
  })
const every = fc.integer({ min: 1, max: 1440 }).map((minutes): Schedule => ({ kind: 'every', minutes }))
const cron = fc
  .constantFrom('*/15 8-18 * * 1-5', '30 2 * * *', '0 0 1 * *', '5,35 */2 * * *', '@daily', '15 1,2,3 * * 0')
  .map((text): Schedule => ({ kind: 'cron', text }))

/** The local date, minute of the day and weekday in a time zone. */
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
  test('is in the future, for any schedule, time zone and time', () => {
    fc.assert(
      fc.property(fc.oneof(every, daily, hours, cron), zone, arbitraryInstant, (schedule, timeZone, after) => {
        const next = nextRun(schedule, after, timeZone)
        expect(next?.getTime()).toBeGreaterThan(after.getTime())
      }),
      { numRuns: NUM_RUNS },
    )
  })

  test('of a daily schedule comes once every local day, at its time or right after a skipped hour', () => {
    fc.assert(
      fc.property(timeOfDay, zone, arbitraryInstant, (time, timeZone, after) => {
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

  test('does not depend on when it is calculated, and skips no earlier run', () => {
    fc.assert(
      fc.property(
        fc.oneof(daily, hours, cron),
        zone,
        arbitraryInstant,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (schedule, timeZone, after, part) => {
          const next = nextRun(schedule, after, timeZone)
          if (next === null) throw new Error('There is no next run.')
          const between = new Date(after.getTime() + Math.floor((next.getTime() - after.getTime() - 1) * part))
          expect(nextRun(schedule, between, timeZone)?.toISOString()).toBe(next.toISOString())
        },
      ),
      { numRuns: NUM_RUNS },
    )
  })

  test('of a schedule with days and hours is within them, and no gap is longer than a week and an hour', () => {
    fc.assert(
      fc.property(hours, zone, arbitraryInstant, (schedule, timeZone, after) => {
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
    ['the repeated hour in Berlin', 'Europe/Berlin', '2026-10-24T12:00:00.000Z', ['2026-10-25 02:30', '2026-10-26 02:30']],
    ['the skipped hour in Sydney', 'Australia/Sydney', '2026-10-03T12:00:00.000Z', ['2026-10-04 03:00', '2026-10-05 02:30']],
    ['the repeated hour in Sydney', 'Australia/Sydney', '2026-04-04T12:00:00.000Z', ['2026-04-05 02:30', '2026-04-06 02:30']],
  ] as const)('of a daily schedule at 02:30 comes once a day around %s', ([, timeZone, after, expected]) => {
    const times = nextRuns({ kind: 'daily', times: ['02:30'] }, new Date(after), timeZone, 2)
    expect(times.map((at) => localText(at, timeZone))).toEqual([...expected])
  })

  test('of a daily schedule at 02:30 does not come again in the repeated hour', () => {
    const next = nextRun({ kind: 'daily', times: ['02:30'] }, new Date('2026-10-25T00:45:00.000Z'), 'Europe/Berlin')
    expect(next?.toISOString()).toBe('2026-10-26T01:30:00.000Z')
  })

  test('of a schedule for Monday to Friday, 8:00 to 18:00, comes on Monday after the last run on Friday', () => {
    const schedule: Schedule = { kind: 'hours', days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00', everyMinutes: 15 }
    // 17:40 in Sydney on a Friday.
    const times = nextRuns(schedule, new Date('2026-04-10T07:40:00.000Z'), 'Australia/Sydney', 3)
    expect(times.map((at) => localText(at, 'Australia/Sydney'))).toEqual(['2026-04-10 17:45', '2026-04-10 18:00', '2026-04-13 08:00'])
  })
})

describe('checking a schedule', () => {
  const now = new Date('2026-04-10T07:40:00.000Z')
  test.for([
    ['* * *', 'this one has 3'],
    ['0 0 8 * * *', 'this one has 6'],
    ['2026-01-01T00:00:00', 'this one has 1'],
    ['99 * * * *', 'invalid value for minute: 99'],
    ['0 25 * * *', 'invalid value for hour: 25'],
    ['0 8 * * Funday', 'not a valid cron expression'],
    ['0 0 30 2 *', 'never runs'],
  ] as const)('%s is refused', ([text, message]) => {
    expect(() => checkSchedule({ kind: 'cron', text }, now, 'UTC')).toThrow(message)
  })

  test('valid cron text is accepted', () => {
    for (const text of ['*/5 * * * *', '0 8-18 * * Mon-Fri', '@daily']) checkSchedule({ kind: 'cron', text }, now, 'UTC')
  })

  test('hours that end before they start, no days, and invalid times are refused', () => {
    for (const invalid of [
      { kind: 'hours', days: [1], from: '18:00', to: '08:00', everyMinutes: 15 },
      { kind: 'hours', days: [], from: '08:00', to: '18:00', everyMinutes: 15 },
      { kind: 'daily', times: [] },
      { kind: 'daily', times: ['24:00'] },
      { kind: 'every', minutes: 0 },
    ])
      expect(scheduleSchema.safeParse(invalid).success).toBe(false)
  })
})
