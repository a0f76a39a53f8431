import { readFileSync } from 'node:fs'
import Big from 'big.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calculatedTotal } from '../../../../../../src-shared/order'
import { cpuMs, failureOf, importDocument, orderOf } from '../documents'

const EXAMPLE = /```csv\n([\s\S]*?)```/.exec(readFileSync('docs/formats/shopify-csv.md', 'utf8'))?.[1] ?? ''

type Row = Record<string, string>

/** A CSV file with these rows. Either all cells are quoted or none. */
function csv(rows: readonly Row[], delimiter = ',', isQuoted = true): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const cell = (text: string) => (isQuoted ? `"${text.replaceAll('"', '""')}"` : text)
  return [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))].map((cells) => cells.map(cell).join(delimiter)).join('\r\n')
}

/** One product for 20.00 and freight for 10.00, plus 10% tax: 33.00 AUD. */
const first = (overrides: Row = {}): Row => ({
  Name: '#1001',
  Email: 'jane@example.com',
  'Financial Status': 'paid',
  Currency: 'AUD',
  Subtotal: '20.00',
  Shipping: '10.00',
  Taxes: '3.00',
  Total: '33.00',
  'Discount Code': '',
  'Discount Amount': '0.00',
  'Shipping Method': 'Standard',
  'Created at': '2026-08-04 05:24:22 +0500',
  'Lineitem quantity': '2',
  'Lineitem name': 'Hose',
  'Lineitem price': '10.00',
  'Lineitem sku': 'HOSE',
  'Lineitem taxable': 'true',
  'Lineitem discount': '0.00',
  'Tax 1 Name': 'GST 10%',
  'Tax 1 Value': '3.00',
  'Cancelled at': '',
  'Refunded Amount': '0.00',
  Id: '5001',
  ...overrides,
})
const next = (overrides: Row = {}): Row => ({
  Name: '#1001',
  'Lineitem quantity': '1',
  'Lineitem name': 'Tap',
  'Lineitem price': '5.00',
  'Lineitem sku': 'TAP',
  'Lineitem taxable': 'true',
  ...overrides,
})

describe("Shopify's orders CSV", () => {
  test('is read as its page describes: several rows per order, a two-line note, prices with and without tax', () => {
    const result = importDocument(EXAMPLE)
    if (!result.ok) throw new Error(result.failure.message)
    const [order, included] = result.orders
    expect(order).toMatchObject({
      sourceOrderId: '450789469',
      number: '#1001',
      orderedAt: '2026-08-04T00:24:22.000Z',
      currency: 'AUD',
      status: 'Pending',
      customer: { name: 'Jane Citizen', company: 'Citizen Gardens Pty Ltd', email: 'jane@example.com', phone: '02 5550 1234' },
      billTo: { line1: '12 Example Street', line2: 'Unit 3', city: 'Sydney', postcode: '2000', region: 'NSW', country: 'AU' },
      note: 'Leave at the side gate\nRing twice\ngift: yes',
      charges: [
        { kind: 'freight', label: 'Standard', netMinor: 1000, taxMinor: 100, taxRate: '10' },
        { kind: 'discount', label: 'Discount (FIVEOFF)', netMinor: -500, taxMinor: -50, taxRate: '10' },
      ],
      taxMinor: 800,
      totalMinor: 8800,
      warnings: [],
    })
    expect(order?.lines.map((line) => [line.sku, line.quantity, line.unitPrice, line.netMinor, line.taxMinor, line.taxRate])).toEqual([
      ['HOSE', '2', '20', 4000, 400, '10'],
      ['SPRINK', '1', '35', 3500, 350, '10'],
    ])
    expect(included).toMatchObject({ number: '#1002', totalMinor: 3300, taxMinor: 300, charges: [], warnings: [] })
    expect(included?.lines).toMatchObject([{ quantity: '3', unitPrice: '10', netMinor: 3000, taxMinor: 300, taxRate: '10' }])
  })

  test.each([
    ['semicolons', csv([first(), next()], ';')],
    ['tabs', csv([first(), next()], '\t')],
    ['semicolons declared in the first line', `sep=;\r\n${csv([first(), next()], ';')}`],
    ['no quotes', csv([first(), next()], ',', false)],
    ['a byte order mark', `\ufeff${csv([first(), next()])}`],
    ['its columns in a different sequence', csv([first(), next()].map((row) => Object.fromEntries(Object.entries(row).reverse())))],
    [
      'headings in capitals',
      csv([first(), next()].map((row) => Object.fromEntries(Object.entries(row).map(([key, text]) => [key.toUpperCase(), text])))),
    ],
    ['blank rows', csv([first(), next()]).replaceAll('\r\n', '\r\n\r\n,,,\r\n')],
    ['line feeds', csv([first(), next()]).replaceAll('\r\n', '\n')],
    ['the order’s cells repeated', csv([first(), { ...first(), ...next() }])],
    ['the second row first', csv([first({ Name: '#1' }), next(), first()]).replace(/\r\n"#1",.*/, '')],
  ])('with %s gives the same order', (_, text) => {
    const [read] = [orderOf(text)]
    expect(read).toMatchObject({ number: '#1001', totalMinor: 3300 })
    expect(read.lines.map((line) => line.sku).sort()).toEqual(['HOSE', 'TAP'])
  })

  test('in Windows-1252, as Excel saves it, gets a warning that letters may be wrong', () => {
    const text = csv([first({ 'Billing Name': 'Zo\u00eb' })])
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
    const order = orderOf(bytes)
    expect(order.customer.name).toBe('Zo\u00eb')
    expect(order.warnings).toEqual([expect.stringContaining('Windows-1252')])
  })

  test.each([
    ['paid', {}, 'Pending'],
    ['pending', {}, 'On Hold'],
    ['refunded', {}, 'Cancelled'],
    ['paid', { 'Cancelled at': '2026-08-05 00:00:00 +0500' }, 'Cancelled'],
  ])('with payment status %s %j is %s', (status, cells, expected) => {
    expect(orderOf(csv([first({ 'Financial Status': status, ...cells })])).status).toBe(expected)
  })

  test('warns about a refund', () => {
    expect(orderOf(csv([first({ 'Refunded Amount': '5.00' })])).warnings).toEqual([expect.stringContaining('refunded 5.00 AUD')])
  })

  test('without an Id uses the Name as the id', () => {
    expect(orderOf(csv([first({ Id: '' })])).sourceOrderId).toBe('#1001')
  })
})

