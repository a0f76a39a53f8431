import { fromMinor, isDecimal } from '../../../../src-shared/money'
import type { ReceivedOrder } from '../../../../src-shared/order'
import { readOrderEntry } from '../order-json/order-entry'
import { type CsvRow, groupRows, headingKey } from '../reading/csv-reader'
import { minorOf, percentOfMinor, productMinor } from '../reading/exact-amounts'
import { type ImportProblems, quoted } from '../reading/import-problems'
import { JsonFields } from '../reading/json-fields'
import { LIMITS } from '../reading/order-limits'
import { orderLabel } from '../reading/received-order-checks'

const CUSTOMER = ['code', 'storeId', 'name', 'company', 'email', 'phone'] as const
const ADDRESS = ['name', 'company', 'line1', 'line2', 'city', 'region', 'postcode', 'country', 'phone', 'email'] as const
const column = (owner: string, part: string) => `${owner}${part.charAt(0).toUpperCase()}${part.slice(1)}`

/** Columns of the order itself: filled in its first row, and empty or the same in later rows. */
export const ORDER_CSV_ORDER_COLUMNS: readonly string[] = [
  ...[
    'orderId',
    'orderNumber',
    'orderedAt',
    'modifiedAt',
    'currency',
    'status',
    'reference',
    'note',
    'deliveryDate',
    'orderTax',
    'orderTotal',
  ],
  ...CUSTOMER.map((part) => column('customer', part)),
  ...['billTo', 'shipTo'].flatMap((owner) => ADDRESS.map((part) => column(owner, part))),
]
/** Columns for the product or charge in a row. */
export const ORDER_CSV_LINE_COLUMNS: readonly string[] = [
  ...['kind', 'sku', 'name', 'lineNote', 'unit', 'quantity', 'unitPrice', 'discount', 'net', 'tax', 'taxRate'],
]
const BY_KEY = new Map([...ORDER_CSV_ORDER_COLUMNS, ...ORDER_CSV_LINE_COLUMNS].map((name) => [headingKey(name), name]))
const REQUIRED = ['orderNumber', 'orderedAt', 'currency', 'orderTotal', 'quantity', 'unitPrice']

/** The column for a heading's key. An unknown heading keeps its key, so that it can be reported. */
export function orderCsvColumn(key: string): string {
  return BY_KEY.get(key) ?? key
}

/** True for the headings of Ledgerdrop's order CSV, even if some are missing. */
export function isOrderCsv(headings: readonly string[]): boolean {
  const names = new Set(headings.map((heading) => orderCsvColumn(headingKey(heading))))
  return names.has('orderNumber') && REQUIRED.filter((name) => names.has(name)).length >= 4
}

/** Reads Ledgerdrop's order CSV strictly: an unknown column is a problem. */
export function readOrderCsv(headings: readonly string[], rows: readonly CsvRow[], problems: ImportProblems): ReceivedOrder[] {
  const names = new Set(headings.map((heading) => orderCsvColumn(headingKey(heading))))
  for (const heading of headings) {
    if (heading === '' || BY_KEY.has(headingKey(heading))) continue
    problems.add('field-unknown', 'the file', `the column ${quoted(heading)} is not known`)
  }
  for (const name of REQUIRED) if (!names.has(name)) problems.add('field-missing', 'the file', `the column ${quoted(name)} is missing`)
  if (problems.count > 0) return []
  const keyOf = (row: JsonFields) => row.text('orderId').trim() || row.text('orderNumber').trim()
  const rowsWithKey = rows
    .map(({ row, cells }) => new JsonFields(cells, `row ${row}`, problems))
    .filter((row) => keyOf(row) !== '' || row.requiredText('orderNumber') !== '')
  const groups = groupRows(rowsWithKey, keyOf)
  if (groups.size > LIMITS.ordersPerFile) {
    problems.add('too-many-orders', 'the file', `it contains ${groups.size} orders; the limit is ${LIMITS.ordersPerFile}`)
    return []
  }
  const orders: ReceivedOrder[] = []
  let index = 0
  for (const [key, orderRows] of groups) {
    const before = problems.count
    const where = orderLabel(index, groups.size, orderRows[0]?.text('orderNumber').trim() ?? '')
    const plain = plainOrder(key, orderRows, where, problems)
    const order = problems.count === before ? readOrderEntry(plain, where, problems) : null
    if (order !== null) orders.push(order)
    index += 1
  }
  return orders
}

type Plain = Record<string, unknown>

/** Leaves out empty texts, so that they get order JSON's defaults or are reported as missing. */
function withoutBlanks(entries: readonly (readonly [string, string])[]): Plain {
  return Object.fromEntries(entries.filter(([, text]) => text !== ''))
}

