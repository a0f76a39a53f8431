import { describe, expect, test } from 'vitest'
import { withoutStoreNotes } from '../../src-shared/shopify-order'
import { connectShopify, openShopify } from '../support/shopify/connect-shopify'
import { schemaTitle, shopifySchema } from '../support/shopify/shopify-schema'

const never = new AbortController().signal
const TRACKING = { kind: 'tracking', number: 'AP123', carrier: 'Australia Post' } as const

describe.skipIf(shopifySchema === null)(schemaTitle('writing to a Shopify order'), () => {
  test('adds a note once, after what the customer wrote', async () => {
    const server = await openShopify()
    const [id = 0] = server.control.addOrders([{ note: 'Ring twice' }])
    const store = connectShopify(server)
    const note = { kind: 'note', text: 'Sent to Attaché' } as const
    expect(await store.update(String(id), note, '[Ledgerdrop n-1]', never)).toBe('written')
    expect(await store.update(String(id), note, '[Ledgerdrop n-1]', never)).toBe('written before')
    expect(await store.update(String(id), note, '[Ledgerdrop n-2]', never)).toBe('written')
    const written = server.control.order(id).note ?? ''
    expect(written.split('\n')).toEqual(['Ring twice', 'Sent to Attaché [Ledgerdrop n-1]', 'Sent to Attaché [Ledgerdrop n-2]'])
    expect(withoutStoreNotes(written)).toBe('Ring twice')
  })

  test('adds a note once, even if its answer is lost', async () => {
    const server = await openShopify()
    const [id = 0] = server.control.addOrders(1)
    const store = connectShopify(server)
    server.control.addFault({ kind: 'closed' }, { contains: 'UpdateNote', isCarriedOut: true })
    const note = { kind: 'note', text: 'Sent' } as const
    await expect(store.update(String(id), note, '[Ledgerdrop n-1]', never)).rejects.toMatchObject({ code: 'store-unreachable' })
    expect(await store.update(String(id), note, '[Ledgerdrop n-1]', never)).toBe('written before')
    expect(server.control.log().requests.filter(({ body }) => body.includes('UpdateNote'))).toHaveLength(1)
  })

  test('adds a tag once', async () => {
    const server = await openShopify()
    const [id = 0] = server.control.addOrders([{ tags: ['trade'] }])
    const store = connectShopify(server)
    const mark = { kind: 'mark', name: 'Booked, 2026', value: 'yes' } as const
    expect(await store.update(String(id), mark, '', never)).toBe('written')
    expect(await store.update(String(id), mark, '', never)).toBe('written before')
    expect(server.control.order(id).tags).toEqual(['trade', 'Booked  2026'])
  })

  test('fulfils an order with its tracking number once, without emailing the customer', async () => {
    const server = await openShopify()
    const [id = 0] = server.control.addOrders(1)
    const store = connectShopify(server)
    expect(await store.update(String(id), TRACKING, '', never)).toBe('written')
    expect(await store.update(String(id), TRACKING, '', never)).toBe('written before')
    expect(server.control.order(id).fulfillments).toMatchObject([
      { tracking: { number: 'AP123', company: 'Australia Post' }, isCustomerNotified: false },
    ])
  })

  test('adds the tracking number to an order that was marked as fulfilled before', async () => {
    const server = await openShopify()
    const [id = 0] = server.control.addOrders(1)
    const store = connectShopify(server)
    const status = { kind: 'status', status: 'fulfilled' } as const
    expect(await store.update(String(id), status, '', never)).toBe('written')
    expect(await store.update(String(id), status, '', never)).toBe('written before')
    expect(await store.update(String(id), TRACKING, '', never)).toBe('written')
    expect(server.control.order(id).fulfillments).toMatchObject([{ tracking: { number: 'AP123' }, isCustomerNotified: false }])
  })

  test('archives an order once', async () => {
    const server = await openShopify()
    const [id = 0] = server.control.addOrders(1)
    const store = connectShopify(server)
    const status = { kind: 'status', status: 'archived' } as const
    expect(await store.update(String(id), status, '', never)).toBe('written')
    expect(await store.update(String(id), status, '', never)).toBe('written before')
    expect(server.control.order(id).isClosed).toBe(true)
  })

  test.each([
    ['cancelling', {}, { kind: 'status', status: 'cancelled' }, 'refunds'],
    ['an unknown status', {}, { kind: 'status', status: 'shipped' }, 'shipped'],
    ['fulfilling an order from two locations', { locations: [1, 2] }, TRACKING, 'several locations'],
  ] as const)('refuses %s, and says why', async (_, spec, update, text) => {
    const server = await openShopify()
    const [id = 0] = server.control.addOrders([{ ...spec } as object])
    const before = server.control.order(id)
    await expect(connectShopify(server).update(String(id), update, '', never)).rejects.toMatchObject({
      code: 'store-refused',
      message: expect.stringContaining(text),
    })
    expect(server.control.order(id)).toEqual(before)
  })

  test('names the scope that is missing', async () => {
    const server = await openShopify({ scopes: ['read_orders', 'read_customers'] })
    const [id = 0] = server.control.addOrders(1)
    const note = { kind: 'note', text: 'Sent' } as const
    await expect(connectShopify(server).update(String(id), note, '[Ledgerdrop n]', never)).rejects.toMatchObject({
      code: 'store-key-rights',
      message: expect.stringContaining('write_orders'),
    })
  })

  test('fails for an order that is gone', async () => {
    const server = await openShopify()
    const note = { kind: 'note', text: 'Sent' } as const
    await expect(connectShopify(server).update('77', note, '[Ledgerdrop n]', never)).rejects.toMatchObject({ code: 'order-not-in-store' })
  })
})
