import { createHmac } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { startWooCommerce } from '../support/woocommerce/start-woocommerce'
import { ask, basicHeader, keyHeader } from '../support/woocommerce/store-client'
import type { StoreOptions } from '../support/woocommerce/store-settings'
import { WooCommerceServer } from '../support/woocommerce/woocommerce-server'

const NOW = '2026-11-29T03:20:00Z'
const ORDERS = '/wp-json/wc/v3/orders'
const CALLBACK = 'http://127.0.0.1:4711/connected'
const NOBODY = { status: 401, body: { code: 'woocommerce_rest_cannot_view', message: 'Sorry, you cannot list resources.' } }
const NO_HEADERS = { headers: {} }

async function startStore(options: StoreOptions = {}) {
  const store = await WooCommerceServer.start({ now: NOW, ...options })
  onTestFinished(() => store.stop())
  store.control.addOrders(1)
  return store
}

const authenticationError = (message: string) => ({ status: 401, body: { code: 'woocommerce_rest_authentication_error', message } })

/** Signs a path with OAuth 1.0a, written independently of the stand-in. */
function signed(store: WooCommerceServer, path: string, { secondsOff = 0, nonce = 'nonce1', method = 'GET' } = {}): string {
  const [route = '', query = ''] = path.split('?')
  const pairs = [
    ...query.split('&').filter((pair) => pair !== ''),
    `oauth_consumer_key=${store.key.key}`,
    `oauth_nonce=${nonce}`,
    'oauth_signature_method=HMAC-SHA256',
    `oauth_timestamp=${Date.parse(store.control.now()) / 1000 + secondsOff}`,
  ]
  const origin = store.url
  const base = `${method}&${encodeURIComponent(`${origin}${route}`)}&${encodeURIComponent(pairs.toSorted().join('&'))}`
  const signature = createHmac('sha256', `${store.key.secret}&`).update(base).digest('base64')
  return `${route}?${[...pairs, `oauth_signature=${encodeURIComponent(signature)}`].join('&')}`
}

test('over https, a key works as Basic and in the query; a wrong secret does not', async () => {
  const store = await startStore({ pretendHttps: true })
  const { key, secret } = store.key
  expect(await ask(store, ORDERS, { headers: keyHeader(store.key) })).toMatchObject({ status: 200 })
  expect(await ask(store, `${ORDERS}?consumer_key=${key}&consumer_secret=${secret}`, NO_HEADERS)).toMatchObject({ status: 200 })
  expect(await ask(store, ORDERS, { headers: basicHeader(key, 'cs_wrong') })).toMatchObject(
    authenticationError('Consumer secret is invalid.'),
  )
  expect(await ask(store, ORDERS, NO_HEADERS)).toMatchObject(NOBODY)
})

test('over plain http, a key works only with OAuth', async () => {
  const store = await startStore()
  const { key, secret } = store.key
  expect(await ask(store, ORDERS, { headers: keyHeader(store.key) })).toMatchObject(NOBODY)
  expect(await ask(store, `${ORDERS}?consumer_key=${key}&consumer_secret=${secret}`, NO_HEADERS)).toMatchObject(NOBODY)
  const path = `${ORDERS}?modified_after=2026-11-29T03%3A10%3A00&dates_are_gmt=true&status%5B0%5D=any`
  expect(await ask(store, signed(store, path), NO_HEADERS)).toMatchObject({ status: 200 })
})

test('an OAuth signature is refused if the clock is 20 minutes off, the nonce is used again or the query was changed', async () => {
  const store = await startStore()
  const get = (path: string) => ask(store, path, NO_HEADERS)
  expect(await get(signed(store, ORDERS, { secondsOff: -1200 }))).toMatchObject(authenticationError('Invalid timestamp.'))
  expect(await get(signed(store, ORDERS, { secondsOff: 1200 }))).toMatchObject(authenticationError('Invalid timestamp.'))
  expect((await get(signed(store, ORDERS, { secondsOff: -800, nonce: 'late' }))).status).toBe(200)
  const path = signed(store, ORDERS, { nonce: 'once' })
  expect((await get(path)).status).toBe(200)
  expect(await get(path)).toMatchObject(authenticationError('Invalid nonce - nonce has already been used.'))
  const changed = await get(`${signed(store, ORDERS, { nonce: 'other' })}&per_page=100`)
  expect(changed).toMatchObject(authenticationError('Invalid signature - provided signature does not match.'))
  const post = await get(signed(store, ORDERS, { nonce: 'post', method: 'POST' }))
  expect(post).toMatchObject(authenticationError('Invalid signature - provided signature does not match.'))
})

test('a key with the right to read cannot write, and a revoked one cannot read', async () => {
  const store = await startStore({ pretendHttps: true })
  const key = store.control.addKey('read')
  const headers = keyHeader(key)
  const [order] = store.control.orders()
  expect((await ask(store, ORDERS, { headers })).status).toBe(200)
  const put = await ask(store, `${ORDERS}/${order?.id}`, { method: 'PUT', body: {}, headers })
  expect(put).toMatchObject(authenticationError('The API key provided does not have write permissions.'))
  store.control.revoke(key.key)
  expect((await ask(store, ORDERS, { headers })).status).toBe(401)
})

