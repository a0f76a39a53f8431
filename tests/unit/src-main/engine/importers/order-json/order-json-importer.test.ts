import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toOrderJson } from '../../../../../../src-main/engine/importers/order-json/order-json-format'
import type { ReceivedOrder } from '../../../../../../src-shared/order'
import { calculatedTotal } from '../../../../../../src-shared/order'
import { arbitraryOrder, sampleOrder } from '../../../../../support/orders'
import { failureOf, importDocument, type Json, orderOf } from '../documents'

const line: Json = { sku: 'HOSE', quantity: '2', unitPrice: '10.00', net: '20.00', tax: '2.00' }
const order: Json = {
  id: 'A-1',
  number: '1001',
  orderedAt: '2026-04-03T12:15:00+10:00',
  currency: 'AUD',
  lines: [line],
  tax: '2.00',
  total: '22.00',
}
const file = (...orders: unknown[]): Json => ({ format: 'ledgerdrop-order', version: 1, orders })

/** Returns a value as it is after being stored as UTF-8: lone surrogates become U+FFFD. */
function asUtf8<Value>(value: Value): Value {
  if (typeof value === 'string') return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(value)) as Value
  if (Array.isArray(value)) return value.map(asUtf8) as Value
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asUtf8(item)])) as Value
}

const hasConsistentTax = ({ lines, charges, taxMinor }: ReceivedOrder): boolean =>
  Math.abs([...lines, ...charges].reduce((sum, part) => sum + part.taxMinor, 0) - taxMinor) <= lines.length + charges.length

