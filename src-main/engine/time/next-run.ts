import { Cron } from 'croner'
import { assertNever, errorMessage, FailureError } from '../../../src-shared/failure'
import { minuteOfDay, type Schedule } from '../../../src-shared/schedule'

const MINUTE_MS = 60_000

/**
 * The first time after `after` when a task with that schedule is due; null if there is none. Times of day are in the given time zone. A time that the
 * change to daylight saving skips is due right after the change; a time that occurs twice is due the first time.
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

/** The first `count` due times after `after`; fewer if there are no more. */
export function nextRuns(schedule: Schedule, after: Date, timeZone: string, count: number): Date[] {
  const times: Date[] = []
  for (let at = nextRun(schedule, after, timeZone); at !== null && times.length < count; at = nextRun(schedule, at, timeZone))
    times.push(at)
  return times
}

/** Checks that a schedule is valid and comes due at some time. Throws FailureError `bad-schedule`, which says what is wrong. */
export function checkSchedule(schedule: Schedule, now: Date, timeZone: string): void {
  const parts = schedule.kind === 'cron' ? schedule.text.trim().split(/\s+/) : []
  if (schedule.kind === 'cron' && !(parts.length === 5 || (parts.length === 1 && /^@[a-z]+$/i.test(parts[0] ?? '')))) {
    throw badSchedule(
      `A cron expression has five parts (minute, hour, day of the month, month, day of the week); this one has ${parts.length}.`,
    )
  }
  let next: Date | null
  try {
    next = nextRun(schedule, now, timeZone)
  } catch (error) {
    throw badSchedule(`This is not a valid cron expression: ${cronErrorText(error)}.`, { cause: error })
  }
  if (next === null) throw badSchedule('This schedule never runs.')
}

/** Cron patterns that together make up the schedule: one for each minute of the hour that it uses. */
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

function cronErrorText(error: unknown): string {
  const text = errorMessage(error)
    .replace(/^Cron\w*: /, '')
    .replace(/\.$/, '')
  return text.charAt(0).toLowerCase() + text.slice(1)
}

function badSchedule(message: string, options?: ErrorOptions): FailureError {
  const remedy = 'For example, 0 8-18 * * 1-5 runs every hour on the hour from 8:00 to 18:00, Monday to Friday.'
  return new FailureError({ code: 'bad-schedule', message, remedy }, options)
}
