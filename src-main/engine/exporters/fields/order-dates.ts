import type { DateFormat } from '../../../../src-shared/profiles/profiles'

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/

const formatsByZone = new Map<string, { day: Intl.DateTimeFormat; offset: Intl.DateTimeFormat }>()

/** Creating a format takes longer than exporting a small order, so the formats of each zone are cached. */
function formats(timeZone: string) {
  const known = formatsByZone.get(timeZone)
  if (known !== undefined) return known
  const day = { timeZone, era: 'narrow', year: 'numeric', month: '2-digit', day: '2-digit' } as const
  const created = {
    day: new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', day),
    offset: new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }),
  }
  formatsByZone.set(timeZone, created)
  return created
}

/** Returns the day of an instant in a time zone, `YYYY-MM-DD`; null if the text is not an instant. */
export function localDate(instant: string, timeZone: string): string | null {
  const time = INSTANT.test(instant) ? Date.parse(instant) : Number.NaN
  if (Number.isNaN(time)) return null
  const parts = new Map(
    formats(timeZone)
      .day.formatToParts(time)
      .map((part) => [part.type, part.value]),
  )
  const year = parts.get('year') ?? ''
  return parts.get('era') === 'A' && year.length === 4 ? `${year}-${parts.get('month')}-${parts.get('day')}` : null
}

/**
 * Returns the time of day of an instant in a time zone, `12:15:00+10:00`; empty if the offset is not in whole minutes,
 * as in some zones before 1900.
 */
export function localTime(instant: string, timeZone: string): string {
  const time = INSTANT.test(instant) ? Date.parse(instant) : Number.NaN
  if (Number.isNaN(time)) return ''
  const name = formats(timeZone)
    .offset.formatToParts(time)
    .find((part) => part.type === 'timeZoneName')
  const [known, sign = '+', hours = '00', minutes = '00'] = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(name?.value ?? '') ?? []
  if (known === undefined) return ''
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  const local = new Date(time + offset * 60_000).toISOString()
  const timeOfDay = local.slice(local.indexOf('T') + 1, -1).replace(/\.000$/, '')
  return `${timeOfDay}${offset === 0 ? 'Z' : `${sign}${hours}:${minutes}`}`
}

/** True for a valid date in the year 1000 or later, written as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** Converts a day `YYYY-MM-DD` to another format. */
export function formatDay(day: string, format: DateFormat): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return format.replace('dd', date).replace('mm', month).replace('yyyy', year).replace('yy', year.slice(2))
}
