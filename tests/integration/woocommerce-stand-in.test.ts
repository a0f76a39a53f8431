import { expect, onTestFinished, test } from 'vitest'
import { ask } from '../support/woocommerce/store-client'
import type { StoreOptions } from '../support/woocommerce/store-settings'
import { WooCommerceServer } from '../support/woocommerce/woocommerce-server'

const NOW = '2026-11-29T03:20:00Z'
const ORDERS = '/wp-json/wc/v3/orders'
const SECOND = 1000
const HOUR = 3_600_000

async function startStore(options: StoreOptions = {}) {
  const store = await WooCommerceServer.start({ now: NOW, ...options })
  onTestFinished(() => store.stop())
  return store
}

/** The ids of a list of orders. */
async function idsOf(store: WooCommerceServer, query: string): Promise<number[]> {
  const { status, body } = await ask(store, `${ORDERS}?_fields=id&per_page=100&${query}`)
  expect(status).toBe(200)
  return body.map(({ id }: { id: number }) => id)
}

test('plain UTC with dates_are_gmt finds what changed; with a Z a shop east of Greenwich appears to have no changes', async () => {
  const store = await startStore()
  const [id] = store.control.addOrders(1)
  expect(await idsOf(store, 'modified_after=2026-11-29T03:19:00&dates_are_gmt=true')).toEqual([id])
  expect(await idsOf(store, 'modified_after=2026-11-29T03:19:00Z&dates_are_gmt=true')).toEqual([])
  expect(await idsOf(store, `modified_after=${encodeURIComponent('2026-11-29T14:19:00+11:00')}&dates_are_gmt=true`)).toEqual([])
  expect(await idsOf(store, 'modified_after=2026-11-29T03:19:00Z')).toEqual([id])
})

test('without dates_are_gmt, a date is read as the local time of the shop', async () => {
  const store = await startStore()
  const [id] = store.control.addOrders(1)
  expect(await idsOf(store, 'modified_after=2026-11-29T14:19:00')).toEqual([id])
  expect(await idsOf(store, 'modified_after=2026-11-29T14:21:00')).toEqual([])
  store.control.configure({ timeZone: 'America/New_York' })
  expect(await idsOf(store, 'modified_after=2026-11-28T22:19:00')).toEqual([id])
  expect(store.control.order(id ?? 0)).toMatchObject({ date_modified: '2026-11-28T22:20:00', date_modified_gmt: '2026-11-29T03:20:00' })
})

test('an order that changed in the same second as the cursor is missed', async () => {
  const store = await startStore()
  const [id] = store.control.addOrders(1)
  store.control.advanceClock(900)
  store.control.setStatus(id ?? 0, 'completed')
  expect(await idsOf(store, 'modified_after=2026-11-29T03:20:00&dates_are_gmt=true')).toEqual([])
  store.control.advanceClock(100)
  store.control.changeOrder(id ?? 0, { customerNote: 'Leave at door' })
  expect(await idsOf(store, 'modified_after=2026-11-29T03:20:00&dates_are_gmt=true')).toEqual([id])
})

test('if an order of page 1 changes before page 2 is read, another order is skipped', async () => {
  const store = await startStore()
  const ids = [1, 2, 3, 4].flatMap(() => {
    store.control.advanceClock(SECOND)
    return store.control.addOrders(1)
  })
  const page = (number: number) => ask(store, `${ORDERS}?orderby=modified&order=asc&per_page=2&_fields=id&page=${number}`)
  const first = await page(1)
  store.control.advanceClock(SECOND)
  store.control.changeOrder(ids[0] ?? 0, { customerNote: 'Ring the bell' })
  const second = await page(2)
  const seen = [...first.body, ...second.body].map(({ id }) => id)
  expect(seen).not.toContain(ids[2])
})

test('a list says how many orders and pages there are, and links the next and the previous page', async () => {
  const store = await startStore({ pretendHttps: true })
  store.control.addOrders(7)
  const { headers, body } = await ask(store, `${ORDERS}?per_page=3&orderby=modified&order=asc&page=2`)
  expect(body).toHaveLength(3)
  expect([headers.get('x-wp-total'), headers.get('x-wp-totalpages')]).toEqual(['7', '3'])
  const collection = `${store.url.replace('http:', 'https:')}${ORDERS}`
  const query = 'per_page=3&orderby=modified&order=asc&status%5B0%5D=any&dp=2&context=view&page='
  expect(headers.get('link')).toBe(`<${collection}?${query}1>; rel="prev", <${collection}?${query}3>; rel="next"`)
  expect(headers.get('date')).toBe('Sun, 29 Nov 2026 03:20:00 GMT')
  expect((await ask(store, ORDERS)).headers.get('x-wp-totalpages')).toBe('1')
})

