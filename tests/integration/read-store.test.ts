import { expect, onTestFinished, test } from 'vitest'
import { Office } from '../support/office'
import type { StoreOptions } from '../support/woocommerce/store-settings'
import { WooCommerceServer } from '../support/woocommerce/woocommerce-server'

const SHOP = 'Web Shop'

async function openStore(options: StoreOptions = {}): Promise<WooCommerceServer> {
  const store = await WooCommerceServer.start(options)
  onTestFinished(() => store.stop())
  return store
}

async function numbers(office: Office): Promise<string[]> {
  return (await office.command('orders.list', {})).rows.map(({ number }) => number).sort()
}

test('orders placed after the store was connected arrive, each once', async () => {
  const office = await Office.open()
  const store = await openStore()
  const past = store.control.addOrders(3)
  await office.addStore(SHOP, store)
  await office.run('Read Orders')
  expect(await numbers(office)).toEqual([])
  const fresh = store.control.addOrders(5)
  for (let round = 0; round < 3; round++) await office.run('Read Orders')
  expect(await numbers(office)).toEqual(fresh.map(String).sort())
  expect(past.length).toBe(3)
  const order = await office.order(String(fresh[0]))
  expect(order).toMatchObject({ status: 'Pending' })
})
