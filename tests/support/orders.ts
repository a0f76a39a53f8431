import fc from 'fast-check'
import {
  type Address,
  calculatedTotal,
  EMPTY_ADDRESS,
  ORDER_STATUSES,
  type OrderCharge,
  type OrderLine,
  type ReceivedOrder,
} from '../../src-shared/order'
import { isScientificNotation } from '../../src-shared/order-identity'

/** One line: 2 x PROD-A at 12.50, 10% tax, no discount. */
export function sampleLine(overrides: Partial<OrderLine> = {}): OrderLine {
  return {
    sku: 'PROD-A',
    name: 'Garden hose 15 m',
    note: '',
    unit: '',
    quantity: '2',
    unitPrice: '12.50',
    discountMinor: 0,
    netMinor: 2500,
    taxMinor: 250,
    taxRate: '10',
    ...overrides,
  }
}

/** Freight of 10.00, 10% tax. */
export function sampleCharge(overrides: Partial<OrderCharge> = {}): OrderCharge {
  return { kind: 'freight', label: 'Standard freight', netMinor: 1000, taxMinor: 100, taxRate: '10', ...overrides }
}

/** An address in Sydney. */
export function sampleAddress(overrides: Partial<Address> = {}): Address {
  return {
    ...EMPTY_ADDRESS,
    name: 'Jane Citizen',
    company: 'Citizen Gardens Pty Ltd',
    line1: '12 Example Street',
    line2: 'Unit 3',
    city: 'Sydney',
    region: 'NSW',
    postcode: '2000',
    country: 'AU',
    phone: '02 5550 1234',
    email: 'jane@example.com',
    ...overrides,
  }
}

/** An Australian order that every profile can write: two lines, freight, GST, total 104.50 AUD (or the sum of the overridden parts). */
export function sampleOrder(overrides: Partial<ReceivedOrder> = {}): ReceivedOrder {
  const order: ReceivedOrder = {
    sourceOrderId: '727',
    number: 'W1234',
    orderedAt: '2026-04-03T02:15:00.000Z',
    modifiedAt: null,
    currency: 'AUD',
    status: 'Pending',
    customer: {
      code: 'CUST0001',
      storeId: '55',
      name: 'Jane Citizen',
      company: 'Citizen Gardens Pty Ltd',
      email: 'jane@example.com',
      phone: '02 5550 1234',
    },
    billTo: sampleAddress(),
    shipTo: sampleAddress(),
    reference: 'PO-77',
    note: 'Leave at the side gate',
    deliveryDate: null,
    lines: [
      sampleLine(),
      sampleLine({ sku: 'PROD-B', name: 'Sprinkler head', quantity: '12', unitPrice: '5.00', netMinor: 6000, taxMinor: 600 }),
    ],
    charges: [sampleCharge()],
    taxMinor: 950,
    totalMinor: 10450,
    warnings: [],
    ...overrides,
  }
  return 'totalMinor' in overrides ? order : { ...order, totalMinor: calculatedTotal(order) }
}

/** Texts that have broken real importers: disguised key codes, markup, control characters, lone surrogates, bidirectional marks. */
export const HOSTILE_TEXTS: readonly string[] = [
  '<F9>',
  '&lt;F9&gt;',
  '&amp;lt;F9&amp;gt;',
  '&#60;F9&#x3e;',
  '\uff1cF9\uff1e',
  '\uff06lt;F9\uff06gt;',
  '\u2039F9\u203a',
  '\u3008ENTER\u3009',
  '\u201cquoted\u201d "inches"',
  'one","two',
  ']]>',
  '<!--',
  '<?xml?>',
  '../../evil',
  'a\r\nb',
  'a\tb',
  '\u0000',
  '\u001b[2J',
  '\ud800',
  '\udc00x',
  '\ufffe\uffff',
  '\u202egnp.exe',
  '\u2066iso\u2069',
  'e\u0301',
  '\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67',
  '\u5317\u4eac',
  '\u0085\u2028\u2029',
  '\u00a0\u00ad\ufeff',
  '\\',
  "'",
  '  ',
]

