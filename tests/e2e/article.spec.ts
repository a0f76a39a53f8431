import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { type LaunchedApp, launchApp } from './launch'

let launched: LaunchedApp

test.beforeEach(async () => {
  launched = await launchApp()
})

test.afterEach(async () => {
  await launched?.close()
})

/** Follows a menu of the top bar, as the printed instructions name it: `Sync > Status`. */
async function follow(window: Page, menu: string, item: string): Promise<void> {
  await window.getByRole('banner').getByRole('button', { name: menu }).click()
  await window.getByRole('menuitem', { name: item }).click()
}

/** Sync > Status, the clock icon of Write Order, Sync Now; waits until the run has ended. */
async function syncNow(window: Page, result: RegExp): Promise<void> {
  await follow(window, 'Sync', 'Status')
  const row = window.getByRole('listitem').filter({ has: window.getByRole('heading', { name: 'Write Order' }) })
  await row.getByRole('button', { name: 'Write Order: actions' }).click()
  await window.getByRole('menuitem', { name: 'Sync Now' }).click()
  await expect(row).toContainText(result)
}

/** True where a person would call the background red. */
async function isRed(element: Locator): Promise<boolean> {
  const colour = await element.evaluate((found) => getComputedStyle(found).backgroundColor)
  const [red = 0, green = 0, blue = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  return alpha > 0.5 && red > 120 && red > 2 * green && red > 2 * blue
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
}

test("the customer's article: an order that failed is mended, set to Pending, and imported by Sync Now", async () => {
  const { window, workspace } = launched
  const drop = join(workspace, 'drops', 'attache-kfi')
  const number = window.getByRole('button', { name: /W2212/ })

  await syncNow(window, /1 failed/)
  expect(filesIn(drop).filter((name) => name.includes('w2212'))).toEqual([])

  // Go to Orders > View Orders; click the Order Number with the red background; view the top of the page.
  await follow(window, 'Orders', 'View Orders')
  await expect(number).toHaveAccessibleName(/sync failed/i)
  await expect.poll(() => isRed(number)).toBe(true)
  await number.click()
  await expect(window.getByRole('alert')).toContainText(
    'Sync error: The customer code HARBOURCAFE has 11 characters; Attaché takes at most 8.',
  )

  // Attempt to resolve the issue.
  await window.getByRole('button', { name: 'Edit' }).click()
  await window.getByLabel('Customer code').fill('HARBOUR')
  await window.getByRole('button', { name: 'Save' }).click()
  await expect(window.getByRole('button', { name: 'Edit' })).toBeVisible()

  // Set the New Status drop down to Pending; leave the other fields blank and click Update Status.
  await expect(window.getByLabel('Notify Customer')).not.toBeChecked()
  await expect(window.getByLabel('Append Comments')).toBeDisabled()
  await window.getByLabel('New Status').selectOption('Pending')
  await window.getByRole('button', { name: 'Update Status' }).click()
  await expect(window.getByRole('alert')).toHaveCount(0)

  await syncNow(window, /1 order written/)

  const files = filesIn(drop).filter((name) => name.includes('w2212'))
  expect(files).toHaveLength(1)
  const [header, line] = readFileSync(join(drop, files[0] ?? ''), 'latin1').split('\r\n')
  expect(header).toMatch(/^"HARBOUR","","","","","","","W2212","","\d{8}","","","",""$/)
  expect(line).toBe('"HOSE-15","10","","","",""')

  await follow(window, 'Orders', 'View Orders')
  await expect(number).toHaveAccessibleName('W2212')
  await expect.poll(() => isRed(number)).toBe(false)
  const row = window.getByRole('row').filter({ has: number })
  await expect(row).toContainText('Processing')
  await expect(row).toContainText('Sent')
})
