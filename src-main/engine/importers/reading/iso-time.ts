const TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}:?\d{2})?$/i
const DATE = /^\d{4}-\d{2}-\d{2}$/

/** A document's time, converted to UTC, and whether the document stated a time zone. */
export interface DocumentTime {
  utc: string
  hasZone: boolean
}

/** Reads a time such as `2026-08-04T05:24:22+05:00`. Seconds and zone are optional; without a zone it is UTC. Null if it isn't a time. */
export function parseIsoTime(text: string): DocumentTime | null {
  const [, date = '', hour = '', minute = '', second = '00', fraction = '', zone] = TIME.exec(text.trim()) ?? []
  if (!isIsoDate(date) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  const local = Date.parse(`${date}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}Z`)
  const offset = offsetMinutes(zone)
  if (offset === null) return null
  const utc = new Date(local - offset * 60_000).toISOString()
  // Outside the years 0000 to 9999, toISOString writes six-digit years.
  return utc.length === 24 ? { utc, hasZone: zone !== undefined } : null
}

/** True for a valid calendar date, `YYYY-MM-DD`. */
export function isIsoDate(text: string): boolean {
  if (!DATE.test(text)) return false
  const time = Date.parse(`${text}T00:00:00.000Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text
}

function offsetMinutes(zone: string | undefined): number | null {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(-2))
  if (hours > 18 || minutes > 59) return null
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}
