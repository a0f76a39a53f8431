import type { CheckRecord } from './update-records'

const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS

/**
 * The pause after a check, in milliseconds: a day, but after consecutive failures 1, 2, 4, 8 and 16 hours, and then a
 * day again.
 */
export function checkPauseMs(failures: number): number {
  return failures === 0 ? DAY_MS : Math.min(DAY_MS, 2 ** (failures - 1) * HOUR_MS)
}

/**
 * When the next check is due, in milliseconds since 1970, never before `nowMs`. It is due immediately if there was no
 * check yet, or if the clock was set back after the last one.
 */
export function nextCheckMs(check: Pick<CheckRecord, 'at' | 'failures'> | null, nowMs: number): number {
  if (check === null || !(Date.parse(check.at) <= nowMs)) return nowMs
  return Math.max(nowMs, Date.parse(check.at) + checkPauseMs(check.failures))
}