describe('an order in order JSON', () => {
  test('may omit optional fields, which are empty', () => {
    const empty = { name: '', company: '', line1: '', line2: '', city: '', region: '', postcode: '', country: '', phone: '', email: '' }
    expect(orderOf(file(order))).toEqual({
      sourceOrderId: 'A-1',
      number: '1001',
      orderedAt: '2026-04-03T02:15:00.000Z',
      modifiedAt: null,
      currency: 'AUD',
      status: 'Pending',
      customer: { code: '', storeId: '', name: '', company: '', email: '', phone: '' },
      billTo: empty,
      shipTo: empty,
      reference: '',
      note: '',
      deliveryDate: null,
      lines: [
        {
          sku: 'HOSE',
          name: '',
          note: '',
          unit: '',
          quantity: '2',
          unitPrice: '10.00',
          discountMinor: 0,
          netMinor: 2000,
          taxMinor: 200,
          taxRate: null,
        },
      ],
      charges: [],
      taxMinor: 200,
      totalMinor: 2200,
      warnings: [],
    })
  })

  test('is the same after an export, with any Unicode text', () => {
    const orders = fc
      .array(arbitraryOrder(), { minLength: 1, maxLength: 3 })
      .map((list) => list.map((drawn, index) => ({ ...drawn, sourceOrderId: `${index}${drawn.sourceOrderId}` })))
    let checked = 0
    fc.assert(
      fc.property(orders, (list) => {
        const result = importDocument(toOrderJson(list))
        if (!result.ok) throw new Error(result.failure.message)
        expect(result.format).toBe('order-json')
        result.orders.forEach((read, index) => {
          const written = asUtf8(list[index] as ReceivedOrder)
          const isConsistent = calculatedTotal(written) === written.totalMinor && hasConsistentTax(written)
          if (isConsistent) checked += 1
          // An order that doesn't add up gets a warning that says so, and nothing else changes.
          expect(read).toEqual(isConsistent ? written : { ...written, warnings: read.warnings })
          expect(read.warnings.slice(0, written.warnings.length)).toEqual(written.warnings)
        })
        expect(result.orders).toHaveLength(list.length)
        const again = importDocument(toOrderJson(result.orders))
        expect(again).toEqual(result)
      }),
      { numRuns: 1000 },
    )
    expect(checked).toBeGreaterThan(100)
  })

  test('has a page that names every field', () => {
    const page = readFileSync('docs/formats/order-json.md', 'utf8')
    const names = new Set<string>()
    const collect = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(collect)
      else if (typeof value === 'object' && value !== null) {
        for (const [key, item] of Object.entries(value)) {
          names.add(key)
          collect(item)
        }
      }
    }
    collect(JSON.parse(toOrderJson([sampleOrder()])))
    expect([...names].filter((name) => !page.includes(`\`${name}\``))).toEqual([])
  })

  test.each<[string, unknown, string, string]>([
    ['an unknown field', file({ ...order, colour: 'red' }), 'field-unknown', 'Order #1001: the field "colour" is not known.'],
    [
      'an unknown field of a line',
      file({ ...order, lines: [line, { ...line, price: '1' }] }),
      'field-unknown',
      'Order #1001, line 2: the field "price" is not known.',
    ],
    [
      'an unknown field of an address',
      file({ ...order, billTo: { street: 'x' } }),
      'field-unknown',
      'Order #1001: the field "billTo.street" is not known.',
    ],
    ['an unknown field of the file', { ...file(order), extra: 1 }, 'field-unknown', 'The file: the field "extra" is not known.'],
    ['a missing field', file({ ...order, total: undefined }), 'field-missing', 'Order #1001: the field "total" is missing.'],
    [
      'a missing field of a line',
      file({ ...order, lines: [{ ...line, net: undefined }] }),
      'field-missing',
      'Order #1001, line 1: the field "net" is missing.',
    ],
    ['a number for an amount', file({ ...order, total: 22 }), 'field-invalid', 'Order #1001: the total is not text in double quotes.'],
    [
      'an amount that is not a number',
      file({ ...order, total: 'NaN' }),
      'field-invalid',
      'Order #1001: the total "NaN" is not a decimal such as "12.50".',
    ],
    ['an amount with an exponent', file({ ...order, total: '1e400' }), 'field-invalid', 'the total "1e400" is not a decimal'],
    ['half cents', file({ ...order, total: '22.005' }), 'field-invalid', 'Order #1001: the total "22.005" has more decimals than AUD.'],
    ['an amount that is too large', file({ ...order, total: '9'.repeat(25) }), 'field-invalid', 'is not an amount that can be stored'],
    [
      'a discount below zero',
      file({ ...order, lines: [{ ...line, discount: '-1' }] }),
      'field-invalid',
      'Order #1001, line 1: the discount "-1" is below zero.',
    ],
    [
      'a time without a zone',
      file({ ...order, orderedAt: '2026-04-03T12:15:00' }),
      'field-invalid',
      'the orderedAt "2026-04-03T12:15:00" is not a time with a time zone',
    ],
    [
      'a date that does not exist',
      file({ ...order, deliveryDate: '2026-02-30' }),
      'field-invalid',
      'the deliveryDate "2026-02-30" is not a date',
    ],
    ['a currency in lower case', file({ ...order, currency: 'aud' }), 'field-invalid', 'the currency "aud" is not a currency code'],
    [
      'an unknown status',
      file({ ...order, status: 'pending' }),
      'field-invalid',
      'the status "pending" is not one of "Pending", "Processing"',
    ],
    ['an empty number', file({ ...order, number: '' }), 'field-invalid', 'the number "" is empty'],
    ['null instead of text', file({ ...order, note: null }), 'field-invalid', 'the note is not text in double quotes'],
    ['an order that is not an object', file(order, 5), 'field-invalid', 'Order 2: the entry is not an object.'],
    [
      'orders that are not a list',
      { format: 'ledgerdrop-order', version: 1, orders: {} },
      'field-invalid',
      'the field "orders" must be a list',
    ],
    ['no version', { format: 'ledgerdrop-order', orders: [] }, 'version-unknown', 'the field "version" is missing'],
    ['a later version', { format: 'ledgerdrop-order', version: 2, orders: [] }, 'version-unknown', 'reads only version 1'],
    ['no orders', file(), 'no-orders', 'contains no orders'],
    [
      'the same id twice',
      file(order, { ...order, number: '1002' }),
      'duplicate-order',
      'Order 2 (#1002): order 1 in the file has the same id but different content.',
    ],
    ['5,001 lines', file({ ...order, lines: Array(5001).fill(line) }), 'too-many-lines', 'it has 5001 lines'],
    ['10,001 orders', file(...Array(10_001).fill(order)), 'too-many-orders', 'it contains 10001 orders'],
  ])('with %s is refused', (_case, document, code, message) => {
    const failure = failureOf(document)
    expect(failure.code).toBe(code)
    expect(failure.message).toContain(message)
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('with the key %s is refused and changes nothing', (key) => {
    const text = JSON.stringify(file(order)).replace('"id":', `"${key}":{"polluted":true},"id":`)
    expect(failureOf(text)).toMatchObject({ code: 'field-unknown', message: `Order #1001: the field "${key}" is not known.` })
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    expect(({} as Json).polluted).toBe(undefined)
  })

  test('with escaped lone surrogates gets U+FFFD instead', () => {
    const text = JSON.stringify(file(order)).replace('"A-1"', '"A\\ud800\\udc00-\\udc00\\ud83d!"')
    expect(orderOf(text).sourceOrderId).toBe('A\u{10000}-\ufffd\ufffd!')
  })
})
