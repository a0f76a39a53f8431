import { expect, test } from 'vitest'
import { lookPause, nextLook } from '../../../../../src-main/engine/updates/next-look'

const HOUR = 3_600_000
const NOW = Date.parse('2026-05-01T12:00:00.000Z')
const at = (hoursAgo: number) => new Date(NOW - hoursAgo * HOUR).toISOString()

test('the pauses after failed looks grow from an hour to a day and no further', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7, 1000].map((failures) => lookPause(failures) / HOUR)).toEqual([24, 1, 2, 4, 8, 16, 24, 24, 24])
})

test.for([
  ['before the first look', null, 0],
  ['an hour after a look', { at: at(1), failures: 0 }, 23],
  ['a week after a look', { at: at(7 * 24), failures: 0 }, 0],
  ['half an hour after a look that failed', { at: at(0.5), failures: 1 }, 0.5],
  ['half an hour after the third that failed', { at: at(0.5), failures: 3 }, 3.5],
  ['when the clock was set back since', { at: at(-400), failures: 0 }, 0],
  ['when what is stored is no time', { at: 'never', failures: 0 }, 0],
] as const)('%s the next one is due in %s hours', ([, look, hours]) => {
  expect((nextLook(look, NOW) - NOW) / HOUR).toBe(hours)
})