test('an application password works with and without spaces; a person without the right to see orders gets 403', async () => {
  const store = await startStore()
  const { user, password } = store.password
  expect((await ask(store, ORDERS)).status).toBe(200)
  expect((await ask(store, ORDERS, { headers: basicHeader(user, password.replaceAll(/(.{4})/g, '$1 ')) })).status).toBe(200)
  expect((await ask(store, ORDERS, { headers: basicHeader(user, 'wrong') })).body.code).toBe('incorrect_password')
  expect((await ask(store, ORDERS, { headers: basicHeader('nobody', password) })).body.code).toBe('invalid_username')
  const author = store.control.addPassword('author', false)
  expect(await ask(store, ORDERS, { headers: basicHeader('author', author.password) })).toMatchObject({ ...NOBODY, status: 403 })
  store.control.configure({ environment: 'production' })
  expect(await ask(store, ORDERS)).toMatchObject(NOBODY)
  store.control.configure({ pretendHttps: true })
  expect((await ask(store, ORDERS)).status).toBe(200)
})

test('if the Authorization header is stripped, only a key in the query works', async () => {
  const store = await startStore({ pretendHttps: true, stripsAuthorization: true })
  const { key, secret } = store.key
  expect(await ask(store, ORDERS)).toMatchObject(NOBODY)
  expect(await ask(store, ORDERS, { headers: keyHeader(store.key) })).toMatchObject(NOBODY)
  expect((await ask(store, `${ORDERS}?consumer_key=${key}&consumer_secret=${secret}`, NO_HEADERS)).status).toBe(200)
})

test('with plain permalinks, /wp-json does not exist; rest_route works with an application password but not with a key', async () => {
  const store = await startStore({ permalinks: 'plain', pretendHttps: true })
  const missing = await ask(store, ORDERS)
  expect([missing.status, missing.headers.get('content-type')]).toEqual([404, 'text/html; charset=UTF-8'])
  expect((await ask(store, '/wp-json/')).status).toBe(404)
  const path = '/?rest_route=/wc/v3/orders&per_page=1'
  expect((await ask(store, path)).body).toHaveLength(1)
  expect(await ask(store, path, { headers: keyHeader(store.key) })).toMatchObject({ status: 401, body: { code: 'invalid_username' } })
  expect((await ask(store, '/?rest_route=/', NO_HEADERS)).body).toMatchObject({ name: 'Test Shop', timezone_string: 'Australia/Sydney' })
})

test('the versions and the order storage are in the system status', async () => {
  const store = await startStore({ storage: 'legacy', woocommerceVersion: '8.3.1' })
  const { body } = await ask(store, '/wp-json/wc/v3/system_status')
  expect(body).toMatchObject({ environment: { version: '8.3.1', wp_version: '7.1' }, settings: { HPOS_enabled: false } })
})

const AUTHORIZE = '/wp-admin/authorize-application.php'
const approval = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' }) as const

test('approving an application redirects with a password that works', async () => {
  const store = await startStore({ pretendHttps: true })
  const query = new URLSearchParams({ app_name: 'Ledgerdrop', app_id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff', success_url: CALLBACK })
  const form = await ask(store, `${AUTHORIZE}?${query}`, NO_HEADERS)
  expect(form).toMatchObject({ status: 200, body: expect.stringContaining('name="approve"') })
  expect(form.body).toContain(CALLBACK)
  const answer = await fetch(`${store.url}${AUTHORIZE}`, approval({ app_name: 'Ledgerdrop', success_url: CALLBACK, approve: '1' }))
  const location = new URL(answer.headers.get('location') ?? '')
  const { site_url, user_login = '', password = '' } = Object.fromEntries(location.searchParams)
  expect([answer.status, location.origin + location.pathname]).toEqual([302, CALLBACK])
  expect(site_url).toBe(store.url.replace('http:', 'https:'))
  expect((await ask(store, ORDERS, { headers: basicHeader(user_login, password) })).status).toBe(200)
  const rejected = await fetch(`${store.url}${AUTHORIZE}`, approval({ success_url: CALLBACK, reject: '1' }))
  expect(rejected.headers.get('location')).toBe(`${CALLBACK}?success=false`)
})

test.each([
  [{ success_url: 'http://localhost:4711/connected' }, {}, 500],
  [{ success_url: CALLBACK }, { wordpressVersion: '6.9' }, 500],
  [{ success_url: 'http://shop.example/' }, {}, 500],
  [{ success_url: 'javascript:alert(1)' }, {}, 500],
  [{ app_id: 'ledgerdrop' }, {}, 500],
  [{ success_url: 'https://ledgerdrop.example/' }, { wordpressVersion: '6.9' }, 200],
  [{ success_url: 'ledgerdrop://connected' }, { wordpressVersion: '6.9' }, 200],
  [{ success_url: CALLBACK }, { pretendHttps: false, environment: 'production' }, 501],
] as [Record<string, string>, StoreOptions, number][])(
  'authorizing with %o on a store with %o is answered with %i',
  async (query, options, status) => {
    const store = await startStore({ pretendHttps: true, ...options })
    expect((await ask(store, `${AUTHORIZE}?${new URLSearchParams(query)}`, NO_HEADERS)).status).toBe(status)
  },
)

test('a store in its own process answers, is controlled and ends with its parent', async () => {
  const store = await startWooCommerce({ now: NOW, storage: 'legacy' })
  onTestFinished(() => store.stop())
  expect(await store.control.addOrders(3)).toEqual([12, 13, 14])
  expect((await ask(store, ORDERS)).headers.get('x-wp-total')).toBe('3')
  await store.control.advanceClock(60_000)
  expect(await store.control.now()).toBe('2026-11-29T03:21:00.000Z')
  await expect(store.control.trash(99)).rejects.toThrow('The store has no order 99')
  const { requests, maxConcurrency } = await store.control.log()
  expect({ requests, maxConcurrency }).toMatchObject({ requests: [{ method: 'GET', path: ORDERS, status: 200 }], maxConcurrency: 1 })
  store.disconnect()
  await expect
    .poll(() =>
      fetch(store.url).then(
        () => 'answers',
        () => 'gone',
      ),
    )
    .toBe('gone')
})
