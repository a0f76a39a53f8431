import type { Health } from '../../src-shared/contract/contract'
import { agoText, counted, dateTimeText, relativeText } from '../text/dates'
import { shellText } from '../text/shell-text'
import type { Tone } from '../text/state-labels'

const phrases = shellText.health
const LATE_AFTER_MS = 2 * 60_000

/** Describes whether syncing works. `now` in milliseconds. */
export function healthText(health: Health, now: number): { text: string; tone: Tone } {
  const written = health.lastWrittenAt === null ? phrases.noneWritten : phrases.written(agoText(health.lastWrittenAt, now))
  const pending = health.pendingCount === 0 ? '' : phrases.pending(counted(health.pendingCount, 'order is', 'orders are'))
  if (health.isSyncing) return { text: `${phrases.syncing} ${written}${pending}`, tone: 'busy' }
  if (health.stalledSince !== null) {
    const minutes = Math.round((now - new Date(health.stalledSince).getTime()) / 60_000)
    return { text: `${phrases.stalled(counted(minutes, 'minute'))} ${written}${pending}`, tone: 'bad' }
  }
  if (health.unreachable !== null) {
    const { name, since } = health.unreachable
    return { text: `${phrases.unreachable(name, dateTimeText(since))} ${written}${pending}`, tone: 'bad' }
  }
  if (health.isPaused) return { text: `${phrases.paused} ${written}${pending}`, tone: 'caution' }
  if (health.nextRunAt === null) return { text: `${written} ${phrases.notScheduled}${pending}`, tone: 'caution' }
  const lateMs = now - new Date(health.nextRunAt).getTime()
  if (lateMs > LATE_AFTER_MS) return { text: `${written} ${phrases.late(relativeText(health.nextRunAt, now))}${pending}`, tone: 'caution' }
  const next = lateMs > -45_000 ? phrases.soon : relativeText(health.nextRunAt, now)
  return { text: `${written} ${phrases.next(next)}${pending}`, tone: 'good' }
}
