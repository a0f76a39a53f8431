import { expect, test } from 'vitest'
import { stalledSince } from '../../../../../src-main/engine/runs/stall'
import type { RunRow } from '../../../../../src-shared/contract/contract'

const NOW = new Date('2026-04-07T10:00:00.000Z')
const task = {
  name: 'Write Order',
  schedule: { kind: 'every', minutes: 5 },
  isPaused: false,
  nextRunAt: '2026-04-07T10:02:00.000Z',
} as const

function run(outcome: RunRow['outcome'], startedAt: string, endedAt: string): RunRow {
  const counts = { doneCount: 0, failedCount: 0, waitingCount: 0, reviewCount: 0, entriesLeftOut: 0 }
  return { id: 1, task: 'Write Order', trigger: 'schedule', actor: 'Ledgerdrop', startedAt, endedAt, outcome, summary: '', ...counts }
}

test('a sync that has failed for an hour is reported even if the clock was a year ahead during the last good run', () => {
  const lastGood = run('done', '2027-04-07T08:55:00.000Z', '2027-04-07T08:55:01.000Z')
  const firstAfter = run('failed', '2026-04-07T09:00:00.000Z', '2026-04-07T09:00:01.000Z')
  expect(stalledSince(task, { lastGood, firstAfter }, NOW, 'Australia/Sydney')).toBe('2026-04-07T09:00:00.000Z')
  expect(stalledSince(task, { lastGood, firstAfter: null }, NOW, 'Australia/Sydney')).toBeNull()
})
