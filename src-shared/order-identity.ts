import type { ReceivedOrder } from './order'

/**
 * An id or an order number as it is compared: Unicode compatibility forms, letter case and surrounding white space make no difference.
 * Everything else does: `W9`, `W09` and `#W9` are three numbers.
 */
export function foldIdentity(text: string): string {
  // Upper case first: it unfolds letters that lower case alone would keep apart, such as ß.
  return text.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC').trim()
}

/** When a version of an order was made, by each clock that says so; UTC ISO 8601. */
export interface VersionTimes {
  /** The store's own modified date; null if the document has none, or one that cannot be true. */
  storeModifiedAt: string | null
  /** The modified time of the file that it came in; null for orders from before this was recorded. */
  fileModifiedAt: string | null
}

/** Stores whose clock is further ahead than this are not believed. */
const MAX_AHEAD_MS = 86_400_000

/** The times of a version that came in now. A file time in the future counts as now; a store's date more than a day ahead does not count. */
export function versionTimes(storeModifiedAt: string | null, fileModifiedAt: string, now: string): VersionTimes {
  const isCredible = storeModifiedAt !== null && Date.parse(storeModifiedAt) <= Date.parse(now) + MAX_AHEAD_MS
  return { storeModifiedAt: isCredible ? storeModifiedAt : null, fileModifiedAt: fileModifiedAt < now ? fileModifiedAt : now }
}

/**
 * Above zero if the first version is the newer one, below if it is the older one, zero if nothing tells. The store's own date decides if both have
 * one and they differ, otherwise the file's.
 */
export function compareVersions(one: VersionTimes, other: VersionTimes): number {
  return compareTimes(one.storeModifiedAt, other.storeModifiedAt) || compareTimes(one.fileModifiedAt, other.fileModifiedAt)
}

function compareTimes(one: string | null, other: string | null): number {
  if (one === null || other === null || one === other) return 0
  return one < other ? -1 : 1
}

/** What of an order shows whether another one is the same. */
export type Likeness = Pick<ReceivedOrder, 'sourceOrderId' | 'number' | 'orderedAt' | 'currency' | 'totalMinor'> & {
  sourceId: number
  customerEmail: string
}

/**
 * True if two orders with different ids are probably one: the same number and total, and the same customer email or order date. Within one source
 * only if just one of them was identified by its number because its file had no id: two shops in one folder may have overlapping numbers.
 */
export function isLookAlike(one: Likeness, other: Likeness, timeZone: string): boolean {
  if (foldIdentity(one.number) !== foldIdentity(other.number)) return false
  if (one.totalMinor !== other.totalMinor || one.currency !== other.currency) return false
  if (one.sourceId === other.sourceId && hasOwnId(one) === hasOwnId(other)) return false
  const email = foldIdentity(one.customerEmail)
  return (email !== '' && email === foldIdentity(other.customerEmail)) || isSameDay(one.orderedAt, other.orderedAt, timeZone)
}

function hasOwnId({ sourceOrderId, number }: Likeness): boolean {
  return foldIdentity(sourceOrderId) !== foldIdentity(number)
}

/** The same day in UTC or in the office: a source that only states a date means one or the other. */
function isSameDay(one: string, other: string, timeZone: string): boolean {
  if (one.slice(0, 10) === other.slice(0, 10)) return true
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  return day.format(new Date(one)) === day.format(new Date(other))
}

/** `5.12346E+12`: what a spreadsheet leaves of a long number. The digits that told one order from another are gone. */
const EXPONENT_FORM = /^\s*[+-]?(?:\d+[.,]\d+e[+-]?\d+|\d+e\+\d+)\s*$/i

/** True for a number in exponent form, which identifies nothing. `12E4` may be somebody's order number and is none. */
export function isExponentForm(text: string): boolean {
  return EXPONENT_FORM.test(text)
}