test('orders can be found by id, status, number and date, and are reduced to the wanted fields', async () => {
  const store = await startStore()
  const [first, second, third] = store.control.addOrders([{ status: 'on-hold' }, {}, { createdAt: '2026-11-01T00:00:00Z' }])
  store.control.setCustomNumber(second ?? 0, 'WEB-2041')
  expect(await idsOf(store, `include=${second},${third}&orderby=include`)).toEqual([second, third])
  expect(await idsOf(store, `include[]=${first}&include[]=${third}&orderby=id&order=asc`)).toEqual([first, third])
  expect(await idsOf(store, 'status=on-hold,pending')).toEqual([first])
  expect(await idsOf(store, 'status[]=processing&status[]=pending&orderby=id')).toEqual([third, second])
  expect(await idsOf(store, 'search=WEB-2041')).toEqual([second])
  expect(await idsOf(store, 'after=2026-11-20T00:00:00&orderby=id&order=asc')).toEqual([first, second])
  expect(await idsOf(store, 'before=2026-11-20T00:00:00')).toEqual([third])
  const { body } = await ask(store, `${ORDERS}/${second}?_fields=id,number,billing.city`)
  expect(body).toEqual({ id: second, number: 'WEB-2041', billing: { city: expect.any(String) } })
})

test.each([
  ['per_page=101', 'per_page', 'rest_out_of_bounds', 'per_page must be between 1 (inclusive) and 100 (inclusive)'],
  ['per_page=x', 'per_page', 'rest_invalid_type', 'per_page is not of type integer.'],
  ['modified_after=yesterday', 'modified_after', 'rest_invalid_date', 'Invalid date.'],
  ['include=7,x', 'include', 'rest_invalid_type', 'include[1] is not of type integer.'],
  ['orderby=total', 'orderby', 'rest_not_in_enum', 'orderby is not one of date, id, include, title, slug, and modified.'],
])('%s is refused with 400', async (query, name, code, message) => {
  const store = await startStore()
  const { status, body } = await ask(store, `${ORDERS}?${query}`)
  expect(status).toBe(400)
  expect(body).toEqual({
    code: 'rest_invalid_param',
    message: `Invalid parameter(s): ${name}`,
    data: { status: 400, params: { [name]: message }, details: { [name]: { code, message, data: null } } },
  })
})

test('what the stand-in cannot answer truthfully is refused with 501', async () => {
  const store = await startStore()
  const [id] = store.control.addOrders(1)
  expect(await ask(store, `${ORDERS}?customer=4`)).toMatchObject({ status: 501, body: { code: 'stand_in_not_covered' } })
  expect(await ask(store, `${ORDERS}/${id}`, { method: 'PUT', body: { line_items: [] } })).toMatchObject({ status: 501 })
  expect(await ask(store, `${ORDERS}/${id}`, { method: 'DELETE' })).toMatchObject({ status: 501 })
})

test.each([
  { storage: 'hpos', isMoved: true },
  { storage: 'legacy', isMoved: false },
] as const)(
  'in $storage storage, a changed line quantity or an empty PUT changes date_modified: $isMoved',
  async ({ storage, isMoved }) => {
    const store = await startStore({ storage })
    const [id = 0] = store.control.addOrders([{ lines: [{ priceCents: 2200, quantity: 2 }], shipping: null }])
    const modified = () => store.control.order(id).date_modified_gmt
    store.control.advanceClock(HOUR)
    store.control.changeLineQuantity(id, 0, 3)
    expect(store.control.order(id)).toMatchObject({ total: '66.00', total_tax: '6.00' })
    expect(modified()).toBe(isMoved ? '2026-11-29T04:20:00' : '2026-11-29T03:20:00')
    store.control.advanceClock(HOUR)
    expect((await ask(store, `${ORDERS}/${id}`, { method: 'PUT', body: {} })).status).toBe(200)
    expect(modified()).toBe(isMoved ? '2026-11-29T05:20:00' : '2026-11-29T03:20:00')
    store.control.advanceClock(HOUR)
    await ask(store, `${ORDERS}/${id}`, { method: 'PUT', body: { status: 'completed' } })
    expect(modified()).toBe('2026-11-29T06:20:00')
  },
)

