import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { extraTitle, hasReferenceData, REFERENCE_DATA } from '../support/reference-data'
import { ask, keyHeader, type ReadAnswer } from '../support/woocommerce/store-client'
import { WooCommerceServer } from '../support/woocommerce/woocommerce-server'

/** Answers of a real WooCommerce 11.0.1, one per file. */
const RECORDINGS = join(REFERENCE_DATA, 'store-recordings/woocommerce')
const ORDERS = '/wp-json/wc/v3/orders'
const LINE = { sku: 'WIDGET-1', priceCents: 2200, quantity: 2 }
/** Headers of the connection, of PHP's own web server, and the time. */
const INCOMPARABLE = new Set(['host', 'date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding'])

interface Recording {
  status: number
  headers: Record<string, string>
  body: unknown
}

type Replay = (store: WooCommerceServer) => Promise<ReadAnswer>

/** The request behind each recording, on a store with the same kind of orders. */
const REPLAYS: Record<string, Replay> = {
  'err-400-per_page.json': (store) => ask(store, `${ORDERS}?per_page=101`),
  'err-400-status.json': (store) => ask(store, `${ORDERS}/12`, { method: 'PUT', body: { status: 'unheard-of' } }),
  'err-401-http-basic.json': (store) => {
    store.control.configure({ pretendHttps: false })
    return ask(store, ORDERS, { headers: keyHeader(store.key) })
  },
  'err-401-rest_route-keys.json': (store) => ask(store, '/?rest_route=/wc/v3/orders', { headers: keyHeader(store.key) }),
  'err-401-skew.json': (store) => {
    store.control.configure({ pretendHttps: false })
    return ask(store, `${ORDERS}?${signedTwentyMinutesAgo(store)}`, { headers: {} })
  },
  'err-404.json': (store) => ask(store, `${ORDERS}/999999`),
  'order-checkout-on-hold.json': (store) => {
    const meta = { is_vat_exempt: 'no', _coupons_hash: 'd751713988987e9331980363e24189ce' }
    const [id] = store.control.addOrders([{ status: 'on-hold', createdVia: 'store-api', lines: [LINE], shipping: null, meta }])
    return ask(store, `${ORDERS}/${id}`)
  },
  'order-notes.json': async (store) => {
    const [id] = store.control.addOrders([{ status: 'pending' }])
    store.control.setStatus(id ?? 0, 'processing')
    store.control.setStatus(id ?? 0, 'completed')
    store.control.addNote(id ?? 0, 'tracking ABC', true)
    return ask(store, `${ORDERS}/${id}/notes`)
  },
  'order-refunds.json': (store) => ask(store, `${ORDERS}/${refundedOrder(store)}/refunds`),
  'order-refunded-trash.json': (store) => {
    const id = refundedOrder(store)
    store.control.trash(id)
    return ask(store, `${ORDERS}/${id}`)
  },
  'orders-page1.json': (store) => ask(store, `${ORDERS}?per_page=3&orderby=modified&order=asc&status=any`),
  'root.json': (store) => {
    store.control.configure({ pretendHttps: false })
    return ask(store, '/wp-json/', { headers: {} })
  },
  'trap-Z-with-dates_are_gmt.json': (store) =>
    ask(store, `${ORDERS}?modified_after=2026-11-29T03:20:00Z&dates_are_gmt=true&_fields=id&per_page=5`),
  'trap-plain-with-dates_are_gmt.json': (store) =>
    ask(store, `${ORDERS}?modified_after=2026-11-29T03:20:00&dates_are_gmt=true&_fields=id&per_page=5`),
}

function refundedOrder(store: WooCommerceServer): number {
  const [id = 0] = store.control.addOrders([{ lines: [LINE], shipping: null, meta: { _ledgerdrop: 'sent' } }])
  store.control.setStatus(id, 'completed')
  store.control.refund(id, { amountCents: 500, reason: 't' })
  store.control.refund(id)
  return id
}

function signedTwentyMinutesAgo(store: WooCommerceServer): string {
  const { key, secret } = store.key
  const timestamp = Date.parse(store.control.now()) / 1000 - 1200
  const query = `oauth_consumer_key=${key}&oauth_nonce=n&oauth_signature_method=HMAC-SHA256&oauth_timestamp=${timestamp}`
  const base = `GET&${encodeURIComponent(`${store.url}${ORDERS}`)}&${encodeURIComponent(query)}`
  const signature = createHmac('sha256', `${secret}&`).update(base).digest('base64')
  return `${query}&oauth_signature=${encodeURIComponent(signature)}`
}

/** The store of the recordings, with as many orders. */
async function recordedStore(): Promise<WooCommerceServer> {
  const store = await WooCommerceServer.start({ now: '2026-11-29T03:42:52Z', pretendHttps: true })
  onTestFinished(() => store.stop())
  const createdAt = '2026-11-29T03:23:36Z'
  store.control.addOrders(Array.from({ length: 207 }, () => ({ createdAt, lines: [LINE] })))
  return store
}

/** The keys and types of a value. Equal ones among the items of a list count once. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return [...new Set(value.map((item) => JSON.stringify(shapeOf(item))))].toSorted()
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]))
}

function comparable(headers: Iterable<[string, string]>, host: string): Record<string, string> {
  const kept = [...headers].filter(([name]) => !INCOMPARABLE.has(name))
  return Object.fromEntries(kept.map(([name, value]) => [name, value.replaceAll(host, 'HOST')]))
}

describe.skipIf(!hasReferenceData)(extraTitle('the stand-in WooCommerce answers as recorded'), () => {
  test.each(Object.entries(REPLAYS))('%s', async (file, replay) => {
    const recorded = JSON.parse(readFileSync(join(RECORDINGS, file), 'utf8')) as Recording
    const store = await recordedStore()
    const answer = await replay(store)
    expect(answer.status).toBe(recorded.status)
    const expected = comparable(Object.entries(recorded.headers), '127.0.0.1:18080')
    expect(comparable(answer.headers, store.url.replace('http://', ''))).toEqual(expected)
    expect(shapeOf(answer.body)).toEqual(shapeOf(recorded.body))
    if (recorded.status !== 200) expect(answer.body).toEqual(recorded.body)
  })

  test('no recording is left out', () => {
    expect(Object.keys(REPLAYS).toSorted()).toEqual(readdirSync(RECORDINGS).toSorted())
  })
})
