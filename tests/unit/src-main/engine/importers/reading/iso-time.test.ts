import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isIsoDate, parseIsoTime } from '../../../../../../src-main/engine/importers/reading/iso-time'

test.each([
  ['2026-08-04T05:24:22Z', '2026-08-04T05:24:22.000Z', true],
  ['2026-08-04T05:24:22', '2026-08-04T05:24:22.000Z', false],
  ['2026-08-04T05:24', '2026-08-04T05:24:00.000Z', false],
  ['2026-08-04 05:24:22 +0500', '2026-08-04T00:24:22.000Z', true],
  ['2026-01-01T03:00:00+10:30', '2025-12-31T16:30:00.000Z', true],
  ['2026-08-04T23:30:00.5-05:00', '2026-08-05T04:30:00.500Z', true],
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z', true],
])('the time %s is %s', (text, utc, hasZone) => {
  expect(parseIsoTime(text)).toEqual({ utc, hasZone })
})

test.each([
  '',
  'now',
  '2026-02-30T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-08-04T24:00:00Z',
  '2026-08-04T05:60:00Z',
  '2026-08-04T05:24:22+19:00',
  '0000-01-01T00:00:00+01:00',
  '9999-12-31T23:59:59-01:00',
  '2026-08-04',
  '1754284800',
  '04/08/2026 05:24',
])('%j is not a time', (text) => {
  expect(parseIsoTime(text)).toBe(null)
})

test('parsing a UTC time in its standard form leaves it unchanged', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }), (date) => {
      expect(parseIsoTime(date.toISOString())).toEqual({ utc: date.toISOString(), hasZone: true })
      expect(isIsoDate(date.toISOString().slice(0, 10))).toBe(true)
    }),
  )
})
