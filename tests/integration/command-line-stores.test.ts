import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createEngine, type Secrets, systemClock } from '../../src-main/engine/engine'
import { startControlServer } from '../../src-main/engine-thread/control-server'
import type { OrderDetails, OrderRow, RunRow, StoreFacts } from '../../src-shared/contract/contract'
import { LoggingProxy } from '../support/logging-proxy'
import { filesIn } from '../support/office'
import { filesContaining, formsOf } from '../support/secret-leaks'
import { temporaryFolder } from '../support/temporary-folder'
import { type ChildResult, tsProgram } from '../support/ts-child'
import { type StoreProcess, startWooCommerce } from '../support/woocommerce/start-woocommerce'
import type { StoreOptions } from '../support/woocommerce/store-settings'

const program = tsProgram('src-main/cli/cli.ts')

/** The command line of one office, with everything that its commands have printed. */
class Office {
  readonly folder = temporaryFolder()
  readonly workspace = join(this.folder, 'workspace')
  readonly drop = join(this.folder, 'drop')
  printed = ''

  constructor(public environment: NodeJS.ProcessEnv) {}

  async cli(...args: string[]): Promise<ChildResult> {
    const environment = { ...WITHOUT_STORES, ...this.environment }
    const result = await program.run([...args, '--workspace', this.workspace], '', environment)
    this.printed += result.stdout + result.stderr
    return result
  }

  /** Runs a command with `--json` and returns its output. */
  async json<T>(status: number, ...args: string[]): Promise<T> {
    const result = await this.cli(...args, '--json')
    expect(result, args.join(' ')).toMatchObject({ status, stderr: '' })
    return JSON.parse(result.stdout) as T
  }

  init(store: StoreProcess, ...args: string[]): Promise<ChildResult> {
    return this.cli('init', ...storeArguments(store), '--destination', `Books=ubl-order:${this.drop}`, ...args)
  }

  async numbers(): Promise<string[]> {
    return (await this.json<{ orders: OrderRow[] }>(0, 'orders')).orders.map(({ number }) => number).sort()
  }
}

/** Variables of this process that would change how the program reaches a store. */
const WITHOUT_STORES = { HTTP_PROXY: undefined, HTTPS_PROXY: undefined, http_proxy: undefined, https_proxy: undefined }

async function openStore(options: StoreOptions = {}): Promise<StoreProcess> {
  const store = await startWooCommerce(options)
  onTestFinished(() => store.stop())
  return store
}

function storeArguments({ url }: StoreProcess): string[] {
  return ['--store', `woocommerce=${url}`, '--sign-in', 'consumer key']
}

function keyOf({ key }: StoreProcess): NodeJS.ProcessEnv {
  return { LEDGERDROP_STORE_ACCOUNT: key.key, LEDGERDROP_STORE_SECRET: key.secret }
}

