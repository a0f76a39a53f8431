import { describe, expect, test } from 'vitest'
import { accountOf, draftOf, isPlainHttp, readyOrders, secretOf, sinceOf, statusRows } from '../../../../src-renderer/stores/store-draft'
import type { StoreFacts } from '../../../../src-shared/contract/contract'

const draft = draftOf('woocommerce', null, 7)

const facts: StoreFacts = {
  shopName: 'Shop',
  version: 'WooCommerce',
  clockDifferenceMs: 0,
  now: '2026-03-01T00:00:00.000Z',
  statuses: [
    { status: 'processing', title: 'Processing', count: 4 },
    { status: 'backordered', title: 'Back-ordered', count: 2 },
    { status: 'completed', title: 'Completed', count: 3 },
  ],
  earliest: null,
  canWrite: null,
}

test('a new store gets what its kind recommends, and writes nothing back', () => {
  expect(draft).toMatchObject({ name: 'WooCommerce', destinationId: 7, signIn: 'application password', isSince: false, isPastSent: false })
  expect(draft.writeBack).toEqual({ note: false, mark: '', statuses: {}, tracking: false })
})

describe('plain http needs permission', () => {
  test.each(['http://shop.example.com', ' HTTP://192.168.1.5/shop', 'http://127.0.0.1.evil.example', 'http://localhost.evil.example/'])(
    'for %s',
    (address) => expect(isPlainHttp(address)).toBe(true),
  )
  test.each(['https://shop.example.com', 'shop.example.com', 'http://127.0.0.1:8080', 'http://localhost/shop', 'http://[::1]:80', ''])(
    'but not for %s',
    (address) => expect(isPlainHttp(address)).toBe(false),
  )
})

test('permission for plain http does not stay when the address becomes a safe one', () => {
  const allowed = { ...draft, address: 'http://192.168.1.5', allowsHttp: true }
  expect(accountOf('woocommerce', allowed).allowsHttp).toBe(true)
  expect(accountOf('woocommerce', { ...allowed, address: 'https://shop.example.com' }).allowsHttp).toBe(false)
})

test('the key comes from the browser, from what was typed, or from what was saved', () => {
  expect(secretOf({ ...draft, secret: 'typed', signInId: 5 })).toEqual({ from: 'sign-in', signInId: 5 })
  expect(secretOf({ ...draft, secret: ' typed ' })).toEqual({ from: 'input', text: 'typed' })
  expect(secretOf(draft)).toEqual({ from: 'saved' })
})

test('a status that nobody has decided about is listed first, and its orders are not ready', () => {
  const rows = statusRows('woocommerce', draft, facts)
  expect(rows[0]).toEqual({ status: 'backordered', title: 'Back-ordered', count: 2, meaning: null })
  expect(rows.map(({ status }) => status)).toContain('on-hold')
  expect(rows.find(({ status }) => status === 'on-hold')).toMatchObject({ title: 'On hold', count: null, meaning: 'On Hold' })
  expect(readyOrders(rows)).toEqual({ total: 9, ready: 7 })
  expect(readyOrders(statusRows('woocommerce', draft, null))).toBeNull()
})

test('a status called like a property of every object is not mistaken for a decided one', () => {
  const hostile = { ...facts, statuses: [{ status: 'constructor', title: 'Constructor', count: 1 }] }
  expect(statusRows('woocommerce', draft, hostile)[0]).toMatchObject({ status: 'constructor', meaning: null })
})

test('orders are read from the start of a local day, which is not in the future', () => {
  const now = new Date(2026, 2, 14, 15).getTime()
  expect(sinceOf({ ...draft, sinceDay: '2026-03-14' }, now)).toBe(new Date(2026, 2, 14).toISOString())
  expect(sinceOf({ ...draft, sinceDay: '2026-03-15' }, now)).toBeNull()
  expect(sinceOf({ ...draft, sinceDay: '' }, now)).toBeNull()
})