describe('amounts that the CSV does not state', () => {
  const orderWith = (cells: Row) => orderOf(csv([first(cells)]))

  test('a product discount that only the subtotal shows is a charge', () => {
    const order = orderWith({
      Subtotal: '15.00',
      'Discount Code': 'FIVE',
      'Discount Amount': '5.00',
      Taxes: '2.50',
      'Tax 1 Value': '2.50',
      Total: '27.50',
    })
    expect(order.charges).toMatchObject([
      { kind: 'freight', taxMinor: 100 },
      { kind: 'discount', label: 'Discount (FIVE)', netMinor: -500, taxMinor: -50 },
    ])
    expect(order.warnings).toEqual([])
  })

  test('a line discount belongs to its line', () => {
    const order = orderWith({
      Subtotal: '15.00',
      'Lineitem discount': '5.00',
      'Discount Amount': '5.00',
      Taxes: '2.50',
      'Tax 1 Value': '2.50',
      Total: '27.50',
    })
    expect(order.lines).toMatchObject([{ discountMinor: 500, netMinor: 1500, taxMinor: 150 }])
    expect(order.charges).toMatchObject([{ kind: 'freight' }])
    expect(order.warnings).toEqual([])
  })

  test('a freight discount that only the total shows is a charge', () => {
    const order = orderWith({ 'Discount Code': 'SHIP', 'Discount Amount': '10.00', Taxes: '2.00', 'Tax 1 Value': '2.00', Total: '22.00' })
    expect(order.charges).toMatchObject([
      { kind: 'freight', netMinor: 1000 },
      { kind: 'discount', label: 'Discount on shipping (SHIP)', netMinor: -1000 },
    ])
    expect(order.warnings).toEqual([])
  })

  test('untaxed freight and non-taxable products have no tax', () => {
    const order = orderOf(
      csv([first({ Subtotal: '25.00', Taxes: '2.00', 'Tax 1 Value': '2.00', Total: '37.00' }), next({ 'Lineitem taxable': 'false' })]),
    )
    expect(order.lines.map((line) => [line.taxMinor, line.taxRate])).toEqual([
      [200, '10'],
      [0, '0'],
    ])
    expect(order.charges).toMatchObject([{ taxMinor: 0, taxRate: '0' }])
    expect(order.warnings).toEqual([])
  })

  test('tax without a rate is spread over the products, with a warning', () => {
    const order = orderOf(
      csv([first({ Subtotal: '25.00', Taxes: '1.01', 'Tax 1 Name': 'State tax', 'Tax 1 Value': '1.01', Total: '36.01' }), next()]),
    )
    expect(order.lines.map((line) => [line.taxMinor, line.taxRate])).toEqual([
      [81, null],
      [20, null],
    ])
    expect(order.warnings).toEqual([expect.stringContaining('spread over the products')])
  })

  test('the parts of any sale add up to what the customer paid', () => {
    const item = fc.record({ cents: fc.nat(100_000), quantity: fc.integer({ min: 1, max: 30 }), isTaxable: fc.boolean() })
    const sale = fc.record({
      items: fc.array(item, { minLength: 1, maxLength: 5 }),
      freight: fc.nat(5000),
      isFreightTaxed: fc.boolean(),
      discountShare: fc.integer({ min: 0, max: 100 }),
      rate: fc.constantFrom('10', '7.25', '20', '5'),
      isIncluded: fc.boolean(),
      isRateNamed: fc.boolean(),
    })
    const money = (cents: number) => new Big(cents).div(100).toFixed(2)
    fc.assert(
      fc.property(sale, ({ items, freight, isFreightTaxed, discountShare, rate, isIncluded, isRateNamed }) => {
        const gross = items.reduce((sum, { cents, quantity }) => sum + cents * quantity, 0)
        const discount = Math.floor((gross * discountShare) / 400)
        const taxed =
          items.reduce((sum, { cents, quantity, isTaxable }) => sum + (isTaxable ? cents * quantity : 0), 0) +
          (isFreightTaxed ? freight : 0)
        const tax = Math.max(0, Math.round(isIncluded ? (taxed * Number(rate)) / (100 + Number(rate)) : (taxed * Number(rate)) / 100))
        const total = gross - discount + freight + (isIncluded ? 0 : tax)
        const rows = items.map(({ cents, quantity, isTaxable }, index) => ({
          ...(index === 0
            ? first({
                Subtotal: money(gross - discount),
                Shipping: money(freight),
                Taxes: money(tax),
                Total: money(total),
                'Discount Amount': money(discount),
                'Tax 1 Name': isRateNamed ? `GST ${rate}%` : 'GST',
                'Tax 1 Value': money(tax),
              })
            : next()),
          'Lineitem quantity': String(quantity),
          'Lineitem price': money(cents),
          'Lineitem taxable': String(isTaxable),
        }))
        const order = orderOf(csv(rows))
        const parts = [...order.lines, ...order.charges]
        expect(order.totalMinor).toBe(total)
        expect(calculatedTotal(order)).toBe(total)
        expect(parts.reduce((sum, part) => sum + part.taxMinor, 0)).toBe(tax)
        expect(order.lines.map((line) => line.netMinor + (isIncluded ? line.taxMinor : 0))).toEqual(
          items.map(({ cents, quantity }) => cents * quantity),
        )
        expect(order.warnings.filter((warning) => !warning.includes('spread over'))).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })
})

describe('an inconsistent Shopify CSV', () => {
  test.each([
    ['without a total', csv([first({ Total: '' })]), 'field-missing', 'Order #1001: the field "Total" is missing'],
    [
      'without the price column',
      csv([first()]).replace('Lineitem price', 'Preis'),
      'field-missing',
      'the column "Lineitem price" is missing',
    ],
    ['with an invalid amount', csv([first({ Total: '33,00' })]), 'field-invalid', 'the Total "33,00" is not a number'],
    ['with a quantity below zero', csv([first({ 'Lineitem quantity': '-1' })]), 'field-invalid', 'is below zero'],
    ['with an invalid time', csv([first({ 'Created at': '4/8/26' })]), 'field-invalid', 'the Created at "4/8/26" is not a time'],
    [
      'with two orders with the same name',
      csv([first(), first({ Id: '5002' })]),
      'field-invalid',
      "Row 3: the Id differs from the order's first row",
    ],
    ['with a row that has no name', csv([first(), next({ Name: '' })]), 'field-missing', 'Row 3: the field "Name" is missing'],
    ['with an unclosed quotation mark', `${csv([first()])}\r\n"#1002,x`, 'not-csv', 'a quotation mark is not closed'],
    ['with a quotation mark inside a cell', csv([first()], ',', false).replace('Hose', 'Ho"se'), 'not-csv', 'must be doubled'],
    ['with more cells than headings', `${csv([next()])}\r\n#1001${',x'.repeat(80)}`, 'field-invalid', 'row 3: the cell "x" has no heading'],
    ['with a duplicate column', csv([first()]).replace('"Email"', '"Total"'), 'field-invalid', 'the column "Total" appears twice'],
    ['with only headings', csv([first()]).split('\r\n')[0] ?? '', 'no-orders', 'contains no orders'],
    [
      'with a cell with 20,001 characters',
      csv([first({ 'Lineitem name': 'x'.repeat(20_001) })]),
      'text-too-long',
      'Row 2: a cell of "Lineitem name"',
    ],
  ])('%s is refused, with the row or column', (_, text, code, message) => {
    const failure = failureOf(text)
    expect(failure.code).toBe(code)
    expect(failure.message).toContain(message)
  })

  test('with a huge amount of data is refused within a few seconds', () => {
    const heading = csv([first()]).split('\r\n')[0] ?? ''
    const cases: [string, string][] = [
      [`${heading}\r\n${'\r\n'.repeat(5_000_000)}`, 'too-complex'],
      [`${heading}\r\n${','.repeat(5_000_000)}`, 'too-complex'],
      [`${heading}\r\n"${'x'.repeat(9_000_000)}`, 'not-csv'],
      [`${heading}\r\n${'x'.repeat(9_000_000)}`, 'not-csv'],
      [`${heading}\r\n${'"'.repeat(9_000_000)}`, 'not-csv'],
      [`${heading}\r\n${'x\r\n'.repeat(60_000)}`, 'too-complex'],
      [`${heading}\r\n${' '.repeat(11_000_000)}`, 'too-large'],
    ]
    for (const [text, code] of cases) {
      let found = ''
      expect(cpuMs(() => (found = failureOf(text).code))).toBeLessThan(4000)
      expect(found).toBe(code)
    }
  })
})
