import { describe, expect, test } from 'vitest'
import { agoText, counted, dayText, durationText, localDayStart, relativeText } from '../../../../src-renderer/text/dates'

const now = Date.parse('2026-03-14T10:00:00.000Z')
const at = (seconds: number) => new Date(now + seconds * 1000).toISOString()

describe('relative times', () => {
  test.each([
    [-10, 'just now'],
    [10, 'in less than a minute'],
    [-60, '1 minute ago'],
    [125, 'in 2 minutes'],
    [-7200, '2 hours ago'],
  ])('%i seconds from now: %s', (seconds, text) => {
    expect(relativeText(at(seconds), now)).toBe(text)
  })

  test("a past time is never shown as in the future, even if the screen's clock lags", () => {
    expect(agoText(at(8), now)).toBe('just now')
  })

  test('a time more than a day away is shown as a date; an invalid time is shown unchanged', () => {
    expect(relativeText(at(-3 * 86_400), now)).toMatch(/^\d+ Mar 2026, /)
    expect(relativeText('soon', now)).toBe('soon')
    expect(dayText('soon')).toBe('soon')
  })

  test.each([
    [0.4, 'under a second'],
    [1, '1 second'],
    [59, '59 seconds'],
    [60, '1 minute'],
    [125, '2 minutes 5 seconds'],
    [-5, 'under a second'],
  ])('a run of %d seconds took %s', (seconds, text) => {
    expect(durationText(at(0), at(seconds))).toBe(text)
  })

  test('a count is followed by the singular or plural', () => {
    expect([counted(0, 'order'), counted(1, 'order'), counted(12_345, 'order')]).toEqual(['0 orders', '1 order', '12,345 orders'])
    expect(counted(2, 'order is', 'orders are')).toBe('2 orders are')
  })

  test('a day starts at its first local moment, and a day after 31 March is 1 April', () => {
    expect(localDayStart('2026-03-31', 1)).toBe(new Date(2026, 3, 1).toISOString())
    expect(localDayStart('31/03/2026')).toBeNull()
    expect(localDayStart('')).toBeNull()
  })
})
