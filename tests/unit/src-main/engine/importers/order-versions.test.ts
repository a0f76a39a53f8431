import { describe, expect, test } from 'vitest'
import { toOrderJson } from '../../../../../src-main/engine/importers/order-json/order-json-format'
import { sampleOrder } from '../../../../support/orders'
import { failureOf, orderOf, shopifyOrder, ublOrder, wooOrder } from './documents'

const TIME = '2026-04-05T10:00:00.000Z'
const CSV_HEADINGS = 'orderId,orderNumber,orderedAt,modifiedAt,currency,orderTotal,sku,quantity,unitPrice'
const csv = (id: string, modifiedAt: string) => `${CSV_HEADINGS}\n${id},1001,2026-04-03T00:00:00Z,${modifiedAt},AUD,10.00,A,1,10.00\n`
const xml = (modifiedAt: string) =>
  `<order format="ledgerdrop-order" version="1"><number>1</number><orderedAt>${TIME}</orderedAt>${modifiedAt}<currency>AUD</currency>
  <lines><line><quantity>1</quantity><unitPrice>1.00</unitPrice><net>1.00</net><tax>0.00</tax></line></lines><tax>0.00</tax><total>1.00</total></order>`

describe('the time when the store last changed an order', () => {
  test.for<[string, unknown, string | null]>([
    ['WooCommerce: date_modified_gmt', wooOrder({ date_modified_gmt: '2026-04-05T10:00:00' }), TIME],
    ['WooCommerce: only the store’s local time', wooOrder({ date_modified: '2026-04-05T20:00:00' }), null],
    ['WooCommerce: no time at all', wooOrder({ date_modified_gmt: 'yesterday' }), null],
    ['Shopify: updated_at', shopifyOrder({ updated_at: '2026-04-05T20:00:00+10:00' }), TIME],
    ['Shopify: none', shopifyOrder(), null],
    ['UBL: the format has none', ublOrder(), null],
    ['order JSON: modifiedAt', toOrderJson([sampleOrder({ modifiedAt: TIME })]), TIME],
    ['order JSON: none', toOrderJson([sampleOrder()]), null],
    ['order CSV: modifiedAt', csv('7', '2026-04-05T20:00:00+10:00'), TIME],
    ['order CSV: an empty cell', csv('7', ''), null],
    ['order XML: modifiedAt', xml(`<modifiedAt> ${TIME} </modifiedAt>`), TIME],
    ['order XML: none', xml(''), null],
  ])('%s', ([, document, expected]) => {
    expect(orderOf(document).modifiedAt).toBe(expected)
  })

  test('without a time zone is refused in our own formats', () => {
    expect(failureOf(csv('7', '2026-04-05T20:00:00'))).toMatchObject({
      code: 'field-invalid',
      message: expect.stringContaining('modifiedAt'),
    })
  })
})

describe('an id in scientific notation is refused', () => {
  test.for<[string, unknown]>([
    ['order CSV', csv('5.12346E+12', '')],
    ['order JSON', toOrderJson([sampleOrder({ sourceOrderId: '5.12346E+12' })])],
    ['an order number that is used as the id', toOrderJson([sampleOrder({ number: '5.12346E+12' })])],
    ['a JSON number of Shopify', JSON.stringify(shopifyOrder()).replace('"id":450789469', '"id":4.50789469e8')],
    ['a JSON number of WooCommerce', JSON.stringify(wooOrder()).replace('"id":1003', '"id":1.003e3')],
  ])('%s', ([, document]) => {
    expect(failureOf(document).message).toMatch(/is in scientific notation: a spreadsheet or another program has shortened it/)
  })
})

test('a file with two spellings of the same id is refused as ambiguous', () => {
  const text = toOrderJson([sampleOrder({ sourceOrderId: 'web-1' }), sampleOrder({ sourceOrderId: 'WEB-1 ', reference: 'Other' })])
  expect(failureOf(text).code).toBe('duplicate-order')
})
