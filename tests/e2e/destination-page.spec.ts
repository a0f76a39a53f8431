import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { headerFieldOf, KFI, openDestination, previewOf } from './destination-page'
import { type LaunchedApp, launchApp, reloadWindow } from './launch'

let launched: LaunchedApp
let page: Page

// All tests share one application, because none of them saves anything.
test.beforeAll(async () => {
  launched = await launchApp()
  page = launched.window
  await expect(page.getByText('W2212')).toBeVisible()
})

test.beforeEach(() => reloadWindow(launched))

test.afterAll(async () => {
  await launched?.close()
})

const preview = () => previewOf(page)
const headerField = (number: number) => headerFieldOf(page, number)

test('an invalid value is marked in its field, and the page cannot be saved', async () => {
  await openDestination(page, KFI)
  await page.getByLabel('Maximum length of customer codes').fill('5')
  await expect(page.getByRole('status', { name: 'Preview result' })).toHaveText('No file would be written: 1 problem.')
  await expect(page.getByRole('list', { name: 'Problems with the file' })).toContainText('The customer code GREENTHU has 8 characters')
  await headerField(2).click()
  await page.getByRole('region', { name: 'Header row' }).getByLabel('Text').fill('<F9>')
  await expect(page.getByText('Must not contain < > "')).toBeVisible()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('Not saved. Check the fields marked in red.')).toBeVisible()
  await page.getByRole('button', { name: 'Discard Changes' }).click()
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0)
  await expect(page.getByRole('status', { name: 'Preview result' })).toHaveText('This file would be written.')
})

test('the preview lists the orders of this destination first, and accepts any order number', async () => {
  await openDestination(page, KFI)
  const order = page.getByLabel('Order', { exact: true })
  await expect(order.locator('optgroup').first()).toHaveAttribute('label', 'Orders for this destination')
  await expect(order.locator('optgroup').first()).toContainText('W2212')
  const number = page.getByLabel('Or enter an order number')
  await number.fill('NO-SUCH')
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await expect(number).toHaveAttribute('aria-invalid', 'true')
  await number.fill('W2210')
  await number.press('Enter')
  await expect(preview()).toContainText('"W2210"')
})

test('fields can be moved with the keyboard, and keep the focus', async () => {
  await openDestination(page, KFI)
  await headerField(8).focus()
  await page.keyboard.press('Control+ArrowRight')
  await expect(headerField(9)).toHaveAccessibleName(/Order number/)
  await expect(headerField(9)).toBeFocused()
  await expect(headerField(8)).toHaveAccessibleName(/empty/)
  await page.getByRole('button', { name: 'Discard Changes' }).click()

  await openDestination(page, 'Attaché (XML KFI)')
  const reference = page.getByLabel('Header 6: element')
  await expect(reference).toHaveValue('reference')
  await reference.press('Control+ArrowUp')
  await expect(page.getByLabel('Header 5: element')).toHaveValue('reference')
  await expect(page.getByLabel('Header 5: element')).toBeFocused()
  await page.getByRole('button', { name: 'Remove Header 5' }).click()
  await expect(preview()).not.toContainText('<reference>')
  await page.getByRole('button', { name: 'Discard Changes' }).click()
  await expect(preview()).toContainText('<reference>')
})

test('a pasted field list arranges the elements, and the page names any field it does not recognise', async () => {
  await openDestination(page, 'Attaché (XML KFI)')
  await page.getByRole('button', { name: 'Paste Field List' }).click()
  const fields = ['Reference', 'customercode', 'date', 'deliveryname', 'deliveryaddressline1', 'deliverysuburb', 'ourownfield']
  await page.getByRole('dialog').getByLabel('Field list').fill(fields.join('\n'))
  await page.getByRole('dialog').getByRole('button', { name: 'Arrange' }).click()
  await expect(page.getByLabel('Header 1: element')).toHaveValue('reference')
  await expect(page.getByLabel('Header 2: element')).toHaveValue('customercode')
  const message = page.getByRole('status').filter({ hasText: 'in the same sequence as in your list' })
  await expect(message).toContainText('ourownfield')
  await expect(message).toContainText('header: deliverystate')
  await expect(preview()).toContainText(/<reference>.*<customercode>/s)
})

test('the pages have no accessibility violations and fit the window, light and dark, wide and narrow', async () => {
  for (const [scheme, width] of [
    ['light', 1400],
    ['dark', 900],
  ] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height: 860 })
    for (const name of [KFI, 'Attaché (XML KFI)', 'UBL']) {
      await openDestination(page, name)
      await expect(page.getByRole('status', { name: 'Preview result' })).toBeVisible()
      if (name === KFI) await headerField(1).click()
      expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations, `${name}, ${scheme}, ${width}`).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    }
    await page.getByRole('button', { name: 'Back', exact: true }).click()
    await page.getByRole('navigation', { name: 'Sync Settings' }).getByRole('button', { name: 'Codes' }).click()
    await expect(page.getByRole('heading', { name: 'Accounting package codes' })).toBeVisible()
    expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations, `Codes, ${scheme}, ${width}`).toEqual([])
  }
})

test('dates are entered with the day before the month', async () => {
  // Chromium formats date fields for this language. It has no en-AU.
  expect(await page.evaluate(() => navigator.language)).toBe('en-GB')
})
