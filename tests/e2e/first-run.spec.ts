import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { launchApp } from './launch'
import { command, filesIn } from './steps'

/** Presses Tab until the element with the given accessible name has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null
      const labels = (element as HTMLInputElement | null)?.labels ?? null
      return (
        element?.getAttribute('aria-label') ?? (labels !== null && labels.length > 0 ? labels[0]?.textContent : element?.textContent) ?? ''
      )
    })
    if (name.test(focused.trim())) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`The keyboard does not reach ${name}`)
}

async function type(page: Page, label: RegExp, text: string): Promise<void> {
  await tabTo(page, label)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(text)
}

async function press(page: Page, button: RegExp): Promise<void> {
  await tabTo(page, button)
  await page.keyboard.press('Enter')
}

test('an empty workspace starts with the guide, which sets up everything and writes a test order with the keyboard alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledgerdrop-guide-'))
  const intake = join(folder, 'intake')
  const drop = join(folder, 'drop')
  mkdirSync(intake)
  mkdirSync(drop)
  const { window: page, close } = await launchApp({ args: ['--no-samples'] })
  try {
    await expect(page.getByRole('heading', { level: 1, name: 'Set Up Ledgerdrop' })).toBeVisible()
    await expect(page.getByText('Step 1 of 4')).toBeVisible()
    await type(page, /^Name$/, 'Ann')
    await type(page, /^New password$/, 'correct horse')
    await type(page, /^Confirm new password$/, 'correct horse')
    await page.keyboard.press('Enter')
    await expect(page.getByText('Step 2 of 4')).toBeVisible()

    await press(page, /^Files in a Folder/)
    // If the intake folder is also the drop folder, the step shows the engine's message.
    await type(page, /^Intake folder$/, drop)
    await page.keyboard.press('Enter')
    await expect(page.getByText('Step 3 of 4')).toBeVisible()
    await type(page, /^Drop folder$/, drop)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert').first()).toContainText('the source from the previous step was not')
    await press(page, /^Back$/)
    await type(page, /^Intake folder$/, intake)
    await page.keyboard.press('Enter')
    await expect(page.getByText('Step 3 of 4')).toBeVisible()

    await press(page, /^Send a Test Order$/)
    await expect(page.getByText(/^TEST-\d+ was written:$/)).toBeVisible({ timeout: 20_000 })
    expect(filesIn(drop)).toHaveLength(1)
    await expect(page.locator('.guide-test')).toContainText(filesIn(drop)[0] ?? '-')
    await press(page, /^Next$/)
    await expect(page.getByText('Step 4 of 4')).toBeVisible()
    await type(page, /^Read and write orders every/, '7')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'View Orders' })).toBeVisible()
    const { tasks } = await command(page, 'sync.status', {})
    expect(tasks.find(({ name }) => name === 'Write Order')?.schedule).toEqual({ kind: 'every', minutes: 7 })
    const { sources, destinations } = await command(page, 'settings.get', {})
    expect([sources.map(({ folder }) => folder), destinations.map(({ folder }) => folder)]).toEqual([[intake], [drop]])
  } finally {
    await close()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('every step can be skipped, Help opens the guide again, and sample orders can be added and removed', async () => {
  const { window: page, close } = await launchApp({ args: ['--no-samples'] })
  try {
    for (const step of [1, 2, 3]) {
      await expect(page.getByText(`Step ${step} of 4`)).toBeVisible()
      await page.getByRole('button', { name: 'Skip' }).click()
    }
    await page.getByRole('button', { name: 'Back' }).click()
    await expect(page.getByText('Step 3 of 4')).toBeVisible()
    await page.getByRole('button', { name: 'Leave the Guide' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'View Orders' })).toBeVisible()
    await page.reload()
    await expect(page.getByRole('heading', { level: 1, name: 'View Orders' })).toBeVisible()

    await page.getByRole('banner').getByRole('button', { name: 'Help' }).click()
    await page.getByRole('button', { name: 'Show the Guide Again' }).click()
    await page.getByRole('button', { name: 'Add Sample Orders' }).click()
    await expect(page.getByRole('button', { name: 'Remove Sample Orders' })).toBeVisible()
    await expect.poll(async () => (await command(page, 'orders.list', {})).rows.length).toBeGreaterThan(3)
    // If a run is in progress, the dialog says so, and the same button works afterwards.
    await page.getByRole('button', { name: 'Remove Sample Orders' }).click()
    await expect(async () => {
      await page.getByRole('dialog').getByRole('button', { name: 'Remove Sample Orders' }).click()
      await expect(page.getByRole('dialog')).toHaveCount(0, { timeout: 1000 })
    }).toPass({ timeout: 60_000 })
    expect((await command(page, 'orders.list', {})).rows).toEqual([])
    await page.getByRole('banner').getByRole('button', { name: 'Orders' }).click()
    await page.getByRole('menuitem', { name: 'View Orders' }).click()
    await expect(page.getByText('No orders yet')).toBeVisible()
  } finally {
    await close()
  }
})
