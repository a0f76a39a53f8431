import { expect, test } from 'vitest'
import { checkPauseMs, nextCheckMs } from '../../../../../src-main/engine/updates/next-check'

const HOUR = 3_600_000
const NOW = Date.parse('2026-05-01T12:00:00.000Z')
const at = (hoursAgo: number) => new Date(NOW - hoursAgo * HOUR).toISOString()

test('pauses after failed checks grow from an hour to at most a day', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7, 1000].map((failures) => checkPauseMs(failures) / HOUR)).toEqual([24, 1, 2, 4, 8, 16, 24, 24, 24])
})

test.for([
  ['before the first check', null, 0],
  ['an hour after a check', { at: at(1), failures: 0 }, 23],
  ['a week after a check', { at: at(7 * 24), failures: 0 }, 0],
  ['half an hour after a failed check', { at: at(0.5), failures: 1 }, 0.5],
  ['half an hour after the third failed check', { at: at(0.5), failures: 3 }, 3.5],
  ['if the clock was set back in the meantime', { at: at(-400), failures: 0 }, 0],
  ['if the stored time is invalid', { at: 'never', failures: 0 }, 0],
] as const)('%s, the next check is due in %s hours', ([, lastCheck, hours]) => {
  expect((nextCheckMs(lastCheck, NOW) - NOW) / HOUR).toBe(hours)
})
