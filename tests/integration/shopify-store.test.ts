import { describe, expect, test } from 'vitest'
import { importOrders } from '../../src-main/engine/importers/import-orders'
import type { IncompleteDocument, ListedOrder, Store, StoreDocument } from '../../src-main/engine/stores/connection/store'
import { FailureError } from '../../src-shared/failure'
import type { ReceivedOrder } from '../../src-shared/order'
import { STORE_INFO } from '../../src-shared/stores'
import { connectShopify, openShopify } from '../support/shopify/connect-shopify'
import { schemaTitle, shopifySchema } from '../support/shopify/shopify-schema'
import { DEFAULT_SETTINGS } from '../support/shopify/shopify-settings'

const SINCE_EVER = '2000-01-01T00:00:00.000Z'
const DAY_MS = 86_400_000
const never = new AbortController().signal

async function listAll(store: Store, since = SINCE_EVER): Promise<ListedOrder[]> {
  const all: ListedOrder[] = []
  for await (const { orders } of store.listChanged(since, never)) all.push(...orders)
  return all
}

/** The only document of an answer. */
function only(documents: readonly (StoreDocument | IncompleteDocument)[]): StoreDocument {
  const [document] = documents
  if (document === undefined || 'reason' in document || documents.length > 1) throw new Error(`Not one order: ${JSON.stringify(documents)}`)
  return document
}

function read({ bytes, fileName }: StoreDocument): ReceivedOrder {
  const result = importOrders(bytes, fileName)
  if (!result.ok) throw new Error(result.failure.message)
  const [order] = result.orders
  if (order === undefined) throw new Error('No order')
  return order
}

async function failure(work: Promise<unknown>): Promise<FailureError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof FailureError)) throw new Error(`Not a failure: ${String(error)}`)
  return error
}

