import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { expect, onTestFinished, test } from 'vitest'
import { environmentSecrets, secretVariable } from '../../src-main/cli/store-environment'
import type { OutsideSecrets, Secrets } from '../../src-main/engine/engine'
import { engineLog } from '../../src-main/log/engine-log'
import { Office, PACKAGE } from '../support/office'
import { backUp, restore } from '../support/restores'
import { filesContaining, formsOf } from '../support/secret-leaks'
import { temporaryFolder } from '../support/temporary-folder'
import type { Fault } from '../support/woocommerce/faults'
import type { StoreOptions } from '../support/woocommerce/store-settings'
import { WooCommerceServer } from '../support/woocommerce/woocommerce-server'

const SHOP = 'Web Shop'

async function openStore(options: StoreOptions = {}): Promise<WooCommerceServer> {
  const store = await WooCommerceServer.start(options)
  onTestFinished(() => store.stop())
  return store
}

/** A key store that seals by reversing, so that the secret itself is never written. */
const REVERSING: Secrets = {
  unavailableReason: async () => null,
  seal: async (text) => [...text].reverse().join(''),
  open: async (sealed) => [...sealed].reverse().join(''),
}

test.each(['consumer key', 'application password'] as const)(
  'a key (%s) is in no file, event, answer or log, whatever the store answers',
  async (signIn) => {
    const folder = temporaryFolder()
    const log = engineLog(join(folder, 'workspace'))
    const said: unknown[] = []
    const office = await Office.open({
      folder,
      log,
      profile: 'ubl-order',
      mail: { secrets: REVERSING },
      onEvent: (published) => {
        said.push(published)
        if (published.name === 'logLevel.changed') log.setLevel(published.event.level)
      },
    })
    await office.command('log.setLevel', { level: 'debug' })
    const store = await openStore({ stripsAuthorization: false })
    const { key, password } = store
    const [account, secret] = signIn === 'consumer key' ? [key.key, key.secret] : [password.user, password.password]
    await office.addStore(SHOP, store, {
      account: { kind: 'woocommerce', address: store.url, signIn, account },
      secret: { from: 'input', text: secret },
      isSecretKept: true,
    })
    const [id] = store.control.addOrders([{ status: 'processing' }])
    const { sources } = await office.command('settings.get', {})
    const sourceId = sources.find(({ name }) => name === SHOP)?.id ?? 0
    const draft = { sourceId, account: { kind: 'woocommerce', address: store.url, signIn, account }, secret: { from: 'saved' } } as const
    const basic = Buffer.from(`${account}:${secret}`).toString('base64')
    const query = `consumer_key=${account}&consumer_secret=${encodeURIComponent(secret)}`
    const faults: Fault[] = [
      { kind: 'redirect', to: `https://elsewhere.example/?${query}` },
      { kind: 'redirect', to: `https://elsewhere.example/${encodeURIComponent(secret)}` },
      { kind: 'prefix', text: `<pre>Authorization: Basic ${basic}; GET /?${query}; ${secret}</pre>` },
      { kind: 'status', status: 401 },
      { kind: 'status', status: 403 },
      { kind: 'closed' },
      { kind: 'html' },
    ]
    for (const fault of faults) {
      store.control.clearFaults()
      store.control.addFault(fault, { times: null })
      said.push(
        await office.run('Read Orders'),
        await office.refusal('stores.test', draft),
        await office.refusal('stores.fetchOrder', { number: String(id) }),
      )
      said.push(await office.command('sync.problems', {}))
    }
    store.control.clearFaults()
    await office.run('Read Orders')
    await office.run('Write Order')
    expect(office.files()).toHaveLength(1)
    await backUp(office)
    for (const withPersonalData of [true, false]) {
      said.push(await office.command('support.makeBundle', { orderNumber: String(id), text: '', withPersonalData }))
    }
    await office.stop()
    const forms = formsOf({ account, secret })
    expect(filesContaining(folder, forms)).toEqual([])
    expect(forms.filter((form) => JSON.stringify(said).includes(form))).toEqual([])
    // What is there is found: the sealed secret, the store's address, and the place of the secret in an error page.
    expect(filesContaining(folder, [[...secret].reverse().join('')])).toEqual([join(office.workspace, 'store-secrets.json')])
    expect(JSON.stringify(said)).toContain('Authorization: Basic [hidden]')
    expect(JSON.stringify(said)).toContain('elsewhere.example')
  },
)

