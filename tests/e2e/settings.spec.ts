import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { toOrderJson } from '../../src-main/engine/importers/order-json/order-json-format'
import { headerFieldOf, historyOf, KFI, openDestination, previewOf } from './destination-page'
import { type LaunchedApp, launchApp } from './launch'
import { orderNumbered } from './prepared-workspace'
import { command, filesIn, follow, openOrder, syncNow } from './steps'

let launched: LaunchedApp
let page: Page

test.beforeEach(async () => {
  launched = await launchApp()
  page = launched.window
  await expect(page.getByText('W2212')).toBeVisible()
})

test.afterEach(async () => {
  await launched?.close()
})

/** Stands in for the person at the dialogs of the system, which no test can click. */
async function choosePath(path: string): Promise<void> {
  await launched.app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: chosen })
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] })
  }, path)
}

const preview = () => previewOf(page)
const history = () => historyOf(page)
const headerField = (number: number) => headerFieldOf(page, number)

/** Runs a task until a file has lain still long enough to be read. */
async function readUntil(task: 'Read Orders' | 'Read Customers', summary: RegExp): Promise<void> {
  await expect.poll(() => syncNow(page, task), { intervals: [1000] }).toMatch(summary)
}

test('a template field is changed, seen in the preview, saved, tested, taken back, and carried to another site as a file', async () => {
  // Not in the workspace: nothing is saved there by hand.
  const profileFile = join(launched.userData, 'profile.json')
  const drop = join(launched.workspace, 'drops', 'attache-kfi')
  const isoDate = /"\d{4}-\d\d-\d\d"/

  await openDestination(page, KFI)
  await expect(preview()).toContainText(/"\d{8}"/)
  await expect(headerField(1)).toHaveAccessibleName(/Customer code GREENTHU$/)
  await headerField(10).click()
  await page.getByRole('region', { name: 'Header row' }).getByLabel('Date format').selectOption('yyyy-mm-dd')
  await expect(preview()).toContainText(isoDate)
  await page.getByRole('switch', { name: 'Show invisible characters' }).click({ force: true })
  await expect(preview()).toContainText('[CR][LF]')

  // A test order is written with the settings as saved: with changes that are not, the page says so.
  await page.getByRole('button', { name: 'Send a Test Order' }).click()
  await expect(page.getByRole('dialog')).toContainText('Save them first')
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0)
  await expect(history()).toContainText('Header row, field 10, date format: (none) became yyyy-mm-dd')

  await choosePath(profileFile)
  await page.getByRole('button', { name: 'Export Profile' }).click()
  await expect.poll(() => (existsSync(profileFile) ? readFileSync(profileFile, 'utf8') : '')).toContain('"yyyy-mm-dd"')

  await page.getByRole('button', { name: 'Send a Test Order' }).click()
  await page.getByRole('button', { name: 'Send Test Order', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: /^Order TEST-\d+$/ })).toBeVisible()
  const number = /TEST-(\d{12})/.exec(await page.getByRole('heading', { level: 1 }).innerText())?.[1] ?? 'no number'
  await syncNow(page, 'Write Order')
  const tests = filesIn(drop).filter((name) => name.includes(number))
  expect(tests).toHaveLength(1)
  const bytes = readFileSync(join(drop, tests[0] ?? ''))
  expect(bytes.toString('latin1').split('\r\n')[0]).toMatch(/^"GREENTHU","","","","","","","TEST-\d{12}","","\d{4}-\d\d-\d\d","","","",""$/)

  // Back to how it was shipped.
  await openDestination(page, KFI)
  await history()
    .getByRole('button', { name: /^Go Back to This/ })
    .last()
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Go Back', exact: true }).click()
  await expect(history()).toContainText('Back to how it was on')
  await expect(preview()).toContainText(/"\d{8}"/)
  await expect(preview()).not.toContainText(isoDate)

  // The file brings the settings onto the page; nothing is saved until Save.
  await page.getByRole('button', { name: 'Import Profile' }).click()
  await expect(preview()).toContainText(isoDate)
  await page.getByRole('banner').getByRole('button', { name: 'Help' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Stay on This Page' }).click()
  await expect(preview()).toContainText(isoDate)
  await page.getByRole('banner').getByRole('button', { name: 'Help' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Leave Without Saving' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible()
  const saved = (await command(page, 'settings.get', {})).destinations.find((one) => one.name === KFI)
  expect(JSON.stringify(saved?.settings)).not.toContain('yyyy-mm-dd')
})

test('what happens to a customer without a code is set on the page, as far as the format can carry it', async () => {
  await openDestination(page, KFI)
  const policy = page.getByLabel('A customer without a code')
  await expect(policy.locator('option')).toHaveText(['refuse the order', 'use one account'])
  await policy.selectOption('account')
  const account = page.getByLabel('Account for orders without a customer code')
  await expect(account).toHaveAttribute('aria-invalid', 'true')
  await account.fill('WEBSALES')
  await expect(account).not.toHaveAttribute('aria-invalid', 'true')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(history()).toContainText('A customer without a code: refuse became account')
  await expect(history()).toContainText('Account for orders without a customer code: (empty) became WEBSALES')
  await page.getByLabel('Format profile').selectOption('ubl-order')
  await expect(policy.locator('option')).toHaveText([/^refuse/, /^use one account/, /^create/])
})

test('a list of customers arrives; an order by e-mail gets its code, one without is given it for good', async () => {
  const lists = join(launched.workspace, 'lists')
  mkdirSync(lists)
  await follow(page, 'Orders', 'Sync Settings')
  await page.getByRole('navigation', { name: 'Sync Settings' }).getByRole('button', { name: 'Codes' }).click()
  await expect(page.getByText('No customer codes yet.')).toBeVisible()
  await choosePath(lists)
  await page.getByRole('button', { name: 'Choose Customers folder' }).click()
  await page.getByRole('button', { name: 'Save Folders' }).click()
  await expect(page.getByRole('button', { name: 'Save Folders' })).toBeDisabled()

  writeFileSync(join(lists, 'customers.csv'), 'Code,Name,Email\r\nHARBOUR,Harbour Café,jane@harbour.example\r\nGREENTHU,Green Thumb,\r\n')
  const customer = { code: '', storeId: '', name: 'Jane', company: '', phone: '' }
  const orders = [
    orderNumbered('EM1', { customer: { ...customer, email: 'Jane@Harbour.example' } }),
    orderNumbered('EM2', { customer: { ...customer, email: 'new@shop.example' } }),
  ]
  writeFileSync(join(launched.workspace, 'intake', 'wholesale', 'by-mail.json'), toOrderJson(orders))
  await readUntil('Read Customers', /2 customers?|2 codes?/)
  await readUntil('Read Orders', /2 orders/)

  await openOrder(page, 'EM1')
  await page.getByRole('button', { name: 'Preview', exact: true }).click()
  await expect(preview()).toContainText('"HARBOUR"')
  await page.keyboard.press('Escape')

  await syncNow(page, 'Write Order')
  await openOrder(page, 'EM2')
  await expect(page.getByRole('alert')).toContainText('Sync error:')
  await page.getByRole('button', { name: 'Use a code for new@shop.example from now on' }).click()
  await page.getByRole('dialog').getByLabel('Customer code').fill('GREENTHU')
  await page.getByRole('dialog').getByRole('button', { name: 'Use From Now On' }).click()
  await page.getByLabel('New Status').selectOption('Pending')
  await page.getByRole('button', { name: 'Update Status' }).click()
  await expect(page.getByRole('alert')).toHaveCount(0)
  await syncNow(page, 'Write Order')
  const drop = join(launched.workspace, 'drops', 'attache-kfi')
  const headerOf = (number: string) => {
    const [name] = filesIn(drop).filter((file) => file.includes(number))
    return readFileSync(join(drop, name ?? ''), 'latin1').split(',')[0]
  }
  expect([headerOf('em1'), headerOf('em2')]).toEqual(['"HARBOUR"', '"GREENTHU"'])

  // The tables: found by an alias, changed, removed.
  await follow(page, 'Orders', 'Sync Settings')
  await page.getByRole('navigation', { name: 'Sync Settings' }).getByRole('button', { name: 'Codes' }).click()
  const table = page.getByRole('table', { name: 'Customer codes' })
  await page.getByLabel('Search codes').fill('new@shop')
  await expect(table.getByRole('row')).toHaveCount(2)
  await page.getByRole('button', { name: 'Edit GREENTHU' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Green Thumb Nursery')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(table).toContainText('Green Thumb Nursery')
  await page.getByLabel('Search codes').fill('')
  await page.getByRole('button', { name: 'Add code' }).click()
  await page.getByRole('dialog').getByLabel('Code').fill('harbour')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toContainText('HARBOUR is there already')
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Remove HARBOUR' }).click()
  await expect(table).not.toContainText('HARBOUR')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(table).toContainText('HARBOUR')

  // Renamed, with what it is known as; never onto another.
  await page.getByRole('button', { name: 'Edit GREENTHU' }).click()
  const code = page.getByRole('dialog').getByLabel('Code')
  await code.fill('harbour')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toContainText('There is a customer with the code harbour already')
  await code.fill('GREEN2')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(table.getByRole('row', { name: /GREEN2/ })).toContainText('new@shop.example')
  await expect(table.getByRole('row', { name: /GREEN2/ })).toContainText('entered by hand')
  await expect(table).not.toContainText('GREENTHU')
})

test('quitting with changes that are not saved asks first; staying keeps them, and the program', async () => {
  await openDestination(page, KFI)
  await page.getByLabel('Destination name').fill('Half a change')
  const quitAnswering = (answer: number) =>
    launched.app.evaluate(({ app, dialog }, chosen) => {
      const asked: string[] = []
      dialog.showMessageBox = (async (_window: unknown, options: { message: string; detail: string }) => {
        asked.push(`${options.message} ${options.detail}`)
        return { response: chosen, checkboxChecked: false }
      }) as typeof dialog.showMessageBox
      Object.assign(globalThis, { asked })
      app.quit()
    }, answer)
  await quitAnswering(0)
  const asked = () => launched.app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)
  await expect.poll(asked).toEqual(['Quit without saving? Your changes on this page are not saved.'])
  await expect(page.getByLabel('Destination name')).toHaveValue('Half a change')
  expect((await command(page, 'sync.status', {})).tasks.length).toBeGreaterThan(0)
  const exited = new Promise((done) => launched.app.process().once('exit', done))
  await quitAnswering(1).catch(() => undefined)
  await exited
})