/** Arbitrary Unicode text, including lone surrogates and control characters, often with a hostile text in it. */
export function arbitraryText(maxLength = 40): fc.Arbitrary<string> {
  const unicode = fc.string({ unit: 'binary', maxLength })
  const codeUnits = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 }).map((units) => String.fromCharCode(...units))
  const plain = fc.string({ maxLength })
  const hostile = fc.constantFrom(...HOSTILE_TEXTS)
  return fc.oneof(
    plain,
    unicode,
    codeUnits,
    hostile,
    fc.tuple(plain, hostile, unicode).map((parts) => parts.join('')),
    fc.constant(''),
  )
}

const code = (maxLength: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[A-Z0-9][A-Z0-9./-]{0,${maxLength - 1}}$`))
const minor = (max: number): fc.Arbitrary<number> => fc.oneof(fc.integer({ min: -1000, max: 100_000 }), fc.integer({ min: -max, max }))
const rate = fc.constantFrom(null, '10', '10.0', '0', '5', '19', '7.25')
const unit = fc.constantFrom('', 'ea', 'EA', 'kg', 'KGM', 'box', 'carton of 12', '<b>')
const decimal = (max: number): fc.Arbitrary<string> =>
  fc.tuple(fc.integer({ min: 0, max }), fc.integer({ min: 1, max: 9999 }), fc.nat(4)).map(([whole, fraction, digits]) => {
    const decimals = String(fraction).padStart(4, '0').slice(0, digits)
    return digits === 0 ? String(whole + 1) : `${whole}.${decimals.slice(0, -1)}${decimals.slice(-1) === '0' ? '1' : decimals.slice(-1)}`
  })

function arbitraryAddress(): fc.Arbitrary<Address> {
  const text = arbitraryText(30)
  return fc.record({
    name: text,
    company: text,
    line1: text,
    line2: text,
    city: text,
    region: text,
    postcode: text,
    country: fc.oneof(fc.constantFrom('AU', 'US', 'DE', ''), text),
    phone: text,
    email: text,
  })
}

function arbitraryLine(): fc.Arbitrary<OrderLine> {
  return fc
    .record({
      sku: code(12),
      name: arbitraryText(),
      note: arbitraryText(),
      unit,
      quantity: decimal(500),
      unitPrice: decimal(5000),
      discountMinor: fc.oneof(fc.constant(0), fc.nat(5000)),
      netMinor: minor(10_000_000),
      taxMinor: minor(1_000_000),
      taxRate: rate,
      consistent: fc.boolean(),
    })
    .map(({ consistent, ...line }) => {
      if (!consistent) return line
      const grossMinor = Math.round(Number(line.quantity) * Number(line.unitPrice) * 100)
      return { ...line, netMinor: grossMinor - line.discountMinor }
    })
}

function arbitraryCharge(): fc.Arbitrary<OrderCharge> {
  return fc.record({
    kind: fc.constantFrom('freight' as const, 'fee' as const, 'discount' as const),
    label: arbitraryText(),
    netMinor: fc.oneof(fc.constant(0), minor(100_000)),
    taxMinor: fc.oneof(fc.constant(0), minor(10_000)),
    taxRate: rate,
  })
}

/**
 * Orders as any store might send them: arbitrary Unicode in every text, unusual amounts, totals that don't add up. Codes, quantities,
 * dates and currencies are valid, so that most of these orders can be written.
 */
export function arbitraryOrder(): fc.Arbitrary<ReceivedOrder> {
  const text = arbitraryText()
  return fc
    .record({
      sourceOrderId: text.filter((id) => !isScientificNotation(`1${id}`)),
      // Importers refuse numbers that a spreadsheet may have shortened.
      number: fc
        .tuple(code(10), fc.oneof(fc.constant(''), text))
        .map(([head, tail]) => head + tail)
        .filter((number) => !isScientificNotation(number)),
      orderedAt: fc
        .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2090-01-01T00:00:00Z'), noInvalidDate: true })
        .map((date) => date.toISOString()),
      modifiedAt: fc.constant(null),
      currency: fc.constantFrom('AUD', 'NZD', 'EUR', 'JPY', 'KWD', 'USD'),
      status: fc.constantFrom(...ORDER_STATUSES),
      customer: fc.record({ code: code(8), storeId: text, name: text, company: text, email: text, phone: text }),
      billTo: arbitraryAddress(),
      shipTo: arbitraryAddress(),
      reference: text,
      note: arbitraryText(300),
      deliveryDate: fc.constantFrom(null, '2026-05-04', '2028-02-29'),
      lines: fc.array(arbitraryLine(), { minLength: 1, maxLength: 5 }),
      charges: fc.array(arbitraryCharge(), { maxLength: 4 }),
      taxMinor: minor(1_000_000),
      totalMinor: minor(10_000_000),
      warnings: fc.array(text, { maxLength: 2 }),
      total: fc.constantFrom('exact', 'a cent off', 'as drawn'),
    })
    .map(({ total, ...order }) => {
      if (total === 'as drawn') return order
      const parts = [...order.lines, ...order.charges]
      const taxMinor = parts.reduce((sum, part) => sum + part.taxMinor, 0)
      const netMinor = parts.reduce((sum, part) => sum + part.netMinor, 0)
      return { ...order, taxMinor, totalMinor: netMinor + taxMinor + (total === 'exact' ? 0 : 1) }
    })
}

/** Replaces the characters that `unfit` matches with U+FFFD in all texts of a value. An importer reads an exported order like this. */
export function withReplaced<Value>(value: Value, unfit: RegExp): Value {
  if (typeof value === 'string') return value.replace(unfit, '\ufffd') as Value
  if (Array.isArray(value)) return value.map((item) => withReplaced(item, unfit)) as Value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withReplaced(item, unfit)])) as Value
}

/** Orders with the right types but no other guarantee: every text, code, number, date and amount is arbitrary. */
export function unconstrainedOrder(): fc.Arbitrary<ReceivedOrder> {
  const text = fc.oneof(
    arbitraryText(20),
    fc.constantFrom('constructor', '__proto__', '+5', '5.', '-0', '1e9', '1/2', '99999999999999999999', 'NaN'),
  )
  const amount = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(Number.NaN, Infinity, -0, Number.MAX_SAFE_INTEGER))
  const maybe = fc.oneof(fc.constant(null), text)
  const address = fc.record({
    name: text,
    company: text,
    line1: text,
    line2: text,
    city: text,
    region: text,
    postcode: text,
    country: text,
    phone: text,
    email: text,
  })
  return fc.record({
    sourceOrderId: text,
    number: text,
    orderedAt: fc.oneof(text, fc.constantFrom('-000001-01-01T00:00:00.000Z', '+275760-09-13T00:00:00.000Z', '2026-04-03T02:15:00.000Z')),
    modifiedAt: maybe,
    currency: fc.oneof(text, fc.constant('AUD')),
    status: fc.constantFrom(...ORDER_STATUSES),
    customer: fc.record({ code: text, storeId: text, name: text, company: text, email: text, phone: text }),
    billTo: address,
    shipTo: address,
    reference: text,
    note: text,
    deliveryDate: fc.oneof(maybe, fc.constantFrom('2026-02-30', '0000-00-00', '2026-05-04')),
    lines: fc.array(
      fc.record({
        sku: text,
        name: text,
        note: text,
        unit: text,
        quantity: text,
        unitPrice: text,
        discountMinor: amount,
        netMinor: amount,
        taxMinor: amount,
        taxRate: maybe,
      }),
      { maxLength: 4 },
    ),
    charges: fc.array(
      fc.record({
        kind: fc.constantFrom('freight' as const, 'fee' as const, 'discount' as const),
        label: text,
        netMinor: amount,
        taxMinor: amount,
        taxRate: maybe,
      }),
      { maxLength: 3 },
    ),
    taxMinor: amount,
    totalMinor: amount,
    warnings: fc.array(text, { maxLength: 2 }),
  })
}
