import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { productMinor } from '../../../../../../src-main/engine/importers/reading/exact-amounts'
import { calculatedTotal } from '../../../../../../src-shared/order'
import { failureOf, importDocument, orderOf, shopifyLine, shopifyOrder } from '../documents'

const cents = (minor: number): string =>
  `${minor < 0 ? '-' : ''}${Math.trunc(Math.abs(minor) / 100)}.${String(Math.abs(minor) % 100).padStart(2, '0')}`

describe('a Shopify order', () => {
  test('is read completely', () => {
    expect(orderOf({ order: shopifyOrder() })).toEqual({
      sourceOrderId: '450789469',
      number: '#1001',
      orderedAt: '2026-04-03T02:15:00.000Z',
      modifiedAt: null,
      currency: 'AUD',
      status: 'Pending',
      customer: { code: '', storeId: '55', name: 'Jane Citizen', company: '', email: 'jane@example.com', phone: '' },
      billTo: {
        name: 'Jane Citizen',
        company: '',
        line1: '12 Example St',
        line2: '',
        city: 'Sydney',
        region: 'NSW',
        postcode: '2000',
        country: 'AU',
        phone: '',
        email: '',
      },
      shipTo: { name: '', company: '', line1: '', line2: '', city: '', region: '', postcode: '', country: '', phone: '', email: '' },
      reference: '',
      note: '',
      deliveryDate: null,
      lines: [
        {
          sku: 'HOSE',
          name: 'Hose',
          note: '',
          unit: '',
          quantity: '2',
          unitPrice: '10',
          discountMinor: 0,
          netMinor: 2000,
          taxMinor: 200,
          taxRate: '10',
        },
      ],
      charges: [{ kind: 'freight', label: 'Standard', netMinor: 1000, taxMinor: 100, taxRate: '10' }],
      taxMinor: 300,
      totalMinor: 3300,
      warnings: [],
    })
  })

  test('is recognised alone, in a list, or wrapped in an object', () => {
    for (const document of [shopifyOrder(), [shopifyOrder()], { orders: [shopifyOrder()] }, { order: shopifyOrder() }]) {
      expect(importDocument(document)).toMatchObject({ ok: true, format: 'shopify' })
    }
  })

  test.each([
    ['paid', 'Pending', 0],
    ['partially_paid', 'Pending', 0],
    ['authorized', 'Pending', 0],
    ['partially_refunded', 'Pending', 0],
    ['pending', 'On Hold', 0],
    ['expired', 'On Hold', 0],
    ['unpaid', 'On Hold', 0],
    ['refunded', 'Cancelled', 0],
    ['voided', 'Cancelled', 0],
    ['mystery', 'On Hold', 1],
    ['toString', 'On Hold', 1],
    [null, 'On Hold', 1],
  ])('with the payment status %j starts as %s', (financial_status, expected, warnings) => {
    const order = orderOf(shopifyOrder({ financial_status }))
    expect(order.status).toBe(expected)
    expect(order.warnings).toHaveLength(warnings)
  })

  test('that was cancelled is Cancelled, for any payment status', () => {
    expect(orderOf(shopifyOrder({ cancelled_at: '2026-04-04T00:00:00Z' })).status).toBe('Cancelled')
  })

  test('that is a test order is put On Hold, with a warning', () => {
    const order = orderOf(shopifyOrder({ test: true }))
    expect(order.status).toBe('On Hold')
    expect(order.warnings).toEqual(['The store marks this as a test order, so it was put On Hold.'])
  })

  test('with prices that include tax has net amounts, exact to the cent', () => {
    const order = orderOf(
      shopifyOrder({
        taxes_included: true,
        total_price: '41.00',
        total_tax: '3.73',
        total_discounts: '3.00',
        line_items: [
          shopifyLine({
            quantity: 3,
            price: '11.00',
            discount_allocations: [{ amount: '3.00' }],
            tax_lines: [{ price: '2.73', rate: 0.1 }],
          }),
        ],
        shipping_lines: [{ title: 'Standard', price: '11.00', tax_lines: [{ price: '1.00', rate: 0.1 }] }],
      }),
    )
    expect(order.lines).toMatchObject([{ unitPrice: '10', discountMinor: 273, netMinor: 2727, taxMinor: 273, taxRate: '10' }])
    expect(order.charges).toMatchObject([{ kind: 'freight', netMinor: 1000, taxMinor: 100 }])
    expect(order.warnings).toEqual([])
  })

  test('with a free line keeps its price and discount, with or without tax in prices', () => {
    const free = { quantity: 1, price: '11.00', discount_allocations: [{ amount: '11.00' }], tax_lines: [{ price: '0.00', rate: 0.1 }] }
    const base = { total_price: '0.00', total_tax: '0.00', total_discounts: '11.00', shipping_lines: [], line_items: [shopifyLine(free)] }
    expect(orderOf(shopifyOrder(base))).toMatchObject({ lines: [{ unitPrice: '11', discountMinor: 1100, netMinor: 0 }], warnings: [] })
    expect(orderOf(shopifyOrder({ ...base, taxes_included: true }))).toMatchObject({
      lines: [{ discountMinor: 1100, netMinor: 0 }],
      warnings: [],
    })
  })

  test('with prices that include tax has parts that add up to what the customer paid', () => {
    const line = fc
      .record({
        quantity: fc.integer({ min: 1, max: 999 }),
        price: fc.integer({ min: 1, max: 500_000 }),
        off: fc.integer({ min: 0, max: 100 }),
        percent: fc.integer({ min: 0, max: 27 }),
      })
      .map(({ quantity, price, off, percent }) => {
        const gross = quantity * price
        const discount = Math.floor((gross * off) / 100)
        const paid = gross - discount
        const tax = paid - Math.round((paid * 100) / (100 + percent))
        return { quantity, price, discount, paid, tax, percent }
      })
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
        const total = lines.reduce((sum, { paid }) => sum + paid, 0)
        const order = orderOf(
          shopifyOrder({
            taxes_included: true,
            total_price: cents(total),
            total_tax: cents(lines.reduce((sum, { tax }) => sum + tax, 0)),
            total_discounts: cents(lines.reduce((sum, { discount }) => sum + discount, 0)),
            shipping_lines: [],
            line_items: lines.map(({ quantity, price, discount, tax, percent }) =>
              shopifyLine({
                quantity,
                price: cents(price),
                discount_allocations: [{ amount: cents(discount) }],
                tax_lines: [{ price: cents(tax), rate: percent / 100 }],
              }),
            ),
          }),
        )
        expect(calculatedTotal(order)).toBe(total)
        expect(order.warnings).toEqual([])
        expect(order.charges).toEqual([])
        for (const read of order.lines) {
          expect(read.discountMinor).toBeGreaterThanOrEqual(0)
          expect(productMinor(read.unitPrice, read.quantity, 'AUD')).toBe(read.netMinor + read.discountMinor)
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('has the exact sum of several tax rates', () => {
    const tax_lines = [
      { price: '1.00', rate: 0.05 },
      { price: '2.00', rate: 0.09975 },
    ]
    expect(orderOf(shopifyOrder({ line_items: [shopifyLine({ tax_lines })] })).lines[0]).toMatchObject({ taxMinor: 300, taxRate: '14.975' })
  })

  test('has no tax rate if the document states none, and zero if it says so', () => {
    const rateOf = (overrides: object) => orderOf(shopifyOrder({ line_items: [shopifyLine({ ...overrides })] })).lines[0]?.taxRate
    expect(rateOf({ tax_lines: undefined })).toBe(null)
    expect(rateOf({ tax_lines: [], taxable: false })).toBe('0')
    expect(rateOf({ tax_lines: [{ price: '0.00', rate: 0.1 }] })).toBe('0')
    expect(rateOf({ tax_lines: [{ price: '1.00', rate: 0.1 }, { price: '0.10' }] })).toBe(null)
  })

  test('has the rest of the discount as an order discount if lines and freight do not account for all of it', () => {
    const order = orderOf(
      shopifyOrder({
        total_price: '25.00',
        total_discounts: '8.00',
        discount_codes: [{ code: 'TENOFF', amount: '5.00' }],
        line_items: [shopifyLine({ discount_allocations: [{ amount: '2.00' }, { amount: '0.50' }] })],
        shipping_lines: [
          { title: 'Standard', price: '10.00', discount_allocations: [{ amount: '0.50' }], tax_lines: [{ price: '1.00', rate: 0.1 }] },
        ],
      }),
    )
    expect(order.lines[0]).toMatchObject({ discountMinor: 250, netMinor: 1750 })
    expect(order.charges).toMatchObject([
      { kind: 'freight', netMinor: 950 },
      { kind: 'discount', label: 'Discount (TENOFF)', netMinor: -500 },
    ])
    expect(order.warnings).toEqual([])
  })

  test('has discounted freight if only the discounted price is stated, and omits removed freight', () => {
    const shipping_lines = [
      { title: 'Standard', price: '10.00', discounted_price: '4.00', tax_lines: [] },
      { title: 'Gone', price: '99.00', is_removed: true },
    ]
    const order = orderOf(shopifyOrder({ shipping_lines, total_discounts: '6.00', total_price: '26.00', total_tax: '2.00' }))
    expect(order.charges).toMatchObject([{ kind: 'freight', label: 'Standard', netMinor: 400 }])
    expect(order.warnings).toEqual([])
  })

  test('with a discount code that had no effect gets a warning', () => {
    expect(orderOf(shopifyOrder({ discount_codes: [{ code: 'TENOFF', amount: '10.00' }] })).warnings).toEqual([
      'The discount code "TENOFF" names 10.00 AUD, but the order states no discount; none was taken off.',
    ])
  })

  test('with refunds or changed quantities gets a warning about what remains', () => {
    const order = orderOf(
      shopifyOrder({ refunds: [{ id: 1 }], current_total_price: '22.00', line_items: [shopifyLine({ current_quantity: 1 })] }),
    )
    expect(order.warnings).toEqual([
      `The store has refunded or changed this order since (1 of 2 "HOSE" remain; the store's present total is 22.00 AUD); it was read as it was placed.`,
    ])
    expect(order.lines[0]?.quantity).toBe('2')
    expect(orderOf(shopifyOrder({ line_items: [shopifyLine({ current_quantity: 2 })] })).warnings).toEqual([])
  })

  test('has notes, options and the purchase order number', () => {
    const order = orderOf(
      shopifyOrder({
        note: 'Ring twice',
        note_attributes: [
          { name: 'colour', value: 'green' },
          { name: '_hidden', value: 'x' },
        ],
        po_number: 'PO-77',
        line_items: [
          shopifyLine({
            variant_title: 'XL',
            properties: [
              { name: 'Engraving', value: '<F9>' },
              { name: '_id', value: '1' },
            ],
          }),
        ],
      }),
    )
    expect(order).toMatchObject({ note: 'Ring twice\ncolour: green', reference: 'PO-77', lines: [{ note: 'XL\nEngraving: <F9>' }] })
    expect(orderOf(shopifyOrder({ line_items: [shopifyLine({ variant_title: 'Default Title' })] })).lines[0]?.note).toBe('')
  })

  test.each<[string, object, string, string]>([
    ['no total', { total_price: null }, 'field-missing', 'Order #1001: the field "total_price" is missing.'],
    ['no tax', { total_tax: null }, 'field-missing', 'Order #1001: the field "total_tax" is missing.'],
    ['no time', { created_at: null }, 'field-missing', 'Order #1001: the field "created_at" is missing.'],
    [
      'a line without a price',
      { line_items: [shopifyLine({ price: null })] },
      'field-missing',
      'Order #1001, line 1: the field "price" is missing.',
    ],
    [
      'a word as a price',
      { line_items: [shopifyLine(), shopifyLine({ price: 'abc' })] },
      'field-invalid',
      'Order #1001, line 2: the price "abc" is not a number.',
    ],
    [
      'a price that is too large',
      { line_items: [shopifyLine({ price: '999999999999999999' })] },
      'field-invalid',
      'is not an amount that can be stored',
    ],
    [
      'a discount without an amount',
      { line_items: [shopifyLine({ discount_allocations: [{}] })] },
      'field-missing',
      'Order #1001, line 1, discount 1: the field "amount" is missing.',
    ],
    [
      'a tax without an amount',
      { line_items: [shopifyLine({ tax_lines: [{ rate: 0.1 }] })] },
      'field-missing',
      'Order #1001, line 1, tax line 1: the field "price" is missing.',
    ],
    [
      'amounts that are too large to add up',
      { line_items: Array.from({ length: 3 }, () => shopifyLine({ price: '40000000000000.00', tax_lines: [] })) },
      'field-invalid',
      'its amounts are too large to be added up',
    ],
  ])('with %s is refused', (_case, overrides, code, message) => {
    const failure = failureOf(shopifyOrder(overrides as Record<string, unknown>))
    expect(failure.code).toBe(code)
    expect(failure.message).toContain(message)
  })

  test('keeps an id that is too long for a floating-point number', () => {
    const text = JSON.stringify(shopifyOrder()).replace('450789469', '98765432109876543210')
    expect(orderOf(text).sourceOrderId).toBe('98765432109876543210')
  })
})
