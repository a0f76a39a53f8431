import { stringify } from 'csv-stringify/sync'
import type { ExportColumn, OrderRow } from '../../../src-shared/contract/contract'
import { fromMinor } from '../../../src-shared/money'

interface CsvColumn {
  heading: string
  /** True for text from people and web stores, which may look like a formula; false for text that Ledgerdrop writes itself. */
  isUntrusted: boolean
  value: (row: OrderRow) => string
}

const trusted = (heading: string, value: CsvColumn['value']): CsvColumn => ({ heading, isUntrusted: false, value })
const untrusted = (heading: string, value: CsvColumn['value']): CsvColumn => ({ heading, isUntrusted: true, value })

const COLUMNS: Readonly<Record<ExportColumn, readonly CsvColumn[]>> = {
  number: [untrusted('Order Number', (row) => row.number)],
  date: [trusted('Date', (row) => localStamp(row.orderedAt))],
  customer: [untrusted('Customer', (row) => row.customerName), untrusted('Email', (row) => row.customerEmail)],
  total: [trusted('Total', (row) => fromMinor(row.totalMinor, row.currency)), untrusted('Currency', (row) => row.currency)],
  status: [trusted('Status', (row) => row.status)],
  sync: [
    trusted('Sync State', (row) => row.syncState.charAt(0).toUpperCase() + row.syncState.slice(1)),
    untrusted('Sync Error', (row) => row.syncError?.message ?? ''),
  ],
  destination: [untrusted('Destination', (row) => row.destinationName), untrusted('Source', (row) => row.sourceName)],
}

/** Text that a spreadsheet reads as the start of a formula, even after spaces, quotes and invisible characters. */
const FORMULA = /^[\s\p{C}\p{Z}"]*[=+\-@\uff0b\uff0d\uff1d\uff20|%]/u
const LEADING_BREAK_OR_TAB = /^[\t\r\n]/
/**
 * Characters after which a program may start a new cell, even inside quotes: some programs end the row at every line break, and programs whose list
 * separator is a semicolon ignore the quotes in a comma-separated file.
 */
const CELL_START = /(\r\n|[\n\r\v\f\u0085\u2028\u2029;])/

/** Byte order mark, by which spreadsheet programs recognise UTF-8. */
export const BYTE_ORDER_MARK = '\ufeff'

/** Returns the heading row, including its line ending. */
export function csvHeading(columns: readonly ExportColumn[]): string {
  return toCsv([columns.flatMap((column) => COLUMNS[column].map(({ heading }) => heading))])
}

/** Returns orders as CSV rows (RFC 4180, CRLF), with every cell quoted. Text that a spreadsheet could read as a formula gets a leading apostrophe. */
export function csvRows(columns: readonly ExportColumn[], rows: readonly OrderRow[]): string {
  const chosen = columns.flatMap((column) => COLUMNS[column])
  return toCsv(rows.map((row) => chosen.map(({ isUntrusted, value }) => (isUntrusted ? escapeFormulas(value(row)) : value(row)))))
}

function escapeFormulas(text: string): string {
  const parts = text.split(CELL_START).map((part) => (FORMULA.test(part) ? `'${part}` : part))
  const guarded = parts.join('')
  return LEADING_BREAK_OR_TAB.test(guarded) ? `'${guarded}` : guarded
}

function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? '' : stringify(rows as string[][], { quoted: true, quoted_empty: true, record_delimiter: 'windows' })
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** Returns a local time as `2026-03-14 14:05`, which spreadsheets in every country read as a date. */
function localStamp(at: string): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())} ${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`
}
