import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importOrders } from '../../../../../src-main/engine/importers/import-orders'
import type { ReceivedOrder } from '../../../../../src-shared/order'
import { type ProfileName, parseProfileSettings } from '../../../../../src-shared/profiles/profiles'
import { OWN_ORDERS, ownDocument } from '../../../../support/own-documents'
import { readKfi } from '../../../../support/read-kfi'
import { readXml, textAt, textsAt } from '../../../../support/read-xml'
import { extra, hasReferenceData, REFERENCE_DATA } from '../../../../support/reference-data'
import { renderFilled } from '../../../../support/render-filled'
import { orderXmlFaults, ublOrderFaults } from '../../../../support/ubl-schema'
import { ublStructureFaults } from '../../../../support/ubl-structure'

const SHOPIFY_CSV = 'docs/formats/shopify-csv.md'
const OTHERS = ['store-samples/woocommerce-order.json', 'store-samples/shopify-order.json', 'ubl-2.1/examples/UBL-Order-2.1-Example.xml']

function bytesIn(sample: string): Uint8Array {
  if (sample === SHOPIFY_CSV) return new TextEncoder().encode(/```csv\n([\s\S]*?)```/.exec(readFileSync(sample, 'utf8'))?.[1])
  const own = OWN_ORDERS.find((name) => name === sample)
  return own === undefined ? readFileSync(join(REFERENCE_DATA, sample)) : ownDocument(own)
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
  const rendered = renderFilled(order, parseProfileSettings({ profile, ...(profile.startsWith('attache-') ? attache : {}) }))
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.problems))
  return rendered.bytes
}

describe.each([...OWN_ORDERS, SHOPIFY_CSV])('%s', testsOf)
describe.skipIf(!hasReferenceData).each(OTHERS)(extra('%s'), testsOf)

function testsOf(sample: string): void {
  test('becomes order XML that is valid, and the same order when read again', async () => {
    for (const order of ordersIn(sample)) {
      const bytes = bytesOf(order, 'order-xml')
      expect(await orderXmlFaults([bytes])).toEqual([])
      // When the store last changed it is not written: it says nothing to an accounting package.
      expect(importOrders(bytes, 'order.xml')).toMatchObject({ ok: true, orders: [{ ...order, modifiedAt: null }] })
    }
  })

  test('becomes UBL of the right structure, with the total of the store', () => {
    for (const order of ordersIn(sample)) {
      const bytes = bytesOf(order, 'ubl-order')
      expect(ublStructureFaults([bytes])).toEqual([])
      const payable = textAt(readXml(bytes), 'cac:AnticipatedMonetaryTotal/cbc:PayableAmount')
      expect(Math.round(Number(payable) * 100)).toBe(order.totalMinor)
    }
  })

  test.skipIf(!hasReferenceData)(extra('becomes UBL that is valid against the schema'), async () => {
    const documents = ordersIn(sample).map((order) => bytesOf(order, 'ubl-order'))
    expect(await ublOrderFaults(documents)).toEqual([])
  })

  test('becomes Attaché files once an account for web orders is named: every line and charge, under its code, in its quantity', () => {
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

  test('comes back from UBL as the order that it was', () => {
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
  extra('the Shopify order whose lines come to more than its total is refused as shipped, and the message names both sums'),
  () => {
    const [order] = ordersIn('store-samples/shopify-order.json')
    const settings = parseProfileSettings({
      profile: 'attache-xmlkfi',
      missingCustomer: 'account',
      customerCodeWhenMissing: 'WEB',
      productCodeWhenMissing: 'MISC',
    })
    const rendered = renderFilled(order as ReceivedOrder, settings)
    const problems = rendered.ok ? [] : rendered.problems
    expect(problems).toMatchObject([{ code: 'total-differs', message: expect.stringMatching(/come to 608\.94 .*total is 409\.94 /) }])
  },
)
