import { Cron } from 'croner'
import { assertNever, errorMessage, FailureError } from '../../../src-shared/failure'
import { minuteOfDay, type Schedule } from '../../../src-shared/schedule'

const MINUTE_MS = 60_000

/**
 * The first time after `after` at which a task with that schedule is due; null where none ever comes. Times of day are the time zone's own: one
 * that the change to daylight saving skips is due as soon as the clock has changed, one that the clock shows twice is due the first time.
 */
export function nextRun(schedule: Schedule, after: Date, timeZone: string): Date | null {
  if (schedule.kind === 'every') return new Date(after.getTime() + schedule.minutes * MINUTE_MS)
  let next: Date | null = null
  for (const pattern of patternsOf(schedule)) {
    const found = nextOf(pattern, after, timeZone)
    if (found !== null && (next === null || found < next)) next = found
  }
  return next
}

/** The first `count` times after `after`; fewer where no more come. */
export function nextRuns(schedule: Schedule, after: Date, timeZone: string, count: number): Date[] {
  const times: Date[] = []
  for (let at = nextRun(schedule, after, timeZone); at !== null && times.length < count; at = nextRun(schedule, at, timeZone))
    times.push(at)
  return times
}

/** Refuses a schedule that cannot be kept: FailureError `bad-schedule` says which part is wrong. */
export function checkSchedule(schedule: Schedule, now: Date, timeZone: string): void {
  const parts = schedule.kind === 'cron' ? schedule.text.trim().split(/\s+/) : []
  if (schedule.kind === 'cron' && !(parts.length === 5 || (parts.length === 1 && /^@[a-z]+$/i.test(parts[0] ?? '')))) {
    throw badSchedule(`Cron text has five parts (minute, hour, day of the month, month, day of the week); this has ${parts.length}.`)
  }
  let next: Date | null
  try {
    next = nextRun(schedule, now, timeZone)
  } catch (error) {
    throw badSchedule(`This is no cron text: ${plain(error)}.`, { cause: error })
  }
  if (next === null) throw badSchedule('This time never comes.')
}

/** Cron patterns that together are the schedule: one for each minute of the hour that it uses. */
function patternsOf(schedule: Exclude<Schedule, { kind: 'every' }>): string[] {
  switch (schedule.kind) {
    case 'cron':
      return [schedule.text]
    case 'daily':
      return patternsOfSlots(schedule.times.map(minuteOfDay), '*')
    case 'hours': {
      const slots: number[] = []
      for (let slot = minuteOfDay(schedule.from); slot <= minuteOfDay(schedule.to); slot += schedule.everyMinutes) slots.push(slot)
      return patternsOfSlots(slots, schedule.days.join(','))
    }
    default:
      return assertNever(schedule)
  }
}

function patternsOfSlots(slots: readonly number[], days: string): string[] {
  const hoursByMinute = new Map<number, number[]>()
  for (const slot of slots) hoursByMinute.set(slot % 60, [...(hoursByMinute.get(slot % 60) ?? []), Math.floor(slot / 60)])
  return [...hoursByMinute].map(([minute, hours]) => `${minute} ${hours.join(',')} * * ${days}`)
}

function nextOf(pattern: string, after: Date, timeZone: string): Date | null {
  return new Cron(pattern, { timezone: timeZone, mode: '5-part' }).nextRun(after)
}

function plain(error: unknown): string {
  const text = errorMessage(error)
    .replace(/^Cron\w*: /, '')
    .replace(/\.$/, '')
  return text.charAt(0).toLowerCase() + text.slice(1)
}

function badSchedule(message: string, options?: ErrorOptions): FailureError {
  const remedy = 'Write for example 0 8-18 * * 1-5: every full hour from 8:00 to 18:00, Monday to Friday.'
  return new FailureError({ code: 'bad-schedule', message, remedy }, options)
}
