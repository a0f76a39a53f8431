import { CsvError, parse } from 'csv-parse/sync'
import type { CodeKind, CodeRow } from '../../../../src-shared/contract/contract'
import { errorMessage, type Failure, type FailureCode } from '../../../../src-shared/failure'
import { decodeJson } from '../reading/file-text'

/** The codes of a list, or why the file can't be read. */
export type ImportedCodes = { ok: true; rows: Pick<CodeRow, 'code' | 'name' | 'aliases'>[] } | { ok: false; failure: Failure }

/** Recognised column headings, in lower case without spaces. See docs/formats/code-lists.md. */
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

const MAX_ROWS = 200_000
/** Characters in a row. A file with a longer row isn't a list of codes. */
const MAX_ROW_LENGTH = 100_000
const MAX_CODE_LENGTH = 100
const MAX_ALIAS_LENGTH = 200

/**
 * Reads the accounting package's customers or products from CSV: a heading row, then one code per row, with the aliases
 * in a cell separated by `;` or `|`. Reads the complete list or nothing. Never throws. Failures: `not-csv`,
 * `column-missing`, `code-missing`, `code-twice`, `code-too-long`, `too-many-rows`, `list-empty`.
 */
export function importCodes(bytes: Uint8Array, kind: CodeKind, fileName: string): ImportedCodes {
  const unicode = decodeJson(bytes)
  // Accounting packages on Windows often export in Windows-1252.
  const text = unicode.ok ? unicode.text : new TextDecoder('windows-1252').decode(bytes)
  const delimiter = [',', ';', '\t'].reduce((best, each) => (countOf(text, each) > countOf(text, best) ? each : best))
  let records: string[][]
  try {
    records = parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      to: MAX_ROWS + 2,
      max_record_size: MAX_ROW_LENGTH,
    })
  } catch (error) {
    return refuse('not-csv', `${fileName} is not valid CSV: ${reasonOf(error)}`, EXPORT_AGAIN)
  }
  const [headings, ...rows] = records
  if (headings === undefined || rows.length === 0) return refuse('list-empty', `${fileName} contains no codes.`, EXPORT_AGAIN)
  if (rows.length > MAX_ROWS) return refuse('too-many-rows', `${fileName} has more than ${MAX_ROWS} rows.`, 'Export fewer codes.')
  return readRows(headings, rows, kind, fileName)
}

/** The parser's message, without the file content that it may quote. */
function reasonOf(error: unknown): string {
  if (error instanceof CsvError && error.code === 'CSV_MAX_RECORD_SIZE') return `it has a row of more than ${MAX_ROW_LENGTH} characters.`
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
    if (code.length > MAX_CODE_LENGTH)
      return refuse(
        'code-too-long',
        `${fileName}, row ${line}: the code has ${code.length} characters; the limit is ${MAX_CODE_LENGTH}.`,
        EXPORT_AGAIN,
      )
    if (found.has(code.toLowerCase()))
      return refuse('code-twice', `${fileName}, row ${line}: the code ${code} appears twice.`, EXPORT_AGAIN)
    const aliases = names.flatMap((name, column) => {
      const prefix = Object.hasOwn(known.aliases, name) ? known.aliases[name] : undefined
      return prefix === undefined ? [] : aliasesIn(row[column] ?? '').map((alias) => `${prefix}${alias}`)
    })
    found.set(code.toLowerCase(), { code, name: nameAt < 0 ? '' : (row[nameAt] ?? '').slice(0, MAX_ALIAS_LENGTH), aliases })
  }
  return { ok: true, rows: [...found.values()] }
}

function aliasesIn(cell: string): string[] {
  return cell
    .split(/[;|]/)
    .map((alias) => alias.trim().toLowerCase())
    .filter((alias) => alias !== '' && alias.length <= MAX_ALIAS_LENGTH)
}

function refuse(code: FailureCode, message: string, remedy: string): { ok: false; failure: Failure } {
  return { ok: false, failure: { code, message, remedy } }
}
