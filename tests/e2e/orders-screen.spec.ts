import { expect, type Locator, type Page, test } from '@playwright/test'
import type { ReceivedOrder } from '../../src-shared/order'
import { sampleLine } from '../support/orders'
import { type LaunchedApp, launchApp } from './launch'
import { orderNumbered, PreparedWorkspace } from './prepared-workspace'
import { chooseMenuItem, command, filesIn, isRed, manualRuns, openOrder, orderNumber, orderRow, runsSince, syncNow } from './steps'

const SHOP = 'Shop'
const WHOLESALE = 'Wholesale'
const SHOP_COUNT = 280
const HOUR_MS = 3_600_000
const FIRST_DAY = Date.parse('2026-03-01T00:00:00.000Z')

/** Order n of the shop, an hour after the previous one. S001 is the oldest order. */
function shopOrder(n: number): ReceivedOrder {
  const number = `S${String(n).padStart(3, '0')}`
  const status = n % 40 === 0 ? 'Cancelled' : 'On Hold'
  const orderedAt = new Date(FIRST_DAY + n * HOUR_MS).toISOString()
  const customer = { code: 'CUST0001', storeId: '', name: `Customer ${number}`, company: '', email: `${number}@example.com`, phone: '' }
  return orderNumbered(number, { orderedAt, status, customer })
}

/** Order n of the wholesale customers, later than all orders of the shop. Every tenth order can't be written. */
function wholesaleOrder(n: number, overrides: Partial<ReceivedOrder> = {}): ReceivedOrder {
  const number = `W${String(n).padStart(3, '0')}`
  const order = orderNumbered(number, { orderedAt: new Date(FIRST_DAY + (1000 + n) * HOUR_MS).toISOString(), ...overrides })
  return { ...order, customer: { ...order.customer, code: n % 10 === 0 ? 'FARTOOLONGCODE' : 'CUST0001', company: `Grocer ${n} Ltd` } }
}

let prepared: PreparedWorkspace
let launched: LaunchedApp
let page: Page

test.beforeAll(async () => {
  prepared = await PreparedWorkspace.make(
    [
      { name: SHOP, profile: 'attache-xmlkfi' },
      { name: WHOLESALE, profile: 'attache-xmlkfi' },
    ],
    async (workspace, engine) => {
      workspace.receive(SHOP, ...Array.from({ length: SHOP_COUNT }, (_, index) => shopOrder(index + 1)))
      const special = { lines: [sampleLine({ sku: 'UNICORN-9', name: 'Unicorn saddle' })], charges: [], taxMinor: 250, totalMinor: 2750 }
      workspace.receive(WHOLESALE, ...Array.from({ length: 20 }, (_, index) => wholesaleOrder(index + 1, index === 6 ? special : {})))
      await engine.run('Read Orders', 'Write Order')
    },
  )
  launched = await launchApp({ workspace: prepared.workspace })
  page = launched.window
  await page.setViewportSize({ width: 1280, height: 800 })
})

test.afterAll(async () => {
  await launched?.close()
  prepared?.remove()
})

test.beforeEach(async () => {
  await chooseMenuItem(page, 'Orders', 'View Orders')
  const clear = page.getByRole('button', { name: 'Clear Filters' })
  if (await clear.isEnabled()) await clear.click()
  await expect(orderCount()).toHaveText(/^\d+ orders/)
})

/** The element that shows how many orders are in the list. */
function orderCount(): Locator {
  return page.getByRole('main').locator('.screen-head').getByRole('status')
}

/** The rows in the document, without the header. Only rows near the visible area are rendered. */
function rows(): Locator {
  return page.getByRole('table', { name: 'Orders' }).locator('tbody').getByRole('row')
}

/** Waits until the list has exactly `expectedCount` rows and all of them match. */
async function expectRows(expectedCount: number, isMatch: (number: string) => boolean): Promise<void> {
  await expect(orderCount()).toHaveText(expectedCount === 1 ? '1 order' : `${expectedCount} orders`)
  const shown = async () => (await rows().locator('.order-number bdi').allTextContents()).map((number) => isMatch(number) || number)
  await expect.poll(shown).toEqual(Array.from({ length: expectedCount }, () => true))
}

