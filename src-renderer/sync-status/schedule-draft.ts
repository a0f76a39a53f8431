import { type Schedule, scheduleSchema } from '../../src-shared/schedule'

/** What the dialog's fields hold, for every kind of schedule at once: switching to and fro loses nothing. */
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

/** The fields for a schedule; those of the other kinds begin with what offices use. */
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

/** The schedule that the fields say; null where they say none. */
export function scheduleOf({ kind, minutes, times, days, from, to, everyMinutes, text }: ScheduleDraft): Schedule | null {
  const parts = { every: { minutes }, daily: { times }, hours: { days, from, to, everyMinutes }, cron: { text } }
  const parsed = scheduleSchema.safeParse({ kind, ...parts[kind] })
  return parsed.success ? parsed.data : null
}
