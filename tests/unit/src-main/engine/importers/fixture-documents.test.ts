import { describe, expect, test } from 'vitest'
import { readAnswerDocument } from '../../../../../src-main/engine/importers/answers/answer-document'
import { importOrders } from '../../../../../src-main/engine/importers/import-orders'
import { toOrderJson } from '../../../../../src-main/engine/importers/order-json/order-json-format'
import { ANSWERED_ORDER, FIXTURE_ANSWER, FIXTURE_ORDERS, fixtureDocument } from '../../../../support/fixture-documents'
import { ublStructureErrors } from '../../../../support/ubl-structure'
import { orderOf } from './documents'

test('a WooCommerce order with a coupon, a fee and hidden data is read as the store shows it', () => {
  expect(orderOf(fixtureDocument('woocommerce-order.json'))).toEqual({
    sourceOrderId: '8123',
    number: '8123',
    orderedAt: '2026-05-11T07:42:10.000Z',
    modifiedAt: '2026-05-11T07:43:02.000Z',
    currency: 'AUD',
    status: 'Pending',
    customer: {
      code: '',
      storeId: '52',
      name: 'Zoë Nguyen',
      company: 'Banksia Lane Nursery',
      email: 'zoe@banksia.example',
      phone: '03 5550 4321',
    },
    billTo: {
      name: 'Zoë Nguyen',
      company: 'Banksia Lane Nursery',
      line1: '4 Banksia Lane',
      line2: 'Shed 2',
      city: 'Ballarat',
      region: 'VIC',
      postcode: '3350',
      country: 'AU',
      phone: '03 5550 4321',
      email: 'zoe@banksia.example',
    },
    shipTo: {
      name: "Sam O'Hara",
      company: '',
      line1: '71 Wattle Road',
      line2: '',
      city: 'Geelong',
      region: 'VIC',
      postcode: '3220',
      country: 'AU',
      phone: '',
      email: '',
    },
    reference: '',
    note: 'Leave it behind the shed,\nnot at the door',
    deliveryDate: null,
    lines: [
      {
        sku: 'HOSE-15',
        name: 'Garden hose – 15 m',
        note: 'Colour: Green',
        unit: '',
        quantity: '2',
        unitPrice: '25',
        discountMinor: 500,
        netMinor: 4500,
        taxMinor: 450,
        taxRate: '10',
      },
      {
        sku: '',
        name: 'Seeds & pots',
        note: '',
        unit: '',
        quantity: '1',
        unitPrice: '30',
        discountMinor: 0,
        netMinor: 3000,
        taxMinor: 300,
        taxRate: '10',
      },
    ],
    charges: [
      { kind: 'freight', label: 'Standard freight', netMinor: 1000, taxMinor: 100, taxRate: '10' },
      { kind: 'fee', label: 'Gift wrapping', netMinor: 500, taxMinor: 50, taxRate: '10' },
    ],
    taxMinor: 900,
    totalMinor: 9900,
    warnings: [],
  })
})

test('a Shopify order whose total differs from the sum of its parts keeps its total and gets a warning', () => {
  const order = orderOf(fixtureDocument('shopify-order.json'))
  expect(order).toMatchObject({
    sourceOrderId: '7700112233',
    number: '#2045',
    orderedAt: '2026-05-31T23:05:30.000Z',
    currency: 'AUD',
    status: 'Pending',
    customer: {
      code: '',
      storeId: '88120045',
      name: 'Lena Fernhill',
      company: 'Fernhill Landscapes',
      email: 'lena@fernhill.example',
      phone: '03 5550 7788',
    },
    billTo: { name: 'Lena Fernhill', line1: '9 Quarry Street', line2: 'Level 1', city: 'Hobart', region: 'TAS', country: 'AU' },
    shipTo: { name: 'Site Office', company: '', line1: '200 Summit Drive', line2: '', city: 'Kingston', postcode: '7050', phone: '' },
    reference: 'FH-318',
    note: 'Ring twice\ngate code: 4417',
    charges: [{ kind: 'freight', label: 'Road freight', netMinor: 2000, taxMinor: 200, taxRate: '10' }],
    taxMinor: 1250,
    totalMinor: 13950,
    warnings: ['The lines, charges and tax add up to 137.50 AUD, but the order states a total of 139.50 AUD.'],
  })
  expect(
    order.lines.map(({ sku, name, note, quantity, unitPrice, discountMinor, netMinor, taxMinor }) => [
      sku,
      name,
      note,
      quantity,
      unitPrice,
      discountMinor,
      netMinor,
      taxMinor,
    ]),
  ).toEqual([
    ['SPR-BR', 'Sprinkler', 'brass\nEngraving: Fernhill', '4', '25', 1000, 9000, 900],
    ['WASH-9', 'Spare washer', '', '10', '1.5', 0, 1500, 150],
  ])
})

