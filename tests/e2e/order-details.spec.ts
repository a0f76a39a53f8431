import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { strFromU8, unzipSync } from 'fflate'
import { type LaunchedApp, launchApp, reloadWindow } from './launch'
import { chooseMenuItem, command, openOrder, syncNow } from './steps'

let launched: LaunchedApp
let page: Page

// All tests share one application, because no test depends on what an earlier test stored.
test.beforeAll(async () => {
  launched = await launchApp()
  page = launched.window
  await page.setViewportSize({ width: 1280, height: 800 })
})

test.beforeEach(() => reloadWindow(launched))

test.afterAll(async () => {
  await launched?.close()
})

const heading = (number: string) => page.getByRole('heading', { level: 1, name: `Order ${number}` })

test('an address can be corrected before sending; leaving asks about unsaved changes; the timeline shows the old and new values', async () => {
  await openOrder(page, 'W2210')
  await page.getByRole('button', { name: 'Edit' }).click()
  const street = page.getByLabel('Ship to: Street', { exact: true })
  await street.fill('7 Wharf Road')
  await page.getByRole('banner').getByRole('button', { name: 'Help' }).click()
  await page.getByRole('button', { name: 'Stay on This Page' }).click()
  await street.focus()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toContainText('unsaved changes')
  await page.getByRole('button', { name: 'Stay on This Page' }).click()
  await expect(street).toHaveValue('7 Wharf Road')
  await page.getByRole('button', { name: 'Save' }).click()
  const row = page.getByRole('table', { name: 'Changes' }).getByRole('row', { name: /Ship to, street/ })
  await expect(row).toContainText('added: ')
  await expect(row.locator('ins')).toContainText('7 Wharf Road')
  await expect(row.locator('del')).toBeVisible()
  await expect(page.locator('.address').last()).toContainText('7 Wharf Road')

  // Escape leaves immediately if nothing was changed.
  await page.getByRole('button', { name: 'Edit' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { name: 'Edit Order' })).toHaveCount(0)
})

test('Previous and Next, by key and by button, follow the filtered list of View Orders and say where the list ends', async () => {
  await chooseMenuItem(page, 'Orders', 'View Orders')
  await expect(page.getByRole('button', { name: /W2212/ })).toBeVisible()
  const numbers = (await page.locator('.order-row').allInnerTexts()).map((row) => row.trim().split(/\s/)[0] ?? '')
  const [first = '', second = '', third = ''] = numbers
  await openOrder(page, first)
  await page.keyboard.press('Alt+ArrowUp')
  await expect(page.getByText('This is the first order in View Orders')).toBeVisible()
  await page.keyboard.press('Alt+ArrowDown')
  await expect(heading(second)).toBeFocused()
  await page.getByRole('button', { name: 'Next order' }).click()
  await expect(heading(third)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Next order' })).toBeFocused()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(heading(second)).toBeVisible()
  // Back leads to the list, not through every order.
  await page.keyboard.press('Alt+ArrowLeft')
  await expect(page.getByRole('heading', { level: 1, name: 'View Orders' })).toBeVisible()
})

/** Returns the current page as a PDF, as a printer would get it. */
async function printedPdf(): Promise<string> {
  const base64 = await launched.app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    return (await window?.webContents.printToPDF({ preferCSSPageSize: true }))?.toString('base64') ?? ''
  })
  return Buffer.from(base64, 'base64').toString('latin1')
}

test('an order prints on A4, black on white, with all its lines and without menus; the timeline is optional', async () => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await openOrder(page, 'W2210')
  const { lines } = await command(page, 'orders.find', { number: 'W2210' })
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(255, 255, 255)')
  await expect(page.locator('h1')).toHaveCSS('color', 'rgb(0, 0, 0)')
  await expect(heading('W2210')).toBeVisible()
  for (const line of lines) await expect(page.getByRole('cell', { name: line.sku, exact: true })).toBeVisible()
  await expect(page.getByRole('cell')).toHaveCount(lines.length * 7)
  for (const absent of ['Change Order Status', 'Timeline']) await expect(page.getByRole('heading', { name: absent })).toHaveCount(0)
  await expect(page.getByRole('button')).toHaveCount(0)
  await expect(page.getByRole('banner')).toHaveCount(0)
  const pdf = await printedPdf()
  expect(pdf).toContain('/MediaBox [0 0 594.95996 841.91998]')
  const pagesOf = (text: string) => text.match(/\/Type \/Page\b/g)?.length ?? 0
  expect(pagesOf(pdf)).toBeGreaterThan(0)
  await page.evaluate(() => document.body.toggleAttribute('data-print-timeline', true))
  await expect(page.getByRole('heading', { name: 'Timeline' })).toBeVisible()
})