describe('init --store', () => {
  test('connects a store after testing it; its orders from now on are read, sent once and found by number', async () => {
    const store = await openStore()
    await store.control.addOrders(3)
    const office = new Office(keyOf(store))
    const made = await office.init(store)
    expect(made).toMatchObject({ status: 0, stderr: '' })
    expect(made.stdout).toContain('Test Shop, WooCommerce 11.0.1 on WordPress 7.1')
    expect(made.stdout).toContain('placed from now on are read')
    const fresh = await store.control.addOrders([{ status: 'processing' }, { status: 'processing' }])
    for (let round = 0; round < 2; round++) expect(await office.cli('sync')).toMatchObject({ status: 0, stderr: '' })
    expect(await office.numbers()).toEqual(fresh.map(String).sort())
    expect(filesIn(office.drop)).toHaveLength(2)
    expect(await store.control.customerEmailsByRequests()).toEqual([])
  })

  test('with an intake folder too, has both sources', async () => {
    const store = await openStore()
    const office = new Office(keyOf(store))
    expect(await office.init(store, '--intake', join(office.folder, 'intake'), '--store-name', 'Web Shop')).toMatchObject({ status: 0 })
    const { runs } = await office.json<{ runs: RunRow[] }>(0, 'sync', '--task', 'Read Orders')
    expect(runs).toMatchObject([{ outcome: 'done', failedCount: 0 }])
  })

  test('since a date, past orders count as handled; with --send-past they are sent, and the number is said before', async () => {
    const store = await openStore()
    const old = [{ status: 'processing', createdAt: '2026-01-05T00:00:00Z', modifiedAt: '2026-01-05T00:00:00Z' } as const]
    await store.control.addOrders([...old, ...old, { status: 'pending' }])
    const [careful, eager] = [new Office(keyOf(store)), new Office(keyOf(store))]
    expect((await careful.init(store, '--since', '2026-01-01')).stdout).toMatch(/3 orders since .* already handled, so they are not sent/)
    expect((await eager.init(store, '--since', '2026-01-01', '--send-past')).stdout).toMatch(/3 orders since .*: 2 of them are ready/)
    for (const office of [careful, eager]) expect(await office.cli('sync')).toMatchObject({ status: 0 })
    expect([filesIn(careful.drop).length, filesIn(eager.drop).length]).toEqual([0, 2])
    expect(await careful.numbers()).toHaveLength(2)
  })

  test.each([
    ['without a key', {}, [], 2, /LEDGERDROP_STORE_ACCOUNT and LEDGERDROP_STORE_SECRET to the store's consumer key/],
    ['with a wrong key', { LEDGERDROP_STORE_ACCOUNT: 'ck_no', LEDGERDROP_STORE_SECRET: 'cs_no_such_key' }, [], 1, /store-key-refused/],
    ['with a way to sign in that the store lacks', null, ['--sign-in', 'admin token'], 2, /"application password", "consumer key"/],
    ['with --send-past alone', null, ['--send-past'], 2, /--send-past requires --since/],
    ['with a date that is none', null, ['--since', '2026-02-30'], 2, /--since 2026-02-30/],
    ['with a date in the future', null, ['--since', '2999-01-01'], 2, /in the future/],
    ['with an unknown kind', null, ['--store', 'magento=https://shop.example'], 2, /there is no store magento/],
    ['with an address without https', null, ['--store', 'woocommerce=http://shop.example'], 1, /store-not-secure/],
  ] as const)('%s creates nothing', async (_name, key, args, status, message) => {
    const store = await openStore()
    const office = new Office(key ?? keyOf(store))
    expect(await office.init(store, ...args)).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(message) })
    expect(readdirSync(office.folder)).toEqual([])
  })

  test('a store that cannot be reached creates nothing, and init can be repeated', async () => {
    const store = await openStore()
    const office = new Office(keyOf(store))
    await store.control.addFault({ kind: 'html' }, { times: null })
    expect(await office.init(store)).toMatchObject({ status: 1, stderr: expect.stringContaining('store-answer-invalid') })
    expect(readdirSync(office.folder)).toEqual([])
    await store.control.clearFaults()
    expect(await office.init(store)).toMatchObject({ status: 0 })
  })

  test.each([
    ['neither a folder nor a store', [], /--intake, --store or both/],
    ['an option of a store without one', ['--intake', 'in', '--since', '2026-01-01'], /--since requires --store/],
    ['another option of a store without one', ['--intake', 'in', '--allow-http'], /--allow-http requires --store/],
  ] as const)('%s is wrong usage', async (_name, args, message) => {
    const office = new Office({})
    const result = await office.cli('init', '--destination', `Books=ubl-order:${office.drop}`, ...args)
    expect(result).toMatchObject({ status: 2, stdout: '', stderr: expect.stringMatching(message) })
    expect(existsSync(office.workspace)).toBe(false)
  })

  test('goes through the proxy of the environment', async () => {
    const store = await openStore()
    const proxy = await LoggingProxy.start()
    onTestFinished(() => proxy.stop())
    const office = new Office({ ...keyOf(store), http_proxy: proxy.address })
    expect(await office.init(store)).toMatchObject({ status: 0 })
    expect(new Set(proxy.tunnels)).toEqual(new Set([new URL(store.url).host]))
  })
})

