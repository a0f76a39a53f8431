import { chosenLocale } from './locale'

/** The locale of all dates, times and amounts on the screens. */
export const LOCALE = chosenLocale()

const dayFormat = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric' })
const timeFormat = new Intl.DateTimeFormat(LOCALE, { hour: 'numeric', minute: '2-digit' })
const exactFormat = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'full', timeStyle: 'long' })
const weekdayFormat = new Intl.DateTimeFormat(LOCALE, { weekday: 'long', day: 'numeric', month: 'long' })
const shortDayFormat = new Intl.DateTimeFormat(LOCALE, { weekday: 'short', day: 'numeric', month: 'short' })
const secondsFormat = new Intl.DateTimeFormat(LOCALE, { hour: 'numeric', minute: '2-digit', second: '2-digit' })
const relativeFormat = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'always' })

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

function parsed(iso: string): Date | null {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? null : date
}

/** `14 Mar 2026`, in local time. */
export function dayText(iso: string): string {
  const date = parsed(iso)
  return date === null ? iso : dayFormat.format(date)
}

/** `2:05 pm`, in local time. */
export function clockText(iso: string): string {
  const date = parsed(iso)
  return date === null ? '' : timeFormat.format(date)
}

/** `2:05:09 pm`, in local time. */
export function secondsText(iso: string): string {
  const date = parsed(iso)
  return date === null ? iso : secondsFormat.format(date)
}

/** `14 Mar 2026, 2:05 pm`, in local time. */
export function dateTimeText(iso: string): string {
  const date = parsed(iso)
  return date === null ? iso : `${dayFormat.format(date)}, ${timeFormat.format(date)}`
}

/** `Saturday 14 March, 2:05 pm`, in local time. */
export function weekdayTimeText(iso: string): string {
  const date = parsed(iso)
  return date === null ? iso : `${weekdayFormat.format(date)}, ${timeFormat.format(date)}`
}

/** Date, time to the second, and time zone, for tooltips. */
export function exactTimeText(iso: string): string {
  const date = parsed(iso)
  return date === null ? iso : exactFormat.format(date)
}

/** `3 minutes ago`, `in 2 minutes`, `just now`; the date and time if it is a day or more away. `now` in milliseconds. */
export function relativeText(iso: string, now: number): string {
  const date = parsed(iso)
  if (date === null) return iso
  const distanceMs = date.getTime() - now
  const size = Math.abs(distanceMs)
  if (size < 45_000) return distanceMs > 0 ? 'in less than a minute' : 'just now'
  if (size < HOUR_MS) return relativeFormat.format(Math.round(distanceMs / MINUTE_MS), 'minute')
  if (size < DAY_MS) return relativeFormat.format(Math.round(distanceMs / HOUR_MS), 'hour')
  return dateTimeText(iso)
}

/** Like `relativeText`, but for past events: never says "in …", even if `now` is slightly out of date. */
export function agoText(iso: string, now: number): string {
  const date = parsed(iso)
  return date === null ? iso : relativeText(iso, Math.max(now, date.getTime()))
}

/** The time between two moments: `4 seconds`, `2 minutes 5 seconds`; empty if either is not a valid time. */
export function durationText(fromIso: string, toIso: string): string {
  const from = parsed(fromIso)
  const to = parsed(toIso)
  if (from === null || to === null) return ''
  const seconds = Math.max(0, (to.getTime() - from.getTime()) / 1000)
  if (seconds < 1) return 'under a second'
  if (seconds < 60) return counted(Math.round(seconds), 'second')
  const minutes = Math.floor(seconds / 60)
  const rest = Math.round(seconds % 60)
  return rest === 0 ? counted(minutes, 'minute') : `${counted(minutes, 'minute')} ${counted(rest, 'second')}`
}

/** `40 s`, `12 min`, `3 h 20 min`, `2 d 5 h`: a duration in short form. */
export function shortDurationText(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** `Sat 14 Mar`, in local time. */
export function shortDayText(iso: string): string {
  const date = parsed(iso)
  return date === null ? iso : shortDayFormat.format(date)
}

/** `1 order`, `3 orders`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString(LOCALE)} ${count === 1 ? one : many}`
}

/** The start of a local day (`2026-03-14`) as a UTC time, shifted by `days`; null if `day` is not a date. */
export function localDayStart(day: string, days = 0): string | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  if (match === null) return null
  const date = new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + days)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}
