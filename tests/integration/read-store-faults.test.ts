import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { toOrderJson } from '../../src-main/engine/importers/order-json/order-json-format'
import { numberedOrder } from '../support/office'
import { DAY, MINUTE, numbersOf, openStore, SECOND, SHOP, Shop, withPassword } from '../support/shop'
import type { Fault } from '../support/woocommerce/faults'

/** How long a request may take if the test is about that; otherwise long enough for a busy computer. */
const LIMIT_MS = 1500
const open = (options: Parameters<typeof Shop.open>[0] = {}) =>
  Shop.open({ ...options, office: { stores: { storeLimitMs: 60_000 }, ...options.office } })

const FAULTS: { name: string; fault: Fault; code: string }[] = [
  { name: 'does not answer', fault: { kind: 'closed' }, code: 'store-unreachable' },
  { name: 'answers too late', fault: { kind: 'slow', delayMs: 5 * LIMIT_MS }, code: 'store-unreachable' },
  { name: 'never ends its answer', fault: { kind: 'never-ending' }, code: 'store-unreachable' },
  { name: 'breaks off', fault: { kind: 'truncated', isHungUp: true }, code: 'store-unreachable' },
  { name: 'asks for fewer requests', fault: { kind: 'status', status: 429 }, code: 'store-busy' },
  { name: 'asks to come back in an hour', fault: { kind: 'status', status: 429, retryAfter: '3600' }, code: 'store-busy' },
  { name: 'is under maintenance', fault: { kind: 'status', status: 503, retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT' }, code: 'store-busy' },
  { name: 'has an error', fault: { kind: 'status', status: 500 }, code: 'store-busy' },
  { name: 'answers in HTML', fault: { kind: 'html' }, code: 'store-answer-invalid' },
  {
    name: 'prints a warning before the answer',
    fault: { kind: 'prefix', text: '<b>Notice</b>: foo in bar.php' },
    code: 'store-answer-invalid',
  },
  { name: 'answers in part', fault: { kind: 'truncated' }, code: 'store-answer-invalid' },
  { name: 'answers with 50 MB', fault: { kind: 'huge' }, code: 'store-answer-too-large' },
  { name: 'answers with lists 100,000 deep', fault: { kind: 'deep' }, code: 'store-answer-invalid' },
  { name: 'redirects to another host', fault: { kind: 'redirect', to: 'https://elsewhere.example/' }, code: 'store-redirected' },
  { name: 'redirects to another port', fault: { kind: 'redirect', to: 'http://127.0.0.1:1/' }, code: 'store-redirected' },
  { name: 'redirects forever', fault: { kind: 'redirect', to: '/wp-json/wc/v3/orders' }, code: 'store-redirected' },
  { name: 'is blocked by a firewall', fault: { kind: 'status', status: 403 }, code: 'store-blocked' },
  { name: 'refuses programs', fault: { kind: 'user-agent', refuses: 'Ledgerdrop' }, code: 'store-blocked' },
]

describe('a store that cannot be read', () => {
  test.for(FAULTS)('because it $name: one problem, which closes by itself; nothing else is held up', async ({ fault, code }) => {
    const isLate = fault.kind === 'slow' || fault.kind === 'never-ending'
    const shop = await open(isLate ? { office: { stores: { storeLimitMs: LIMIT_MS } } } : {})
    await shop.office.addSource('Folder', 'Package')
    const other = await openStore()
    await shop.office.addStore('Other Shop', other, withPassword(other))
    shop.control.addFault(fault, { times: null })
    const [id = 0] = shop.add()
    other.control.advanceClock(MINUTE)
    const [otherId = 0] = other.control.addOrders([{ number: 'OTHER-1' }])
    const path = `${shop.office.intakeFolder('Folder')}/orders.json`
    writeFileSync(path, toOrderJson([numberedOrder(1)]))
    const run = await shop.read()
    expect(run).toMatchObject({ outcome: 'some failed', doneCount: 2 })
    expect(otherId).toBeGreaterThan(0)
    expect(await shop.numbers()).toEqual(['OTHER-1', 'W0001'])
    await shop.write()
    expect(shop.office.files()).toHaveLength(2)
    const problems = await shop.problems()
    expect(problems.map(({ title, failure }) => [title, failure.code])).toEqual([[`No orders can be read from ${SHOP}`, code]])
    for (const { failure } of problems) {
      expect(failure.message.length).toBeLessThan(500)
      expect(failure.message + failure.remedy).not.toContain(shop.store.password.password)
      expect(failure.remedy).not.toBe('')
    }
    // Automatic runs leave the store alone for a while.
    shop.control.clearLog()
    await shop.office.run('Read Orders', 'schedule')
    expect(shop.control.log().requests).toEqual([])
    shop.control.clearFaults()
    shop.pass(20 * MINUTE)
    other.control.advanceClock(20 * MINUTE)
    expect(await shop.office.run('Read Orders', 'schedule')).toMatchObject({ outcome: 'done' })
    expect(await shop.problemCodes()).toEqual([])
    expect(await shop.order(id)).toMatchObject({ status: 'Pending' })
  })

  test('because its certificate is wrong: nothing is sent to it', async () => {
    const shop = await open({
      office: { stores: { requestWeb: async () => ({ kind: 'unreachable', reason: 'ERR_CERT_DATE_INVALID' }) } },
      connect: null,
    })
    const failure = await shop.office.refusal('stores.test', { ...withPassword(shop.store) })
    expect(failure).toMatchObject({ code: 'store-certificate' })
  })

  test('its key is missing after a restart: one problem, until the key is entered', async () => {
    const shop = await open()
    const [id = 0] = shop.add()
    await shop.office.restart()
    shop.control.clearLog()
    await shop.read()
    expect(await shop.problemCodes()).toEqual(['store-secret-missing'])
    expect(shop.control.log().requests).toEqual([])
    const sourceId = shop.office.query<{ sourceId: number }>('select sourceId from store')[0]?.sourceId ?? 0
    await shop.office.command('stores.enterSecret', { sourceId, text: shop.store.password.password })
    expect(await shop.problemCodes()).toEqual([])
    await shop.read()
    expect(await shop.order(id)).toMatchObject({ status: 'Pending' })
  })

  test('a changed address never gets the saved key', async () => {
    const shop = await open()
    const requests: string[] = []
    const thief = createServer((request, response) => {
      requests.push(JSON.stringify(request.headers))
      response.end('[]')
    })
    await new Promise<void>((resolve) => thief.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void thief.close())
    const sourceId = shop.office.query<{ sourceId: number }>('select sourceId from store')[0]?.sourceId ?? 0
    const { account } = withPassword(shop.store)
    const moved = { ...account, address: `http://127.0.0.1:${(thief.address() as AddressInfo).port}` }
    const draft = { sourceId, account: moved, secret: { from: 'saved' as const } }
    expect(await shop.office.refusal('stores.test', draft)).toMatchObject({ code: 'sign-in-missing' })
    expect(await shop.office.refusal('stores.count', { ...draft, since: '2026-04-01T00:00:00.000Z', statuses: {} })).toMatchObject({
      code: 'sign-in-missing',
    })
    expect(requests).toEqual([])
  })
})

describe('answers that can be read', () => {
  test('with a byte order mark, and with the names of prototypes', async () => {
    const shop = await open()
    const ids = shop.add(2)
    shop.control.addFault({ kind: 'prefix', text: '\ufeff' }, { times: 2 })
    shop.control.addFault({ kind: 'prototype-keys' }, { times: null })
    await shop.read()
    expect(await shop.numbers()).toEqual(numbersOf(ids))
    expect('isPolluted' in {}).toBe(false)
  })

  test('after waiting as long as the store asked for', async () => {
    const shop = await open()
    const ids = shop.add(2)
    shop.control.addFault({ kind: 'status', status: 429, retryAfter: '1' })
    expect(await shop.read()).toMatchObject({ outcome: 'done' })
    expect(await shop.numbers()).toEqual(numbersOf(ids))
  })
})

test('at most four requests are made at a time, and half as many after the store asks for fewer', async () => {
  const shop = await open({ store: { delayMs: 20 } })
  shop.add(1000)
  await shop.read()
  expect(shop.control.log().maxConcurrency).toBe(4)
  shop.add(1000)
  shop.pass(MINUTE)
  shop.control.clearLog()
  shop.control.addFault({ kind: 'status', status: 429 })
  await shop.read()
  expect(shop.control.log().maxConcurrency).toBe(2)
  expect(await shop.numbers()).toHaveLength(2000)
}, 120_000)

describe('an order that can’t be read', () => {
  test.for([
    ['without a total', { total: 'abc' }],
    ['without lines', { line_items: null }],
    ['without a date', { date_created_gmt: null }],
    ['with an impossible date of change', { date_modified_gmt: 'yesterday' }],
    ['without a currency', { currency: '' }],
  ] as const)('%s holds up no other, and its problem closes when it can be read', async ([, override]) => {
    const shop = await open()
    const [bad = 0, ...good] = shop.add([{ override }, {}, {}])
    for (let round = 0; round < 2; round++) await shop.read()
    expect(await shop.numbers()).toEqual(numbersOf(good))
    const problems = await shop.problems()
    expect(problems).toHaveLength(1)
    expect(problems[0]?.title).toContain(`id ${bad}`)
    shop.control.repair(bad)
    shop.pass(MINUTE)
    await shop.read()
    expect(await shop.problemCodes()).toEqual([])
    expect(await shop.numbers()).toEqual(numbersOf([bad, ...good]))
  })

  test('and is deleted in the store: its problem closes', async () => {
    const shop = await open()
    const [bad = 0] = shop.add([{ override: { total: 'abc' } }])
    shop.pass(SECOND)
    await shop.read()
    expect(await shop.problems()).toHaveLength(1)
    shop.control.deleteOrder(bad)
    shop.pass(DAY)
    await shop.read()
    expect(await shop.problems()).toEqual([])
  })
})
