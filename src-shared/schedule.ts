import { z } from 'zod'

/** Weekdays from Monday, numbered as in cron: 0 is Sunday. */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 0] as const

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Enter a time such as 08:30.')

/** When a sync task runs automatically, in the computer's local time. */
export const scheduleSchema = z.discriminatedUnion('kind', [
  /** This many minutes after the last run. */
  z.strictObject({ kind: z.literal('every'), minutes: z.number().int().min(1).max(1440) }),
  /** Every day at these times. */
  z.strictObject({ kind: z.literal('daily'), times: z.array(time).min(1).max(24) }),
  /** On these days, at this interval, from the first time to the last, inclusive. */
  z
    .strictObject({
      kind: z.literal('hours'),
      days: z.array(z.number().int().min(0).max(6)).min(1).max(7),
      from: time,
      to: time,
      everyMinutes: z.number().int().min(1).max(1440),
    })
    .refine(({ from, to }) => from <= to, 'The start time is later than the end time.'),
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  z.strictObject({ kind: z.literal('cron'), text: z.string().trim().min(1).max(200) }),
])
export type Schedule = z.infer<typeof scheduleSchema>

/** Minutes since midnight for a time such as `08:30`. */
export function minuteOfDay(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
}