function plainOrder(key: string, rows: readonly JsonFields[], where: string, problems: ImportProblems): Plain {
  const [head] = rows
  const text = (name: string) => head?.text(name).trim() ?? ''
  for (const row of rows.slice(1)) {
    for (const name of ORDER_CSV_ORDER_COLUMNS) {
      const cell = row.text(name).trim()
      if (cell !== '' && cell !== text(name)) row.reportInvalid(`the ${name} ${quoted(cell)} differs from the order's first row`)
    }
  }
  const currency = text('currency')
  const group = (owner: string, parts: readonly string[]) => withoutBlanks(parts.map((part) => [part, text(column(owner, part))]))
  const itemRows = rows.filter((row) => ORDER_CSV_LINE_COLUMNS.some((name) => row.has(name)))
  const isLine = (row: JsonFields) => ['', 'line'].includes(row.text('kind').trim().toLowerCase())
  const lines = itemRows.filter(isLine).map((row) => plainLine(row, currency))
  const charges = itemRows.filter((row) => !isLine(row)).map((row) => plainCharge(row, currency))
  if (text('currency') === '') problems.add('field-missing', where, 'the field "currency" is missing')
  const taxes = [...lines, ...charges].map((part) => minorOf(String(part.tax ?? ''), currency) ?? 0)
  return {
    ...withoutBlanks(
      ['status', 'reference', 'note', 'deliveryDate', 'currency', 'orderedAt', 'modifiedAt'].map((name) => [name, text(name)]),
    ),
    id: key,
    number: text('orderNumber'),
    customer: group('customer', CUSTOMER),
    billTo: group('billTo', ADDRESS),
    shipTo: group('shipTo', ADDRESS),
    lines,
    charges,
    tax:
      text('orderTax') ||
      decimalOf(
        taxes.reduce((sum, tax) => sum + tax, 0),
        currency,
      ),
    ...withoutBlanks([['total', text('orderTotal')]]),
  }
}

function decimalOf(minor: number, currency: string): string {
  return Number.isSafeInteger(minor) ? fromMinor(minor, currency) : '0'
}

function plainLine(row: JsonFields, currency: string): Plain {
  const text = (name: string) => row.text(name).trim()
  const net = text('net') || netOf(row, currency)
  const parts = ['sku', 'name', 'unit', 'quantity', 'unitPrice', 'discount', 'taxRate'].map((name) => [name, text(name)] as const)
  return withoutBlanks([...parts, ['note', text('lineNote')], ['net', net], ['tax', text('tax') || taxOf(net, text('taxRate'), currency)]])
}

const CHARGE_KINDS = ['freight', 'fee', 'discount']

function plainCharge(row: JsonFields, currency: string): Plain {
  const text = (name: string) => row.text(name).trim()
  if (!CHARGE_KINDS.includes(text('kind').toLowerCase())) {
    row.reportInvalid(`the kind ${quoted(text('kind'))} is not one of "line", "freight", "fee", "discount"`)
    return {}
  }
  for (const name of ['sku', 'unit', 'unitPrice', 'discount', 'lineNote', 'quantity']) {
    const cell = text(name)
    if (cell !== '' && !(name === 'quantity' && cell === '1'))
      row.reportInvalid(`the ${name} must be empty in a ${text('kind').toLowerCase()} row`)
  }
  const tax = text('tax') || taxOf(text('net'), text('taxRate'), currency)
  const parts = [
    ['kind', text('kind').toLowerCase()],
    ['label', text('name')],
    ['net', text('net')],
    ['tax', tax],
  ] as const
  return withoutBlanks([...parts, ['taxRate', text('taxRate')]])
}

/**
 * Quantity times price less the discount, rounded to the minor unit; 0 if any of them is missing or not a number, which
 * is reported elsewhere.
 */
function netOf(row: JsonFields, currency: string): string {
  const [quantity = '', unitPrice = '', discount = ''] = ['quantity', 'unitPrice', 'discount'].map((name) => row.text(name).trim())
  if (!isDecimal(quantity) || !isDecimal(unitPrice)) return '0'
  const grossMinor = productMinor(unitPrice, quantity, currency)
  const discountMinor = discount === '' ? 0 : minorOf(discount, currency)
  if (grossMinor === null)
    row.reportInvalid(`the unitPrice ${quoted(unitPrice)} times the quantity ${quoted(quantity)} is not an amount that can be stored`)
  return grossMinor === null || discountMinor === null ? '0' : decimalOf(grossMinor - discountMinor, currency)
}

function taxOf(net: string, rate: string, currency: string): string {
  const minor = minorOf(net, currency)
  if (rate === '' || !isDecimal(rate) || minor === null) return decimalOf(0, currency)
  return decimalOf(percentOfMinor(minor, rate), currency)
}