test('orders can be filtered by status, sync state, source and date, and by all of them together', async () => {
  await expect(orderCount()).toHaveText('300 orders')
  await page.getByLabel('Status', { exact: true }).selectOption('Cancelled')
  await expectRows(7, (number) => Number(number.slice(1)) % 40 === 0 && number.startsWith('S'))
  await page.getByRole('button', { name: 'Clear Filters' }).click()
  await expect(orderCount()).toHaveText('300 orders')

  await page.getByLabel('Sync state', { exact: true }).selectOption('Failed')
  await expectRows(2, (number) => ['W010', 'W020'].includes(number))
  for (const number of ['W010', 'W020']) await expect.poll(() => isRed(orderNumber(page, number))).toBe(true)
  await page.getByLabel('Source', { exact: true }).selectOption(`${SHOP} orders`)
  await expect(page.getByText('No matching orders')).toBeVisible()
  await page.getByLabel('Sync state', { exact: true }).selectOption('All')
  await page.getByLabel('Source', { exact: true }).selectOption(`${WHOLESALE} orders`)
  await expectRows(20, (number) => number.startsWith('W'))
  await page.getByRole('button', { name: 'Clear Filters' }).click()

  // Dates are in local time, and both ends are included.
  const dayOf = (n: number) => {
    const date = new Date(FIRST_DAY + n * HOUR_MS)
    return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`
  }
  const [from, to] = [dayOf(50), dayOf(80)]
  const within = Array.from({ length: SHOP_COUNT }, (_, index) => index + 1).filter((n) => dayOf(n) >= from && dayOf(n) <= to)
  await page.getByLabel('From', { exact: true }).fill(from)
  await page.getByLabel('To', { exact: true }).fill(to)
  await expect(orderCount()).toHaveText(`${within.length} orders`)
  await page.getByLabel('Status', { exact: true }).selectOption('Cancelled')
  await expectRows(within.filter((n) => n % 40 === 0).length, (number) => within.includes(Number(number.slice(1))))
})

test('the list is searched while typing; / starts a search and Escape clears it', async () => {
  await page.keyboard.press('/')
  const search = page.getByLabel('Search', { exact: true })
  await expect(search).toBeFocused()
  await expect(search).toHaveValue('')
  await page.keyboard.type('W0')
  await expectRows(20, (number) => number.startsWith('W0'))
  await page.keyboard.type('07')
  await expectRows(1, (number) => number === 'W007')
  for (const [text, number] of [
    ['unicorn sad', 'W007'],
    ['UNICORN-9', 'W007'],
    ['s123@example.com', 'S123'],
    ['grocer 13', 'W013'],
    ['Customer S200', 'S200'],
  ] as const) {
    await search.fill(text)
    await expectRows(1, (found) => found === number)
  }
  await search.fill('nobody at all')
  await expect(page.getByText('No matching orders')).toBeVisible()
  await search.press('Escape')
  await expect(search).toHaveValue('')
  await expect(orderCount()).toHaveText('300 orders')
  // Inside the search text, a slash is an ordinary character.
  await page.keyboard.type('a/b')
  await expect(search).toHaveValue('a/b')
})

test('scrolling to the end of 300 orders loads every page, newest first', async () => {
  const box = page.locator('.orders-scroll')
  const seen = new Set<string>()
  await expect
    .poll(
      async () => {
        for (const number of await rows().locator('.order-number bdi').allTextContents()) seen.add(number)
        await box.evaluate((element) => element.scrollBy(0, element.clientHeight * 0.8))
        return seen.size
      },
      { intervals: [50] },
    )
    .toBe(SHOP_COUNT + 20)
  await expect(orderCount()).toHaveText('300 orders')
  await expect(orderRow(page, 'S001')).toBeVisible()
  const numbers = await rows().evaluateAll((found) =>
    found
      .map((row) => ({
        index: Number(row.getAttribute('aria-rowindex')),
        number: row.querySelector('.order-number bdi')?.textContent ?? '',
      }))
      .sort((a, b) => a.index - b.index)
      .map(({ number }) => number),
  )
  expect(numbers.at(-1)).toBe('S001')
  const shop = numbers.filter((number) => number.startsWith('S'))
  expect(shop).toEqual([...shop].sort().reverse())
  // After going back from an order, the list is at the same position.
  await orderNumber(page, 'S003').click()
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(orderRow(page, 'S003')).toBeInViewport()
})

test('a new order appears at the top without moving the visible rows', async () => {
  const box = page.locator('.orders-scroll')
  await box.evaluate((element) => element.scrollTo(0, 1500))
  const inView = page.locator('.order-row').filter({ hasText: 'S255' })
  await expect(inView).toBeInViewport()
  const before = await inView.boundingBox()

  prepared.receive(WHOLESALE, wholesaleOrder(901))
  await command(page, 'sync.runNow', { task: 'Read Orders' })
  const above = page.getByRole('button', { name: '1 new order' })
  await expect(above).toBeVisible()
  expect((await inView.boundingBox())?.y).toBe(before?.y)
  await above.click()
  await expect(orderRow(page, 'W901')).toBeInViewport()
  await expect(rows().first()).toContainText('W901')
  await expect(above).toHaveCount(0)
})

test('an order on the screen turns red when its sync fails', async () => {
  await page.mouse.move(5, 5)
  prepared.receive(WHOLESALE, wholesaleOrder(910))
  await command(page, 'sync.runNow', { task: 'Read Orders' })
  await expect(orderRow(page, 'W910')).toContainText('The next sync sends it')
  expect(await isRed(orderNumber(page, 'W910'))).toBe(false)
  await command(page, 'sync.runNow', { task: 'Write Order' })
  await expect.poll(() => isRed(orderNumber(page, 'W910'))).toBe(true)
  await expect(orderRow(page, 'W910')).toContainText('Failed')
  await expect(orderRow(page, 'W910')).toContainText('FARTOOLONGCODE')
})

/** Presses Tab (or Shift+Tab) until the target has the focus. */
async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let steps = 0; steps < 60; steps += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error(`${target} cannot be reached with ${key}`)
}

/** Opens a menu of the top bar and chooses an item, with the keyboard alone. */
async function chooseMenuItemByKeyboard(menu: string, item: string): Promise<void> {
  await tabTo(page.getByRole('banner').getByRole('button', { name: menu }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  const target = page.getByRole('menuitem', { name: item })
  await expect(target).toBeVisible()
  await chooseByKeyboard(target)
}

/** Chooses an item of the open pop-up menu with the arrow keys and Enter. */
async function chooseByKeyboard(target: Locator): Promise<void> {
  await expect
    .poll(async () => {
      if (await target.evaluate((element) => element === document.activeElement)) return true
      await page.keyboard.press('ArrowDown')
      return target.evaluate((element) => element === document.activeElement)
    })
    .toBe(true)
  await page.keyboard.press('Enter')
}

test('the printed instructions can be followed with the keyboard alone', async () => {
  const drop = prepared.dropFolder(WHOLESALE)
  const files = () => filesIn(drop).filter((name) => name.includes('w010'))
  expect(files()).toEqual([])

  await page.keyboard.press('/')
  await page.keyboard.type('W010')
  await expectRows(1, (number) => number === 'W010')
  await tabTo(orderNumber(page, 'W010'))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('Sync error: The customer code FARTOOLONGCODE has 14 characters')

  await tabTo(page.getByRole('button', { name: 'Edit' }))
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Customer code')).toBeFocused()
  await page.keyboard.press('Control+A')
  await page.keyboard.type('GROCER10')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Edit' })).toBeVisible()

  await tabTo(page.getByLabel('New Status'))
  await page.keyboard.type('Pend')
  await expect(page.getByLabel('New Status')).toHaveValue('Pending')
  await tabTo(page.getByRole('button', { name: 'Update Status' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toHaveCount(0)

  const before = await manualRuns(page)
  await chooseMenuItemByKeyboard('Sync', 'Status')
  await expect(page.getByRole('heading', { name: 'Sync Status' })).toBeFocused()
  await tabTo(page.getByRole('button', { name: 'Write Order: actions' }))
  await page.keyboard.press('Enter')
  const syncNowItem = page.getByRole('menuitem', { name: 'Sync Now' })
  await expect(syncNowItem).toBeVisible()
  await chooseByKeyboard(syncNowItem)
  await runsSince(page, before, ['Write Order'])
  expect(files()).toHaveLength(1)

  await chooseMenuItemByKeyboard('Orders', 'View Orders')
  await expect(orderRow(page, 'W010')).toContainText('Sent')
  await expect.poll(() => isRed(orderNumber(page, 'W010'))).toBe(false)
})

test('the arrow keys, Home and End move through the whole list', async () => {
  await page.keyboard.press('/')
  await tabTo(rows().first().getByRole('button'))
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await expect(rows().nth(1).getByRole('button')).toBeFocused()
  await expect
    .poll(async () => {
      await page.keyboard.press('End')
      return (
        (await orderNumber(page, 'S001').count()) === 1 &&
        orderNumber(page, 'S001').evaluate((element) => element === document.activeElement)
      )
    })
    .toBe(true)
  await page.keyboard.press('Home')
  await expect(rows().first().getByRole('button')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Order W')
})

test('text typed into Comments is kept when the sync changes the order', async () => {
  prepared.receive(SHOP, orderNumbered('T001', { orderedAt: '2026-05-01T00:00:00.000Z' }))
  await syncNow(page, 'Read Orders')
  await openOrder(page, 'T001')
  await page.getByRole('textbox', { name: 'Comments' }).fill('half a sentence')
  await command(page, 'sync.runNow', { task: 'Write Order' })
  await expect(page.getByRole('region', { name: 'Deliveries' }).getByRole('listitem')).toHaveCount(1)
  await expect(page.getByRole('textbox', { name: 'Comments' })).toHaveValue('half a sentence')
  await expect(page.getByLabel('New Status')).toHaveValue('Processing')
})
