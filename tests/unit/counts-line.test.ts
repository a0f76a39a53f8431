import { expect, test } from 'vitest'
// @ts-expect-error a script without types
import { countsLine, noCounts, readCountsLine, sumCounts } from '../../scripts/counts-line.mjs'

test.each([
  ['12 passed, 0 failed\n', { passed: 12, failed: 0, skipped: 0 }],
  ['== Rules: passed\r\n12 passed, 1 failed, 3 skipped\r\n', { passed: 12, failed: 1, skipped: 3 }],
  ['1 passed, 0 failed\n12 passed, 0 failed, 3 skipped\nbye\n', { passed: 12, failed: 0, skipped: 3 }],
  ['  2 passed, 0 failed (3.1s)\nnothing was counted\n', noCounts],
])('the counts of a command are read from its last counts line: %j', (output, expected) => {
  expect(readCountsLine(output)).toEqual(expected)
})

test('the sum of several counts has the same form as a single one', () => {
  const sum = sumCounts({ passed: 12, failed: 0, skipped: 3 }, { passed: 1, failed: 2, skipped: 0 })
  expect(readCountsLine(countsLine(sum))).toEqual({ passed: 13, failed: 2, skipped: 3 })
})
