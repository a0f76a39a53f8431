import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ORDER_CSV_LINE_COLUMNS, ORDER_CSV_ORDER_COLUMNS } from '../../../../../../src-main/engine/importers/order-csv/order-csv-importer'
import { fromMinor } from '../../../../../../src-shared/money'
import type { ReceivedOrder } from '../../../../../../src-shared/order'
import { arbitraryOrder, sampleCharge, sampleLine, sampleOrder } from '../../../../../support/orders'
import { failureOf, importDocument, orderOf } from '../documents'

const PAGE = readFileSync('docs/formats/order-csv.md', 'utf8')
const EXAMPLE = /```csv\n([\s\S]*?)```/.exec(PAGE)?.[1] ?? ''

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const prefixed = (owner: string, parts: object) =>
  Object.fromEntries(Object.entries(parts).map(([key, text]) => [owner + capital(key), text]))

/** An order as rows of order CSV. The order's own cells are in the first row, or in every row if `isRepeated`. */
function rowsOf(order: ReceivedOrder, isRepeated = false): Record<string, string>[] {
  const money = (minor: number) => fromMinor(minor, order.currency)
  const own = {
    orderId: order.sourceOrderId,
    orderedAt: order.orderedAt,
    currency: order.currency,
    status: order.status,
    reference: order.reference,
    note: order.note,
    deliveryDate: order.deliveryDate ?? '',
    orderTax: money(order.taxMinor),
    orderTotal: money(order.totalMinor),
    ...prefixed('customer', order.customer),
    ...prefixed('billTo', order.billTo),
    ...prefixed('shipTo', order.shipTo),
  }
  const parts = [
    ...order.lines.map(({ note, discountMinor, netMinor, taxMinor, taxRate, ...line }) => ({
      ...line,
      kind: 'line',
      lineNote: note,
      discount: money(discountMinor),
      net: money(netMinor),
      tax: money(taxMinor),
      taxRate: taxRate ?? '',
    })),
    ...order.charges.map(({ kind, label, netMinor, taxMinor, taxRate }) => ({
      kind,
      name: label,
      net: money(netMinor),
      tax: money(taxMinor),
      taxRate: taxRate ?? '',
    })),
  ]
  return parts.map((part, index) => ({
    orderNumber: order.number,
    ...(index === 0 || isRepeated ? own : { orderId: order.sourceOrderId }),
    ...part,
  }))
}

function csv(rows: readonly Record<string, string>[], delimiter = ','): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
  return [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))].map((cells) => cells.map(cell).join(delimiter)).join('\n')
}

const minimalRow = {
  orderNumber: '1003',
  orderedAt: '2026-08-04T05:24:22Z',
  currency: 'AUD',
  orderTotal: '22.00',
  quantity: '2',
  unitPrice: '10.00',
  taxRate: '10',
}