describe('in a workspace with stores', () => {
  async function openOffice(options: StoreOptions = {}): Promise<{ office: Office; store: StoreProcess }> {
    const store = await openStore(options)
    const office = new Office(keyOf(store))
    expect(await office.init(store, '--store-name', 'Web Shop')).toMatchObject({ status: 0, stderr: '' })
    return { office, store }
  }

  test('test-store shows what Test Connection shows', async () => {
    const { office, store } = await openOffice()
    await store.control.addOrders([{ status: 'processing' }, { status: 'on-hold' }])
    const facts = await office.json<StoreFacts & { ready: number }>(0, 'test-store')
    expect(facts).toMatchObject({ source: 'Web Shop', shopName: 'Test Shop', ready: 1 })
    const { stdout } = await office.cli('test-store', '--source', 'web shop')
    expect(stdout).toMatch(/Web Shop: Test Shop, WooCommerce 11\.0\.1 on WordPress 7\.1\n.*agree.*\nOrders ready: 1/)
    expect(stdout).toMatch(/On hold +on-hold +1 +On Hold/)
    expect(await office.cli('test-store', '--source', 'Other')).toMatchObject({ status: 1, stderr: expect.stringContaining('Web Shop') })
  })

  test('fetch-order gets one past order; an unknown number says so', async () => {
    const store = await openStore()
    const [id] = await store.control.addOrders([{ status: 'processing', number: 'A-77' }])
    const office = new Office(keyOf(store))
    expect(await office.init(store)).toMatchObject({ status: 0 })
    const { orders } = await office.json<{ orders: OrderDetails[] }>(0, 'fetch-order', String(id))
    expect(orders).toMatchObject([{ number: 'A-77' }])
    expect(await office.numbers()).toEqual(['A-77'])
    expect(await office.cli('fetch-order', 'NOPE', '--source', 'WooCommerce')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('order-not-in-store'),
    })
  })

  test('without the key, Read Orders and the commands name the variable, and doctor too; with it, everything works again', async () => {
    const { office, store } = await openOffice()
    const key = office.environment
    office.environment = {}
    expect(await office.cli('sync', '--task', 'Read Orders')).toMatchObject({ status: 1, stdout: expect.stringContaining('Web Shop') })
    for (const args of [['test-store'], ['fetch-order', '1']]) {
      const { status, stderr } = await office.cli(...args)
      expect([status, stderr]).toEqual([
        1,
        expect.stringMatching(/LEDGERDROP_STORE_SECRET_WEB_SHOP or LEDGERDROP_STORE_SECRET .*\(store-secret-missing\)/s),
      ])
    }
    expect((await office.cli('doctor')).stdout).toMatch(/PROBLEM +Source Web Shop.*LEDGERDROP_STORE_SECRET_WEB_SHOP/)
    office.environment = { LEDGERDROP_STORE_SECRET_WEB_SHOP: store.key.secret }
    const [id] = await store.control.addOrders(1)
    expect(await office.cli('sync', '--task', 'Read Orders')).toMatchObject({ status: 0 })
    expect(await office.numbers()).toEqual([String(id)])
    office.environment = key
    expect((await office.cli('doctor')).stdout).toMatch(/ok +Source Web Shop +http.*last read/)
  })

  test('add-store connects a second one; then each needs its own variable', async () => {
    const { office, store } = await openOffice()
    const second = await openStore()
    const first = office.environment
    office.environment = keyOf(second)
    expect(await office.cli('add-store', ...storeArguments(second), '--store-name', 'Café 2', '--destination', 'books')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('The key is not stored'),
    })
    office.environment = first
    expect(await office.cli('test-store')).toMatchObject({ status: 2, stderr: expect.stringContaining('Café 2, Web Shop') })
    expect(await office.cli('test-store', '--source', 'Web Shop')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/variable LEDGERDROP_STORE_SECRET_WEB_SHOP to/),
    })
    office.environment = { LEDGERDROP_STORE_SECRET_CAFE_2: second.key.secret, LEDGERDROP_STORE_SECRET_WEB_SHOP: store.key.secret }
    const ids = [...(await store.control.addOrders([{ id: 501 }])), ...(await second.control.addOrders([{ id: 502 }]))]
    expect(await office.cli('sync', '--task', 'Read Orders')).toMatchObject({ status: 0 })
    expect(await office.numbers()).toEqual(ids.map(String))
  })

  test('a running program is used with its own keys, and keeps that of a new store in its key store', async () => {
    const { office, store } = await openOffice()
    const sealed: string[] = []
    const secrets: Secrets = {
      unavailableReason: async () => null,
      seal: async (text) => `sealed ${sealed.push(text) - 1}`,
      open: async (text) => sealed[Number(text.split(' ')[1])] ?? null,
    }
    const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
    const engine = await createEngine({
      workspaceFolder: office.workspace,
      canCreate: false,
      version: '0',
      clock: systemClock,
      log,
      secrets,
    })
    const control = await startControlServer(engine, log)
    onTestFinished(async () => {
      await control.stop()
      await engine.stop()
    })
    const second = await openStore()
    office.environment = keyOf(second)
    expect(await office.cli('add-store', ...storeArguments(second), '--store-name', 'Second')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('key store of this computer'),
    })
    expect(sealed).toEqual([second.key.secret])
    office.environment = {}
    expect(await office.cli('test-store', '--source', 'Second')).toMatchObject({ status: 0 })
    // The program doesn't read the command's environment.
    office.environment = { LEDGERDROP_STORE_SECRET_WEB_SHOP: store.key.secret }
    expect(await office.cli('test-store', '--source', 'Web Shop')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('Enter the key in Orders > Sync Settings. (store-secret-missing)'),
    })
    expect(filesContaining(office.workspace, formsOf({ account: second.key.key, secret: second.key.secret }))).toEqual([])
  })
})

