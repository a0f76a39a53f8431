import fc from 'fast-check'
import { expect, test } from 'vitest'
import { backoffMs } from '../../../../../src-main/engine/time/backoff'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

test('pauses between attempts double: 1, 2, 4, 8 minutes and so on, up to the maximum', () => {
  expect([1, 2, 3, 4, 7, 8, 2000].map((failures) => backoffMs(failures, HOUR, 0) / MINUTE)).toEqual([1, 2, 4, 8, 60, 60, 60])
})

test('a pause is shortened at random by up to a fifth', () => {
  expect([0, 0.5, 1].map((random) => backoffMs(3, HOUR, random) / MINUTE)).toEqual([4, 3.6, 3.2])
})

test('attempts that fail at the same time are not repeated at the same time', () => {
  expect(new Set(Array.from({ length: 20 }, () => backoffMs(3, HOUR))).size).toBeGreaterThan(1)
})

test('no pause is longer than the maximum or shorter than the previous one', () => {
  const failures = fc.integer({ min: 1, max: 5000 })
  const random = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(failures, random, random, fc.integer({ min: MINUTE, max: 24 * HOUR }), (count, firstRandom, secondRandom, longest) => {
      const pause = backoffMs(count, longest, firstRandom)
      expect(pause).toBeLessThanOrEqual(longest)
      expect(pause).toBeGreaterThanOrEqual(0.8 * MINUTE)
      if (2 ** count * MINUTE <= longest) expect(backoffMs(count + 1, longest, secondRandom)).toBeGreaterThan(pause)
    }),
  )
})
