import { describe, expect, test } from 'vitest'
import type { CommandInput } from '../../src-shared/contract/contract'
import { NO_WRITE_BACK } from '../../src-shared/stores'
import { Office } from '../support/office'
import { openShopify } from '../support/shopify/connect-shopify'
import { schemaTitle, shopifySchema } from '../support/shopify/shopify-schema'
import type { ShopifyServer } from '../support/shopify/shopify-server'
import { DEFAULT_SETTINGS } from '../support/shopify/shopify-settings'
import { startShopify } from '../support/shopify/start-shopify'

const SHOP = 'Harbour Garden'
const DAY_MS = 86_400_000

type Account = CommandInput<'stores.save'>['account']

function adminAccount({ url }: { url: string }): Account {
  return { kind: 'shopify', address: url, signIn: 'admin token', account: '' }
}

async function addShopify(
  office: Office,
  server: { url: string; adminToken: string },
  change: Partial<CommandInput<'stores.save'>> = {},
): Promise<void> {
  await office.command('stores.save', {
    name: SHOP,
    destinationId: (await office.destination()).id,
    account: adminAccount(server),
    secret: { from: 'input', text: server.adminToken },
    isSecretKept: false,
    statuses: {},
    writeBack: NO_WRITE_BACK,
    ...change,
  })
}

async function openOffice(): Promise<Office> {
  return Office.open({ profile: 'order-xml' })
}

async function numbers(office: Office): Promise<string[]> {
  return (await office.command('orders.list', {})).rows.map(({ number }) => number).sort()
}

/** An office that has sent an order which the store then changes. */
async function sentOrder(server: ShopifyServer): Promise<{ office: Office; id: number; number: string }> {
  const office = await openOffice()
  await addShopify(office, server)
  server.control.advanceClock(1000)
  const [id = 0] = server.control.addOrders([
    {
      lines: [
        { sku: 'HOSE', quantity: 3, priceCents: 1100 },
        { sku: 'TAP', quantity: 1, priceCents: 2200 },
      ],
    },
  ])
  await office.run('Read Orders')
  await office.run('Write Order')
  expect(office.files()).toHaveLength(1)
  server.control.advanceClock(60_000)
  return { office, id, number: server.control.order(id).name }
}

async function openProblems(office: Office) {
  return (await office.command('sync.problems', {})).problems.map(({ title, failure }) => ({ title, ...failure }))
}

describe.skipIf(shopifySchema === null)(schemaTitle('an office with a Shopify store'), () => {
  test('gets each new paid order once, and no test orders', async () => {
    const server = await openShopify({ now: '2026-11-29T03:00:00Z' })
    server.control.addOrders(3)
    const office = await openOffice()
    server.control.advanceClock(1000)
    await addShopify(office, server)
    server.control.advanceClock(1000)
    const ids = server.control.addOrders([{}, { isTest: true }, { financialStatus: 'PENDING' }, {}])
    const [paid, , pending, other] = ids.map((id) => server.control.order(id).name)
    for (let round = 0; round < 3; round++) await office.run('Read Orders')
    expect(await numbers(office)).toEqual([paid, pending, other].sort())
    expect(await office.order(paid ?? '')).toMatchObject({ status: 'Pending', totalMinor: server.control.totals(ids[0] ?? 0).placed })
    expect(await office.order(pending ?? '')).toMatchObject({ status: 'On Hold' })
    server.control.advanceClock(1000)
    server.control.pay(ids[2] ?? 0)
    await office.run('Read Orders')
    expect(await office.order(pending ?? '')).toMatchObject({ status: 'Pending' })
  })

  test('reads by the client credentials of its own app, also after the token has ended', async () => {
    let nowMs = Date.parse('2026-11-29T03:00:00Z')
    const server = await openShopify({}, () => nowMs)
    const office = await openOffice()
    await addShopify(office, server, {
      account: { kind: 'shopify', address: server.url, signIn: 'client credentials', account: DEFAULT_SETTINGS.clientId },
      secret: { from: 'input', text: DEFAULT_SETTINGS.clientSecret },
    })
    nowMs += 1000
    server.control.addOrders(2)
    await office.run('Read Orders')
    nowMs += 2 * DAY_MS
    server.control.addOrders(1)
    await office.run('Read Orders')
    expect(await numbers(office)).toEqual(server.control.names().sort())
    expect(server.control.issuedTokens()).toBe(2)
  })

  test('gets the orders of the days that Shopify hands out, as already handled', async () => {
    const server = await openShopify({ now: '2026-11-29T03:00:00Z' })
    server.control.addOrders([{ createdAt: '2026-09-01T00:00:00Z' }, { createdAt: '2026-11-01T00:00:00Z' }])
    const office = await openOffice()
    const draft = { account: adminAccount(server), secret: { from: 'input', text: server.adminToken } } as const
    const since = '2026-01-01T00:00:00.000Z'
    expect(await office.command('stores.count', { ...draft, since, statuses: {} })).toEqual({
      total: 1,
      ready: 1,
      since: '2026-09-30T03:00:00.000Z',
    })
    await addShopify(office, server, { start: { since, isSent: false } })
    await office.run('Read Orders')
    await office.run('Write Order')
    expect(await numbers(office)).toEqual(server.control.names().slice(1))
    expect(office.files()).toEqual([])
  })

  test('keeps an order that has become too old to be read', async () => {
    const server = await openShopify({ now: '2026-11-29T03:00:00Z' })
    const office = await openOffice()
    const start = { since: '2026-10-01T00:00:00.000Z', isSent: true }
    const [id = 0] = server.control.addOrders([{ createdAt: '2026-10-05T00:00:00Z' }])
    await addShopify(office, server, { start })
    await office.run('Read Orders')
    server.control.change(id, { note: 'late' })
    await office.run('Read Orders')
    // Five days later, the order is 60 days old, and the daily read of everything doesn't list it.
    server.control.advanceClock(6 * DAY_MS)
    await office.run('Read Orders')
    expect(await office.order(server.control.order(id).name)).toMatchObject({ status: 'Pending' })
    expect(await openProblems(office)).toEqual([])
  })

  test('gets one order by its number, and its page', async () => {
    const server = await openShopify({ now: '2026-11-29T03:00:00Z' })
    const [id] = server.control.addOrders([{ createdAt: '2026-11-01T00:00:00Z' }])
    const office = await openOffice()
    await addShopify(office, server)
    const { orderIds } = await office.command('stores.fetchOrder', { number: '1001' })
    expect(orderIds).toHaveLength(1)
    const { page } = await office.command('stores.orderPage', { orderId: orderIds[0] ?? 0 })
    expect(page).toBe(`${server.url}/admin/orders/${id}`)
    expect(await office.refusal('stores.fetchOrder', { number: '9999' })).toMatchObject({ code: 'order-not-in-store' })
  })

  test('sees an outage once, and it goes away by itself', async () => {
    const server = await openShopify({ now: '2026-11-29T03:00:00Z' })
    const office = await openOffice()
    await addShopify(office, server)
    server.control.configure({ shopState: 'frozen' })
    await office.run('Read Orders')
    await office.run('Read Orders')
    expect(await openProblems(office)).toMatchObject([{ code: 'store-frozen' }])
    server.control.configure({ shopState: 'open' })
    await office.run('Read Orders')
    expect(await openProblems(office)).toEqual([])
  })

  test('with a store in another process, gets orders that are placed while it reads', async () => {
    const server = await startShopify(shopifySchema ?? '', { throttle: { maximumAvailable: 2000, restoreRate: 5000 } })
    try {
      const office = await openOffice()
      await addShopify(office, server)
      await server.control.advanceClock(5000)
      await server.control.addOrders(60)
      const reading = office.run('Read Orders')
      await server.control.addOrders(20)
      await reading
      await office.run('Read Orders')
      expect(await numbers(office)).toEqual((await server.control.names()).sort())
    } finally {
      await server.stop()
    }
  })
})