test('the key is in no file and no output, whatever the store answers', async () => {
  const store = await openStore()
  const { user: account, password: secret } = store.password
  const office = new Office({ LEDGERDROP_STORE_ACCOUNT: account, LEDGERDROP_STORE_SECRET: secret })
  expect(await office.init(store, '--sign-in', 'application password')).toMatchObject({ status: 0, stderr: '' })
  const [id] = await store.control.addOrders([{ status: 'processing' }])
  const basic = Buffer.from(`${account}:${secret}`).toString('base64')
  await store.control.addFault({ kind: 'prefix', text: `<pre>Authorization: Basic ${basic} ${secret}</pre>` }, { times: null })
  for (const args of [['sync'], ['test-store'], ['fetch-order', String(id)]]) expect((await office.cli(...args)).status).toBe(1)
  await store.control.clearFaults()
  expect(await office.cli('sync')).toMatchObject({ status: 0 })
  expect(filesIn(office.drop)).toHaveLength(1)
  const copies = join(office.folder, 'copies')
  mkdirSync(copies)
  expect(await office.cli('backup', '--to', copies)).toMatchObject({ status: 0 })
  expect(await office.cli('support-bundle', '--order', String(id), '--with-personal-data')).toMatchObject({ status: 0 })
  await office.cli('doctor')
  const forms = formsOf({ account, secret })
  expect(office.printed).toContain('Authorization: Basic [hidden]')
  expect(forms.filter((form) => office.printed.includes(form))).toEqual([])
  expect(filesContaining(office.folder, forms)).toEqual([])
  // The search finds what is there: the store's address is in the database, the copy of the backup and the support file.
  const withAddress = filesContaining(office.folder, [new URL(store.url).host])
  for (const part of ['ledgerdrop.db', 'copies', 'support'])
    expect(
      withAddress.some((file) => file.includes(part)),
      part,
    ).toBe(true)
})
