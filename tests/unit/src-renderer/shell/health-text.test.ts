import { describe, expect, test } from 'vitest'
import { healthText } from '../../../../src-renderer/shell/health-text'
import { dateTimeText } from '../../../../src-renderer/text/dates'
import type { Health } from '../../../../src-shared/contract/contract'

const now = Date.parse('2026-03-14T10:00:00.000Z')
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString()
const health: Health = {
  problemCount: 0,
  isSyncing: false,
  isPaused: false,
  stalledSince: null,
  pausedUntil: null,
  lastWrittenAt: at(-3),
  nextRunAt: at(2),
  pendingCount: 0,
  unreachable: null,
  question: null,
}

describe('the sync health line', () => {
  test.each<[string, Partial<Health>, string, string]>([
    ['all is well', {}, 'Last order written 3 minutes ago. Next run in 2 minutes.', 'good'],
    ['nothing was written yet', { lastWrittenAt: null }, 'No orders written yet. Next run in 2 minutes.', 'good'],
    ['orders are waiting', { pendingCount: 2 }, 'Last order written 3 minutes ago. Next run in 2 minutes. 2 orders are Pending.', 'good'],
    ['a run is due now', { nextRunAt: at(-0.5) }, 'Last order written 3 minutes ago. Next run in less than a minute.', 'good'],
    ['it is syncing', { isSyncing: true, pendingCount: 1 }, 'Syncing now. Last order written 3 minutes ago. 1 order is Pending.', 'busy'],
    [
      'it is paused',
      { isPaused: true, nextRunAt: null },
      'Automatic sync is paused. Orders are sent only with Sync Now. Last order written 3 minutes ago.',
      'caution',
    ],
    [
      'no sync has succeeded for a while',
      { stalledSince: at(-20) },
      'No sync has succeeded for 20 minutes. See Sync > Problems. Last order written 3 minutes ago.',
      'bad',
    ],
    [
      'a destination is unreachable',
      { unreachable: { name: 'Attaché', since: at(-60) }, pendingCount: 3 },
      `Attaché unreachable since ${dateTimeText(at(-60))}. Its orders are waiting. Last order written 3 minutes ago. 3 orders are Pending.`,
      'bad',
    ],
    ['no run is scheduled', { nextRunAt: null }, 'Last order written 3 minutes ago. No run is scheduled.', 'caution'],
    ['the run is late', { nextRunAt: at(-5) }, 'Last order written 3 minutes ago. The next run was due 5 minutes ago.', 'caution'],
  ])('describes the state if %s', (_, part, text, tone) => {
    expect(healthText({ ...health, ...part }, now)).toEqual({ text, tone })
  })
})