describe.skipIf(shopifySchema === null)(schemaTitle('reading a Shopify store'), () => {
  test('every order is listed once, oldest change first, with what remains', async () => {
    const server = await openShopify()
    const ids = server.control.addOrders(601).map(String)
    const pages = []
    for await (const page of connectShopify(server).listChanged(SINCE_EVER, never)) pages.push(page)
    expect(pages.map(({ orders, remaining }) => [orders.length, remaining])).toEqual([
      [250, 351],
      [250, 101],
      [101, 0],
    ])
    expect(pages.flatMap(({ orders }) => orders.map(({ id }) => id))).toEqual(ids)
  })

  test('a list since a time includes the orders that changed at that time', async () => {
    const server = await openShopify({ now: '2026-11-29T03:00:00Z' })
    const [, second, third] = server.control.addOrders([
      { createdAt: '2026-11-29T02:59:58Z' },
      { createdAt: '2026-11-29T02:59:59Z' },
      { createdAt: '2026-11-29T03:00:00Z' },
    ])
    const listed = await listAll(connectShopify(server), '2026-11-29T02:59:59.000Z')
    expect(listed).toEqual([
      { id: String(second), modifiedAt: '2026-11-29T02:59:59.000Z' },
      { id: String(third), modifiedAt: '2026-11-29T03:00:00.000Z' },
    ])
  })

  test('no order is left out if orders change between two pages', async () => {
    const server = await openShopify({ now: '2026-11-29T03:00:00Z' })
    const ids = server.control.addOrders(600)
    server.control.advanceClock(60_000)
    const seen: string[] = []
    for await (const { orders } of connectShopify(server).listChanged(SINCE_EVER, never)) {
      seen.push(...orders.map(({ id }) => id))
      // Orders of the page that was just read move to the end.
      if (seen.length === 250) for (const id of ids.slice(0, 100)) server.control.change(id, { note: 'changed' })
    }
    expect(new Set(seen)).toEqual(new Set(ids.map(String)))
    expect(seen.slice(-100)).toEqual(ids.slice(0, 100).map(String))
  })

  test('an order is kept as the store sent it, byte for byte', async () => {
    const server = await openShopify()
    const [id] = server.control.addOrders([{ note: 'Ring  twice\n"now" \u00e9', tags: ['a'] }])
    const store = connectShopify(server)
    const document = only(await store.get([String(id)], never))
    // The stand-in writes its answers with JSON.stringify, so that a parsed order written again is what it sent.
    const text = Buffer.from(document.bytes).toString()
    expect(text).toBe(JSON.stringify(JSON.parse(text)))
    expect(JSON.parse(text)).toMatchObject({ legacyResourceId: String(id), note: 'Ring  twice\n"now" \u00e9' })
    expect(document).toMatchObject({ id: String(id), fileName: `order-${id}.json`, status: 'paid' })
  })

  test('an order with more lines and shipping lines than one answer has is complete', async () => {
    const server = await openShopify()
    const lines = Array.from({ length: 137 }, (_, index) => ({ sku: `SKU-${index}`, title: `Product ${index}`, quantity: 1 + (index % 3) }))
    const shipping = Array.from({ length: 5 }, (_, index) => ({ title: `Parcel ${index}`, priceCents: 500 + index }))
    const [id] = server.control.addOrders([{ lines, shipping }])
    const document = only(await connectShopify(server).get([String(id)], never))
    expect(Buffer.from(document.bytes).toString()).toContain('{"shopifyOrder":[')
    const order = read(document)
    expect(order.lines.map(({ sku }) => sku)).toEqual(lines.map(({ sku }) => sku))
    expect(order.charges.map(({ label }) => label)).toEqual(shipping.map(({ title }) => title))
    expect(order.totalMinor).toBe(server.control.totals(id ?? 0).placed)
    expect(order.warnings).toEqual([])
  })

  test('an order that changes between its pages is read again from its beginning', async () => {
    const server = await openShopify({ now: '2026-11-29T03:00:00Z' })
    const lines = Array.from({ length: 130 }, (_, index) => ({ sku: `SKU-${index}`, quantity: 2 }))
    const [id = 0] = server.control.addOrders([{ lines }])
    server.control.addFault({ kind: 'slow', delayMs: 300 }, { contains: 'MoreOrderLines' })
    const reading = connectShopify(server).get([String(id)], never)
    await expect.poll(() => server.control.log().requests.some(({ body }) => body.includes('MoreOrderLines'))).toBe(true)
    server.control.advanceClock(5000)
    server.control.edit(id, { quantities: { 0: 1 } })
    const document = only(await reading)
    expect(document.modifiedAt).toBe('2026-11-29T03:00:05.000Z')
    const order = read(document)
    expect(order.lines[0]).toMatchObject({ sku: 'SKU-0', quantity: '1' })
    expect(order.totalMinor).toBe(server.control.totals(id).current)
  })

  test('orders that the store does not have are missing, and others are in the order asked for', async () => {
    const server = await openShopify()
    const [first, second, third] = server.control.addOrders(3).map(String)
    server.control.remove(Number(second))
    const documents = await connectShopify(server).get([third ?? '', second ?? '', first ?? ''], never)
    expect(documents.map(({ id }) => id)).toEqual([third, first])
    expect(await connectShopify(server).getOne(second ?? '', never)).toBeNull()
  })

  test('a query that costs too much is made again for fewer orders', async () => {
    const server = await openShopify({ maxQueryCost: 350 })
    const ids = server.control.addOrders(12).map(String)
    const documents = await connectShopify(server).get(ids, never)
    expect(documents.map(({ id }) => id)).toEqual(ids)
  })

  test('throttled queries are made again, and each order arrives', async () => {
    const server = await openShopify({ throttle: { maximumAvailable: 520, restoreRate: 400 } })
    const ids = server.control.addOrders(12).map(String)
    const documents = await connectShopify(server).get(ids, never)
    expect(documents.map(({ id }) => id)).toEqual(ids)
    expect(server.control.throttledCount()).toBeGreaterThan(0)
  })

  test('a store that would throttle for minutes is busy', async () => {
    const server = await openShopify({ throttle: { maximumAvailable: 400, restoreRate: 0.1 } })
    const ids = server.control.addOrders(6).map(String)
    expect(await failure(connectShopify(server).get(ids, never))).toMatchObject({ code: 'store-busy' })
  })

  test('an order is found by the number that people use', async () => {
    const server = await openShopify()
    const ids = server.control.addOrders([{ name: '#1001' }, { name: '1001-A' }, { name: '#10015' }]).map(String)
    const store = connectShopify(server)
    const found = async (number: string) => (await store.find(number, never)).map(({ id }) => id)
    expect(await found('1001')).toEqual([ids[0]])
    expect(await found('#1001')).toEqual([ids[0]])
    expect(await found('1001-a')).toEqual([ids[1]])
    expect(await found('1002')).toEqual([])
    expect(await found('" OR name:"1001')).toEqual([])
  })

  test.each([
    [{}, 'paid'],
    [{ financialStatus: 'PARTIALLY_PAID' }, 'partially paid'],
    [{ isTest: true }, 'test'],
    [{ cancelledAt: 1_700_000_000 }, 'cancelled'],
  ] as const)('an order with %j has the status %s', async (spec, status) => {
    const server = await openShopify()
    const [id] = server.control.addOrders([spec])
    expect(await connectShopify(server).getOne(String(id), never)).toMatchObject({ status })
  })

  test('the time of the payment is known', async () => {
    const server = await openShopify({ now: '2026-11-29T03:00:00Z' })
    const [id = 0] = server.control.addOrders([{ financialStatus: 'PENDING' }])
    const store = connectShopify(server)
    expect(await store.getOne(String(id), never)).toMatchObject({ paidAt: null, placedAt: '2026-11-29T03:00:00.000Z' })
    server.control.advanceClock(DAY_MS)
    server.control.pay(id)
    expect(await store.getOne(String(id), never)).toMatchObject({ paidAt: '2026-11-30T03:00:00.000Z', status: 'paid' })
  })
})

