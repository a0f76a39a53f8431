import { join } from 'node:path'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { launchApp, projectFolder } from '../e2e/launch'
import { chooseMenuItem, openOrder, openTaskMenu, syncNow, taskItem } from '../e2e/steps'
import { saveAsWebPicture } from './web-picture'

const folder = join(projectFolder, 'src-renderer', 'help', 'pictures')

/** Saves the part of the window from the first to the last element as WebP. */
async function shoot(page: Page, name: string, first: Locator, last: Locator): Promise<void> {
  const boxes = [await first.boundingBox(), await last.boundingBox()].filter((box) => box !== null)
  if (boxes.length < 2) throw new Error(`${name} is not on the screen`)
  const [x, y] = [Math.min(...boxes.map((box) => box.x)) - 8, Math.min(...boxes.map((box) => box.y)) - 8]
  const width = Math.max(...boxes.map((box) => box.x + box.width)) - x + 8
  const height = Math.max(...boxes.map((box) => box.y + box.height)) - y + 8
  const clip = { x, y, width, height }
  const png = await page.screenshot({ clip, animations: 'disabled' })
  await saveAsWebPicture(page, png, join(folder, `${name}.webp`))
}

test('takes the pictures for Help', async () => {
  const launched = await launchApp()
  const { window: page } = launched
  try {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await page.setViewportSize({ width: 1024, height: 700 })
    await syncNow(page, 'Write Order')
    await page.getByRole('status').getByRole('button').first().click()
    await chooseMenuItem(page, 'Orders', 'View Orders')
    const failedOrder = page.getByRole('button', { name: /W2212.*sync failed/ })
    await expect(failedOrder).toBeVisible()
    const rows = page.locator('.order-row')
    await shoot(page, 'red-number', page.getByRole('row').first(), rows.nth(3))
    await openOrder(page, 'W2212')
    await shoot(page, 'sync-error', page.locator('.sync-error-bar'), page.locator('.order-head'))
    await page.getByLabel('New Status').selectOption('Pending')
    const form = page.locator('.status-card')
    await page.getByRole('button', { name: 'Update Status' }).scrollIntoViewIfNeeded()
    await expect(form).toContainText('The next sync sends this order')
    await shoot(page, 'status-form', form, form)
    await chooseMenuItem(page, 'Sync', 'Status')
    await openTaskMenu(page, 'Write Order')
    await expect(page.getByRole('menuitem', { name: 'Sync Now' })).toBeVisible()
    await shoot(page, 'sync-now', taskItem(page, 'Write Order'), page.getByRole('menu'))
  } finally {
    await launched.close()
  }
})
