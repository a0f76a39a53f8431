import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importOrders } from '../../../../../src-main/engine/importers/import-orders'
import type { ReceivedOrder } from '../../../../../src-shared/order'
import { type ProfileName, parseProfileSettings } from '../../../../../src-shared/profiles/profiles'
import { FIXTURE_ORDERS, fixtureDocument } from '../../../../support/fixture-documents'
import { readKfi } from '../../../../support/read-kfi'
import { readXml, textAt, textsAt } from '../../../../support/read-xml'
import { extraTitle, hasReferenceData, REFERENCE_DATA } from '../../../../support/reference-data'
import { resolveAndRender } from '../../../../support/resolve-and-render'
import { orderXmlErrors, ublOrderErrors } from '../../../../support/ubl-schema'
import { ublStructureErrors } from '../../../../support/ubl-structure'

const SHOPIFY_CSV = 'docs/formats/shopify-csv.md'
const THIRD_PARTY_SAMPLES = [
  'store-samples/woocommerce-order.json',
  'store-samples/shopify-order.json',
  'ubl-2.1/examples/UBL-Order-2.1-Example.xml',
]

function bytesIn(sample: string): Uint8Array {
  if (sample === SHOPIFY_CSV) return new TextEncoder().encode(/```csv\n([\s\S]*?)```/.exec(readFileSync(sample, 'utf8'))?.[1])
  const own = FIXTURE_ORDERS.find((name) => name === sample)
  return own === undefined ? readFileSync(join(REFERENCE_DATA, sample)) : fixtureDocument(own)
}

function ordersIn(sample: string): ReceivedOrder[] {
  const imported = importOrders(bytesIn(sample), basename(sample))
  if (!imported.ok) throw new Error(imported.failure.message)
  return imported.orders
}

function bytesOf(order: ReceivedOrder, profile: ProfileName): Uint8Array {
  const attache = {
    missingCustomer: 'account',
    customerCodeWhenMissing: 'WEB',
    productCodeWhenMissing: 'MISC',
    customerCodeMaxLength: null,
    // The vendors' samples don't all add up.
    totalDifference: 'report',
  }
  const rendered = resolveAndRender(order, parseProfileSettings({ profile, ...(profile.startsWith('attache-') ? attache : {}) }))
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.problems))
  return rendered.bytes
}

describe.each([...FIXTURE_ORDERS, SHOPIFY_CSV])('%s', testsOf)
describe.skipIf(!hasReferenceData).each(THIRD_PARTY_SAMPLES)(extraTitle('%s'), testsOf)

function testsOf(sample: string): void {
  test('becomes valid order XML, and the same order when read again', async () => {
    for (const order of ordersIn(sample)) {
      const bytes = bytesOf(order, 'order-xml')
      expect(await orderXmlErrors([bytes])).toEqual([])
      // modifiedAt isn't written: an accounting package doesn't need it.
      expect(importOrders(bytes, 'order.xml')).toMatchObject({ ok: true, orders: [{ ...order, modifiedAt: null }] })
    }
  })

  test("becomes UBL with the right structure and the store's total", () => {
    for (const order of ordersIn(sample)) {
      const bytes = bytesOf(order, 'ubl-order')
      expect(ublStructureErrors([bytes])).toEqual([])
      const payable = textAt(readXml(bytes), 'cac:AnticipatedMonetaryTotal/cbc:PayableAmount')
      expect(Math.round(Number(payable) * 100)).toBe(order.totalMinor)
    }
  })

  test.skipIf(!hasReferenceData)(extraTitle('becomes UBL that is valid against its schema'), async () => {
    const documents = ordersIn(sample).map((order) => bytesOf(order, 'ubl-order'))
    expect(await ublOrderErrors(documents)).toEqual([])
  })

  test('becomes Attaché files with a default account: every line and charge has its code and quantity', () => {
    for (const order of ordersIn(sample)) {
      const charges = order.charges.filter((charge) => charge.netMinor !== 0 || charge.taxMinor !== 0)
      const products = order.lines.map((line) => [line.sku === '' ? 'MISC' : line.sku, line.quantity])
      const sundries = charges.map(({ kind }) => [{ freight: 'FREIGHT', fee: 'FEE', discount: 'DISCOUNT' }[kind], '1'])
      const customer = order.customer.code === '' ? 'WEB' : order.customer.code

      const xml = readXml(bytesOf(order, 'attache-xmlkfi'))
      const pairs = (line: string, code: string) =>
        textsAt(xml, `record/${line}/${code}`).map((text, index) => [text, textsAt(xml, `record/${line}/qtyordered`)[index]])
      expect([textAt(xml, 'record/header/customercode'), textAt(xml, 'record/header/reference')]).toEqual([customer, order.number])
      expect([pairs('productline', 'productcode'), pairs('sundryline', 'sundrycode')]).toEqual([products, sundries])
      const total = [...order.lines, ...charges].reduce((sum, part) => sum + part.netMinor, 0)
      const prices = [...textsAt(xml, 'record/productline/price'), ...textsAt(xml, 'record/sundryline/price')]
      const typed = [...products, ...sundries].reduce(
        (sum, [, quantity], index) => sum + Math.round(Number(quantity) * Number(prices[index]) * 100),
        0,
      )
      expect(Math.abs(typed - total)).toBeLessThanOrEqual(order.lines.length + charges.length)

      const [header, ...rows] = readKfi(new TextDecoder('windows-1252').decode(bytesOf(order, 'attache-kfi')))
      expect([header?.[0], header?.[7]]).toEqual([{ text: customer }, { text: order.number }])
      expect(rows.slice(0, -1).map((row) => row.slice(0, 2))).toEqual(
        [...products, ...sundries].map((pair) => pair.map((text) => ({ text }))),
      )
    }
  })

  test('is the same order after an export to UBL', () => {
    for (const order of ordersIn(sample)) {
      const imported = importOrders(bytesOf(order, 'ubl-order'), 'order.xml')
      if (!imported.ok) throw new Error(imported.failure.message)
      const core = ({ number, currency, totalMinor, taxMinor, lines, customer }: ReceivedOrder) => ({
        number,
        currency,
        totalMinor,
        taxMinor,
        customer: customer.code,
        lines: lines.map((line) => [line.sku, line.name, line.quantity, line.netMinor, line.taxMinor]),
      })
      expect(imported.orders.map(core)).toEqual([core(order)])
    }
  })
}

test.skipIf(!hasReferenceData)(
  extraTitle('the Shopify order whose lines add up to more than its total is refused by default, and the message has both amounts'),
  () => {
    const [order] = ordersIn('store-samples/shopify-order.json')
    const settings = parseProfileSettings({
      profile: 'attache-xmlkfi',
      missingCustomer: 'account',
      customerCodeWhenMissing: 'WEB',
      productCodeWhenMissing: 'MISC',
    })
    const rendered = resolveAndRender(order as ReceivedOrder, settings)
    const problems = rendered.ok ? [] : rendered.problems
    expect(problems).toMatchObject([{ code: 'total-differs', message: expect.stringMatching(/add up to 608\.94 .*total is 409\.94 /) }])
  },
)
