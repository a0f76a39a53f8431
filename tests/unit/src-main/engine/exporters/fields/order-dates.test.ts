import { expect, test } from 'vitest'
import { formatDay, isDay, localDate, localTime } from '../../../../../../src-main/engine/exporters/fields/order-dates'

test.each([
  ['2026-04-03T02:15:00.000Z', 'UTC', '2026-04-03'],
  ['2026-04-02T13:30:00Z', 'Australia/Sydney', '2026-04-03'],
  ['2026-12-31T23:59:59.999Z', 'Asia/Kolkata', '2027-01-01'],
  ['2026-04-03T02:15:00+10:00', 'UTC', '2026-04-02'],
  ['2026-04-03', 'UTC', null],
  ['2026-13-03T02:15:00Z', 'UTC', null],
  ['0000-01-01T00:00:00Z', 'UTC', null],
  ['0999-01-01T00:00:00Z', 'UTC', null],
  ['9999-12-31T23:59:00Z', 'Asia/Tokyo', null],
  ['+275760-09-13T00:00:00.000Z', 'UTC', null],
  ['', 'UTC', null],
])('the date of %s in %s is %s', (instant, timeZone, day) => {
  expect(localDate(instant, timeZone)).toBe(day)
})

test.each([
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-2-9', false],
  ['0000-00-00', false],
])('%s is a valid date: %s', (text, expected) => {
  expect(isDay(text)).toBe(expected)
})

test.each([
  ['dd/mm/yyyy', '03/04/2026'],
  ['dd/mm/yy', '03/04/26'],
  ['ddmmyyyy', '03042026'],
  ['ddmmyy', '030426'],
  ['yyyy-mm-dd', '2026-04-03'],
  ['yyyymmdd', '20260403'],
] as const)('3 April 2026 in the format %s is %s', (format, expected) => {
  expect(formatDay('2026-04-03', format)).toBe(expected)
})

test.each([
  ['2026-04-02T15:30:00.000Z', 'UTC', '15:30:00Z'],
  ['2026-04-02T15:30:00.250Z', 'Australia/Sydney', '02:30:00.250+11:00'],
  ['2026-04-05T15:30:00.000Z', 'Australia/Sydney', '01:30:00+10:00'],
  ['2026-04-02T02:30:00.000Z', 'America/St_Johns', '00:00:00-02:30'],
  ['1850-01-01T00:00:00.000Z', 'Australia/Sydney', ''],
  ['yesterday', 'UTC', ''],
])('the time of %s in %s is %s', (instant, timeZone, expected) => {
  expect(localTime(instant, timeZone)).toBe(expected)
})
