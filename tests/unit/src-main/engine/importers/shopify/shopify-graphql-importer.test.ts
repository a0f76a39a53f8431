import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { importOrders } from '../../../../../../src-main/engine/importers/import-orders'
import { calculatedTotal, type OrderStatus, type ReceivedOrder } from '../../../../../../src-shared/order'
import { storeNote, withoutStoreNotes } from '../../../../../../src-shared/shopify-order'
import { bytesOf, failureOf, importDocument, type Json, orderOf, shopifyLine, shopifyOrder } from '../documents'

const amountOf = (cents: number) =>
  `${cents < 0 ? '-' : ''}${Math.trunc(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`
const money = (amount: string) => ({ shopMoney: { amount } })

function graphqlLine(overrides: Json = {}): Json {
  return {
    id: 'gid://shopify/LineItem/11',
    sku: 'HOSE',
    title: 'Hose',
    variantTitle: null,
    quantity: 2,
    currentQuantity: 2,
    taxable: true,
    customAttributes: [],
    originalUnitPriceSet: money('10.0'),
    discountAllocations: [],
    taxLines: [{ title: 'GST', rate: 0.1, priceSet: money('2.0') }],
    ...overrides,
  }
}

function graphqlShipping(overrides: Json = {}): Json {
  return {
    title: 'Standard',
    code: 'STD',
    isRemoved: false,
    originalPriceSet: money('10.0'),
    discountedPriceSet: money('10.0'),
    currentDiscountedPriceSet: money('10.0'),
    discountAllocations: [],
    taxLines: [{ title: 'GST', rate: 0.1, priceSet: money('1.0') }],
    ...overrides,
  }
}

const page = (...nodes: Json[]) => ({ nodes, pageInfo: { hasNextPage: false, endCursor: null } })

/** The same sale as `shopifyOrder`: one line of 20.00 and freight of 10.00, 10% tax, 33.00 AUD. */
function graphqlOrder(overrides: Json = {}): Json {
  return {
    id: 'gid://shopify/Order/450789469',
    legacyResourceId: '450789469',
    name: '#1001',
    createdAt: '2026-04-03T02:15:00Z',
    updatedAt: '2026-04-03T02:16:00Z',
    cancelledAt: null,
    test: false,
    displayFinancialStatus: 'PAID',
    edited: false,
    currencyCode: 'AUD',
    taxesIncluded: false,
    dutiesIncluded: false,
    email: 'jane@example.com',
    phone: null,
    note: null,
    poNumber: null,
    discountCodes: [],
    customAttributes: [],
    customer: { legacyResourceId: '55', firstName: 'Jane', lastName: 'Citizen' },
    billingAddress: {
      name: 'Jane Citizen',
      address1: '12 Example St',
      city: 'Sydney',
      provinceCode: 'NSW',
      zip: '2000',
      countryCodeV2: 'AU',
    },
    shippingAddress: null,
    totalPriceSet: money('33.0'),
    currentTotalPriceSet: money('33.0'),
    totalTaxSet: money('3.0'),
    currentTotalTaxSet: money('3.0'),
    totalDiscountsSet: money('0.0'),
    totalTipReceivedSet: money('0.0'),
    originalTotalDutiesSet: null,
    currentTotalDutiesSet: null,
    totalRefundedSet: money('0.0'),
    additionalFees: [],
    refunds: [],
    transactions: [],
    shippingLines: page(graphqlShipping()),
    lineItems: page(graphqlLine()),
    ...overrides,
  }
}

function readAs(document: Json, meanings: Record<string, OrderStatus>): ReceivedOrder {
  const result = importOrders(bytesOf(document), 'order.json', { statusOf: (status) => meanings[status] })
  if (!result.ok) throw new Error(result.failure.message)
  const [order] = result.orders
  if (order === undefined) throw new Error('No order')
  return order
}

const sale = ({ modifiedAt: _modifiedAt, ...order }: ReceivedOrder) => order