describe.skipIf(shopifySchema === null)(schemaTitle('testing the connection to a Shopify store'), () => {
  test('says what is there', async () => {
    const server = await openShopify({}, () => Date.now() + 90_000)
    server.control.addOrders([{}, {}, { financialStatus: 'PENDING' }, { isTest: true }, { cancelledAt: 1_700_000_000 }])
    const facts = await connectShopify(server).test(never)
    expect(facts).toMatchObject({ shopName: 'Harbour Garden', version: 'Shopify, Admin API 2026-10', canWrite: true })
    expect(Math.abs(facts.clockDifferenceMs - 90_000)).toBeLessThan(60_000)
    const counts = Object.fromEntries(facts.statuses.map(({ status, count }) => [status, count]))
    expect(counts).toMatchObject({ paid: 2, pending: 1, test: 1, cancelled: 1, refunded: 0 })
    expect(Object.keys(counts).sort()).toEqual(Object.keys(STORE_INFO.shopify.statuses).sort())
  })

  test('without read_all_orders, only 60 days are counted, and it says so', async () => {
    const server = await openShopify({ now: '2026-11-29T03:00:00Z' })
    server.control.addOrders([{ createdAt: '2026-09-01T00:00:00Z' }, { createdAt: '2026-10-15T00:00:00Z' }, {}])
    const store = connectShopify(server)
    const earliest = '2026-09-30T03:00:00.000Z'
    expect(await store.test(never)).toMatchObject({ earliest })
    const { statuses } = STORE_INFO.shopify
    expect(await store.count('2026-01-01T00:00:00.000Z', statuses, never)).toEqual({ total: 2, ready: 2, since: earliest })
    expect(await listAll(store)).toHaveLength(2)
    server.control.configure({ scopes: [...DEFAULT_SETTINGS.scopes, 'read_all_orders'] })
    expect(await store.test(never)).toMatchObject({ earliest: null })
    expect(await store.count('2026-01-01T00:00:00.000Z', statuses, never)).toMatchObject({ total: 3, since: '2026-01-01T00:00:00.000Z' })
  })

  test('an order that is too old for the key is not taken for deleted', async () => {
    const server = await openShopify({ now: '2026-11-29T03:00:00Z' })
    const placedAt = '2026-09-01T00:00:00.000Z'
    const [id] = server.control.addOrders([{ createdAt: placedAt }]).map(String)
    const store = connectShopify(server)
    expect(await store.getOne(id ?? '', never, placedAt)).toBe('not handed out')
    expect(await store.getOne('12345', never, '2026-11-01T00:00:00.000Z')).toBeNull()
    server.control.configure({ scopes: [...DEFAULT_SETTINGS.scopes, 'read_all_orders'] })
    expect(await store.getOne('12345', never, placedAt)).toBeNull()
  })

  test('counts what is ready by what the statuses mean', async () => {
    const server = await openShopify()
    server.control.addOrders([{}, { financialStatus: 'AUTHORIZED' }, { isTest: true }, { cancelledAt: 1_700_000_000 }])
    const since = new Date(Date.now() - DAY_MS).toISOString()
    const { statuses } = STORE_INFO.shopify
    expect(await connectShopify(server).count(since, statuses, never)).toMatchObject({ total: 4, ready: 1 })
    expect(await connectShopify(server).count(since, { ...statuses, authorized: 'Pending' }, never)).toMatchObject({ ready: 2 })
  })
})

