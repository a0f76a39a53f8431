import { type Schedule, scheduleSchema } from '../../src-shared/schedule'

/** The dialog's fields for all kinds of schedule, so that switching the kind doesn't lose input. */
export interface ScheduleDraft {
  kind: Schedule['kind']
  minutes: number | string
  times: string[]
  days: number[]
  from: string
  to: string
  everyMinutes: number | string
  text: string
}

const WORKING_DAYS = [1, 2, 3, 4, 5]

/** The fields for a schedule, with typical defaults for the other kinds. */
export function draftOf(schedule: Schedule): ScheduleDraft {
  const draft: ScheduleDraft = {
    kind: schedule.kind,
    minutes: 5,
    times: ['08:00'],
    days: WORKING_DAYS,
    from: '08:00',
    to: '18:00',
    everyMinutes: 15,
    text: '*/15 8-18 * * 1-5',
  }
  return { ...draft, ...schedule }
}

/** The schedule in the fields; null if they are invalid. */
export function scheduleOf({ kind, minutes, times, days, from, to, everyMinutes, text }: ScheduleDraft): Schedule | null {
  const fields = { every: { minutes }, daily: { times }, hours: { days, from, to, everyMinutes }, cron: { text } }
  const parsed = scheduleSchema.safeParse({ kind, ...fields[kind] })
  return parsed.success ? parsed.data : null
}
