import type { Health } from '../../src-shared/contract'
import { agoText, counted, dateTimeText, relativeText } from '../text/dates'
import type { Tone } from '../text/state-words'

const LATE_AFTER_MS = 2 * 60_000

/** Whether syncing works, in sentences. `now` in milliseconds. */
export function healthWords(health: Health, now: number): { text: string; tone: Tone } {
  const written = health.lastWrittenAt === null ? 'No order written yet.' : `Last order written ${agoText(health.lastWrittenAt, now)}.`
  const pending = health.pendingCount === 0 ? '' : ` ${counted(health.pendingCount, 'order is', 'orders are')} Pending.`
  if (health.isSyncing) return { text: `Syncing now. ${written}${pending}`, tone: 'busy' }
  if (health.silentSince !== null) {
    const minutes = Math.round((now - new Date(health.silentSince).getTime()) / 60_000)
    return { text: `Nothing has run well for ${counted(minutes, 'minute')}: see Sync > Problems. ${written}${pending}`, tone: 'bad' }
  }
  if (health.unreachable !== null) {
    const { name, since } = health.unreachable
    return { text: `${name} cannot be reached since ${dateTimeText(since)}: its orders wait. ${written}${pending}`, tone: 'bad' }
  }
  if (health.isPaused) return { text: `Automatic sync is paused: orders are sent only by Sync Now. ${written}${pending}`, tone: 'caution' }
  if (health.nextRunAt === null) return { text: `${written} No run is planned.${pending}`, tone: 'caution' }
  const lateMs = now - new Date(health.nextRunAt).getTime()
  if (lateMs > LATE_AFTER_MS)
    return { text: `${written} The next run was due ${relativeText(health.nextRunAt, now)}.${pending}`, tone: 'caution' }
  const next = lateMs > -45_000 ? 'in less than a minute' : relativeText(health.nextRunAt, now)
  return { text: `${written} Next run ${next}.${pending}`, tone: 'good' }
}
