import Big from 'big.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderOrder } from '../../../../../../src-main/engine/exporters/render-order'
import type { ReceivedOrder } from '../../../../../../src-shared/order'
import { defaultProfileSettings, type UblOrderSettings } from '../../../../../../src-shared/profiles/profiles'
import { arbitraryOrder, HOSTILE_TEXTS, sampleCharge, sampleLine, sampleOrder, unconstrainedOrder } from '../../../../../support/orders'
import { at, type ReadElement, readXml, textAt, textsAt } from '../../../../../support/read-xml'
import { extraTitle, hasReferenceData } from '../../../../../support/reference-data'
import { ublOrderErrors } from '../../../../../support/ubl-schema'
import { ublStructureErrors } from '../../../../../support/ubl-structure'

const defaults = defaultProfileSettings('ubl-order')

function bytesOf(order: ReceivedOrder, settings: UblOrderSettings = defaults): Uint8Array {
  const rendered = renderOrder(order, settings)
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.problems))
  return rendered.bytes
}

const documentOf = (order: ReceivedOrder, settings: UblOrderSettings = defaults): ReadElement => readXml(bytesOf(order, settings))

function problemCodes(order: ReceivedOrder, settings: UblOrderSettings = defaults): string[] {
  const rendered = renderOrder(order, settings)
  return rendered.ok ? [] : rendered.problems.map((problem) => `${problem.field}: ${problem.code}`)
}

const sum = (amounts: readonly string[]): Big => amounts.reduce((total, amount) => total.plus(amount), new Big(0))
const DECIMALS: Record<string, number> = { JPY: 0, KWD: 3 }

/** Checks a document's arithmetic, using only its own values. */
function expectToAddUp(order: ReceivedOrder, root: ReadElement): void {
  const digits = DECIMALS[order.currency] ?? 2
  const total = (name: string): Big => sum(textsAt(root, `cac:AnticipatedMonetaryTotal/cbc:${name}`))
  const charged = (parent: ReadElement, indicator: string): Big =>
    sum(
      at(parent, 'cac:AllowanceCharge').flatMap((part) =>
        textAt(part, 'cbc:ChargeIndicator') === indicator ? textsAt(part, 'cbc:Amount') : [],
      ),
    )
  const equal = (actual: Big, expected: Big, name: string): void => {
    if (!actual.eq(expected)) throw new Error(`${name}: ${actual.toFixed()} is not ${expected.toFixed()}`)
  }

  for (const line of at(root, 'cac:OrderLine/cac:LineItem')) {
    const gross = new Big(textAt(line, 'cbc:Quantity')).times(textAt(line, 'cac:Price/cbc:PriceAmount')).round(digits, Big.roundHalfUp)
    equal(gross.minus(charged(line, 'false')).plus(charged(line, 'true')), new Big(textAt(line, 'cbc:LineExtensionAmount')), 'line')
  }
  equal(sum(textsAt(root, 'cac:OrderLine/cac:LineItem/cbc:LineExtensionAmount')), total('LineExtensionAmount'), 'lines')
  equal(charged(root, 'false'), total('AllowanceTotalAmount'), 'allowances')
  equal(charged(root, 'true'), total('ChargeTotalAmount'), 'charges')
  equal(
    total('LineExtensionAmount').minus(total('AllowanceTotalAmount')).plus(total('ChargeTotalAmount')),
    total('TaxExclusiveAmount'),
    'without tax',
  )
  const tax = new Big(textAt(root, 'cac:TaxTotal/cbc:TaxAmount'))
  equal(tax, new Big(order.taxMinor).div(10 ** digits), 'tax as stated')
  equal(total('TaxExclusiveAmount').plus(tax), total('TaxInclusiveAmount'), 'with tax')
  equal(total('TaxInclusiveAmount').plus(total('PayableRoundingAmount')), total('PayableAmount'), 'payable')
  equal(total('PayableAmount'), new Big(order.totalMinor).div(10 ** digits), 'the total as stated')
  const parts = order.lines.length + order.charges.length
  expect(
    total('PayableRoundingAmount')
      .times(10 ** digits)
      .abs()
      .lte(parts),
  ).toBe(true)
  const subtotals = textsAt(root, 'cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount')
  if (subtotals.length > 0) equal(sum(subtotals), tax, 'tax by rate')
  const rates = textsAt(root, 'cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:Percent')
  expect(new Set(rates).size).toBe(rates.length)
}

function emptyElements(node: ReadElement): string[] {
  if (node.children.length === 0) return node.text === '' ? [node.name] : []
  return node.children.flatMap(emptyElements)
}

