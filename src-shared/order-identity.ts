import type { ReceivedOrder } from './order'

/**
 * Normalises an id or an order number for comparison: Unicode compatibility forms, letter case and surrounding white space don't matter.
 * Everything else does: `W9`, `W09` and `#W9` are three different numbers.
 */
export function foldIdentity(text: string): string {
  // Upper case first: lower case alone would not match letters such as ß with their expansions.
  return text.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC').trim()
}

/** When a version of an order was made, according to each available clock; UTC ISO 8601. */
export interface VersionTimes {
  /** The store's modified date; null if the document has none, or an impossible one. */
  storeModifiedAt: string | null
  /** The modified time of the order's file; null for orders received before this was recorded. */
  fileModifiedAt: string | null
}

/** Dates from a store whose clock is further ahead than this are ignored. */
const MAX_AHEAD_MS = 86_400_000

/** The times of a version received now. A file time in the future counts as now; a store's date more than a day ahead is ignored. */
export function versionTimes(storeModifiedAt: string | null, fileModifiedAt: string, now: string): VersionTimes {
  const isCredible = storeModifiedAt !== null && Date.parse(storeModifiedAt) <= Date.parse(now) + MAX_AHEAD_MS
  return { storeModifiedAt: isCredible ? storeModifiedAt : null, fileModifiedAt: fileModifiedAt < now ? fileModifiedAt : now }
}

/**
 * Positive if the first version is newer, negative if it is older, zero if unknown. The store's dates decide if both versions have one and they
 * differ; otherwise the file times decide.
 */
export function compareVersions(a: VersionTimes, b: VersionTimes): number {
  return compareTimes(a.storeModifiedAt, b.storeModifiedAt) || compareTimes(a.fileModifiedAt, b.fileModifiedAt)
}

function compareTimes(a: string | null, b: string | null): number {
  if (a === null || b === null || a === b) return 0
  return a < b ? -1 : 1
}

/** The values of an order that show whether it duplicates another one. */
export type DuplicateCandidate = Pick<ReceivedOrder, 'sourceOrderId' | 'number' | 'orderedAt' | 'currency' | 'totalMinor'> & {
  sourceId: number
  customerEmail: string
}

/**
 * True if two orders with different ids are probably the same order: they have the same number and total, and the same customer email or order date.
 * Within one source, this applies only if exactly one of them has no id besides its number: two shops that share a folder may use the
 * same numbers.
 */
export function isPossibleDuplicate(a: DuplicateCandidate, b: DuplicateCandidate, timeZone: string): boolean {
  if (foldIdentity(a.number) !== foldIdentity(b.number)) return false
  if (a.totalMinor !== b.totalMinor || a.currency !== b.currency) return false
  if (a.sourceId === b.sourceId && hasSeparateId(a) === hasSeparateId(b)) return false
  const email = foldIdentity(a.customerEmail)
  return (email !== '' && email === foldIdentity(b.customerEmail)) || isSameDay(a.orderedAt, b.orderedAt, timeZone)
}

function hasSeparateId({ sourceOrderId, number }: DuplicateCandidate): boolean {
  return foldIdentity(sourceOrderId) !== foldIdentity(number)
}

/** True if both are on the same day in UTC or in the office: a date without a time may be meant in either. */
function isSameDay(a: string, b: string, timeZone: string): boolean {
  if (a.slice(0, 10) === b.slice(0, 10)) return true
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  return day.format(new Date(a)) === day.format(new Date(b))
}

/** `5.12346E+12`: a long number after a spreadsheet has shortened it. The digits that distinguish orders are lost. */
const SCIENTIFIC_NOTATION = /^\s*[+-]?(?:\d+[.,]\d+e[+-]?\d+|\d+e\+\d+)\s*$/i

/** True for a number in scientific notation, which doesn't identify an order. `12E4` isn't one: it may be a real order number. */
export function isScientificNotation(text: string): boolean {
  return SCIENTIFIC_NOTATION.test(text)
}
