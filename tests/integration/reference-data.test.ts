import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importOrders } from '../../src-main/engine/importers/import-orders'
import { toOrderJson } from '../../src-main/engine/importers/order-json/order-json-format'
import { readXml } from '../../src-main/engine/importers/reading/xml-reader'
import type { ReceivedOrder } from '../../src-shared/order'
import { extraTitle, hasReferenceData, REFERENCE_DATA } from '../support/reference-data'

const FILES = [
  'store-samples/woocommerce-order.json',
  'store-samples/shopify-order.json',
  'ubl-2.1/examples/UBL-Order-2.1-Example.xml',
] as const

const bytesOf = (file: string): Uint8Array => readFileSync(join(REFERENCE_DATA, file))

function orderOf(file: (typeof FILES)[number]): ReceivedOrder {
  const result = importOrders(bytesOf(file), file)
  if (!result.ok) throw new Error(result.failure.message)
  const [order] = result.orders
  if (order === undefined || result.orders.length !== 1) throw new Error(`${result.orders.length} orders`)
  return order
}

describe.skipIf(!hasReferenceData)(extraTitle('third-party documents'), () => {
  test("order 727 of WooCommerce's documentation is imported with all its fields", () => {
    expect(orderOf('store-samples/woocommerce-order.json')).toEqual({
      sourceOrderId: '727',
      number: '727',
      orderedAt: '2017-03-22T19:28:02.000Z',
      modifiedAt: '2017-03-22T19:28:08.000Z',
      currency: 'USD',
      status: 'Pending',
      customer: { code: '', storeId: '', name: 'John Doe', company: '', email: 'john.doe@example.com', phone: '(555) 555-5555' },
      billTo: {
        name: 'John Doe',
        company: '',
        line1: '969 Market',
        line2: '',
        city: 'San Francisco',
        region: 'CA',
        postcode: '94103',
        country: 'US',
        phone: '(555) 555-5555',
        email: 'john.doe@example.com',
      },
      shipTo: {
        name: 'John Doe',
        company: '',
        line1: '969 Market',
        line2: '',
        city: 'San Francisco',
        region: 'CA',
        postcode: '94103',
        country: 'US',
        phone: '',
        email: '',
      },
      reference: '',
      note: '',
      deliveryDate: null,
      lines: [
        {
          sku: '',
          name: 'Woo Single #1',
          note: '',
          unit: '',
          quantity: '2',
          unitPrice: '3',
          discountMinor: 0,
          netMinor: 600,
          taxMinor: 45,
          taxRate: null,
        },
        {
          sku: 'Bar3',
          name: 'Ship Your Idea – Color: Black, Size: M Test',
          note: 'color: black\nsize: M Test',
          unit: '',
          quantity: '1',
          unitPrice: '12',
          discountMinor: 0,
          netMinor: 1200,
          taxMinor: 90,
          taxRate: null,
        },
      ],
      charges: [{ kind: 'freight', label: 'Flat Rate', netMinor: 1000, taxMinor: 0, taxRate: '0' }],
      taxMinor: 135,
      totalMinor: 2935,
      warnings: [],
    })
  })

  test("order #1001 of Shopify's Python client, which does not add up, is imported with warnings", () => {
    const order = orderOf('store-samples/shopify-order.json')
    const address = {
      name: 'Bob Norman',
      company: '',
      line1: 'Chestnut Street 92',
      line2: '',
      city: 'Louisville',
      region: 'KY',
      postcode: '40202',
      country: 'US',
      phone: '555-625-1199',
      email: '',
    }
    expect(order).toMatchObject({
      sourceOrderId: '450789469',
      number: '#1001',
      orderedAt: '2008-01-10T16:00:00.000Z',
      modifiedAt: '2008-01-10T16:00:00.000Z',
      currency: 'USD',
      status: 'Pending',
      customer: {
        code: '',
        storeId: '207119551',
        name: 'Bob Norman',
        company: '',
        email: 'bob.norman@hostmail.com',
        phone: '555-625-1199',
      },
      billTo: address,
      shipTo: address,
      note: 'custom engraving: Happy Birthday\ncolour: green',
      deliveryDate: null,
      charges: [{ kind: 'freight', label: 'Free Shipping', netMinor: 0, taxMinor: 0, taxRate: null }],
      taxMinor: 1194,
      totalMinor: 40994,
      warnings: [
        'The discount code "TENOFF" names 10.00 USD, but the order states no discount; none was taken off.',
        'The lines, charges and tax add up to 608.94 USD, but the order states a total of 409.94 USD.',
        'The tax of lines and charges adds up to 0.00 USD, but the order states a tax of 11.94 USD.',
      ],
    })
    expect(
      order.lines.map(({ sku, name, note, quantity, unitPrice, netMinor }) => [sku, name, note, quantity, unitPrice, netMinor]),
    ).toEqual([
      ['IPOD2008GREEN', 'IPod Nano - 8gb', 'green\nCustom Engraving: Happy Birthday', '1', '199', 19900],
      ['IPOD2008RED', 'IPod Nano - 8gb', 'red', '1', '199', 19900],
      ['IPOD2008BLACK', 'IPod Nano - 8gb', 'black', '1', '199', 19900],
    ])
  })

  test('order 34 of the UBL 2.1 release, which does not add up, is imported with a warning', () => {
    const order = orderOf('ubl-2.1/examples/UBL-Order-2.1-Example.xml')
    expect(order).toMatchObject({
      number: '34',
      orderedAt: '2010-01-20T12:30:00.000Z',
      currency: 'SEK',
      status: 'Pending',
      customer: {
        code: 'PartyID123',
        storeId: '7300070011115',
        name: 'Pelle X Svensson',
        company: 'Johnssons byggvaror',
        email: 'pelle@johnsson.se',
        phone: '123456',
      },
      billTo: {
        line1: 'Rådhusgatan 5',
        line2: '2nd floor, PoBox123, Purchasing department',
        city: 'Stockholm',
        region: 'RegionX',
        postcode: '11000',
        country: 'SE',
      },
      shipTo: { name: 'Per', company: 'Swedish trucking', line1: 'Rådhusgatan 5', city: 'Stockholm', postcode: '11000', country: 'SE' },
      note: 'Information text for the whole order',
      deliveryDate: '2010-02-10',
      charges: [
        { kind: 'fee', label: 'Transport documents', netMinor: 10000, taxMinor: 0 },
        { kind: 'discount', label: 'Total order value discount', netMinor: -10000, taxMinor: 0 },
      ],
      taxMinor: 10000,
      totalMinor: 622500,
    })
    expect(order.lines).toEqual([
      {
        sku: 'SItemNo001',
        name: 'Falu Rödfärg',
        note: 'Freetext note on line 1\nRed paint\nPaint type: Acrylic\nSolvant: Water',
        unit: 'LTR',
        quantity: '120',
        unitPrice: '50',
        discountMinor: 0,
        netMinor: 600000,
        taxMinor: 1000,
        taxRate: null,
      },
      {
        sku: 'SItemNo011',
        name: 'Pensel 20 mm',
        note: 'Freetext note on line 2\nVery good pencils for red paint.\nHair color: Black\nWidth: 20mm',
        unit: 'C62',
        quantity: '15',
        unitPrice: '15',
        discountMinor: 0,
        netMinor: 22500,
        taxMinor: 1000,
        taxRate: null,
      },
    ])
    expect(order.warnings).toContain('The lines, charges and tax add up to 6,325.00 SEK, but the order states a total of 6,225.00 SEK.')
  })

  test.each(FILES)('%s is unchanged after a round trip through order JSON', (file) => {
    const order = orderOf(file)
    expect(importOrders(new TextEncoder().encode(toOrderJson([order])), 'again.json')).toEqual({
      ok: true,
      format: 'order-json',
      orders: [order],
    })
  })

  test('the OrderResponseSimple is XML, but not an order', () => {
    const file = 'ubl-2.1/examples/UBL-OrderResponseSimple-2.1-Example.xml'
    expect(readXml(bytesOf(file))).toMatchObject({ ok: true, root: { name: 'OrderResponseSimple' } })
    expect(importOrders(bytesOf(file), file)).toMatchObject({ ok: false, failure: { code: 'not-recognised' } })
  })

  test.each(FILES)('%s does not crash the importer if one byte is changed', (file) => {
    const original = bytesOf(file)
    // Changing every seventh byte hits every kind of element and is fast enough for every run.
    for (let at = 0; at < original.length; at += 7) {
      const changed = Uint8Array.from(original)
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
      const result = importOrders(changed, file)
      if (!result.ok) expect(result.failure.code).not.toBe('importer-fault')
    }
  })
})