describe('a UBL order', () => {
  test("has number, date, customer, products, freight, tax and total in UBL's elements", () => {
    const root = documentOf(sampleOrder({ deliveryDate: '2026-05-04' }))
    expect(textAt(root, 'cbc:ID')).toBe('W1234')
    expect(textAt(root, 'cbc:IssueDate')).toBe('2026-04-03')
    expect(textAt(root, 'cbc:IssueTime')).toBe('02:15:00Z')
    expect(textAt(root, 'cbc:DocumentCurrencyCode')).toBe('AUD')
    expect(textAt(root, 'cbc:Note')).toBe('Leave at the side gate')
    expect(textAt(root, 'cbc:CustomerReference')).toBe('PO-77')
    expect(textAt(root, 'cac:BuyerCustomerParty/cbc:SupplierAssignedAccountID')).toBe('CUST0001')
    expect(textAt(root, 'cac:Delivery/cac:DeliveryAddress/cbc:CityName')).toBe('Sydney')
    expect(textAt(root, 'cac:Delivery/cac:RequestedDeliveryPeriod/cbc:EndDate')).toBe('2026-05-04')
    expect(textsAt(root, 'cac:OrderLine/cac:LineItem/cac:Item/cac:SellersItemIdentification/cbc:ID')).toEqual(['PROD-A', 'PROD-B'])
    expect(textAt(root, 'cac:AllowanceCharge/cbc:Amount')).toBe('10.00')
    expect(textAt(root, 'cac:TaxTotal/cac:TaxSubtotal/cbc:TaxableAmount')).toBe('95.00')
    expect(textAt(root, 'cac:AnticipatedMonetaryTotal/cbc:PayableAmount')).toBe('104.50')
    expectToAddUp(sampleOrder(), root)
  })

  test('adds up to the cent and has no empty element, for any order', () => {
    let written = 0
    fc.assert(
      fc.property(arbitraryOrder(), (order) => {
        const rendered = renderOrder(order, defaults)
        if (!rendered.ok) {
          expect(rendered.problems.every((problem) => problem.code === 'order-number-missing')).toBe(true)
          return
        }
        written += 1
        const root = readXml(rendered.bytes)
        expectToAddUp(order, root)
        expect(emptyElements(root)).toEqual([])
      }),
      { numRuns: 1000 },
    )
    expect(written).toBeGreaterThan(950)
  })

  const drawDocuments = (): Uint8Array[] => {
    const orders = [...fc.sample(arbitraryOrder(), 1100), ...fc.sample(unconstrainedOrder(), 500)]
    const documents = orders.flatMap((order) => {
      const rendered = renderOrder(order, defaults)
      return rendered.ok ? [rendered.bytes] : []
    })
    expect(documents.length).toBeGreaterThan(1000)
    return [
      ...documents,
      bytesOf(sampleOrder()),
      bytesOf(sampleOrder({ note: HOSTILE_TEXTS.join('\n').repeat(20), lines: [sampleLine({ quantity: '123456789012345678' })] })),
      bytesOf(
        sampleOrder({
          totalMinor: 10450,
          lines: [sampleLine({ netMinor: Number.MAX_SAFE_INTEGER, unitPrice: '-0.0000000012345678901234' })],
        }),
      ),
    ]
  }

  test('has the elements of UBL 2.1 in the right sequence, with all required ones, for any order', () => {
    expect(ublStructureErrors(drawDocuments())).toEqual([])
  })

  test.each([
    ['a date in another format', '<cbc:IssueDate>2026', '<cbc:IssueDate>26', 'Order/cbc:IssueDate is "26-04-03"'],
    [
      'an element that UBL does not allow there',
      '<cbc:ID>W1234</cbc:ID>',
      '<cbc:ID>W1234</cbc:ID><cbc:Name>x</cbc:Name>',
      'Order may not have cbc:Name',
    ],
    [
      'elements in the wrong order',
      /(<cbc:IssueDate>.*?)(<cbc:IssueTime>.*?<\/cbc:IssueTime>)/s,
      '$2$1',
      'Order has its children in the wrong order',
    ],
    ['no seller', /<cac:SellerSupplierParty>.*<\/cac:SellerSupplierParty>/s, '', 'Order lacks cac:SellerSupplierParty'],
    ['two numbers', '<cbc:ID>W1234</cbc:ID>', '<cbc:ID>W1234</cbc:ID><cbc:ID>W1</cbc:ID>', 'Order has cbc:ID 2 times'],
    [
      'an amount without a currency',
      /(<cbc:PayableAmount) currencyID="AUD"/,
      '$1',
      'Order/cac:AnticipatedMonetaryTotal/cbc:PayableAmount has no currency',
    ],
  ])('the structure check notices %s', async (_, from, to, fault) => {
    const valid = new TextDecoder().decode(bytesOf(sampleOrder()))
    const invalid = valid.replace(from, to)
    expect(invalid).not.toBe(valid)
    expect(ublStructureErrors([new TextEncoder().encode(invalid)])).toEqual([fault])
  })

  test.skipIf(!hasReferenceData)(extraTitle('is valid against the UBL 2.1 schema, for any order'), async () => {
    expect(await ublOrderErrors(drawDocuments())).toEqual([])
  })

  test.skipIf(!hasReferenceData)(extraTitle('fails the schema check if it is invalid'), async () => {
    const invalid = new TextDecoder().decode(bytesOf(sampleOrder())).replace('<cbc:IssueDate>2026', '<cbc:IssueDate>26')
    expect(await ublOrderErrors([bytesOf(sampleOrder()), new TextEncoder().encode(invalid)])).not.toEqual([])
  })
})

