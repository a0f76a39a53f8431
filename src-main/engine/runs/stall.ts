import type { RunRow } from '../../../src-shared/contract/contract'
import { capAtNow } from '../time/clock'
import { nextRun, nextRuns } from '../time/next-run'
import type { ScheduledTask } from './task-schedule'

/** Automatic sync is stalled if a task has not succeeded for longer than this many of its intervals. */
const MAX_STALLED_INTERVALS = 3

/** The runs of a task that show whether it is stalled. */
export interface KnownRuns {
  /** The last run that succeeded; null if none did. */
  lastGood: RunRow | null
  /** The first run after `lastGood`. It failed, was cut short, or has not ended. */
  firstAfter: RunRow | null
}

/** Returns the time since which a task has not succeeded, if that is more than three intervals ago and the task isn't paused; otherwise null. */
export function stalledSince(task: ScheduledTask, { lastGood, firstAfter }: KnownRuns, now: Date, timeZone: string): string | null {
  const { schedule, nextRunAt } = task
  if (task.isPaused) return null
  const haveIntervalsPassed = (from: string, count: number) => {
    const last = nextRuns(schedule, new Date(from), timeZone, count)[count - 1]
    return last !== undefined && now > last
  }
  const goodAt = lastGood?.endedAt ? capAtNow(firstAfter?.startedAt ?? now.toISOString(), lastGood.endedAt) : null
  // The task is overdue by two intervals and did not start. This also covers a task that had been paused for a long
  // time beforehand.
  if (nextRunAt !== null && haveIntervalsPassed(nextRunAt, MAX_STALLED_INTERVALS - 1)) return goodAt ?? nextRunAt
  if (firstAfter === null || !haveIntervalsPassed(firstAfter.startedAt, MAX_STALLED_INTERVALS - 1)) return null
  // A gap of more than one interval before the failed runs means that the task was paused or the computer was off.
  const startMs = Date.parse(firstAfter.startedAt)
  const intervalMs = (nextRun(schedule, new Date(startMs), timeZone)?.getTime() ?? startMs) - startMs
  const since = new Date(Math.max(goodAt === null ? 0 : Date.parse(goodAt), startMs - intervalMs)).toISOString()
  return since !== goodAt || haveIntervalsPassed(goodAt, MAX_STALLED_INTERVALS) ? since : null
}
