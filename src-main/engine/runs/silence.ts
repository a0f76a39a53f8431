import type { RunRow } from '../../../src-shared/contract/contract'
import { notAfter } from '../time/clock'
import { nextRun, nextRuns } from '../time/next-run'
import type { ScheduledTask } from './task-schedule'

/** Automatic sync is silent when a task has not ended well for longer than this many of its intervals. */
const INTERVALS = 3

/** What is known of a task's runs. */
export interface KnownRuns {
  /** The last that ended well; null: none ever did. */
  lastGood: RunRow | null
  /** The first after it: it failed, was cut short, or has not ended. */
  firstAfter: RunRow | null
}

/** Since when a task has not ended well although automatic sync is on, longer than three intervals; null while all is well. */
export function silentSince(task: ScheduledTask, { lastGood, firstAfter }: KnownRuns, now: Date, timeZone: string): string | null {
  const { schedule, nextRunAt } = task
  if (task.isPaused) return null
  const isPast = (from: string, intervals: number) => {
    const last = nextRuns(schedule, new Date(from), timeZone, intervals)[intervals - 1]
    return last !== undefined && now > last
  }
  const goodAt = lastGood?.endedAt ? notAfter(firstAfter?.startedAt ?? now.toISOString(), lastGood.endedAt) : null
  // Due for two intervals more than the one that it waited, and nobody came: so it is as well with a task that was paused for long.
  if (nextRunAt !== null && isPast(nextRunAt, INTERVALS - 1)) return goodAt ?? nextRunAt
  if (firstAfter === null || !isPast(firstAfter.startedAt, INTERVALS - 1)) return null
  // What lies before the bad runs by more than an interval is a pause, or a computer that was off.
  const startMs = Date.parse(firstAfter.startedAt)
  const intervalMs = (nextRun(schedule, new Date(startMs), timeZone)?.getTime() ?? startMs) - startMs
  const since = new Date(Math.max(goodAt === null ? 0 : Date.parse(goodAt), startMs - intervalMs)).toISOString()
  return since !== goodAt || isPast(goodAt, INTERVALS) ? since : null
}