describe('a total that differs from its parts', () => {
  const difference = "Difference between the parts and the store's total"

  test('by about a cent per line and charge is rounding', () => {
    const order = sampleOrder({ totalMinor: 10453 })
    const root = documentOf(order)
    expect(textAt(root, 'cac:AnticipatedMonetaryTotal/cbc:PayableRoundingAmount')).toBe('0.03')
    expect(textsAt(root, 'cac:AllowanceCharge/cbc:AllowanceChargeReason')).not.toContain(difference)
    expectToAddUp(order, root)
  })

  test.each([
    ['higher', 'charge', 10454, 'true', '0.04'],
    ['lower', 'allowance', 10000, 'false', '4.50'],
  ])('by more than rounding: a %s total becomes a separate %s in the file', (_, _kind, totalMinor, indicator, amount) => {
    const order = sampleOrder({ totalMinor })
    const root = documentOf(order)
    const part = at(root, 'cac:AllowanceCharge').find((element) => textAt(element, 'cbc:AllowanceChargeReason') === difference)
    expect(part && [textAt(part, 'cbc:ChargeIndicator'), textAt(part, 'cbc:Amount')]).toEqual([indicator, amount])
    expectToAddUp(order, root)
  })
})

describe('tax', () => {
  const subtotals = (order: ReceivedOrder) =>
    at(documentOf(order), 'cac:TaxTotal/cac:TaxSubtotal').map((part) =>
      ['cac:TaxCategory/cbc:Percent', 'cbc:TaxableAmount', 'cbc:TaxAmount'].map((path) => textsAt(part, path).join()).join(' | '),
    )

  test('is split by rate, and different notations of a rate are the same rate', () => {
    const lines = [sampleLine(), sampleLine({ taxRate: '10.0' }), sampleLine({ taxRate: '0', taxMinor: 0 })]
    expect(subtotals(sampleOrder({ lines, taxMinor: 600, totalMinor: 9100 }))).toEqual(['10 | 60.00 | 6.00', '0 | 25.00 | 0.00'])
  })

  test('that was rounded for the whole order is added to the largest rate', () => {
    expect(subtotals(sampleOrder({ taxMinor: 951, totalMinor: 10451 }))).toEqual(['10 | 95.00 | 9.51'])
  })

  test('that belongs to no line is a separate subtotal without a rate', () => {
    expect(subtotals(sampleOrder({ taxMinor: 1950, totalMinor: 11450 }))).toEqual(['10 | 95.00 | 9.50', ' |  | 10.00'])
  })

  test('of a discount has the same sign as its allowance', () => {
    const discount = sampleCharge({ kind: 'discount', netMinor: -500, taxMinor: -50 })
    const root = documentOf(sampleOrder({ charges: [discount], taxMinor: 800, totalMinor: 8800 }))
    expect(textsAt(root, 'cac:AllowanceCharge/cbc:Amount')).toEqual(['5.00'])
    expect(textsAt(root, 'cac:AllowanceCharge/cac:TaxTotal/cbc:TaxAmount')).toEqual(['0.50'])
  })

  test('is not split if no rate is known', () => {
    const order = sampleOrder({ lines: [sampleLine({ taxRate: null })], charges: [] })
    expect(subtotals(order)).toEqual([])
  })
})

