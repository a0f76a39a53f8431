import fc from 'fast-check'
import { expect, test } from 'vitest'
import { growingPause } from '../../../../../src-main/engine/time/growing-pause'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

test('tries grow apart: 1, 2, 4, 8 ... minutes, up to the longest pause', () => {
  expect([1, 2, 3, 4, 7, 8, 2000].map((failures) => growingPause(failures, HOUR, 0) / MINUTE)).toEqual([1, 2, 4, 8, 60, 60, 60])
})

test('a pause is shortened by chance, by a fifth at most', () => {
  expect([0, 0.5, 1].map((random) => growingPause(3, HOUR, random) / MINUTE)).toEqual([4, 3.6, 3.2])
})

test('two that failed together do not try again together', () => {
  expect(new Set(Array.from({ length: 20 }, () => growingPause(3, HOUR))).size).toBeGreaterThan(1)
})

test('no pause is longer than the longest, and none is shorter than the one before', () => {
  const failures = fc.integer({ min: 1, max: 5000 })
  const random = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(failures, random, random, fc.integer({ min: MINUTE, max: 24 * HOUR }), (count, one, other, longest) => {
      const pause = growingPause(count, longest, one)
      expect(pause).toBeLessThanOrEqual(longest)
      expect(pause).toBeGreaterThanOrEqual(0.8 * MINUTE)
      if (2 ** count * MINUTE <= longest) expect(growingPause(count + 1, longest, other)).toBeGreaterThan(pause)
    }),
  )
})
