import type { Health } from '../../src-shared/contract/contract'
import { agoText, counted, dateTimeText, relativeText } from '../text/dates'
import { shellText } from '../text/shell-text'
import type { Tone } from '../text/state-words'

const words = shellText.health
const LATE_AFTER_MS = 2 * 60_000

/** Whether syncing works, in sentences. `now` in milliseconds. */
export function healthWords(health: Health, now: number): { text: string; tone: Tone } {
  const written = health.lastWrittenAt === null ? words.noneWritten : words.written(agoText(health.lastWrittenAt, now))
  const pending = health.pendingCount === 0 ? '' : words.pending(counted(health.pendingCount, 'order is', 'orders are'))
  if (health.isSyncing) return { text: `${words.syncing} ${written}${pending}`, tone: 'busy' }
  if (health.silentSince !== null) {
    const minutes = Math.round((now - new Date(health.silentSince).getTime()) / 60_000)
    return { text: `${words.silent(counted(minutes, 'minute'))} ${written}${pending}`, tone: 'bad' }
  }
  if (health.unreachable !== null) {
    const { name, since } = health.unreachable
    return { text: `${words.unreachable(name, dateTimeText(since))} ${written}${pending}`, tone: 'bad' }
  }
  if (health.isPaused) return { text: `${words.paused} ${written}${pending}`, tone: 'caution' }
  if (health.nextRunAt === null) return { text: `${written} ${words.unplanned}${pending}`, tone: 'caution' }
  const lateMs = now - new Date(health.nextRunAt).getTime()
  if (lateMs > LATE_AFTER_MS) return { text: `${written} ${words.late(relativeText(health.nextRunAt, now))}${pending}`, tone: 'caution' }
  const next = lateMs > -45_000 ? words.soon : relativeText(health.nextRunAt, now)
  return { text: `${written} ${words.next(next)}${pending}`, tone: 'good' }
}