test('printing without a printer says what to do', async () => {
  await launched.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    if (window === undefined) return
    window.webContents.print = (_options, done) => done?.(false, 'No printers available on the network')
  })
  await openOrder(page, 'W2210')
  await page.keyboard.press('Control+p')
  await expect(page.getByRole('alert').filter({ hasText: 'was not printed' })).toContainText('Check that a printer is set up')
})

test('Log a Ticket saves a zip without personal data, shows it in its folder, and prepares an email', async () => {
  await syncNow(page, 'Write Order')
  await launched.app.evaluate(({ shell }) => {
    const shellCalls: string[] = []
    Object.assign(globalThis, { shellCalls })
    shell.showItemInFolder = (path) => void shellCalls.push(path)
    shell.openExternal = async (url) => void shellCalls.push(url)
  })
  await command(page, 'support.saveSettings', { email: 'help@example.com' })
  await openOrder(page, 'W2210')
  const order = await command(page, 'orders.find', { number: 'W2210' })
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Log a Ticket' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('Order number')).toHaveValue('W2210')
  await expect(dialog).toContainText('the settings, without passwords')
  await expect(dialog.getByLabel('Include personal data')).not.toBeChecked()
  await dialog.getByLabel('What happened?').fill('It did not arrive & I waited')
  await dialog.getByRole('button', { name: 'Save Support File' }).click()
  await expect(dialog).toContainText('Personal data is masked')
  const [name = ''] = readdirSync(join(launched.workspace, 'support'))
  await expect(dialog).toContainText(name)
  await dialog.getByRole('button', { name: 'Show in Folder' }).click()
  await dialog.getByRole('button', { name: 'Write Email' }).click()
  const shellCalls = () => launched.app.evaluate(() => (globalThis as unknown as { shellCalls: string[] }).shellCalls)
  await expect.poll(shellCalls).toHaveLength(2)
  const [shown = '', mail = ''] = await shellCalls()
  expect(shown).toBe(join(launched.workspace, 'support', name))
  expect(mail).toMatch(/^mailto:help%40example\.com\?subject=Ledgerdrop%3A%20order%20W2210&body=It%20did%20not%20arrive%20%26/)

  const files = unzipSync(readFileSync(shown))
  expect(Object.keys(files)).toEqual(expect.arrayContaining(['ticket.txt', 'versions.json', 'settings.json', 'order/timeline.json']))
  expect(strFromU8(files['versions.json'] ?? new Uint8Array())).toContain('"electron"')
  const all = Object.values(files)
    .map((bytes) => strFromU8(bytes))
    .join('\n')
  for (const value of [order.customer.name, order.customer.email, order.shipTo.line1]) if (value !== '') expect(all).not.toContain(value)
})

test('Log a Ticket refuses an unknown order number', async () => {
  await page.getByRole('banner').getByRole('button', { name: 'Help' }).click()
  await page.getByRole('button', { name: 'Log a Ticket' }).first().click()
  await page.getByRole('dialog').getByLabel('Order number').fill('NOPE')
  await page.getByRole('button', { name: 'Save Support File' }).click()
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('This order does not exist')
})

test('Help has the article with its pictures, and its table of contents leads to every section', async () => {
  await page.getByRole('banner').getByRole('button', { name: 'Help' }).click()
  const pictures = page.locator('.help-picture')
  await expect(pictures).toHaveCount(4)
  for (const picture of await pictures.all()) {
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(300)
    expect((await picture.getAttribute('alt'))?.length).toBeGreaterThan(20)
  }
  const links = page.getByRole('navigation', { name: 'On this page' }).getByRole('button')
  for (const link of await links.all()) {
    const name = (await link.textContent()) ?? ''
    await link.click()
    await expect(page.getByRole('heading', { level: 2, name, exact: true })).toBeFocused()
  }
})

test('dates and amounts use the chosen format on every screen', async () => {
  await page.getByRole('banner').getByRole('button', { name: 'Settings' }).click()
  await page.getByLabel('Dates and amounts').selectOption('en-US')
  await openOrder(page, 'W2210')
  await expect(page.locator('.order-cards time').first()).toHaveText(/^[A-Z][a-z]{2} \d|^\d{1,2} [A-Z]/)
  await expect(page.locator('.grand-total')).toContainText('A$')
  await page.getByRole('banner').getByRole('button', { name: 'Settings' }).click()
  await expect(page.getByLabel('Dates and amounts')).toHaveValue('en-US')
  const save = page.getByRole('region', { name: 'Support' }).getByRole('button', { name: 'Save', exact: true })
  await page.getByLabel('Support email').fill('nobody')
  await save.click()
  await expect(page.getByRole('alert')).toContainText('is not a valid email address')
  await page.getByLabel('Support email').fill('help@example.com')
  await save.click()
  await expect(page.getByText('Support email saved.')).toBeVisible()
})
