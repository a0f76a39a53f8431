import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { toOrderJson } from '../../src-main/engine/importers/order-json/order-json-format'
import { headerFieldOf, historyOf, KFI, openDestination, previewOf } from './destination-page'
import { type LaunchedApp, launchApp } from './launch'
import { orderNumbered } from './prepared-workspace'
import { chooseMenuItem, command, filesIn, openOrder, syncNow } from './steps'

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

/** Answers the native file dialogs, which a test can't click, with this path. */
async function choosePath(path: string): Promise<void> {
  await launched.app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: chosen })
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] })
  }, path)
}

const preview = () => previewOf(page)
const history = () => historyOf(page)
const headerField = (number: number) => headerFieldOf(page, number)

/** Runs a task until its summary matches, because a new file is read only after it has been unchanged for a while. */
async function readUntil(task: 'Read Orders' | 'Read Customers', summary: RegExp): Promise<void> {
  await expect.poll(() => syncNow(page, task), { intervals: [1000] }).toMatch(summary)
}

test('a template field can be changed, previewed, saved, tested and reverted, and the profile can be exported and imported', async () => {
  // The file is outside the workspace, because files can't be exported into the workspace.
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

  // A test order uses the saved settings. If there are unsaved changes, the page says so.
  await page.getByRole('button', { name: 'Send a Test Order' }).click()
  await expect(page.getByRole('dialog')).toContainText('Save first')
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0)
  await expect(history()).toContainText('Header row, field 10, date format: changed from (none) to yyyy-mm-dd')

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

  // Go back to the original settings.
  await openDestination(page, KFI)
  await history()
    .getByRole('button', { name: /^Restore This Version/ })
    .last()
    .click()
  await page.getByRole('dialog').getByRole('button', { name: 'Restore', exact: true }).click()
  await expect(history()).toContainText('Restored the version from')
  await expect(preview()).toContainText(/"\d{8}"/)
  await expect(preview()).not.toContainText(isoDate)

  // The imported settings appear on the page but aren't saved until Save.
  await page.getByRole('button', { name: 'Import Profile' }).click()
  await expect(preview()).toContainText(isoDate)
  await page.getByRole('banner').getByRole('button', { name: 'Help' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Stay on This Page' }).click()
  await expect(preview()).toContainText(isoDate)
  await page.getByRole('banner').getByRole('button', { name: 'Help' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Leave Without Saving' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible()
  const saved = (await command(page, 'settings.get', {})).destinations.find(({ name }) => name === KFI)
  expect(JSON.stringify(saved?.settings)).not.toContain('yyyy-mm-dd')
})

test('for customers without a code, the page offers only the policies that the format supports', async () => {
  await openDestination(page, KFI)
  const policy = page.getByLabel('If a customer has no code')
  await expect(policy.locator('option')).toHaveText(['fail the order', 'use a single account'])
  await policy.selectOption('account')
  const account = page.getByLabel('Account to use for orders without a customer code')
  await expect(account).toHaveAttribute('aria-invalid', 'true')
  await account.fill('WEBSALES')
  await expect(account).not.toHaveAttribute('aria-invalid', 'true')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(history()).toContainText('If a customer has no code: changed from refuse to account')
  await expect(history()).toContainText('Account to use for orders without a customer code: changed from (empty) to WEBSALES')
  await page.getByLabel('Format profile').selectOption('ubl-order')
  await expect(policy.locator('option')).toHaveText([/^fail/, /^use a single account/, /^create/])
})

test('an imported customer list gives an order its code by email address, and a person can assign a code to an unknown address', async () => {
  const lists = join(launched.workspace, 'lists')
  mkdirSync(lists)
  await chooseMenuItem(page, 'Orders', 'Sync Settings')
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
  await page.getByRole('button', { name: 'Assign a code to new@shop.example' }).click()
  await page.getByRole('dialog').getByLabel('Customer code').fill('GREENTHU')
  await page.getByRole('dialog').getByRole('button', { name: 'Assign Code' }).click()
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

  // In the tables, a code can be found by an alias, changed, and removed.
  await chooseMenuItem(page, 'Orders', 'Sync Settings')
  await page.getByRole('navigation', { name: 'Sync Settings' }).getByRole('button', { name: 'Codes' }).click()
  const table = page.getByRole('table', { name: 'Customer codes' })
  await page.getByLabel('Search codes').fill('new@shop')
  await expect(table.getByRole('row')).toHaveCount(2)
  await page.getByRole('button', { name: 'Edit GREENTHU' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Green Thumb Nursery')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(table).toContainText('Green Thumb Nursery')
  await page.getByLabel('Search codes').fill('')
  await page.getByRole('button', { name: 'Add Code' }).click()
  await page.getByRole('dialog').getByLabel('Code').fill('harbour')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toContainText('HARBOUR already exists')
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Remove HARBOUR' }).click()
  await expect(table).not.toContainText('HARBOUR')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(table).toContainText('HARBOUR')

  // A code keeps its aliases when it is renamed, and can't be renamed to an existing code.
  await page.getByRole('button', { name: 'Edit GREENTHU' }).click()
  const code = page.getByRole('dialog').getByLabel('Code')
  await code.fill('harbour')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toContainText('A customer with the code harbour already exists')
  await code.fill('GREEN2')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(table.getByRole('row', { name: /GREEN2/ })).toContainText('new@shop.example')
  await expect(table.getByRole('row', { name: /GREEN2/ })).toContainText('entered manually')
  await expect(table).not.toContainText('GREENTHU')
})

test('quitting with unsaved changes asks first; staying keeps the changes and the program open', async () => {
  await openDestination(page, KFI)
  await page.getByLabel('Destination name').fill('Half a change')
  const quitAnswering = (answer: number) =>
    launched.app.evaluate(({ app, dialog }, chosen) => {
      const messages: string[] = []
      dialog.showMessageBox = (async (_window: unknown, options: { message: string; detail: string }) => {
        messages.push(`${options.message} ${options.detail}`)
        return { response: chosen, checkboxChecked: false }
      }) as typeof dialog.showMessageBox
      Object.assign(globalThis, { messages })
      app.quit()
    }, answer)
  await quitAnswering(0)
  const dialogs = () => launched.app.evaluate(() => (globalThis as unknown as { messages: string[] }).messages)
  await expect.poll(dialogs).toEqual(['Quit without saving? Your changes on this page have not been saved.'])
  await expect(page.getByLabel('Destination name')).toHaveValue('Half a change')
  expect((await command(page, 'sync.status', {})).tasks.length).toBeGreaterThan(0)
  const exited = new Promise((done) => launched.app.process().once('exit', done))
  await quitAnswering(1).catch(() => undefined)
  await exited
})
