import { expect, test } from 'vitest'
import { lastFinishedDay, timeOfDay } from '../../../../../src-main/engine/digest/office-day'

const HOUR = 3_600_000

test.for([
  ['Australia/Sydney', '2026-04-06T22:00:00Z', '2026-04-06', 24],
  ['Australia/Sydney', '2026-04-05T20:00:00Z', '2026-04-05', 25],
  ['Australia/Sydney', '2026-10-04T20:00:00Z', '2026-10-04', 23],
  ['Pacific/Kiritimati', '2026-01-01T00:00:00Z', '2025-12-31', 24],
  ['America/Los_Angeles', '2026-01-01T07:59:59Z', '2025-12-30', 24],
  // Daylight saving skips midnight: the day begins at one.
  ['America/Santiago', '2026-09-07T12:00:00Z', '2026-09-06', 23],
  ['UTC', '2028-03-01T00:00:00Z', '2028-02-29', 24],
] as const)('in %s at %s, the last finished day is %s and has %d hours', ([zone, now, day, hours]) => {
  const found = lastFinishedDay(new Date(now), zone)
  expect(found.day).toBe(day)
  expect((Date.parse(found.to) - Date.parse(found.from)) / HOUR).toBe(hours)
  expect(Date.parse(found.to)).toBeLessThanOrEqual(Date.parse(now))
})

test('the time of day is local to the time zone, and midnight is 00:00', () => {
  expect(timeOfDay(new Date('2026-04-06T22:05:00Z'), 'Australia/Sydney')).toBe('08:05')
  expect(timeOfDay(new Date('2026-04-06T00:00:00Z'), 'UTC')).toBe('00:00')
})
