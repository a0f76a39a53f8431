import { stringify } from 'csv-stringify/sync'
import type { ExportColumn, OrderRow } from '../../../src-shared/contract/contract'
import { fromMinor } from '../../../src-shared/money'

interface CsvColumn {
  heading: string
  /** Text of people and shops, which may be made to look like a formula; false for what Ledgerdrop writes itself. */
  isOutside: boolean
  value: (row: OrderRow) => string
}

const own = (heading: string, value: CsvColumn['value']): CsvColumn => ({ heading, isOutside: false, value })
const outside = (heading: string, value: CsvColumn['value']): CsvColumn => ({ heading, isOutside: true, value })

const COLUMNS: Readonly<Record<ExportColumn, readonly CsvColumn[]>> = {
  number: [outside('Order Number', (row) => row.number)],
  date: [own('Date', (row) => localStamp(row.orderedAt))],
  customer: [outside('Customer', (row) => row.customerName), outside('E-mail', (row) => row.customerEmail)],
  total: [own('Total', (row) => fromMinor(row.totalMinor, row.currency)), outside('Currency', (row) => row.currency)],
  status: [own('Status', (row) => row.status)],
  sync: [
    own('Sync State', (row) => row.syncState.charAt(0).toUpperCase() + row.syncState.slice(1)),
    outside('Sync Error', (row) => row.syncError?.message ?? ''),
  ],
  destination: [outside('Destination', (row) => row.destinationName), outside('Source', (row) => row.sourceName)],
}

/** What a spreadsheet takes for the start of a formula, also after blanks, quotes and invisible characters. */
const FORMULA = /^[\s\p{C}\p{Z}"]*[=+\-@\uff0b\uff0d\uff1d\uff20|%]/u
const LEADING_BREAK_OR_TAB = /^[\t\r\n]/
/**
 * What may start a new cell inside a text, although it is quoted: some programs end the row at every line break, and where the list separator is a
 * semicolon, the quotes of a file with commas mean nothing.
 */
const CELL_START = /(\r\n|[\n\r\v\f\u0085\u2028\u2029;])/

/** The mark at the beginning by which spreadsheet programs know UTF-8. */
export const CSV_MARK = '\ufeff'

/** The heading row, with its line end. */
export function csvHeading(columns: readonly ExportColumn[]): string {
  return written([columns.flatMap((column) => COLUMNS[column].map(({ heading }) => heading))])
}

/** The rows of orders as CSV (RFC 4180, CRLF), every cell quoted. Text that a spreadsheet could take for a formula gets an apostrophe before it. */
export function csvRows(columns: readonly ExportColumn[], rows: readonly OrderRow[]): string {
  const chosen = columns.flatMap((column) => COLUMNS[column])
  return written(rows.map((row) => chosen.map(({ isOutside, value }) => (isOutside ? withoutFormula(value(row)) : value(row)))))
}

function withoutFormula(text: string): string {
  const parts = text.split(CELL_START).map((part) => (FORMULA.test(part) ? `'${part}` : part))
  const guarded = parts.join('')
  return LEADING_BREAK_OR_TAB.test(guarded) ? `'${guarded}` : guarded
}

function written(rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? '' : stringify(rows as string[][], { quoted: true, quoted_empty: true, record_delimiter: 'windows' })
}

const two = (value: number): string => String(value).padStart(2, '0')

/** `2026-03-14 14:05` by this office's clocks: spreadsheets read it as a date in every country. */
function localStamp(at: string): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`
}