describe('order CSV', () => {
  test('is read as its page describes', () => {
    const result = importDocument(EXAMPLE)
    expect(result).toMatchObject({ ok: true, format: 'order-csv' })
    if (!result.ok) return
    expect(result.orders.map((order) => order.warnings)).toEqual([[], []])
    expect(result.orders[0]).toMatchObject({
      sourceOrderId: '1003',
      number: '1003',
      orderedAt: '2026-08-04T05:24:22.000Z',
      customer: { code: 'CUST0001', email: 'jane@example.com' },
      shipTo: { line1: '12 Example Street', city: 'Sydney' },
      lines: [
        { sku: 'PROD-A', quantity: '2', unitPrice: '12.50', discountMinor: 500, netMinor: 2000, taxMinor: 200, taxRate: '10' },
        { sku: 'PROD-B', name: 'Sprinkler head, brass', netMinor: 5500, taxMinor: 550 },
      ],
      charges: [{ kind: 'freight', label: 'Express', netMinor: 1000, taxMinor: 100 }],
      taxMinor: 850,
      totalMinor: 9350,
    })
  })

  test('has a page that names every column', () => {
    expect([...ORDER_CSV_ORDER_COLUMNS, ...ORDER_CSV_LINE_COLUMNS].filter((name) => !PAGE.includes(`\`${name}\``))).toEqual([])
  })

  test('calculates omitted values', () => {
    expect(orderOf(csv([minimalRow]))).toMatchObject({
      sourceOrderId: '1003',
      lines: [{ netMinor: 2000, taxMinor: 200, discountMinor: 0 }],
      taxMinor: 200,
      totalMinor: 2200,
      warnings: [],
    })
    expect(orderOf(csv([{ ...minimalRow, taxRate: '', orderTotal: '20.00' }]))).toMatchObject({ taxMinor: 0, lines: [{ taxRate: null }] })
  })

  test('accepts headings in any letter case, with spaces or underscores', () => {
    const text = csv([minimalRow])
      .replace('orderNumber', 'Order Number')
      .replace('unitPrice', 'UNIT_PRICE')
      .replace('orderedAt', 'ordered at')
    expect(orderOf(text)).toMatchObject({ number: '1003', totalMinor: 2200 })
  })

  test('gives the same order for any order written as a table', () => {
    const plain = (value: unknown): unknown => {
      if (typeof value === 'string') return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(value)).trim()
      if (Array.isArray(value)) return value.map(plain)
      if (typeof value !== 'object' || value === null) return value
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
    }
    fc.assert(
      fc.property(arbitraryOrder(), fc.boolean(), fc.constantFrom(',', ';', '\t'), (drawn, isRepeated, delimiter) => {
        const order = { ...drawn, sourceOrderId: `1${drawn.sourceOrderId}`, warnings: [] }
        const read = orderOf(csv(rowsOf(order, isRepeated), delimiter))
        expect({ ...read, warnings: [] }).toEqual(plain(order))
      }),
      { numRuns: 1000 },
    )
  })

  test('can have several orders with their rows in any sequence', () => {
    const other = sampleOrder({ sourceOrderId: '728', number: 'W1235', lines: [sampleLine()], charges: [sampleCharge({ kind: 'fee' })] })
    const rows = [...rowsOf(sampleOrder()), ...rowsOf(other)]
    const result = importDocument(csv([rows[3] ?? {}, rows[0] ?? {}, rows[4] ?? {}, rows[1] ?? {}, rows[2] ?? {}]))
    expect(result.ok && result.orders.map((order) => [order.number, order.lines.length, order.charges.length])).toEqual([
      ['W1235', 1, 1],
      ['W1234', 2, 1],
    ])
  })

  test.each([
    ['an unknown column', { ...minimalRow, colour: 'red' }, 'field-unknown', 'the column "colour" is not known'],
    ['no currency column', { ...minimalRow, currency: undefined }, 'field-missing', 'the column "currency" is missing'],
    ['no total', { ...minimalRow, orderTotal: '' }, 'field-missing', 'Order #1003: the field "total" is missing'],
    [
      'a decimal comma',
      { ...minimalRow, unitPrice: '10,00' },
      'field-invalid',
      'Order #1003, line 1: the unitPrice "10,00" is not a decimal',
    ],
    ['half cents', { ...minimalRow, orderTotal: '22.005' }, 'field-invalid', 'more decimals than AUD'],
    ['an unknown kind', { ...minimalRow, kind: 'tax' }, 'field-invalid', 'Row 2: the kind "tax" is not one of'],
    ['a time without a zone', { ...minimalRow, orderedAt: '2026-08-04 05:24' }, 'field-invalid', 'is not a time with a time zone'],
    ['a discount below zero', { ...minimalRow, discount: '-1' }, 'field-invalid', 'the discount "-1" is below zero'],
    ['an unknown status', { ...minimalRow, status: 'pending' }, 'field-invalid', 'the status "pending" is not one of'],
  ])('with %s is refused', (_, row, code, message) => {
    const rows = Object.fromEntries(Object.entries(row).filter(([, text]) => text !== undefined)) as Record<string, string>
    const failure = failureOf(csv([rows]))
    expect(failure.code).toBe(code)
    expect(failure.message).toContain(message)
  })

  test('is refused if rows of an order disagree', () => {
    expect(failureOf(csv([minimalRow, { ...minimalRow, currency: 'NZD' }])).message).toContain(
      'Row 3: the currency "NZD" differs from the order\'s first row',
    )
    expect(failureOf(csv([minimalRow, { ...minimalRow, orderNumber: '' }])).message).toContain('Row 3: the field "orderNumber" is missing')
  })

  test('warns if a row seems to be missing', () => {
    expect(orderOf(csv([{ ...minimalRow, orderTotal: '44.00' }])).warnings).toEqual([expect.stringContaining('add up to 22.00 AUD')])
  })
})