test('a UBL order with a contact, charges, a price per ten and a separate delivery address is read completely', () => {
  const order = orderOf(fixtureDocument('ubl-order.xml'))
  expect(order).toMatchObject({
    sourceOrderId: 'HARBOUR/HC-2026-118',
    number: ANSWERED_ORDER,
    orderedAt: '2026-07-13T22:30:00.000Z',
    currency: 'AUD',
    customer: {
      code: 'HARBOUR',
      storeId: '9377778071234',
      name: 'Aroha Kelly',
      company: 'Harbour Café Pty Ltd',
      email: 'orders@harbour.example',
      phone: '08 5550 6611',
    },
    billTo: { line1: 'Quay Street 8', line2: 'Wharf 3', city: 'Fremantle', region: 'WA', postcode: '6160', country: 'AU' },
    shipTo: {
      name: 'Tom',
      company: 'Harbour Kiosk',
      line1: 'Market Lane 21',
      city: 'Perth',
      region: 'WA',
      postcode: '6000',
      country: 'AU',
    },
    reference: 'Terrace',
    note: 'Back gate, please',
    deliveryDate: '2026-07-20',
    charges: [
      { kind: 'freight', label: 'Delivery by van', netMinor: 1200, taxMinor: 120, taxRate: '10' },
      { kind: 'discount', label: 'Standing order rebate', netMinor: -200, taxMinor: -20, taxRate: '10' },
    ],
    taxMinor: 700,
    totalMinor: 7700,
    warnings: [],
  })
  expect(
    order.lines.map(({ sku, name, note, unit, quantity, unitPrice, netMinor }) => [sku, name, note, unit, quantity, unitPrice, netMinor]),
  ).toEqual([
    ['FERT-P', 'Fertiliser', 'In one bag\nSlow release, for pots\nGrade: Fine', 'KGM', '7.5', '6', 4500],
    ['POT-12', 'Clay pot 12 cm', '', 'C62', '3', '5', 1500],
  ])
})

test('an OrderResponseSimple is an answer, not an order', () => {
  expect(readAnswerDocument(fixtureDocument(FIXTURE_ANSWER))).toEqual({
    kind: 'answer',
    documentType: 'OrderResponseSimple',
    answers: [{ orderNumber: ANSWERED_ORDER, verdict: 'accepted', text: '' }],
  })
  expect(importOrders(fixtureDocument(FIXTURE_ANSWER), FIXTURE_ANSWER)).toMatchObject({ ok: false, failure: { code: 'not-recognised' } })
})

test('the UBL documents have the structure of UBL 2.1', () => {
  expect(ublStructureErrors([fixtureDocument('ubl-order.xml'), fixtureDocument(FIXTURE_ANSWER)])).toEqual([])
})

describe.each(FIXTURE_ORDERS)('%s', (name) => {
  test('is the same order after an export to order JSON', () => {
    const order = orderOf(fixtureDocument(name))
    expect(importOrders(new TextEncoder().encode(toOrderJson([order])), 'again.json')).toEqual({
      ok: true,
      format: 'order-json',
      orders: [order],
    })
  })

  test('never causes an internal error if one byte is changed', () => {
    const original = fixtureDocument(name)
    // Every seventh byte is fast, and enough to hit every kind of content.
    for (let at = 0; at < original.length; at += 7) {
      const changed = Uint8Array.from(original)
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8))
      const result = importOrders(changed, name)
      if (!result.ok) expect(result.failure.code).not.toBe('importer-fault')
    }
  })
})
