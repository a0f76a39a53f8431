import type { RunRow } from '../../../src-shared/contract'
import type { SyncTaskTable } from '../database/schema'

/** Automatic sync is silent when a task has not ended well for longer than this many of its intervals. */
const INTERVALS = 3
const MINUTE_MS = 60_000

/** What is known of a task's runs. */
export interface KnownRuns {
  /** The last that ended well; null: none ever did. */
  lastGood: RunRow | null
  /** The first after it: it failed, was cut short, or has not ended. */
  firstAfter: RunRow | null
}

/** Since when a task has not ended well although automatic sync is on, longer than three intervals; null while all is well. */
export function silentSince(task: SyncTaskTable, { lastGood, firstAfter }: KnownRuns, now: Date): string | null {
  if (task.isPaused === 1) return null
  const intervalMs = task.everyMinutes * MINUTE_MS
  const nowMs = now.getTime()
  const goodMs = lastGood?.endedAt == null ? null : Date.parse(lastGood.endedAt)
  // Due for two intervals more than the one that it waited, and nobody came: so it is as well with a task that was paused for long.
  const isOverdue = task.nextRunAt !== null && nowMs - Date.parse(task.nextRunAt) > (INTERVALS - 1) * intervalMs
  if (isOverdue) return new Date(goodMs ?? Date.parse(task.nextRunAt ?? '')).toISOString()
  if (firstAfter === null) return null
  // What lies before the bad runs by more than an interval is a pause, or a computer that was off.
  const startMs = Math.max(goodMs ?? 0, Date.parse(firstAfter.startedAt) - intervalMs)
  return nowMs - startMs > INTERVALS * intervalMs ? new Date(startMs).toISOString() : null
}
