import { CsvError, parse } from 'csv-parse/sync'
import { decodeCsvText } from './file-text'
import { type ImportFailure, type ImportProblems, quoted } from './import-problems'
import { type JsonObject, newJsonObject } from './json-reader'
import { LIMITS } from './order-limits'

/** A CSV file's heading row, and what is needed to read the rest of the file. */
export interface CsvHeading {
  /** Headings as written in the file. */
  headings: string[]
  delimiter: string
  /** The text from the heading row to the end. */
  text: string
  /** True if the file is not Unicode and was read as Windows-1252. */
  isGuessed: boolean
}

/** One row: its non-empty cells by column name. */
export interface CsvRow {
  /** Row number as in a spreadsheet: the heading row is 1. */
  row: number
  cells: JsonObject
}

/** Rows of a CSV file, or why there are none. */
export type ReadCsv = { ok: true; rows: CsvRow[] } | { ok: false; failure: ImportFailure }

const DELIMITERS = [',', ';', '\t'] as const
/** Maximum characters of the heading row, which must be on one line. */
const MAX_HEADING_LENGTH = 20_000
/** A first line that states the separator for Excel, such as `sep=;`. */
const SEPARATOR_LINE = /^"?sep=([,;\t])"?\r?\n/i

/** The form in which headings are compared: letters and digits only, in lower case. */
export function headingKey(heading: string): string {
  return heading.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/**
 * The heading row, split at the separator that the file states, or else at the most frequent one in the row; null if
 * there is no separator.
 */
export function readCsvHeading(bytes: Uint8Array): CsvHeading | null {
  const decoded = decodeCsvText(bytes)
  const separator = SEPARATOR_LINE.exec(decoded.text.slice(0, 20))
  const text = separator === null ? decoded.text : decoded.text.slice(separator[0].length)
  const start = text.slice(0, MAX_HEADING_LENGTH)
  const [line = ''] = start.split(/[\r\n]/, 1)
  const count = (delimiter: string) => line.split(delimiter).length
  const delimiter = separator?.[1] ?? DELIMITERS.reduce((best, candidate) => (count(candidate) > count(best) ? candidate : best))
  const headings = count(delimiter) > 1 ? firstRecord(line, delimiter) : []
  return headings.length > 1 ? { headings, delimiter, text, isGuessed: decoded.isGuessed } : null
}

/** Rows grouped by key, in order of first appearance. */
export function groupRows<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return groups
}

function firstRecord(text: string, delimiter: string): string[] {
  try {
    const [record = []] = parse(text, { delimiter, to: 1, trim: true, relax_column_count: true })
    return record
  } catch (error) {
    if (error instanceof CsvError) return []
    throw error
  }
}

/**
 * Reads the rows below a heading into cells by column name. `columnOf` returns the name for a heading's key, or null to
 * ignore the column. Skips blank rows; cells missing at the end of a row are empty. Problems: `field-invalid`,
 * `text-too-long`.
 */
export function readCsvRows(heading: CsvHeading, columnOf: (key: string) => string | null, problems: ImportProblems): ReadCsv {
  const { headings, delimiter, text } = heading
  if (headings.length > LIMITS.csvColumns) return tooComplex(`${headings.length} columns; the limit is ${LIMITS.csvColumns}`)
  const names = headings.map((each) => columnOf(headingKey(each)))
  names.forEach((name, index) => {
    if (name !== null && names.indexOf(name) < index) problems.add('field-invalid', 'the file', `the column ${quoted(name)} appears twice`)
  })
  if (cellCount(text, delimiter) > LIMITS.csvCells) return tooComplex(`more than ${LIMITS.csvCells} cells`)
  let records: string[][]
  try {
    records = parse(text, { delimiter, relax_column_count: true, to: LIMITS.csvRows + 2, max_record_size: LIMITS.csvRecordLength })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return refusal('not-csv', `The file is not valid CSV: ${csvProblemText(error)}.`)
  }
  if (records.length > LIMITS.csvRows + 1) return tooComplex(`more than ${LIMITS.csvRows} rows`)
  const rows: CsvRow[] = []
  records.forEach((record, index) => {
    if (index === 0 || record.every((cell) => cell.trim() === '')) return
    rows.push({ row: index + 1, cells: cellsOf(record, names, index + 1, problems) })
  })
  return { ok: true, rows }
}

/** An upper bound on the number of cells: separators inside quotes are counted too. */
function cellCount(text: string, delimiter: string): number {
  let count = 1
  for (const separator of [delimiter, '\n'])
    for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + 1)) count += 1
  return count
}

function cellsOf(record: readonly string[], names: readonly (string | null)[], row: number, problems: ImportProblems): JsonObject {
  const cells = newJsonObject()
  record.forEach((cell, column) => {
    if (cell.trim() === '') return
    const name = names[column]
    if (name === undefined) {
      problems.add(
        'field-invalid',
        `row ${row}`,
        `the cell ${quoted(cell)} has no heading; a cell that contains a separator must be in quotes`,
      )
    } else if (cell.length > LIMITS.textLength) {
      const detail = `a cell of ${quoted(name ?? 'a column')} has ${cell.length} characters; the limit is ${LIMITS.textLength}`
      problems.add('text-too-long', `row ${row}`, detail)
    } else if (name !== null) cells[name] = cell
  })
  return cells
}

function csvProblemText(error: CsvError): string {
  const line = typeof error.lines === 'number' ? `line ${error.lines}: ` : ''
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return `${line}a quotation mark is not closed`
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return `${line}there is a quotation mark inside a cell; it must be doubled`
    case 'CSV_MAX_RECORD_SIZE':
      return `${line}a row has more than ${LIMITS.csvRecordLength} characters; a closing quotation mark may be missing`
    default:
      return `${line}${error.message}`
  }
}

function tooComplex(excess: string): ReadCsv {
  return refusal('too-complex', `The file has ${excess}.`)
}

function refusal(code: ImportFailure['code'], message: string): ReadCsv {
  return {
    ok: false,
    failure: { code, message, remedy: 'Export the orders again, with fewer orders in each file. No orders were read from this file.' },
  }
}