describe.skipIf(shopifySchema === null)(schemaTitle('a Shopify order that changes after it was sent'), () => {
  test('by an edit becomes a problem that says what changed', async () => {
    const server = await openShopify({ now: '2026-11-29T03:00:00Z' })
    const { office, id, number } = await sentOrder(server)
    server.control.edit(id, { quantities: { 0: 2 }, add: [{ sku: 'GLOVE', title: 'Gloves', quantity: 1, priceCents: 900 }] })
    await office.run('Read Orders')
    const [problem, ...others] = await openProblems(office)
    expect(others).toEqual([])
    expect(problem).toMatchObject({ code: 'changed-after-sending', title: expect.stringContaining(number) })
    expect(problem?.message).toContain('Line 1, quantity: 3 → 2')
    expect(await office.order(number)).toMatchObject({ totalMinor: server.control.totals(id).placed - 900 })
  })

  test('by a partial refund becomes a problem that names the sum', async () => {
    const server = await openShopify({ now: '2026-11-29T03:00:00Z' })
    const { office, id } = await sentOrder(server)
    server.control.refund(id, { lines: { 1: 1 } })
    await office.run('Read Orders')
    const [problem] = await openProblems(office)
    expect(problem).toMatchObject({ code: 'changed-after-sending' })
    expect(problem?.message).toContain('22.00 AUD were refunded')
  })

  test('by money given back without goods becomes a problem, too', async () => {
    const server = await openShopify({ now: '2026-11-29T03:00:00Z' })
    const { office, id } = await sentOrder(server)
    server.control.refund(id, { cents: 500 })
    await office.run('Read Orders')
    const [problem] = await openProblems(office)
    expect(problem?.message).toContain('5.00 AUD were refunded')
  })

  test('by cancelling becomes a problem, and nothing is sent again', async () => {
    const server = await openShopify({ now: '2026-11-29T03:00:00Z' })
    const { office, id } = await sentOrder(server)
    server.control.cancel(id)
    await office.run('Read Orders')
    expect(await openProblems(office)).toMatchObject([{ code: 'cancelled-after-sending' }])
    await office.run('Write Order')
    expect(office.files()).toHaveLength(1)
  })

  test('only in a tag, or by a note of Ledgerdrop, is no problem', async () => {
    const server = await openShopify({ now: '2026-11-29T03:00:00Z' })
    const { office, id } = await sentOrder(server)
    server.control.change(id, { tags: ['packed'], note: 'Sent to Attaché [Ledgerdrop n-1]' })
    await office.run('Read Orders')
    expect(await openProblems(office)).toEqual([])
  })
})
