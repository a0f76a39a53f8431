import { expect, test } from '@playwright/test'
import { launchApp } from './launch'
import { syncNow } from './steps'

test('View Log shows what happened to an order, and the log level can be changed', async () => {
  const launched = await launchApp()
  const page = launched.window
  try {
    await page.setViewportSize({ width: 1024, height: 700 })
    await syncNow(page, 'Write Order')
    await page.getByRole('button', { name: 'Settings', exact: true }).click()
    await page.getByLabel('Log level').selectOption('debug')
    await page.getByRole('button', { name: 'View Log' }).click()
    const table = page.getByRole('table', { name: 'Log entries' })
    await expect(table).toBeVisible()
    const number = (await table.locator('tbody tr td:nth-child(4)').filter({ hasText: /\S/ }).first().textContent()) ?? ''
    await page.getByLabel('Order number').fill(number)
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await expect(table.getByRole('row').filter({ hasNotText: number })).toHaveCount(1)
    await expect(table).toContainText('Processing')
    await page.getByLabel('Order number').fill('no such order')
    await page.keyboard.press('Enter')
    await expect(page.getByText('No matching log entries.')).toBeVisible()
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.getByLabel('Show', { exact: true }).selectOption('debug')
    await expect(table).toContainText('Log level set to debug')
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  } finally {
    await launched.close()
  }
})
