import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Locator, type Page, test } from '@playwright/test'
import type { CommandInput } from '../../src-shared/contract/contract'
import { NO_WRITE_BACK } from '../../src-shared/stores'
import { type StoreProcess, startWooCommerce } from '../support/woocommerce/start-woocommerce'
import type { StoreOptions } from '../support/woocommerce/store-settings'
import { expectAccessible, loadAxe } from './accessible'
import { followArticle } from './follow-article'
import { type LaunchedApp, type LaunchOptions, launchApp } from './launch'
import { chooseMenuItem, command, filesIn, openOrder, syncNow, taskItem } from './steps'
import { findTooWideElements, resize } from './too-wide'

let folder: string
let store: StoreProcess
let launched: LaunchedApp
let page: Page

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledgerdrop-stores-'))
})

test.afterEach(async () => {
  await launched?.close()
  await store?.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

const dropFolder = (): string => join(folder, 'drop')
const section = (title: string): Locator => page.getByRole('region', { name: title })
const step = (title: string): Locator => page.getByRole('list', { name: 'Steps' }).getByRole('button', { name: title })
const shopItem = (name: string): Locator => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) })

/**
 * Starts a store and the application, without samples and with one destination. Its workspace lasts until the test
 * ends.
 */
async function open({ hasAccount = true, ...options }: StoreOptions & { hasAccount?: boolean } = {}): Promise<void> {
  store = await startWooCommerce(options)
  await launch()
  mkdirSync(dropFolder(), { recursive: true })
  const destination = { name: 'Attaché', profile: 'attache-kfi', folder: dropFolder(), isDefault: true } as const
  const { destinations } = await command(page, 'settings.saveDestination', destination)
  // A web store's customers have no codes, so one account is used for all of them.
  const settings = { ...(destinations[0]?.settings as object), missingCustomer: 'account', customerCodeWhenMissing: 'WEBSALES' }
  if (hasAccount) await command(page, 'settings.saveDestination', { ...destination, id: destinations[0]?.id ?? 0, settings })
  for (const task of ['Read Orders', 'Write Order'] as const) {
    await command(page, 'sync.setSchedule', { task, schedule: { kind: 'every', minutes: 1440 } })
  }
}

async function launch(options: LaunchOptions = {}): Promise<void> {
  launched = await launchApp({
    args: ['--no-samples'],
    ...options,
    workspace: join(folder, 'workspace'),
    userData: join(folder, 'user-data'),
  })
  page = launched.window
  await launched.app.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { openedOutside: opened })
    shell.openExternal = async (address) => void opened.push(address)
  })
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
}

/** The pages that the application asked the browser to open. */
const openedPages = (): Promise<string[]> =>
  launched.app.evaluate(() => (globalThis as unknown as { openedOutside: string[] }).openedOutside)

/**
 * Checks a state of the window: it has no barrier that axe finds, and fits the smallest window and 200 % zoom. Takes
 * pictures for looking at if there is a folder for them.
 */
