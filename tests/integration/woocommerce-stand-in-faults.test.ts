import { expect, onTestFinished, test } from 'vitest'
import { ask, basicHeader } from '../support/woocommerce/store-client'
import { WooCommerceServer } from '../support/woocommerce/woocommerce-server'

const ORDERS = '/wp-json/wc/v3/orders'

async function startStore() {
  const store = await WooCommerceServer.start({ now: '2026-11-29T03:20:00Z' })
  onTestFinished(() => store.stop())
  store.control.addOrders(2)
  return store
}

/** The bytes of an answer as text. */
async function rawText(store: WooCommerceServer, path = ORDERS): Promise<string> {
  const { user, password } = store.password
  const bytes = await (await fetch(`${store.url}${path}`, { headers: basicHeader(user, password) })).bytes()
  return Buffer.from(bytes).toString('utf8')
}

test('a fault hits the next requests that match, then the store answers normally again', async () => {
  const store = await startStore()
  store.control.addFault({ kind: 'status', status: 429, retryAfter: '7' }, { times: 2, contains: 'page=2' })
  store.control.addFault({ kind: 'status', status: 503 }, { after: 1, method: 'GET' })
  const statuses: number[] = []
  for (const query of ['page=1', 'page=2', 'page=2', 'page=1', 'page=1']) statuses.push((await ask(store, `${ORDERS}?${query}`)).status)
  expect(statuses).toEqual([200, 429, 429, 503, 200])
  store.control.addFault({ kind: 'status', status: 429, retryAfter: '7' }, { times: null })
  expect((await ask(store, ORDERS)).headers.get('retry-after')).toBe('7')
  store.control.clearFaults()
  expect((await ask(store, ORDERS)).status).toBe(200)
  expect(store.control.log().requests.map(({ fault }) => fault)).toEqual([null, 'status', 'status', 'status', null, 'status', null])
})

test('answers may be no JSON, or JSON that is dangerous to read', async () => {
  const store = await startStore()
  const normal = await rawText(store)
  store.control.addFault({ kind: 'prefix', text: '\ufeff' })
  expect(await rawText(store)).toBe(`\ufeff${normal}`)
  store.control.addFault({ kind: 'truncated' })
  const half = await rawText(store)
  expect(normal.startsWith(half) && half.length < normal.length).toBe(true)
  store.control.addFault({ kind: 'html' })
  expect(await ask(store, ORDERS)).toMatchObject({ status: 200, body: expect.stringContaining('<html') })
  store.control.addFault({ kind: 'prototype-keys' })
  const [order] = JSON.parse(await rawText(store))
  expect(Object.hasOwn(order, '__proto__')).toBe(true)
  store.control.addFault({ kind: 'deep', depth: 5000 })
  expect(await rawText(store)).toBe(`${'['.repeat(5000)}${']'.repeat(5000)}`)
  store.control.addFault({ kind: 'huge', bytes: 3_000_000 })
  expect(JSON.parse(await rawText(store))[0]).toHaveLength(3_000_000 - 4)
})

test('a redirect leads to another host, and a host may refuse programs by their User-Agent', async () => {
  const store = await startStore()
  store.control.addFault({ kind: 'redirect', to: 'http://127.0.0.2:9/' })
  const redirected = await ask(store, ORDERS)
  expect([redirected.status, redirected.headers.get('location')]).toEqual([302, 'http://127.0.0.2:9/'])
  store.control.addFault({ kind: 'user-agent', refuses: 'node' }, { times: null })
  const { user, password } = store.password
  const as = (userAgent: string) => ask(store, ORDERS, { headers: { ...basicHeader(user, password), 'user-agent': userAgent } })
  expect((await as('node')).status).toBe(403)
  expect((await as('Ledgerdrop/1.0')).status).toBe(200)
})

test('a write may take effect although its answer is lost', async () => {
  const store = await startStore()
  const [order] = store.control.orders()
  const id = order?.id ?? 0
  const post = () => ask(store, `${ORDERS}/${id}/notes`, { method: 'POST', body: { note: 'sent to accounts' } })
  store.control.addFault({ kind: 'closed' })
  await expect(post()).rejects.toThrow()
  expect(store.control.notes(id)).toEqual([])
  store.control.addFault({ kind: 'closed' }, { isCarriedOut: true })
  await expect(post()).rejects.toThrow()
  expect(store.control.notes(id)).toEqual([{ text: 'sent to accounts', isForCustomer: false }])
  store.control.addFault({ kind: 'truncated', isHungUp: true })
  await expect(post()).rejects.toThrow()
  expect(store.control.notes(id)).toHaveLength(2)
})

test('a body that never ends stops when the client hangs up', async () => {
  const store = await startStore()
  store.control.addFault({ kind: 'never-ending' })
  const aborter = new AbortController()
  const answer = await fetch(`${store.url}${ORDERS}`, { signal: aborter.signal })
  const reader = answer.body?.getReader()
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toMatch(/^\[\{"id":1/)
  aborter.abort()
  expect((await ask(store, ORDERS)).status).toBe(200)
})

test('the store counts how many requests are open at the same time', async () => {
  const store = await startStore()
  store.control.addFault({ kind: 'slow', delayMs: 200 }, { times: 3 })
  const answers = await Promise.all([1, 2, 3].map(() => ask(store, ORDERS)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  await ask(store, ORDERS)
  expect(store.control.log().maxConcurrency).toBe(3)
  store.control.clearLog()
  await ask(store, ORDERS)
  expect(store.control.log()).toMatchObject({ maxConcurrency: 1, requests: [{ path: ORDERS, status: 200 }] })
})