test('a support file has the settings of a store with its address, and neither its account nor personal data of its orders', async () => {
  const office = await Office.open({ profile: 'ubl-order' })
  const store = await openStore()
  await office.addStore(SHOP, store)
  const billing = { first_name: 'Zqxavier', last_name: 'Wobblethorpe', address_1: '77 Quibblestone Lane', email: 'zq@customers.example' }
  const [id] = store.control.addOrders([{ status: 'processing', billing, shippingAddress: billing, customerNote: 'Ring Zqxavier' }])
  await office.run('Read Orders')
  const { folder, fileName } = await office.command('support.makeBundle', { orderNumber: String(id), text: '', withPersonalData: false })
  const files = Object.entries(unzipSync(readFileSync(join(folder, fileName)))).map(([name, bytes]) => [name, strFromU8(bytes)] as const)
  const settings = files.find(([name]) => name === 'settings.json')?.[1] ?? ''
  expect(JSON.parse(settings).sources).toContainEqual(
    expect.objectContaining({
      name: SHOP,
      store: expect.objectContaining({ address: store.url, signIn: 'consumer key', hasAccount: true }),
    }),
  )
  expect(JSON.parse(files.find(([name]) => name === 'workspace.json')?.[1] ?? '').folders).not.toContainEqual(
    expect.objectContaining({ folder: '' }),
  )
  for (const [name, text] of files) {
    expect(text, name).not.toContain(store.key.key)
    expect(text, name).not.toMatch(/zqxavier|wobblethorpe|quibblestone|zq@/i)
  }
})

test('a secret from outside is used, never kept, and its absence is said with its place', async () => {
  const store = await openStore()
  let given: string | null = null
  const outside: OutsideSecrets = { find: (name) => (name === SHOP ? given : null), remedy: (name) => `Give the key of ${name}.` }
  const office = await Office.open({ stores: { storeSecrets: outside } })
  await office.addStore(SHOP, store)
  await office.restart()
  await office.run('Read Orders')
  const problem = (await office.command('sync.problems', {})).problems.find(({ failure }) => failure.code === 'store-secret-missing')
  expect(problem?.failure.remedy).toBe(`Give the key of ${SHOP}.`)
  given = store.key.secret
  expect(await office.run('Read Orders')).toMatchObject({ outcome: 'done' })
  given = null
  expect(await office.run('Read Orders')).toMatchObject({ outcome: 'some failed' })
})

test.each([
  ['Web Shop', [], 'LEDGERDROP_STORE_SECRET_WEB_SHOP'],
  ['  Café No. 1 ', [], 'LEDGERDROP_STORE_SECRET_CAFE_NO_1'],
  ['shop', ['Web Shop'], 'LEDGERDROP_STORE_SECRET_SHOP'],
  ['Web Shop', ['web-shop'], null],
  ['店', [], null],
])('the variable of %s is unmistakable', (name, others, variable) => {
  expect(secretVariable(name, others)).toBe(variable)
})

test('two stores whose names give the same variable get no key of it, nor the general one', () => {
  const secrets = environmentSecrets({ LEDGERDROP_STORE_SECRET_WEB_SHOP: 'a', LEDGERDROP_STORE_SECRET: 'b' })
  expect(secrets.find('Web Shop', ['web-shop'])).toBeNull()
  expect(secrets.remedy('Web Shop', ['web-shop'])).toContain('Rename')
  expect(secrets.find('Web Shop', ['Other'])).toBe('a')
  expect(secrets.find('Other', ['Web Shop'])).toBeNull()
  expect(secrets.find('Other', [])).toBe('b')
})

test('after a restore, orders of a store are read again from the backup on: none is lost, none is sent twice', async () => {
  const office = await Office.open({ profile: 'ubl-order', mail: { secrets: REVERSING } })
  const store = await openStore()
  await office.addStore(SHOP, store, { isSecretKept: true })
  const add = () => String(store.control.addOrders([{ status: 'processing' }])[0])
  const sync = async () => {
    await office.run('Read Orders')
    await office.run('Write Order')
  }
  const before = add()
  await sync()
  const backup = await backUp(office)
  const sent = add()
  await sync()
  const unsent = add()
  await office.run('Read Orders')
  expect(office.files()).toHaveLength(2)
  await restore(office, backup)
  await office.run('Read Orders')
  const fresh = add()
  await office.run('Read Orders')
  const states = Object.fromEntries((await office.command('orders.list', {})).rows.map(({ number, syncState }) => [number, syncState]))
  expect(states).toEqual({ [before]: 'sent', [sent]: 'needs review', [unsent]: 'waiting', [fresh]: 'waiting' })
  await office.command('sync.setPaused', { task: 'Write Order', isPaused: false })
  await sync()
  // The file of the order in review is not written again.
  expect(office.files()).toHaveLength(4)
})

test('removing the samples keeps a store that sends to a sample destination', async () => {
  const office = await Office.open()
  await office.engine.addSamples({ withFailing: false })
  const store = await openStore()
  const { destinations } = await office.command('settings.get', {})
  const sample = destinations.find(({ name }) => name !== PACKAGE)
  await office.addStore(SHOP, store, { destinationId: sample?.id ?? 0 })
  expect(await office.refusal('samples.remove', {})).toMatchObject({ code: 'samples-in-use', message: expect.stringContaining(SHOP) })
  expect((await office.command('settings.get', {})).sources.map(({ name }) => name)).toContain(SHOP)
})
