import { nextRun } from '../time/next-run'

const DAY_MS = 24 * 60 * 60_000

/** A day in the office's time zone: from its start to the start of the next day, UTC ISO 8601. */
export interface OfficeDay {
  /** E.g. `2026-04-06`. */
  day: string
  from: string
  to: string
}

/** The time of day in the time zone, e.g. `07:05`. */
export function timeOfDay(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
}

/** The last complete day, i.e. yesterday in the time zone. */
export function lastFinishedDay(now: Date, timeZone: string): OfficeDay {
  const today = dayOf(now, timeZone)
  const day = dayBefore(today)
  return { day, from: startOf(day, timeZone), to: startOf(today, timeZone) }
}

function dayOf(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10)
}

/** The day's midnight, or the first moment after it if daylight saving skips midnight. UTC ISO 8601. */
function startOf(day: string, timeZone: string): string {
  let at = new Date(Date.parse(`${day}T00:00:00Z`) - 2 * DAY_MS)
  while (dayOf(at, timeZone) < day) at = nextRun({ kind: 'daily', times: ['00:00'] }, at, timeZone) ?? new Date(at.getTime() + DAY_MS)
  return at.toISOString()
}
