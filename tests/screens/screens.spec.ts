import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { launchApp, projectFolder } from '../e2e/launch'

const folder = join(projectFolder, 'docs', 'screens')

async function follow(window: Page, menu: string, item: string): Promise<void> {
  await window.getByRole('banner').getByRole('button', { name: menu }).click()
  await window.getByRole('menuitem', { name: item }).click()
}

/** The program's own command, for what no screen does quickly. */
async function syncAll(page: Page): Promise<void> {
  await page.evaluate(() => window.ledgerdrop?.invoke('sync.runNow', {}))
  await expect(page.getByText('Last order written')).toBeVisible({ timeout: 30_000 })
}

for (const scheme of ['light', 'dark'] as const) {
  test(`the screens with sample orders, ${scheme}`, async () => {
    const launched = await launchApp()
    const { window } = launched
    const shoot = (name: string) => window.screenshot({ path: join(folder, `${name}-${scheme}.png`), animations: 'disabled' })
    try {
      await window.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
      await window.setViewportSize({ width: 1280, height: 800 })
      await expect(window.getByText('W2212')).toBeVisible({ timeout: 30_000 })
      await syncAll(window)
      await expect(window.getByRole('button', { name: /W2212.*sync failed/ })).toBeVisible()
      await shoot('view-orders')
      await window.getByRole('button', { name: /W2212/ }).click()
      await expect(window.getByRole('alert')).toBeVisible()
      await shoot('order-details-failed')
      await window.getByRole('button', { name: 'Update Status' }).scrollIntoViewIfNeeded()
      await shoot('change-order-status')
      await follow(window, 'Orders', 'View Orders')
      await window.getByRole('button', { name: /W2210/ }).click()
      await window.getByRole('heading', { name: 'Deliveries' }).scrollIntoViewIfNeeded()
      await shoot('order-details-sent')
      await follow(window, 'Sync', 'Status')
      await window.getByRole('button', { name: 'Write Order: actions' }).click()
      await shoot('sync-status')
      await window.keyboard.press('Escape')
      await follow(window, 'Sync', 'History')
      await shoot('sync-history')
      await follow(window, 'Sync', 'Problems')
      await shoot('problems')
      await follow(window, 'Orders', 'Sync Settings')
      await shoot('sync-settings')
      await window.getByRole('button', { name: 'Edit Attaché (KFI)', exact: true }).click()
      await expect(window.getByRole('heading', { name: 'Preview' })).toBeVisible()
      await shoot('destination')
      await window.getByRole('banner').getByRole('button', { name: 'Settings' }).click()
      await shoot('settings')
      await window.getByRole('banner').getByRole('button', { name: 'Help' }).click()
      await shoot('help')
    } finally {
      await launched.close()
    }
  })
}

test('the screens without orders', async () => {
  const launched = await launchApp({ args: ['--no-samples'] })
  const { window } = launched
  try {
    await window.setViewportSize({ width: 1280, height: 800 })
    await expect(window.getByRole('heading', { name: 'View Orders' })).toBeVisible()
    await window.waitForTimeout(1500)
    await window.screenshot({ path: join(folder, 'view-orders-empty.png') })
    await follow(window, 'Sync', 'Problems')
    await window.waitForTimeout(500)
    await window.screenshot({ path: join(folder, 'problems-empty.png') })
    await follow(window, 'Orders', 'Sync Settings')
    await window.waitForTimeout(500)
    await window.screenshot({ path: join(folder, 'sync-settings-empty.png') })
  } finally {
    await launched.close()
  }
})
