import { describe, expect, test } from 'vitest'
import { healthWords } from '../../../../src-renderer/shell/health-words'
import { dateTimeText } from '../../../../src-renderer/text/dates'
import type { Health } from '../../../../src-shared/contract/contract'

const now = Date.parse('2026-03-14T10:00:00.000Z')
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString()
const health: Health = {
  problemCount: 0,
  isSyncing: false,
  isPaused: false,
  silentSince: null,
  pausedUntil: null,
  lastWrittenAt: at(-3),
  nextRunAt: at(2),
  pendingCount: 0,
  unreachable: null,
  question: null,
}

describe('the line that says whether syncing works', () => {
  test.each<[string, Partial<Health>, string, string]>([
    ['all is well', {}, 'Last order written 3 minutes ago. Next run in 2 minutes.', 'good'],
    ['nothing was written yet', { lastWrittenAt: null }, 'No order written yet. Next run in 2 minutes.', 'good'],
    ['orders wait', { pendingCount: 2 }, 'Last order written 3 minutes ago. Next run in 2 minutes. 2 orders are Pending.', 'good'],
    ['a run is due just now', { nextRunAt: at(-0.5) }, 'Last order written 3 minutes ago. Next run in less than a minute.', 'good'],
    ['it is syncing', { isSyncing: true, pendingCount: 1 }, 'Syncing now. Last order written 3 minutes ago. 1 order is Pending.', 'busy'],
    [
      'it is paused',
      { isPaused: true, nextRunAt: null },
      'Automatic sync is paused: orders are sent only by Sync Now. Last order written 3 minutes ago.',
      'caution',
    ],
    [
      'nothing runs although it should',
      { silentSince: at(-20) },
      'Nothing has run well for 20 minutes: see Sync > Problems. Last order written 3 minutes ago.',
      'bad',
    ],
    [
      'a folder is gone',
      { unreachable: { name: 'Attaché', since: at(-60) }, pendingCount: 3 },
      `Attaché cannot be reached since ${dateTimeText(at(-60))}: its orders wait. Last order written 3 minutes ago. 3 orders are Pending.`,
      'bad',
    ],
    ['no run is planned', { nextRunAt: null }, 'Last order written 3 minutes ago. No run is planned.', 'caution'],
    ['the run is late', { nextRunAt: at(-5) }, 'Last order written 3 minutes ago. The next run was due 5 minutes ago.', 'caution'],
  ])('%s', (_, part, text, tone) => {
    expect(healthWords({ ...health, ...part }, now)).toEqual({ text, tone })
  })
})
