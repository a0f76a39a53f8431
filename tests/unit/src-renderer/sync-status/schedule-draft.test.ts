import { describe, expect, test } from 'vitest'
import { draftOf, scheduleOf } from '../../../../src-renderer/sync-status/schedule-draft'
import { minutesLeft } from '../../../../src-renderer/sync-status/task-progress'
import { scheduleText } from '../../../../src-renderer/text/sync-status-text'
import type { Schedule } from '../../../../src-shared/schedule'

const SCHEDULES: readonly [Schedule, string][] = [
  [{ kind: 'every', minutes: 1 }, 'every minute'],
  [{ kind: 'every', minutes: 90 }, 'every 90 minutes'],
  [{ kind: 'every', minutes: 1440 }, 'every 24 hours'],
  [{ kind: 'daily', times: ['17:00', '08:30'] }, 'daily at 08:30, 17:00'],
  [{ kind: 'hours', days: [1, 2, 3, 4, 5], from: '08:00', to: '18:00', everyMinutes: 15 }, 'Mon to Fri, 08:00 to 18:00, every 15 minutes'],
  [{ kind: 'hours', days: [0, 6], from: '08:00', to: '08:00', everyMinutes: 60 }, 'Sat, Sun, 08:00 to 08:00, every hour'],
  [
    { kind: 'hours', days: [0, 1, 2, 3, 4, 5, 6], from: '00:00', to: '23:59', everyMinutes: 5 },
    'every day, 00:00 to 23:59, every 5 minutes',
  ],
  [{ kind: 'cron', text: '0 8 * * 1' }, 'on the cron schedule 0 8 * * 1'],
]

test.each(SCHEDULES)('%j is unchanged by the dialog, and is shown as "%s"', (schedule, text) => {
  expect(scheduleOf(draftOf(schedule))).toEqual(schedule)
  expect(scheduleText(schedule)).toBe(text)
})

test('incomplete fields are not a schedule', () => {
  const draft = draftOf({ kind: 'every', minutes: 5 })
  for (const incomplete of [{ minutes: '' }, { minutes: 0 }, { kind: 'daily', times: [''] }, { kind: 'hours', days: [] }] as const)
    expect(scheduleOf({ ...draft, ...incomplete } as typeof draft)).toBeNull()
})

describe('the remaining time', () => {
  const start = '2026-03-14T10:00:00.000Z'
  const later = (seconds: number) => Date.parse(start) + seconds * 1000
  test('is based on the speed so far', () => {
    expect(minutesLeft({ done: 1000, total: 4000 }, start, later(60))).toBe(3)
  })
  test('is not estimated too early, with too little done, without a total, or at the end', () => {
    expect(minutesLeft({ done: 1000, total: 4000 }, start, later(10))).toBeNull()
    expect(minutesLeft({ done: 10, total: 4000 }, start, later(60))).toBeNull()
    expect(minutesLeft({ done: 10, total: null }, start, later(60))).toBeNull()
    expect(minutesLeft({ done: 4000, total: 4000 }, start, later(60))).toBeNull()
  })
})
