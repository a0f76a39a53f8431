import { expect, test } from 'vitest'
import { diskSpaceOf, isNearlyFull } from '../../../../../src-main/engine/files/disk-space'

const GB = 1024 ** 3

test.each([
  { disk: 'a large one with 2 GB free', freeBytes: 2 * GB, totalBytes: 2000 * GB, expected: false },
  { disk: 'a large one with 0.9 GB free', freeBytes: 0.9 * GB, totalBytes: 2000 * GB, expected: true },
  { disk: 'an 8 GB card with 0.5 GB free', freeBytes: 0.5 * GB, totalBytes: 8 * GB, expected: false },
  { disk: 'an 8 GB card with 0.3 GB free', freeBytes: 0.3 * GB, totalBytes: 8 * GB, expected: true },
])('nearly full is $expected for $disk', ({ expected, ...space }) => {
  expect(isNearlyFull(space)).toBe(expected)
})

test('the free space of a real disk is at most its size', async () => {
  const { freeBytes, totalBytes } = await diskSpaceOf('.')
  expect(freeBytes).toBeGreaterThan(0)
  expect(freeBytes).toBeLessThanOrEqual(totalBytes)
})