test('a refund keeps the total and changes date_modified; the status changes only after a full refund', async () => {
  const store = await startStore()
  const [id = 0] = store.control.addOrders([{ lines: [{ priceCents: 2200, quantity: 2 }], shipping: null }])
  store.control.advanceClock(SECOND)
  const partial = store.control.refund(id, { amountCents: 500, reason: 'Broken pot' })
  expect(store.control.order(id)).toMatchObject({
    status: 'processing',
    total: '44.00',
    date_modified_gmt: '2026-11-29T03:20:01',
    refunds: [{ id: partial, reason: 'Broken pot', total: '-5.00', total_tax: '0.00' }],
  })
  const full = store.control.refund(id)
  expect(store.control.order(id)).toMatchObject({
    status: 'refunded',
    total: '44.00',
    refunds: [{ id: full, total: '-39.00' }, { id: partial }],
  })
  const { headers, body } = await ask(store, `${ORDERS}/${id}/refunds`)
  expect(headers.get('x-wp-total')).toBe('2')
  expect(body).toMatchObject([
    { id: full, amount: '39.00', meta_data: [{ key: '_refund_type', value: 'full' }] },
    { id: partial, amount: '5.00', reason: 'Broken pot', meta_data: [{ value: 'partial' }] },
  ])
  expect(() => store.control.refund(id, { amountCents: 1 })).toThrow('0 cents left')
})

test('a refund of a line takes back its quantity and its tax', async () => {
  const store = await startStore()
  const [id = 0] = store.control.addOrders([{ lines: [{ sku: 'SOIL-25', priceCents: 1249, quantity: 4 }] }])
  store.control.refund(id, { lines: [{ line: 0, quantity: 1 }] })
  const { body } = await ask(store, `${ORDERS}/${id}/refunds`)
  expect(body).toMatchObject([{ amount: '12.49', line_items: [{ sku: 'SOIL-25', quantity: -1, total: '-11.35', total_tax: '-1.14' }] }])
})

test('an order in the trash is missing from the list but not by its id; a deleted one is gone', async () => {
  const store = await startStore()
  const [id = 0, other] = store.control.addOrders(2)
  store.control.trash(id)
  expect(await idsOf(store, 'status=any')).toEqual([other])
  expect(await idsOf(store, 'status=trash')).toEqual([id])
  const trashed = await ask(store, `${ORDERS}/${id}`)
  expect(trashed).toMatchObject({ status: 200, body: { status: 'trash' } })
  const meta = [{ key: '_wp_trash_meta_status', value: 'wc-processing' }, { key: '_wp_trash_meta_time' }]
  expect(trashed.body.meta_data).toMatchObject(meta)
  store.control.restore(id)
  expect(store.control.order(id)).toMatchObject({ status: 'processing', meta_data: [] })
  store.control.deleteOrder(id)
  const gone = { code: 'woocommerce_rest_shop_order_invalid_id', message: 'Invalid ID.', data: { status: 404 } }
  expect(await ask(store, `${ORDERS}/${id}`)).toMatchObject({ status: 404, body: gone })
  expect(store.control.orderCount()).toBe(1)
})

test('Completed and a note for the customer email the customer; a private note, a meta field and a repeated Completed do not', async () => {
  const store = await startStore()
  const [id = 0] = store.control.addOrders(1)
  const put = (body: unknown) => ask(store, `${ORDERS}/${id}`, { method: 'PUT', body })
  const note = (body: unknown) => ask(store, `${ORDERS}/${id}/notes`, { method: 'POST', body })
  expect(await note({ note: 'sent to accounts' })).toMatchObject({ status: 201, body: { note: 'sent to accounts', customer_note: false } })
  await put({ meta_data: [{ key: '_ledgerdrop', value: 'sent' }] })
  await put({ meta_data: [{ key: '_ledgerdrop', value: 'confirmed' }] })
  expect(store.control.order(id).meta_data).toMatchObject([{ key: '_ledgerdrop', value: 'confirmed' }])
  expect(store.control.customerEmailsByRequests()).toEqual([])
  const { body } = await put({ status: 'completed' })
  expect(body).toMatchObject({ status: 'completed', date_completed_gmt: '2026-11-29T03:20:00' })
  await put({ status: 'completed' })
  expect(store.control.customerEmailsByRequests()).toMatchObject([{ name: 'Completed order', orderId: id, requestNumber: 4 }])
  await note({ note: 'tracking ABC', customer_note: true })
  expect(store.control.customerEmailsByRequests().map(({ name }) => name)).toEqual(['Completed order', 'Customer note'])
  const notes = await ask(store, `${ORDERS}/${id}/notes`)
  expect(notes.body.map(({ note: text }: { note: string }) => text)).toEqual([
    'sent to accounts',
    'Email "Completed order" sent.',
    'Order status changed from Processing to Completed.',
    'tracking ABC',
    'Email "Customer note" sent.',
  ])
  store.control.clearLog()
  store.control.setStatus(id, 'processing')
  store.control.setStatus(id, 'completed')
  expect(store.control.customerEmailsByRequests()).toEqual([])
  expect(store.control.log().emails).toMatchObject([{ name: 'Completed order', requestNumber: null }])
})

