import type { LookRecord } from './update-records'

const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS

/** Milliseconds from a look to the next: a day, or after so many failures in a row 1, 2, 4, 8, 16 hours, then a day again. */
export function lookPause(failures: number): number {
  return failures === 0 ? DAY_MS : Math.min(DAY_MS, 2 ** (failures - 1) * HOUR_MS)
}

/** When the next look is due, in milliseconds, never before now: at once where there was none yet, or where the clock was set back since. */
export function nextLook(look: Pick<LookRecord, 'at' | 'failures'> | null, nowMs: number): number {
  if (look === null || !(Date.parse(look.at) <= nowMs)) return nowMs
  return Math.max(nowMs, Date.parse(look.at) + lookPause(look.failures))
}