describe('a UBL line', () => {
  test('has its discount', () => {
    const order = sampleOrder({ lines: [sampleLine({ discountMinor: 500, netMinor: 2000 })] })
    const line = at(documentOf(order), 'cac:OrderLine/cac:LineItem')[0]
    expect(line && textsAt(line, 'cac:AllowanceCharge/cbc:Amount')).toEqual(['5.00'])
  })

  test.each([
    ['kg', 'KGM'],
    ['Box', 'XBX'],
    ['', 'C62'],
    ['XTR', 'XTR'],
    ['tray', 'XTR'],
    ['constructor', 'C62'],
  ])('in unit "%s" has unit code %s', (unit, expected) => {
    const root = documentOf(sampleOrder({ lines: [sampleLine({ unit })] }), { ...defaults, unitCodes: { tray: 'XTR' } })
    expect(at(root, 'cac:OrderLine/cac:LineItem/cbc:Quantity')[0]?.attributes).toEqual({ unitCode: expected })
  })

  test('may lack a product code, but not both code and name', () => {
    expect(problemCodes(sampleOrder({ lines: [sampleLine({ sku: '' })] }))).toEqual([])
    expect(problemCodes(sampleOrder({ lines: [sampleLine({ sku: ' ', name: '\u200e' })] }))).toEqual([
      'line 1: product code: product-code-missing',
    ])
    expect(problemCodes(sampleOrder({ lines: [sampleLine({ sku: '' })] }), { ...defaults, productCodeRequired: true })).toEqual([
      'line 1: product code: product-code-missing',
    ])
  })
})

describe('a value that UBL cannot contain', () => {
  test('is replaced and reported', () => {
    const rendered = renderOrder(sampleOrder({ note: 'a\u0000b\ud800c\uffff', number: 'W\u202e1' }), defaults)
    expect(rendered.ok && rendered.changes.map((change) => [change.field, change.after])).toEqual([
      ['order number', 'W1'],
      ["customer's note", 'a\ufffdb\ufffdc\ufffd'],
    ])
  })

  test('is a problem, and all problems are reported at once', () => {
    const order = sampleOrder({
      number: ' ',
      currency: 'aud',
      orderedAt: 'yesterday',
      deliveryDate: '2026-02-30',
      lines: [sampleLine({ quantity: '2 pcs', unitPrice: '', netMinor: Number.NaN })],
      totalMinor: 0.5,
    })
    expect(problemCodes(order).sort()).toEqual([
      'currency: currency-invalid',
      'delivery date: date-invalid',
      'line 1: amount: amount-invalid',
      'line 1: price: price-invalid',
      'line 1: quantity: quantity-invalid',
      'order date: date-invalid',
      'order number: order-number-missing',
      'total: amount-invalid',
    ])
    expect(problemCodes(sampleOrder({ lines: [] }))).toEqual(['lines: no-lines'])
  })

  test.each([
    ['123456789012345678', true],
    ['1234567890123456789', false],
    ['1e3', false],
    ['1,000', false],
    [' 2', false],
    ['+2.50', true],
    ['', false],
  ])('the quantity "%s" can be written: %s', (quantity, canWrite) => {
    const rendered = renderOrder(sampleOrder({ lines: [sampleLine({ quantity })] }), defaults)
    expect(rendered.ok).toBe(canWrite)
  })

  test('is rounded and reported if it is a price with too many decimals', () => {
    const order = sampleOrder({ lines: [sampleLine({ unitPrice: '12.50000000000000001' })] })
    const rendered = renderOrder(order, defaults)
    expect(rendered.ok && rendered.changes).toMatchObject([{ field: 'line 1: price', after: '12.5' }])
  })

  test('does not include line breaks and right-to-left marks in notes, which are kept', () => {
    const note = 'first\r\nsecond \u200fשלום\u200f'
    expect(textAt(documentOf(sampleOrder({ note })), 'cbc:Note')).toBe(note)
  })
})

describe('settings', () => {
  test('determine the local date of the order', () => {
    const orderedAt = '2026-04-02T15:30:00.000Z'
    const day = (timeZone: string) => textAt(documentOf(sampleOrder({ orderedAt }), { ...defaults, timeZone }), 'cbc:IssueDate')
    expect([day('UTC'), day('Australia/Sydney'), day('America/New_York')]).toEqual(['2026-04-02', '2026-04-03', '2026-04-02'])
    const time = (timeZone: string) => textAt(documentOf(sampleOrder({ orderedAt }), { ...defaults, timeZone }), 'cbc:IssueTime')
    expect([time('UTC'), time('Australia/Adelaide'), time('America/New_York')]).toEqual(['15:30:00Z', '02:00:00+10:30', '11:30:00-04:00'])
  })

  test('have no effect on charges of zero, which are omitted', () => {
    const root = documentOf(sampleOrder({ charges: [sampleCharge({ netMinor: 0, taxMinor: 0 })], taxMinor: 850, totalMinor: 9350 }))
    expect(at(root, 'cac:AllowanceCharge')).toEqual([])
  })
})