async function look(name: string): Promise<void> {
  await resize(launched, 1024, 700, 1)
  await loadAxe(page)
  await expectAccessible(page, name)
  const shots = process.env.LEDGERDROP_SHOTS
  if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.png`), animations: 'disabled' })
  expect.soft(await findTooWideElements(page, false), name).toEqual([])
  await resize(launched, 1280, 800, 2)
  expect.soft(await findTooWideElements(page, true), `${name}, zoomed`).toEqual([])
  if (shots !== undefined) await captureWindow(join(shots, `${name}-zoomed.png`))
  await resize(launched, 1440, 900, 1)
  if (shots === undefined) return
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.screenshot({ path: join(shots, `${name}-dark.png`), animations: 'disabled' })
  await page.emulateMedia({ colorScheme: 'light' })
}

/** A picture of the window itself. The test runner's pictures ignore the zoom. */
async function captureWindow(path: string): Promise<void> {
  const png = await launched.app.evaluate(async ({ BrowserWindow }) =>
    (await BrowserWindow.getAllWindows()[0]?.webContents.capturePage())?.toPNG().toString('base64'),
  )
  writeFileSync(path, Buffer.from(png ?? '', 'base64'))
}

async function connectForm(): Promise<void> {
  await chooseMenuItem(page, 'Orders', 'Sync Settings')
  await page.getByRole('button', { name: 'Add Source' }).click()
  await look('add-source')
  await page.getByRole('button', { name: /^WooCommerce/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Connect WooCommerce' })).toBeVisible()
  await page.getByLabel('Address of the store').fill(store.url)
}

async function enterKey(secret = store.key.secret): Promise<void> {
  await page.getByRole('radio', { name: 'Consumer key and secret' }).check()
  await page.getByLabel('Consumer key', { exact: true }).fill(store.key.key)
  await page.getByRole('textbox', { name: 'Consumer secret' }).fill(secret)
}

const testConnection = (): Promise<void> => page.getByRole('button', { name: 'Test Connection' }).click()
const save = (): Promise<void> => page.getByRole('button', { name: 'Save', exact: true }).click()

/** Adds the store as a source without its form. */
async function addStore(change: Partial<CommandInput<'stores.save'>> = {}): Promise<void> {
  const { destinations } = await command(page, 'settings.get', {})
  await command(page, 'stores.save', {
    name: 'Test Shop',
    destinationId: destinations[0]?.id ?? 0,
    account: { kind: 'woocommerce', address: store.url, signIn: 'consumer key', account: store.key.key },
    secret: { from: 'input', text: store.key.secret },
    isSecretKept: false,
    statuses: {},
    writeBack: NO_WRITE_BACK,
    ...change,
  })
}

test('a store is connected with a key, and past orders come in as already handled unless they are sent', async () => {
  await open()
  await store.control.addOrders([
    {},
    {},
    { status: 'completed' },
    { status: 'on-hold' },
    { status: 'failed', override: { status: 'backordered' } },
  ])
  await connectForm()
  await look('connect-empty')
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled()
  await enterKey('wrong')
  await testConnection()
  await expect(page.getByRole('alert')).toContainText('refused the request')
  await look('connect-refused')
  await enterKey()
  await testConnection()
  const result = section('Result of the test')
  await expect(result).toContainText('Test Shop')
  await expect(result).toContainText('WooCommerce 11.0.1 on WordPress 7.1')
  await expect(result).toContainText('3 ready to send, of 5 in the store')
  await expect(page.getByLabel('Source name')).toHaveValue('Test Shop')
  await look('connect-tested')

  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(step('From which date?')).toBeFocused()
  await expect(page.getByRole('radio', { name: /^Orders from now on/ })).toBeChecked()
  await page.getByRole('radio', { name: /^Orders since a date/ }).check()
  await page.getByLabel('Orders since', { exact: true }).fill('2020-01-01')
  await expect(page.getByText('The 3 that are ready to send come in as already handled and are not sent.')).toBeVisible()
  await look('connect-since')
  const send = page.getByRole('checkbox', { name: 'Send them too (3 orders)' })
  await send.click()
  await expect(page.getByRole('dialog')).toContainText('writes 3 files to Attaché')
  await look('connect-send-past')
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await expect(send).not.toBeChecked()

  await step('Meaning of statuses').click()
  await expect(page.getByText('1 status of the store is new to Ledgerdrop.')).toBeVisible()
  await look('connect-statuses')
  await page.getByLabel('Meaning of backordered').selectOption('On Hold')
  await step('Writing back').click()
  await look('connect-write-back')
  for (const box of await page.getByRole('checkbox').all()) await expect(box).not.toBeChecked()
  await page.getByLabel('Completed').selectOption('completed')
  await expect(page.getByText('WooCommerce emails the customer when an order is set to Completed.')).toBeVisible()
  await page.getByRole('checkbox', { name: /^Add a private note/ }).check()
  await look('connect-write-back-chosen')
  await save()

  await expect(shopItem('Test Shop')).toContainText('WooCommerce')
  await expect(shopItem('Test Shop').getByRole('button', { name: 'Open Folder' })).toHaveCount(0)
  await look('source-list')
  const { sources } = await command(page, 'settings.get', {})
  expect(sources[0]?.store).toMatchObject({
    statuses: { backordered: 'On Hold', processing: 'Pending' },
    writeBack: { note: true, mark: '', statuses: { Completed: 'completed' }, tracking: false },
    readFrom: new Date(2020, 0, 1).toISOString(),
  })

  expect(await syncNow(page, 'Read Orders')).toContain('5')
  expect(await syncNow(page, 'Write Order')).not.toContain('written')
  expect(filesIn(dropFolder())).toEqual([])
  await store.control.addOrders(1)
  await syncNow(page, 'Read Orders')
  expect(await syncNow(page, 'Write Order')).toContain('1 order written')
  expect(filesIn(dropFolder())).toHaveLength(1)
})

test('the printed instructions work with an order that came from the store', async () => {
  await open({ hasAccount: false })
  await addStore()
  const email = 'cafe@example.test'
  await command(page, 'codes.save', { kind: 'customer', code: 'HARBOURCAFE', name: 'Harbour Café', aliases: [email] })
  await store.control.addOrders([{ number: 'W2212', lines: [{ sku: 'HOSE-15', quantity: 10 }], shipping: null, billing: { email } }])
  await syncNow(page, 'Read Orders')
  await followArticle(launched, dropFolder())
})

/** Presses a button on the store's page, as the person's browser does, and follows where it is sent. */
async function answerInBrowser(address: string, button: 'approve' | 'reject'): Promise<void> {
  const body = new URL(address).searchParams
  body.set(button, '1')
  const answer = await fetch(new URL('/wp-admin/authorize-application.php', address), { method: 'POST', body, redirect: 'manual' })
  const returned = await fetch(answer.headers.get('location') ?? '')
  expect(await returned.text()).toContain('return to Ledgerdrop')
}

test('a store is connected by approving it in the browser, after it was declined and cancelled', async () => {
  await open()
  await connectForm()
  const connect = page.getByRole('button', { name: 'Connect in Browser' })
  await connect.click()
  await expect(page.getByText('Waiting for your approval')).toBeVisible()
  await look('sign-in-waiting')
  await expect.poll(openedPages).toHaveLength(1)
  await answerInBrowser((await openedPages())[0] ?? '', 'reject')
  await expect(page.getByRole('alert')).toContainText('the request was probably declined')

  await connect.click()
  await expect.poll(openedPages).toHaveLength(2)
  await page.getByRole('button', { name: 'Cancel' }).first().click()
  await expect(connect).toBeVisible()
  await expect(answerInBrowser((await openedPages())[1] ?? '', 'approve')).rejects.toThrow()

  await connect.click()
  await expect.poll(openedPages).toHaveLength(3)
  const address = (await openedPages())[2] ?? ''
  expect(address).toMatch(new RegExp(`^${store.url}/wp-admin/authorize-application\\.php\\?app_name=Ledgerdrop&`))
  await answerInBrowser(address, 'approve')
  await expect(page.getByText('Approved in the store by shopadmin.')).toBeVisible()
  await expect(section('Result of the test')).toContainText('Test Shop')
  await look('sign-in-done')
  // The password is for this store only.
  await page.getByLabel('Address of the store').fill(store.url.replace('127.0.0.1', 'localhost'))
  await expect(page.getByText('Approved in the store')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled()
  await page.getByLabel('Address of the store').fill(store.url)
  await connect.click()
  await expect.poll(openedPages).toHaveLength(4)
  await answerInBrowser((await openedPages())[3] ?? '', 'approve')
  await expect(section('Result of the test')).toBeVisible()
  await save()
  await expect(shopItem('Test Shop')).toBeVisible()
  const text = await page.evaluate(() => document.documentElement.outerHTML)
  expect(text).not.toContain(store.password.password)

  const [id] = await store.control.addOrders(1)
  await syncNow(page, 'Read Orders')
  await openOrder(page, String(id))
})

test('a person can ask the store for one order, and open its page in the store', async () => {
  await open()
  const [past] = await store.control.addOrders([{ number: 'S-77', createdAt: '2025-03-01T00:00:00Z' }])
  await chooseMenuItem(page, 'Orders', 'View Orders')
  await expect(page.getByText('No orders yet')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Get an Order…' })).toHaveCount(0)
  await addStore()
  await expect(page.getByText('Ledgerdrop reads new orders of Test Shop automatically.')).toBeVisible()
  await look('no-orders-yet')
  await page.keyboard.press('g')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('Order number in the store')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText('Enter the order number.')
  await page.keyboard.type('S-78')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('Test Shop has no order S-78.')
  await look('get-order-failed')
  await dialog.getByLabel('Order number in the store').fill('S-77')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Order S-77' })).toBeVisible()
  await look('order-from-store')
  await page.getByRole('button', { name: 'Open in Store' }).click()
  await expect.poll(openedPages).toEqual([`${store.url}/wp-admin/post.php?post=${past}&action=edit`])
})

test('the page chooses whose page of the store is opened, but never its address', async () => {
  await open()
  await addStore()
  const ask = (of: unknown, id: unknown) =>
    page.evaluate(
      ([one, other]) => (window.ledgerdrop as unknown as { openStorePage(...args: unknown[]): Promise<unknown> }).openStorePage(one, other),
      [of, id],
    )
  expect(await ask('source', 'https://evil.example/')).toMatchObject({ ok: false, error: { code: 'unknown-command' } })
  expect(await ask('https://evil.example/', 1)).toMatchObject({ ok: false, error: { code: 'unknown-command' } })
  expect(await ask('source', 12345)).toMatchObject({ ok: false, error: { code: 'store-missing' } })
  expect(await ask('order', 12345)).toMatchObject({ ok: false, error: { code: 'order-missing' } })
  expect(await ask('sign-in', 12345)).toMatchObject({ ok: false, error: { code: 'sign-in-missing' } })
  const account = { kind: 'woocommerce', address: 'http://192.0.2.1', allowsHttp: true, signIn: 'consumer key', account: 'ck' } as const
  await command(page, 'stores.save', {
    id: (await command(page, 'settings.get', {})).sources[0]?.id ?? 0,
    name: 'Test Shop',
    destinationId: (await command(page, 'settings.get', {})).destinations[0]?.id ?? 0,
    account,
    secret: { from: 'input', text: 'cs' },
    isSecretKept: false,
    statuses: {},
    writeBack: NO_WRITE_BACK,
  })
  await chooseMenuItem(page, 'Orders', 'Sync Settings')
  await page.getByRole('button', { name: 'Open Test Shop in the browser' }).click()
  await expect(page.getByRole('alert')).toContainText('Open http://192.0.2.1 in a browser yourself.')
  expect(await openedPages()).toEqual([])
})

test('a store that is down is a problem until it is back, and its key is asked for after a start', async () => {
  await open()
  await addStore()
  const { port } = new URL(store.url)
  await store.stop()
  expect(await syncNow(page, 'Read Orders')).toContain('could not be reached')
  await chooseMenuItem(page, 'Sync', 'Problems')
  const problem = page.getByRole('listitem').filter({ hasText: 'No orders can be read from Test Shop' })
  await expect(problem).toContainText('Store')
  await look('problem')
  await problem.getByRole('button', { name: 'Open Sync Settings' }).click()
  await expect(shopItem('Test Shop')).toContainText('could not be reached')
  await look('source-down')

  // The stand-in makes up the same keys in every run.
  store = await startWooCommerce({ port: Number(port) })
  const [id] = await store.control.addOrders(1)
  await syncNow(page, 'Read Orders')
  expect((await command(page, 'sync.problems', {})).problems).toEqual([])
  await openOrder(page, String(id))
  await chooseMenuItem(page, 'Orders', 'Sync Settings')
  await expect(shopItem('Test Shop')).toContainText('Read just now')

  await launched.close()
  await launch()
  await command(page, 'staff.createFirst', { name: 'Ann', password: 'correct horse' })
  await command(page, 'staff.add', { name: 'Oscar', role: 'operator', password: 'correct horse' })
  await command(page, 'staff.add', { name: 'Vera', role: 'viewer', password: 'correct horse' })
  expect(await syncNow(page, 'Read Orders')).toContain('The key of Test Shop is not known')
  await signIn('Vera')
  await chooseMenuItem(page, 'Orders', 'Sync Settings')
  await expect(shopItem('Test Shop').getByRole('button')).toHaveText(['Open Store'])
  await signIn('Oscar')
  await chooseMenuItem(page, 'Orders', 'Sync Settings')
  await expect(page.getByRole('button', { name: 'Add Source' })).toHaveCount(0)
  await expect(shopItem('Test Shop').getByRole('button')).toHaveText(['Open Store', 'Enter Key'])
  await look('key-missing')
  await page.getByRole('button', { name: 'Enter the key of Test Shop' }).click()
  await expect(page.getByRole('textbox', { name: 'Consumer secret' })).toBeFocused()
  await page.keyboard.type(store.key.secret)
  await look('enter-key')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(shopItem('Test Shop').getByRole('button')).toHaveText(['Open Store'])
  await store.control.addOrders(1)
  await syncNow(page, 'Read Orders')
  expect((await command(page, 'sync.problems', {})).problems).toEqual([])
})

async function signIn(name: string): Promise<void> {
  await command(page, 'session.signOut', {})
  await page.getByLabel('Name').fill(name)
  await page.getByRole('textbox', { name: 'Password' }).fill('correct horse')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: `Signed in as ${name}` })).toBeVisible()
}

test('reading a store shows its progress and can be cancelled', async () => {
  await open()
  await addStore({ start: { since: '2020-01-01T00:00:00Z', isSent: false } })
  const firstAt = Date.now() - 340 * 60_000
  await store.control.addOrders(Array.from({ length: 340 }, (_, n) => ({ createdAt: new Date(firstAt + n * 60_000).toISOString() })))
  await store.control.addFault({ kind: 'slow', delayMs: 20_000 }, { contains: 'include=', after: 3, times: null })
  await chooseMenuItem(page, 'Sync', 'Status')
  await command(page, 'sync.runNow', { task: 'Read Orders' })
  await expect(taskItem(page, 'Read Orders')).toContainText(/\d+ of 340/)
  if (process.env.LEDGERDROP_SHOTS !== undefined) await page.screenshot({ path: join(process.env.LEDGERDROP_SHOTS, 'progress.png') })
  await page.getByRole('button', { name: 'Cancel Read Orders' }).click()
  await expect(taskItem(page, 'Read Orders')).toContainText('Cancelled')
  await store.control.clearFaults()
  await syncNow(page, 'Read Orders')
  expect((await command(page, 'orders.count', { filter: {} })).total).toBe(340)
})

test('a saved store is edited in the same form, which never shows its key', async () => {
  await open()
  await addStore()
  await chooseMenuItem(page, 'Orders', 'Sync Settings')
  await page.getByRole('button', { name: 'Edit Test Shop' }).click()
  const secret = page.getByRole('textbox', { name: 'Consumer secret' })
  await expect(secret).toHaveValue('')
  await expect(secret).toHaveAttribute('type', 'password')
  await look('edit')
  await page.getByLabel('Source name').fill('Garden Shop')
  await page.getByRole('button', { name: 'Back', exact: true }).click()
  await page.getByRole('button', { name: 'Stay on This Page' }).click()
  await testConnection()
  await expect(section('Result of the test')).toContainText('Test Shop')
  await save()
  await expect(shopItem('Garden Shop')).toBeVisible()

  // The saved key is never sent to another address.
  await page.getByRole('button', { name: 'Edit Garden Shop' }).click()
  await page.getByLabel('Address of the store').fill(store.url.replace('127.0.0.1', 'localhost'))
  await testConnection()
  await expect(page.getByRole('alert')).toContainText('the saved key is not used for it')
  await page.getByLabel('Address of the store').fill('http://192.0.2.1')
  await testConnection()
  await expect(page.getByRole('alert')).toContainText('is reached without encryption')
  await expect(page.getByRole('checkbox', { name: 'Connect without encryption' })).not.toBeChecked()
  await look('edit-not-secure')
  await step('From which date?').click()
  await expect(page.getByText(/^Orders placed since .* are read and sent\.$/)).toBeVisible()
})

test('the guide offers the store first, and connects it as soon as there is an accounting package', async () => {
  store = await startWooCommerce()
  await launch()
  mkdirSync(dropFolder())
  await page.getByRole('button', { name: 'Skip' }).click()
  await expect(page.getByText('Step 2 of 4')).toBeVisible()
  const choices = page.getByRole('group', { name: 'Where do the orders come from?' }).getByRole('button')
  await expect(choices).toHaveText([/^WooCommerce/, /^Shopify/, /^Files in a Folder/])
  await look('guide-choice')
  await page.keyboard.press('Tab')
  await choices.first().focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('Address of the store').fill(store.url)
  await look('guide-store')
  await page.getByRole('button', { name: 'Connect in Browser' }).click()
  await expect.poll(openedPages).toHaveLength(1)
  await answerInBrowser((await openedPages())[0] ?? '', 'approve')
  await expect(section('Result of the test')).toContainText('Test Shop')
  await page.getByRole('button', { name: 'Save and Continue' }).click()
  await expect(page.getByText('Step 3 of 4')).toBeVisible()
  expect((await command(page, 'settings.get', {})).sources).toEqual([])
  await page.getByRole('button', { name: 'Back' }).click()
  await expect(page.getByText('Test Shop is connected:')).toBeVisible()
  await look('guide-pending')
  await page.getByRole('button', { name: 'Skip' }).click()
  await page.getByRole('textbox', { name: 'Drop folder' }).fill(dropFolder())
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText(/^Orders go to/)).toBeVisible()
  await expect.poll(async () => (await command(page, 'settings.get', {})).sources.map(({ name }) => name)).toEqual(['Test Shop'])
  await page.getByRole('button', { name: 'Back' }).click()
  await expect(page.getByText('Orders are read from Test Shop:')).toBeVisible()
  const [id] = await store.control.addOrders(1)
  await syncNow(page, 'Read Orders')
  await openOrder(page, String(id))
})