describe.skipIf(shopifySchema === null)(schemaTitle('signing in to a Shopify store'), () => {
  test('tokens are shared, renewed before they end, and after they were refused', async () => {
    let nowMs = Date.parse('2026-11-29T03:00:00Z')
    const server = await openShopify({}, () => nowMs)
    server.control.addOrders(3)
    const tokens = new Map()
    const store = connectShopify(server, DEFAULT_SETTINGS.clientSecret, tokens)
    await Promise.all([listAll(store), listAll(store), store.now(never)])
    await listAll(connectShopify(server, DEFAULT_SETTINGS.clientSecret, tokens))
    expect(server.control.issuedTokens()).toBe(1)
    // The token ends in the store, which its client only learns from a refusal.
    nowMs += DAY_MS
    expect(await listAll(store)).toHaveLength(3)
    expect(server.control.issuedTokens()).toBe(2)
    // This computer's clock says that the token is about to end.
    for (const issued of tokens.values()) issued.renewAtMs = Date.now() - 1
    server.control.clearLog()
    expect(await listAll(store)).toHaveLength(3)
    expect(server.control.issuedTokens()).toBe(3)
    expect(server.control.log().requests.map(({ status }) => status)).toEqual([200, 200])
  })

  test('a token is renewed some minutes before it ends', async () => {
    const server = await openShopify()
    const tokens = new Map<string, { token: string; renewAtMs: number }>()
    const beforeMs = Date.now()
    await connectShopify(server, DEFAULT_SETTINGS.clientSecret, tokens).now(never)
    const [issued] = [...tokens.values()]
    const lifeMs = (issued?.renewAtMs ?? 0) - beforeMs
    expect(lifeMs).toBeGreaterThan(23 * 3_600_000)
    expect(lifeMs).toBeLessThan(DAY_MS - 4 * 60_000)
  })

  test.each([
    ['the app belongs to another organisation', { isSameOrganisation: false }, undefined, 'store-app-refused', 'organisation'],
    ['the secret is wrong', {}, 'wrong', 'store-key-refused', 'client id and secret'],
    ['the shop is frozen', { shopState: 'frozen' }, undefined, 'store-frozen', 'frozen'],
    ['the shop is locked', { shopState: 'locked' }, undefined, 'store-frozen', 'locked'],
    ['a scope is missing', { scopes: ['read_customers'] }, undefined, 'store-key-rights', 'read_orders'],
  ] as const)('if %s, it says so', async (_, options, secret, code, text) => {
    const server = await openShopify({ ...options } as object)
    const store = connectShopify(server, secret ?? DEFAULT_SETTINGS.clientSecret)
    const found = await failure(listAll(store))
    expect(found).toMatchObject({ code, message: expect.stringContaining(text) })
    expect(JSON.stringify(found)).not.toContain(DEFAULT_SETTINGS.clientSecret)
  })

  test('if the scope for customers is missing, it names it', async () => {
    const server = await openShopify({ scopes: ['read_orders'] })
    const [id] = server.control.addOrders(1)
    const found = await failure(connectShopify(server).getOne(String(id), never))
    expect(found).toMatchObject({ code: 'store-key-rights', remedy: expect.stringContaining('read_customers') })
  })

  test('an admin token that was revoked is refused, and never shown', async () => {
    const server = await openShopify()
    server.control.revokeTokens()
    const found = await failure(connectShopify(server).now(never))
    expect(found).toMatchObject({ code: 'store-key-refused', field: 'secret' })
    expect(JSON.stringify(found)).not.toContain(server.adminToken)
  })
})

describe.skipIf(shopifySchema === null)(schemaTitle('bad answers of a Shopify store'), () => {
  test.each([
    [{ kind: 'html' }, 'store-answer-invalid'],
    [{ kind: 'deep' }, 'store-answer-invalid'],
    [{ kind: 'truncated' }, 'store-answer-invalid'],
    [{ kind: 'huge' }, 'store-answer-too-large'],
    [{ kind: 'status', status: 403 }, 'store-blocked'],
    [{ kind: 'status', status: 404 }, 'store-not-found'],
    [{ kind: 'status', status: 430 }, 'store-blocked'],
    [{ kind: 'status', status: 500 }, 'store-busy'],
    [{ kind: 'redirect', to: 'https://elsewhere.example/' }, 'store-redirected'],
  ] as const)('%j is a failure that says what happened', async (fault, code) => {
    const server = await openShopify()
    server.control.addOrders(1)
    server.control.addFault({ ...fault }, { times: null })
    const found = await failure(listAll(connectShopify(server)))
    expect(found).toMatchObject({ code })
    expect(found.remedy).not.toBe('')
  })

  test.each([
    [{ kind: 'status', status: 503, retryAfter: '0' }],
    [{ kind: 'status', status: 429, retryAfter: '0' }],
    [{ kind: 'closed' }],
  ] as const)('%j is tried again', async (fault) => {
    const server = await openShopify()
    server.control.addOrders(2)
    server.control.addFault({ ...fault }, { times: 2 })
    expect(await listAll(connectShopify(server))).toHaveLength(2)
  })

  test('that repeats the token is never shown with it', async () => {
    const server = await openShopify()
    server.control.addFault({ kind: 'prefix', text: `Bad token ${server.adminToken}: ` })
    const found = await failure(connectShopify(server).now(never))
    expect(found).toMatchObject({ code: 'store-answer-invalid', message: expect.stringContaining('Bad token [hidden]') })
  })

  test('keys of prototypes in an order change nothing', async () => {
    const server = await openShopify()
    const [id] = server.control.addOrders(1)
    server.control.addFault({ kind: 'prototype-keys' })
    const document = only(await connectShopify(server).get([String(id)], never))
    expect(read(document).sourceOrderId).toBe(String(id))
    expect(({} as Record<string, unknown>).isPolluted).toBeUndefined()
  })
})
