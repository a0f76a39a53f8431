import { CsvError, parse } from 'csv-parse/sync'
import type { CodeKind, CodeRow } from '../../../../src-shared/contract/contract'
import { errorMessage, type Failure, type FailureCode } from '../../../../src-shared/failure'
import { decodeJson } from '../reading/file-text'

/** A list of codes read from a file, or why not. */
export type ImportedCodes = { ok: true; rows: Pick<CodeRow, 'code' | 'name' | 'aliases'>[] } | { ok: false; failure: Failure }

/** Column headings that are understood, in lower case without blanks. docs/formats/code-lists.md */
const HEADINGS: Readonly<
  Record<CodeKind, { code: readonly string[]; name: readonly string[]; aliases: Readonly<Record<string, string>> }>
> = {
  customer: {
    code: ['code', 'customercode', 'customer', 'account', 'accountcode'],
    name: ['name', 'customername', 'company', 'accountname'],
    aliases: { email: '', 'e-mail': '', emailaddress: '', storeid: 'id:', storecustomerid: 'id:' },
  },
  product: {
    code: ['code', 'productcode', 'product', 'item', 'itemcode', 'stockcode'],
    name: ['name', 'description', 'productname', 'productdescription'],
    aliases: { sku: '', storesku: '', barcode: '' },
  },
}

const MOST_ROWS = 200_000
/** Characters in a row: whatever has a longer one isn't a list of codes. */
const MOST_ROW = 100_000
const MOST_CODE = 100
const MOST_ALIAS = 200

/**
 * Reads the accounting package's customers or products from CSV: a heading row, a code per row, several aliases in a cell apart by `;` or `|`. The whole
 * list or nothing. Never throws: `not-csv`, `column-missing`, `code-missing`, `code-twice`, `code-too-long`, `too-many-rows`, `list-empty`.
 */
export function importCodes(bytes: Uint8Array, kind: CodeKind, fileName: string): ImportedCodes {
  const unicode = decodeJson(bytes)
  // Accounting packages on Windows often export in Windows-1252.
  const text = unicode.ok ? unicode.text : new TextDecoder('windows-1252').decode(bytes)
  const delimiter = [',', ';', '\t'].reduce((best, one) => (countOf(text, one) > countOf(text, best) ? one : best))
  let records: string[][]
  try {
    records = parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      to: MOST_ROWS + 2,
      max_record_size: MOST_ROW,
    })
  } catch (error) {
    return refuse('not-csv', `${fileName} is not CSV: ${reasonOf(error)}`, EXPORT_AGAIN)
  }
  const [headings, ...rows] = records
  if (headings === undefined || rows.length === 0) return refuse('list-empty', `${fileName} has no codes.`, EXPORT_AGAIN)
  if (rows.length > MOST_ROWS) return refuse('too-many-rows', `${fileName} has more than ${MOST_ROWS} rows.`, 'Export fewer codes.')
  return readRows(headings, rows, kind, fileName)
}

/** The parser's own words. It may quote the whole file after them. */
function reasonOf(error: unknown): string {
  if (error instanceof CsvError && error.code === 'CSV_MAX_RECORD_SIZE') return `it has a row of more than ${MOST_ROW} characters.`
  return errorMessage(error)
    .replace(/, value is [\s\S]*$/, '')
    .slice(0, 200)
}

const EXPORT_AGAIN = 'Export the list again from the accounting package, as CSV with a heading row.'

function countOf(text: string, character: string): number {
  const [line = ''] = text.split('\n', 1)
  return line.split(character).length
}

function readRows(headings: readonly string[], rows: readonly string[][], kind: CodeKind, fileName: string): ImportedCodes {
  const known = HEADINGS[kind]
  const names = headings.map((heading) => heading.toLowerCase().replaceAll(/[\s_]+/g, ''))
  const codeAt = names.findIndex((name) => known.code.includes(name))
  const nameAt = names.findIndex((name) => known.name.includes(name))
  if (codeAt < 0) {
    return refuse(
      'column-missing',
      `${fileName} has no column for the code. It has: ${headings.join(', ').slice(0, 300)}.`,
      `Name the column "code". ${EXPORT_AGAIN}`,
    )
  }
  const found = new Map<string, Pick<CodeRow, 'code' | 'name' | 'aliases'>>()
  for (const [index, row] of rows.entries()) {
    const line = index + 2
    const code = row[codeAt] ?? ''
    if (code === '') return refuse('code-missing', `${fileName}, row ${line}: the code is empty.`, EXPORT_AGAIN)
    if (code.length > MOST_CODE)
      return refuse('code-too-long', `${fileName}, row ${line}: the code has ${code.length} characters.`, EXPORT_AGAIN)
    if (found.has(code.toLowerCase()))
      return refuse('code-twice', `${fileName}, row ${line}: the code ${code} stands there twice.`, EXPORT_AGAIN)
    const aliases = names.flatMap((name, column) => {
      const prefix = Object.hasOwn(known.aliases, name) ? known.aliases[name] : undefined
      return prefix === undefined ? [] : aliasesIn(row[column] ?? '').map((alias) => `${prefix}${alias}`)
    })
    found.set(code.toLowerCase(), { code, name: nameAt < 0 ? '' : (row[nameAt] ?? '').slice(0, MOST_ALIAS), aliases })
  }
  return { ok: true, rows: [...found.values()] }
}

function aliasesIn(cell: string): string[] {
  return cell
    .split(/[;|]/)
    .map((alias) => alias.trim().toLowerCase())
    .filter((alias) => alias !== '' && alias.length <= MOST_ALIAS)
}

function refuse(code: FailureCode, message: string, remedy: string): { ok: false; failure: Failure } {
  return { ok: false, failure: { code, message, remedy } }
}
