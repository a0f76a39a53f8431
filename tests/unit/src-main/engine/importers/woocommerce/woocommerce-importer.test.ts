import { describe, expect, test } from 'vitest'
import { failureOf, importDocument, orderOf, wooLine, wooOrder } from '../documents'

describe('a WooCommerce order', () => {
  test('is read completely', () => {
    expect(orderOf(wooOrder())).toEqual({
      sourceOrderId: '1003',
      number: '1003',
      orderedAt: '2026-04-03T02:15:00.000Z',
      modifiedAt: null,
      currency: 'AUD',
      status: 'Pending',
      customer: {
        code: '',
        storeId: '7',
        name: 'Jane Citizen',
        company: 'Citizen Pty Ltd',
        email: 'jane@example.com',
        phone: '02 5550 1234',
      },
      billTo: {
        name: 'Jane Citizen',
        company: 'Citizen Pty Ltd',
        line1: '12 Example St',
        line2: 'Unit 3',
        city: 'Sydney',
        region: 'NSW',
        postcode: '2000',
        country: 'AU',
        phone: '02 5550 1234',
        email: 'jane@example.com',
      },
      shipTo: {
        name: 'Joe Citizen',
        company: '',
        line1: '1 Far Rd',
        line2: '',
        city: 'Perth',
        region: 'WA',
        postcode: '6000',
        country: 'AU',
        phone: '',
        email: '',
      },
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
      charges: [{ kind: 'freight', label: 'Flat Rate', netMinor: 1000, taxMinor: 100, taxRate: '10' }],
      taxMinor: 300,
      totalMinor: 3300,
      warnings: [],
    })
  })

  test.each([
    ['processing', 'Pending', 0],
    ['completed', 'Pending', 0],
    ['wc-processing', 'Pending', 0],
    ['pending', 'On Hold', 0],
    ['on-hold', 'On Hold', 0],
    ['checkout-draft', 'On Hold', 0],
    ['cancelled', 'Cancelled', 0],
    ['refunded', 'Cancelled', 0],
    ['failed', 'Cancelled', 0],
    ['trash', 'Cancelled', 0],
    ['awaiting-wizard', 'On Hold', 1],
    ['constructor', 'On Hold', 1],
    ['', 'On Hold', 1],
  ])('with the status %j starts as %s', (status, expected, warnings) => {
    const order = orderOf(wooOrder({ status }))
    expect(order.status).toBe(expected)
    expect(order.warnings).toHaveLength(warnings)
  })

  test('from a guest has no store id', () => {
    expect(orderOf(wooOrder({ customer_id: 0 })).customer.storeId).toBe('')
    expect(orderOf(wooOrder({ customer_id: '0' })).customer.storeId).toBe('')
  })

  test('has names as the shopper saw them, with entities decoded once', () => {
    const order = orderOf(wooOrder({ line_items: [wooLine({ name: 'Pot &ndash; &quot;large&quot; &amp;amp; R&D &copy=2' })] }))
    expect(order.lines[0]?.name).toBe('Pot – "large" &amp; R&D &copy=2')
  })

  test('keeps hostile text unchanged', () => {
    const note = '<F9>"><script>\u0000\u202e'
    expect(orderOf(wooOrder({ customer_note: note })).note).toBe(note)
    expect(orderOf(wooOrder({ number: '../../<F9>' })).number).toBe('../../<F9>')
  })

  test('has line discounts separate from prices, and counts a coupon once', () => {
    const order = orderOf(
      wooOrder({
        line_items: [wooLine({ quantity: 3, subtotal: '10.00', total: '9.00', total_tax: '0.90', price: 3.3333333 })],
        coupon_lines: [{ code: 'ten', discount: '1.00' }],
        discount_total: '1.00',
        total: '20.90',
        total_tax: '1.90',
      }),
    )
    expect(order.lines[0]).toMatchObject({ unitPrice: '3.333333', discountMinor: 100, netMinor: 900 })
    expect(order.charges).toHaveLength(1)
    expect(order.warnings).toEqual([])
  })

  test('with a line total above its subtotal has no negative discount', () => {
    const order = orderOf(wooOrder({ line_items: [wooLine({ subtotal: '15.00' })] }))
    expect(order.lines[0]).toMatchObject({ unitPrice: '10', discountMinor: 0, netMinor: 2000 })
  })

  test('with a quantity of zero uses the price stated by the store', () => {
    const line = wooLine({ quantity: 0, subtotal: '0', total: '0', total_tax: '0', taxes: [], price: 3.3333333 })
    expect(orderOf(wooOrder({ line_items: [line], total: '11', total_tax: '1' })).lines[0]).toMatchObject({
      quantity: '0',
      unitPrice: '3.3333333',
    })
  })

  test("has the sum of a line's tax rates, or none if they compound or are not stated", () => {
    const taxes = [
      { id: 5, total: '1' },
      { id: 6, total: '1' },
      { id: 7, total: '' },
    ]
    const rateWith = (second: object) =>
      orderOf(
        wooOrder({
          line_items: [wooLine({ taxes })],
          tax_lines: [
            { rate_id: 5, rate_percent: 5 },
            { rate_id: 6, rate_percent: 9.975, ...second },
          ],
        }),
      ).lines[0]?.taxRate
    expect(rateWith({})).toBe('14.975')
    expect(rateWith({ compound: true })).toBe(null)
    expect(rateWith({ rate_percent: null })).toBe(null)
    expect(orderOf(wooOrder({ line_items: [wooLine({ taxes: [], total_tax: '0.00' })] })).lines[0]?.taxRate).toBe('0')
  })

  test('has fees as fees and negative fees as discounts', () => {
    const fee_lines = [
      { name: 'Gift &amp; wrap', total: '5.00', total_tax: '0.50' },
      { name: 'Loyalty', total: '-5.00', total_tax: '-0.50' },
    ]
    expect(orderOf(wooOrder({ fee_lines })).charges.slice(1)).toMatchObject([
      { kind: 'fee', label: 'Gift & wrap', netMinor: 500, taxMinor: 50 },
      { kind: 'discount', label: 'Loyalty', netMinor: -500, taxMinor: -50 },
    ])
  })

  test('has visible options as the line note', () => {
    const meta_data = [
      { key: '_reduced_stock', value: '2' },
      { key: 'pa_color', value: 'black', display_key: 'Color', display_value: '<p>Black &amp; blue</p>\n' },
      { key: 'pa_size', value: 'XL' },
      { key: 'engraving', value: '<F9>' },
      { key: 'data', value: { nested: true } },
      null,
    ]
    expect(orderOf(wooOrder({ line_items: [wooLine({ meta_data })] })).lines[0]?.note).toBe(
      'Color: Black & blue\nsize: XL\nengraving: <F9>',
    )
  })

  test.each(['_po_number', 'purchase_order', '_billing_purchase_order_number', 'PO_Number'])('has its reference from %s', (key) => {
    const meta_data = [
      { key: 'other', value: 'x' },
      { key, value: 'PO-77' },
    ]
    expect(orderOf(wooOrder({ meta_data })).reference).toBe('PO-77')
    expect(orderOf(wooOrder({ meta_data: { 3: { key, value: 77 } } })).reference).toBe('77')
  })

  test('without a UTC time uses its local time, with a warning', () => {
    const order = orderOf(wooOrder({ date_created_gmt: null }))
    expect(order.orderedAt).toBe('2026-04-03T12:15:00.000Z')
    expect(order.warnings[0]).toContain('local time')
  })

  test('with refunds gets a warning', () => {
    expect(
      orderOf(
        wooOrder({
          refunds: [
            { id: 1, total: '-10.00' },
            { id: 2, total: '-1.50' },
          ],
        }),
      ).warnings,
    ).toEqual(['The store has refunded 11.50 AUD of this order; the order was read as it was placed.'])
  })

  test('that does not add up is read, with a warning that has both amounts', () => {
    expect(orderOf(wooOrder({ total: '34.00' }))).toMatchObject({
      totalMinor: 3400,
      warnings: ['The lines, charges and tax add up to 33.00 AUD, but the order states a total of 34.00 AUD.'],
    })
  })

  test("accepts PHP's forms of empty values", () => {
    const order = orderOf(
      wooOrder({
        customer_note: null,
        shipping: [],
        fee_lines: false,
        line_items: [wooLine({ sku: null, quantity: '2', total_tax: '', taxes: [] })],
      }),
    )
    expect(order).toMatchObject({ note: '', shipTo: { name: '', line1: '' } })
    expect(order.lines[0]).toMatchObject({ sku: '', quantity: '2', taxMinor: 0 })
  })

  test('in yen has no cents', () => {
    const order = orderOf(
      wooOrder({
        currency: 'jpy',
        total: '3300.00',
        total_tax: '300',
        line_items: [wooLine({ subtotal: '2000', total: '2000', total_tax: '200' })],
        shipping_lines: [{ method_title: 'x', total: '1000', total_tax: '100' }],
      }),
    )
    expect(order).toMatchObject({ currency: 'JPY', totalMinor: 3300, warnings: [] })
  })

  test.each<[string, object, string, string]>([
    ['no total', { total: null }, 'field-missing', 'Order #1003: the field "total" is missing.'],
    ['no tax', { total_tax: '' }, 'field-missing', 'Order #1003: the field "total_tax" is missing.'],
    ['no id', { id: null }, 'field-missing', 'Order #1003: the field "id" is missing.'],
    ['no lines', { line_items: null }, 'field-missing', 'Order #1003: the field "line_items" is missing.'],
    ['no currency', { currency: '' }, 'field-missing', 'Order #1003: the field "currency" is missing.'],
    ['an invalid currency', { currency: '$' }, 'field-invalid', 'Order #1003: the currency "$" is not a three-letter currency code.'],
    ['no time', { date_created_gmt: null, date_created: null }, 'field-missing', 'Order #1003: the field "date_created_gmt" is missing.'],
    [
      'an invalid time',
      { date_created_gmt: '2026-02-30T00:00:00' },
      'field-invalid',
      'Order #1003: the date_created_gmt "2026-02-30T00:00:00" is not a time.',
    ],
    [
      'a word as an amount',
      { line_items: [wooLine(), wooLine({ total: 'abc' })] },
      'field-invalid',
      'Order #1003, line 2: the total "abc" is not a number.',
    ],
    ['a comma in an amount', { total: '1,234.00' }, 'field-invalid', 'Order #1003: the total "1,234.00" is not a number.'],
    [
      'half cents in the total',
      { total: '33.005' },
      'field-invalid',
      'Order #1003: the total "33.005" has more decimals than AUD (nearest is 33.01).',
    ],
    [
      'a line without an amount',
      { line_items: [wooLine({ total: null })] },
      'field-missing',
      'Order #1003, line 1: the field "total" is missing.',
    ],
    [
      'a line without a quantity',
      { line_items: [wooLine({ quantity: null })] },
      'field-missing',
      'Order #1003, line 1: the field "quantity" is missing.',
    ],
    [
      'a quantity below zero',
      { line_items: [wooLine({ quantity: -1 })] },
      'field-invalid',
      'Order #1003, line 1: the quantity "-1" is below zero.',
    ],
    [
      'freight without an amount',
      { shipping_lines: [{ method_title: 'x' }] },
      'field-missing',
      'Order #1003, shipping line 1: the field "total" is missing.',
    ],
    [
      'an amount that is too large',
      { total: '99999999999999999999' },
      'field-invalid',
      'Order #1003: the total "99999999999999999999" is not an amount that can be stored.',
    ],
    ['lines that are not a list', { line_items: { 0: wooLine() } }, 'field-invalid', 'Order #1003: the line_items is not a list.'],
    ['a line that is not an object', { line_items: [3] }, 'field-invalid', 'Order #1003, line 1: an entry of line_items is not an object.'],
    ['an object instead of text', { customer_note: { a: 1 } }, 'field-invalid', 'Order #1003: the customer_note is not text.'],
    ['a number with 101 characters', { number: 'x'.repeat(101) }, 'text-too-long', 'the order number has 101 characters; the limit is 100'],
    [
      'a note with 20,001 characters',
      { customer_note: 'x'.repeat(20_001) },
      'text-too-long',
      'the note has 20001 characters; the limit is 20000',
    ],
    [
      '5,001 lines',
      { line_items: Array.from({ length: 5001 }, () => wooLine()) },
      'too-many-lines',
      'it has 5001 lines; the limit is 5000',
    ],
  ])('with %s is refused', (_case, overrides, code, message) => {
    const failure = failureOf(wooOrder(overrides as Record<string, unknown>))
    expect(failure.code).toBe(code)
    expect(failure.message).toContain(message)
  })

  test('at the limits is read', () => {
    const line_items = Array.from({ length: 5000 }, () => wooLine())
    const order = orderOf(wooOrder({ number: 'x'.repeat(100), customer_note: 'x'.repeat(20_000), line_items }))
    expect(order.lines).toHaveLength(5000)
  })

  test('that is invalid fails its whole file, and every problem is listed', () => {
    const bad = wooOrder({ id: 3, number: '1005', total: 'x', line_items: [wooLine(), wooLine({ total: 'abc' })] })
    const failure = failureOf([wooOrder({ id: 1 }), wooOrder({ id: 2 }), bad])
    expect(failure).toEqual({
      code: 'field-invalid',
      message: '2 problems:\n- order 3 (#1005), line 2: the total "abc" is not a number\n- order 3 (#1005): the total "x" is not a number',
    })
  })

  test('among many invalid ones: 20 problems are listed and the rest are counted', () => {
    const failure = failureOf(Array.from({ length: 50 }, (_, id) => wooOrder({ id: id + 1, total: null })))
    expect(failure.message.split('\n')).toHaveLength(22)
    expect(failure.message).toContain('50 problems:')
    expect(failure.message).toContain('- and 30 more')
  })

  test('that is in a file twice with different content is refused as ambiguous', () => {
    expect(failureOf([wooOrder(), wooOrder({ number: '1004' })])).toEqual({
      code: 'duplicate-order',
      message: 'Order 2 (#1004): order 1 in the file has the same id but different content.',
    })
  })

  test('that is in a file twice with the same content is read once, with a warning', () => {
    const result = importDocument([wooOrder(), wooOrder({ id: 2 }), wooOrder()])
    expect(result).toMatchObject({
      ok: true,
      orders: [
        { sourceOrderId: '1003', warnings: [expect.stringContaining('read once')] },
        { sourceOrderId: '2', warnings: [] },
      ],
    })
  })

  test('is recognised alone, in a list, or wrapped in an object', () => {
    for (const document of [wooOrder(), [wooOrder()], { orders: [wooOrder()] }, { order: wooOrder() }]) {
      expect(importDocument(document)).toMatchObject({ ok: true, format: 'woocommerce' })
    }
  })
})