describe("an order of Shopify's GraphQL API", () => {
  test('is the same sale as the one of the REST API', () => {
    expect(sale(orderOf(graphqlOrder()))).toEqual(sale(orderOf(shopifyOrder())))
  })

  test('is the same sale with discounts, options, notes and a purchase order, with or without tax in the prices', () => {
    for (const isIncluded of [false, true]) {
      const rest = shopifyOrder({
        taxes_included: isIncluded,
        po_number: 'PO-77',
        note: 'Ring twice',
        note_attributes: [{ name: 'colour', value: 'green' }],
        discount_codes: [{ code: 'SEVEN', amount: '7.00' }],
        total_discounts: '7.00',
        total_price: isIncluded ? '23.00' : '26.00',
        line_items: [
          shopifyLine({
            variant_title: '15 m',
            properties: [
              { name: 'Engraving', value: 'Jane' },
              { name: '_id', value: '1' },
            ],
            discount_allocations: [{ amount: '3.00' }],
          }),
        ],
        shipping_lines: [
          {
            title: 'Standard',
            price: '10.00',
            discount_allocations: [{ amount: '2.50' }],
            tax_lines: [{ title: 'GST', rate: 0.1, price: '1.00' }],
          },
        ],
      })
      const graphql = graphqlOrder({
        taxesIncluded: isIncluded,
        poNumber: 'PO-77',
        note: 'Ring twice',
        customAttributes: [{ key: 'colour', value: 'green' }],
        discountCodes: ['SEVEN'],
        totalDiscountsSet: money('7.0'),
        totalPriceSet: money(isIncluded ? '23.0' : '26.0'),
        currentTotalPriceSet: money(isIncluded ? '23.0' : '26.0'),
        lineItems: page(
          graphqlLine({
            variantTitle: '15 m',
            customAttributes: [
              { key: 'Engraving', value: 'Jane' },
              { key: '_id', value: '1' },
            ],
            discountAllocations: [{ allocatedAmountSet: money('3.0') }],
          }),
        ),
        shippingLines: page(
          graphqlShipping({
            discountedPriceSet: money('7.5'),
            currentDiscountedPriceSet: money('7.5'),
            discountAllocations: [{ allocatedAmountSet: money('2.5') }],
          }),
        ),
      })
      expect(sale(orderOf(graphql))).toEqual(sale(orderOf(rest)))
    }
  })

  test('is recognised alone, in a list, wrapped, and in pieces', () => {
    const pieces = { shopifyOrder: [graphqlOrder()] }
    for (const document of [graphqlOrder(), [graphqlOrder()], { orders: [graphqlOrder()] }, { order: graphqlOrder() }, pieces]) {
      expect(importDocument(document)).toMatchObject({ ok: true, format: 'shopify-graphql' })
    }
  })

  test('in pieces has the lines of all of them', () => {
    const line = (sku: string) =>
      graphqlLine({ sku, originalUnitPriceSet: money('5.0'), taxLines: [{ rate: 0.1, priceSet: money('1.0') }] })
    const first = graphqlOrder({ lineItems: { nodes: [line('A')], pageInfo: { hasNextPage: true, endCursor: 'x' } } })
    const second = { id: first.id, updatedAt: first.updatedAt, lineItems: page(line('B')) }
    const order = orderOf({ shopifyOrder: [first, second] })
    expect(order.lines.map(({ sku }) => sku)).toEqual(['A', 'B'])
    expect(order.warnings).toEqual([])
    expect(failureOf(first).message).toContain('not complete')
    expect(failureOf({ shopifyOrder: [first, { ...second, id: 'gid://shopify/Order/1' }] }).code).toBe('not-recognised')
  })

  test.each([
    [{ displayFinancialStatus: 'PAID' }, 'paid', 'Pending'],
    [{ displayFinancialStatus: 'PARTIALLY_REFUNDED' }, 'partially refunded', 'Pending'],
    [{ displayFinancialStatus: 'PENDING' }, 'pending', 'On Hold'],
    [{ displayFinancialStatus: 'VOIDED' }, 'voided', 'Cancelled'],
    [{ cancelledAt: '2026-04-04T00:00:00Z' }, 'cancelled', 'Cancelled'],
    [{ test: true }, 'test', 'On Hold'],
    [{ displayFinancialStatus: null }, 'no payment status', 'On Hold'],
    [{ displayFinancialStatus: 'BRAND_NEW' }, 'brand new', 'On Hold'],
  ] as const)('with %j has the status that the office chose for %s, otherwise %s', (change, storeStatus, otherwise) => {
    expect(orderOf(graphqlOrder(change)).status).toBe(otherwise)
    expect(readAs(graphqlOrder(change), { [storeStatus]: 'Completed' }).status).toBe('Completed')
  })
})