test('a status that WooCommerce does not know is refused', async () => {
  const store = await startStore()
  const [id] = store.control.addOrders(1)
  const { status, body } = await ask(store, `${ORDERS}/${id}`, { method: 'PUT', body: { status: 'dispatched' } })
  expect(status).toBe(400)
  expect(body.data.details.status).toEqual({
    code: 'rest_not_in_enum',
    message: 'status is not one of auto-draft, pending, processing, on-hold, completed, cancelled, refunded, failed, and checkout-draft.',
    data: null,
  })
})

test('generated orders add up to the cent, and the same seed gives the same orders', async () => {
  const store = await startStore()
  const specs = Array.from({ length: 200 }, (_, index) => ({
    seed: index,
    pricesIncludeTax: index % 2 === 0,
    ...(index % 3 === 0 ? { fees: [{ title: 'Gift wrap', priceCents: 333 }] } : {}),
    ...(index % 5 === 0 ? { coupon: { code: 'spring', percent: 15 } } : {}),
    ...(index % 7 === 0 ? { coupon: { code: 'fiver', amountCents: 500 } } : {}),
  }))
  store.control.addOrders(specs)
  for (const order of store.control.orders()) {
    const cents = (amount: string) => Math.round(Number(amount) * 100)
    const add = (lines: { total: string; total_tax: string }[]) =>
      lines.reduce((sum, line) => sum + cents(line.total) + cents(line.total_tax), 0)
    expect(add([...order.line_items, ...order.shipping_lines, ...order.fee_lines])).toBe(cents(order.total))
    expect(cents(order.cart_tax) + cents(order.shipping_tax)).toBe(cents(order.total_tax))
    const subtotals = order.line_items.reduce((sum, line) => sum + cents(line.subtotal) - cents(line.total), 0)
    expect(subtotals).toBe(cents(order.discount_total))
  }
  const other = await startStore()
  other.control.addOrders(specs)
  expect(JSON.stringify(other.control.orders()).replaceAll(other.url, store.url)).toBe(JSON.stringify(store.control.orders()))
})

test('prices that include tax keep six decimals, which dp rounds except in taxes', async () => {
  const store = await startStore()
  const [id] = store.control.addOrders([{ lines: [{ priceCents: 2000 }], shipping: null }])
  const line = async (query: string) => (await ask(store, `${ORDERS}/${id}${query}`)).body.line_items[0]
  const taxes = [{ id: 1, total: '1.818182', subtotal: '1.818182' }]
  expect(await line('')).toMatchObject({ total: '18.18', total_tax: '1.82', price: 18.181818, taxes })
  expect(await line('?dp=4')).toMatchObject({ total: '18.1818', total_tax: '1.8182', taxes })
})

test.each([
  [{ code: 'fiver', amountCents: 500 }, '67.34', { discount_type: 'fixed_cart', nominal_amount: 5 }],
  [{ code: 'spring', percent: 15 }, '61.49', { discount_type: 'percent', nominal_amount: 15 }],
])('the coupon %o takes off exactly what it says', async (coupon, total, expected) => {
  const store = await startStore()
  const lines = [{ priceCents: 1995, quantity: 3 }, { priceCents: 1249 }]
  const [id = 0] = store.control.addOrders([{ lines, shipping: null, coupon }])
  const order = store.control.order(id)
  expect(order).toMatchObject({ total, coupon_lines: [{ code: coupon.code, ...expected }] })
  const [used] = order.coupon_lines
  expect(Number(used?.discount)).toBeCloseTo(Number(order.discount_total), 1)
})
