import { expect, test } from 'vitest'
import { diskSpaceOf, isNearlyFull } from '../../../../../src-main/engine/files/disk-space'

const GB = 1024 ** 3

test.each([
  { disk: 'a large one with 2 GB free', freeBytes: 2 * GB, totalBytes: 2000 * GB, expected: false },
  { disk: 'a large one with 0.9 GB free', freeBytes: 0.9 * GB, totalBytes: 2000 * GB, expected: true },
  { disk: 'an 8 GB card with 0.5 GB free', freeBytes: 0.5 * GB, totalBytes: 8 * GB, expected: false },
  { disk: 'an 8 GB card with 0.3 GB free', freeBytes: 0.3 * GB, totalBytes: 8 * GB, expected: true },
])('$disk: nearly full is $expected', ({ expected, ...space }) => {
  expect(isNearlyFull(space)).toBe(expected)
})

test('a real disk has no more room than it is large', async () => {
  const { freeBytes, totalBytes } = await diskSpaceOf('.')
  expect(freeBytes).toBeGreaterThan(0)
  expect(freeBytes).toBeLessThanOrEqual(totalBytes)
})
