import { CsvError, parse } from 'csv-parse/sync'
import { decodeCsvText } from './file-text'
import { type ImportFailure, type ImportProblems, quoted } from './import-problems'
import { type JsonObject, newJsonObject } from './json-reader'
import { LIMITS } from './order-limits'

/** A CSV file's heading row, and what is needed to read the rest. */
export interface CsvHeading {
  /** Headings as they stand there. */
  headings: string[]
  delimiter: string
  /** Everything from the heading row on. */
  text: string
  /** True where the file is no Unicode and was read as Windows-1252. */
  isGuessed: boolean
}

/** One row: its cells that are not empty, by the column's known name. */
export interface CsvRow {
  /** As a spreadsheet counts, the heading row being 1. */
  row: number
  cells: JsonObject
}

/** Rows of a CSV file, or why there are none. */
export type ReadCsv = { ok: true; rows: CsvRow[] } | { ok: false; failure: ImportFailure }

const DELIMITERS = [',', ';', '\t'] as const
/** A heading row is no longer than this, and stands on one line. */
const HEADING_LENGTH = 20_000
/** Excel's own first line, `sep=;`. */
const SEPARATOR_LINE = /^"?sep=([,;\t])"?\r?\n/i

/** A heading as it is compared: letters and digits only, in lower case. */
export function headingKey(heading: string): string {
  return heading.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** The heading row, at the separator that it has most of; null where there is none. */
export function readCsvHeading(bytes: Uint8Array): CsvHeading | null {
  const decoded = decodeCsvText(bytes)
  const separator = SEPARATOR_LINE.exec(decoded.text.slice(0, 20))
  const text = separator === null ? decoded.text : decoded.text.slice(separator[0].length)
  const start = text.slice(0, HEADING_LENGTH)
  const [line = ''] = start.split(/[\r\n]/, 1)
  const count = (delimiter: string) => line.split(delimiter).length
  const delimiter = separator?.[1] ?? DELIMITERS.reduce((most, each) => (count(each) > count(most) ? each : most))
  const headings = count(delimiter) > 1 ? firstRecord(line, delimiter) : []
  return headings.length > 1 ? { headings, delimiter, text, isGuessed: decoded.isGuessed } : null
}

/** Rows by what they have in common, in the order in which they begin. */
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
 * Reads the rows below a heading into cells by known name; `columns` gives the name of each heading's key, null where the column does not
 * matter. Blank rows are passed over, cells missing at a row's end are empty. Problems: `field-invalid`, `text-too-long`.
 */
export function readCsvRows(heading: CsvHeading, columns: (key: string) => string | null, problems: ImportProblems): ReadCsv {
  const { headings, delimiter, text } = heading
  if (headings.length > LIMITS.csvColumns) return tooComplex(`${headings.length} columns, ${LIMITS.csvColumns} are allowed`)
  const names = headings.map((each) => columns(headingKey(each)))
  names.forEach((name, index) => {
    if (name !== null && names.indexOf(name) < index)
      problems.add('field-invalid', 'the file', `the column ${quoted(name)} stands there twice`)
  })
  if (cellCount(text, delimiter) > LIMITS.csvCells) return tooComplex(`more than ${LIMITS.csvCells} cells`)
  let records: string[][]
  try {
    records = parse(text, { delimiter, relax_column_count: true, to: LIMITS.csvRows + 2, max_record_size: LIMITS.csvRecordLength })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return refusal('not-csv', `The file is not valid CSV: ${sentenceOf(error)}.`)
  }
  if (records.length > LIMITS.csvRows + 1) return tooComplex(`more than ${LIMITS.csvRows} rows`)
  const rows: CsvRow[] = []
  records.forEach((record, index) => {
    if (index === 0 || record.every((cell) => cell.trim() === '')) return
    rows.push({ row: index + 1, cells: cellsOf(record, names, index + 1, problems) })
  })
  return { ok: true, rows }
}

/** At least as many as there are cells: separators inside quotes count too. */
function cellCount(text: string, delimiter: string): number {
  let count = 1
  for (const mark of [delimiter, '\n']) for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) count += 1
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
        `the cell ${quoted(cell)} has no heading; a cell with a separator in it must stand in quotes`,
      )
    } else if (cell.length > LIMITS.textLength) {
      const what = `a cell of ${quoted(name ?? 'a column')} has ${cell.length} characters, ${LIMITS.textLength} are allowed`
      problems.add('text-too-long', `row ${row}`, what)
    } else if (name !== null) cells[name] = cell
  })
  return cells
}

function sentenceOf(error: CsvError): string {
  const line = typeof error.lines === 'number' ? `line ${error.lines}: ` : ''
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return `${line}a quotation mark is not closed`
    case 'CSV_INVALID_CLOSING_QUOTE':
    case 'INVALID_OPENING_QUOTE':
      return `${line}a quotation mark stands inside a cell; it must be doubled`
    case 'CSV_MAX_RECORD_SIZE':
      return `${line}a row has more than ${LIMITS.csvRecordLength} characters; a quotation mark may not be closed`
    default:
      return `${line}${error.message}`
  }
}

function tooComplex(what: string): ReadCsv {
  return refusal('too-complex', `The file has ${what}.`)
}

function refusal(code: ImportFailure['code'], message: string): ReadCsv {
  return { ok: false, failure: { code, message, remedy: 'Export the orders again, fewer into one file. Nothing of this file was read.' } }
}
