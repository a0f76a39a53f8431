import { expect, onTestFinished, test } from 'vitest'
import type { CommandInput } from '../../src-shared/contract/contract'
import { NO_WRITE_BACK } from '../../src-shared/stores'
import { Office } from '../support/office'
import { WooCommerceServer } from '../support/woocommerce/woocommerce-server'

const SHOP = 'Web Shop'

async function openStore(): Promise<WooCommerceServer> {
  const store = await WooCommerceServer.start()
  onTestFinished(() => store.stop())
  return store
}

type Account = CommandInput<'stores.beginSignIn'>['account']

/** Signs in as the store's owner would in the browser, and returns the sign-in's id. */
async function approve(office: Office, account: Account): Promise<number> {
  const { signInId, page } = await office.command('stores.beginSignIn', { account })
  const body = new URL(page).searchParams
  body.set('approve', '1')
  const answer = await fetch(new URL('/wp-admin/authorize-application.php', page), { method: 'POST', body, redirect: 'manual' })
  await (await fetch(answer.headers.get('location') ?? '')).text()
  await expect.poll(async () => (await office.command('stores.signInState', { signInId })).kind).toBe('done')
  return signInId
}

test('what a sign-in received is used only for the address that it was begun for', async () => {
  const office = await Office.open()
  const store = await openStore()
  const account: Account = { kind: 'woocommerce', address: store.url, signIn: 'application password', account: '' }
  const signInId = await approve(office, account)
  const secret = { from: 'sign-in', signInId } as const
  const approved = { ...account, account: store.password.user }
  await office.command('stores.test', { account: approved, secret })
  const elsewhere = { ...approved, address: store.url.replace('127.0.0.1', 'localhost') }
  expect(await office.refusal('stores.test', { account: elsewhere, secret })).toMatchObject({ code: 'sign-in-missing' })
})

test('the page of a sign-in is known while it waits, and not afterwards', async () => {
  const office = await Office.open()
  const store = await openStore()
  const account: Account = { kind: 'woocommerce', address: store.url, signIn: 'application password', account: '' }
  const { signInId, page } = await office.command('stores.beginSignIn', { account })
  expect(await office.command('stores.signInState', { signInId })).toEqual({ kind: 'waiting', page })
  await office.command('stores.endSignIn', { signInId })
  expect(await office.refusal('stores.signInState', { signInId })).toMatchObject({ code: 'sign-in-missing' })
})

test('it is known whose key is kept', async () => {
  const secrets = {
    unavailableReason: async () => null,
    seal: async (text: string) => Buffer.from(text).toString('base64'),
    open: async (sealed: string) => Buffer.from(sealed, 'base64').toString(),
  }
  const office = await Office.open({ mail: { secrets } })
  const store = await openStore()
  await office.addStore(SHOP, store, { isSecretKept: true })
  await office.addStore('Other Shop', store, { isSecretKept: false })
  const { sources } = await office.command('settings.get', {})
  const kept = sources.find(({ name }) => name === SHOP)?.id
  expect(await office.command('stores.secrets', {})).toEqual({ cannotStoreReason: null, keptFor: [kept] })
})

test('an order knows the kind of store that it was read from', async () => {
  const office = await Office.open()
  const store = await openStore()
  await office.addStore(SHOP, store)
  const [id] = store.control.addOrders(1)
  await office.run('Read Orders')
  expect((await office.order(String(id))).storeKind).toBe('woocommerce')
})

test('removing the sample orders keeps a store that sends to a sample destination', async () => {
  const office = await Office.openUnconfigured()
  await office.command('samples.add', {})
  const store = await openStore()
  const { destinations } = await office.command('settings.get', {})
  await office.command('stores.save', {
    name: SHOP,
    destinationId: destinations[0]?.id ?? 0,
    account: { kind: 'woocommerce', address: store.url, signIn: 'consumer key', account: store.key.key },
    secret: { from: 'input', text: store.key.secret },
    isSecretKept: false,
    statuses: {},
    writeBack: NO_WRITE_BACK,
  })
  expect(await office.refusal('samples.remove', {})).toMatchObject({ code: 'samples-in-use' })
  const { sources } = await office.command('settings.get', {})
  expect(sources.map(({ name }) => name)).toContain(SHOP)
})

test('an order is found by its number as WooCommerce shows it, with a #', async () => {
  const office = await Office.open()
  const store = await openStore()
  await office.addStore(SHOP, store)
  const [id] = store.control.addOrders(1)
  const { orderIds } = await office.command('stores.fetchOrder', { number: `#${id}` })
  expect(orderIds).toEqual([(await office.order(String(id))).id])
})