describe('a changed order', () => {
  test('that was edited is read as it is now, and says what changed', () => {
    const order = orderOf(
      graphqlOrder({
        edited: true,
        currentTotalPriceSet: money('22.0'),
        currentTotalTaxSet: money('2.0'),
        lineItems: page(graphqlLine({ currentQuantity: 1 })),
      }),
    )
    expect(order.lines).toMatchObject([{ quantity: '1', netMinor: 1000, taxMinor: 100 }])
    expect(order).toMatchObject({ totalMinor: 2200, taxMinor: 200 })
    expect(order.warnings).toEqual(['The store has changed this order since it was placed: 1 of 2 "HOSE" remain.'])
  })

  test('that was refunded in part has only what is left', () => {
    const order = orderOf(
      graphqlOrder({
        displayFinancialStatus: 'PARTIALLY_REFUNDED',
        currentTotalPriceSet: money('22.0'),
        currentTotalTaxSet: money('2.0'),
        totalRefundedSet: money('11.0'),
        shippingLines: page(graphqlShipping({ currentDiscountedPriceSet: money('0.0') })),
      }),
    )
    expect(order.charges).toEqual([])
    expect(order.warnings).toEqual(['The store has changed this order since it was placed: 11.00 AUD were refunded.'])
    expect(calculatedTotal(order)).toBe(order.totalMinor)
  })

  test('of which goods were taken back and others sent instead has the new goods', () => {
    const order = orderOf(
      graphqlOrder({
        edited: true,
        totalRefundedSet: money('0.0'),
        lineItems: page(graphqlLine({ currentQuantity: 0 }), graphqlLine({ sku: 'TAP', title: 'Tap' })),
      }),
    )
    expect(order.lines.map(({ sku, quantity }) => [sku, quantity])).toEqual([['TAP', '2']])
    expect(order.warnings[0]).toContain('0 of 2 "HOSE" remain')
  })

  test('whose money was given back without goods says so', () => {
    const order = orderOf(graphqlOrder({ displayFinancialStatus: 'PARTIALLY_REFUNDED', totalRefundedSet: money('5.0') }))
    expect(order.warnings).toEqual(['The store has changed this order since it was placed: 5.00 AUD were refunded.'])
  })

  test('whose total was lowered without a reason in its lines has a warning about its sum', () => {
    const order = orderOf(graphqlOrder({ currentTotalPriceSet: money('28.0'), totalRefundedSet: money('5.0') }))
    expect(order.warnings).toHaveLength(2)
    expect(order.warnings[1]).toContain('add up to 33.00 AUD, but the order states a total of 28.00 AUD')
  })

  test('that was cancelled is read as it was placed', () => {
    const order = orderOf(
      graphqlOrder({
        cancelledAt: '2026-04-04T00:00:00Z',
        displayFinancialStatus: 'REFUNDED',
        currentTotalPriceSet: money('0.0'),
        currentTotalTaxSet: money('0.0'),
        totalRefundedSet: money('33.0'),
        lineItems: page(graphqlLine({ currentQuantity: 0 })),
        shippingLines: page(graphqlShipping({ currentDiscountedPriceSet: money('0.0') })),
      }),
    )
    expect(order).toMatchObject({ status: 'Cancelled', totalMinor: 3300, taxMinor: 300, lines: [{ quantity: '2' }] })
    expect(order.warnings[0]).toContain('33.00 AUD were refunded')
  })

  test('adds up to the cent, whatever was removed', () => {
    const line = fc.record({
      cents: fc.integer({ min: 1, max: 90_000 }),
      quantity: fc.integer({ min: 1, max: 40 }),
      kept: fc.integer({ min: 0, max: 40 }),
      off: fc.integer({ min: 0, max: 90 }),
    })
    const whole = fc.record({ lines: fc.array(line, { minLength: 1, maxLength: 6 }), isIncluded: fc.boolean(), shipping: fc.nat(5000) })
    fc.assert(
      fc.property(whole, ({ lines, isIncluded, shipping }) => {
        const taxOf = (paid: number) => Math.round(isIncluded ? paid / 11 : paid / 10)
        const parts = lines.map(({ cents, quantity, kept, off }) => {
          const current = Math.min(kept, quantity)
          const discount = Math.floor((cents * quantity * off) / 100)
          const paid = cents * quantity - discount
          const nowPaid = cents * current - Math.round((discount * current) / quantity)
          return { cents, quantity, current, discount, paid, nowPaid }
        })
        const taxSum = (key: 'paid' | 'nowPaid') => parts.reduce((sum, part) => sum + taxOf(part[key]), taxOf(shipping))
        const total = (key: 'paid' | 'nowPaid') => parts.reduce((sum, part) => sum + part[key], shipping) + (isIncluded ? 0 : taxSum(key))
        const order = orderOf(
          graphqlOrder({
            taxesIncluded: isIncluded,
            edited: true,
            totalPriceSet: money(amountOf(total('paid'))),
            currentTotalPriceSet: money(amountOf(total('nowPaid'))),
            totalTaxSet: money(amountOf(taxSum('paid'))),
            currentTotalTaxSet: money(amountOf(taxSum('nowPaid'))),
            totalDiscountsSet: money(amountOf(parts.reduce((sum, { discount }) => sum + discount, 0))),
            shippingLines: page(
              graphqlShipping({
                originalPriceSet: money(amountOf(shipping)),
                discountedPriceSet: money(amountOf(shipping)),
                currentDiscountedPriceSet: money(amountOf(shipping)),
                taxLines: [{ rate: 0.1, priceSet: money(amountOf(taxOf(shipping))) }],
              }),
            ),
            lineItems: page(
              ...parts.map(({ cents, quantity, current, discount, paid }) =>
                graphqlLine({
                  quantity,
                  currentQuantity: current,
                  originalUnitPriceSet: money(amountOf(cents)),
                  discountAllocations: discount === 0 ? [] : [{ allocatedAmountSet: money(amountOf(discount)) }],
                  taxLines: [{ rate: 0.1, priceSet: money(amountOf(taxOf(paid))) }],
                }),
              ),
            ),
          }),
        )
        expect(calculatedTotal(order)).toBe(total('nowPaid'))
        expect(order.warnings.filter((warning) => warning.includes('add'))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})

describe('amounts that are neither goods nor shipping', () => {
  test('a tip, duties and fees are charges', () => {
    const order = orderOf(
      graphqlOrder({
        currentTotalPriceSet: money('45.0'),
        totalTipReceivedSet: money('4.0'),
        currentTotalDutiesSet: money('6.0'),
        additionalFees: [{ name: 'Handling', price: money('2.0'), taxLines: [] }],
      }),
    )
    expect(order.charges.map(({ kind, label, netMinor }) => [kind, label, netMinor])).toEqual([
      ['freight', 'Standard', 1000],
      ['fee', 'Handling', 200],
      ['fee', 'Duties', 600],
      ['fee', 'Tip', 400],
    ])
    expect(order.warnings).toEqual([])
  })

  test('a tip that is a line, too, is counted once', () => {
    const tip = graphqlLine({ sku: '', title: 'Tip', quantity: 1, currentQuantity: 1, originalUnitPriceSet: money('4.0'), taxLines: [] })
    const order = orderOf(
      graphqlOrder({ currentTotalPriceSet: money('37.0'), totalTipReceivedSet: money('4.0'), lineItems: page(graphqlLine(), tip) }),
    )
    expect(order.charges).toHaveLength(1)
    expect(order.warnings).toEqual([])
  })

  test('a discount on the whole order is a charge with its codes', () => {
    const order = orderOf(graphqlOrder({ discountCodes: ['A', 'B'], totalDiscountsSet: money('3.0'), currentTotalPriceSet: money('30.0') }))
    expect(order.charges.at(-1)).toMatchObject({ kind: 'discount', label: 'Discount (A, B)', netMinor: -300 })
    expect(order.warnings).toEqual([])
  })
})

describe("Ledgerdrop's own lines in the note", () => {
  test('do not count as the note', () => {
    const line = storeNote('Sent to Attaché on 4 April,\nfile a.kfi', '[Ledgerdrop n-1]')
    expect(orderOf(graphqlOrder({ note: `Ring twice\n${line}` })).note).toBe('Ring twice')
    expect(orderOf(graphqlOrder({ note: line })).note).toBe('')
  })

  test('are taken off without changing anything else', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.stringMatching(/^[\w-]{1,20}$/), (note, text, mark) => {
        fc.pre(!note.includes('[Ledgerdrop '))
        const line = storeNote(text, `[Ledgerdrop ${mark}]`)
        expect(withoutStoreNotes(note === '' ? line : `${note}\n${line}`)).toBe(note)
      }),
    )
  })
})

describe('an inconsistent order', () => {
  test.each([
    ['without a total', { currentTotalPriceSet: null }, 'field-missing', 'amount'],
    ['without lines', { lineItems: null }, 'field-missing', 'lineItems'],
    ['without an id', { legacyResourceId: null }, 'field-missing', 'legacyResourceId'],
    ['with a text as an amount', { currentTotalPriceSet: money('a lot') }, 'field-invalid', 'currentTotalPriceSet'],
    ['with a quantity below zero', { lineItems: page(graphqlLine({ currentQuantity: -1 })) }, 'field-invalid', 'currentQuantity'],
    ['with a list as money', { totalPriceSet: [1], currentTotalPriceSet: [1] }, 'field-invalid', 'currentTotalPriceSet'],
    ['with a fraction of a cent', { currentTotalPriceSet: money('33.001') }, 'field-invalid', 'decimal places'],
  ] as const)('%s is refused', (_, change, code, text) => {
    const found = failureOf(graphqlOrder(change))
    expect(found).toMatchObject({ code, message: expect.stringContaining(text) })
  })
})

test('the example in docs/formats/shopify-graphql.md is the same sale as the one in docs/formats/shopify-order.md', () => {
  const example = (page: string) => /```json\n([\s\S]*?)```/.exec(readFileSync(`docs/formats/${page}.md`, 'utf8'))?.[1] ?? ''
  expect(sale(orderOf(example('shopify-graphql')))).toEqual(sale(orderOf(example('shopify-order'))))
})
