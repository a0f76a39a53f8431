import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import axe from 'axe-core'
import { type LaunchedApp, launchApp } from './launch'
import { chooseMenuItem, command, filesIn, openOrder, openTaskMenu, syncNow } from './steps'

// Traces of axe runs are large and slow, and add nothing to the list of violations.
test.use({ trace: 'off' })

let launched: LaunchedApp
let page: Page

// Start with the sample orders: one of them failed, one needs review, and one file was rejected.
test.beforeAll(async () => {
  launched = await launchApp()
  page = launched.window
  await page.setViewportSize({ width: 1280, height: 800 })
  await syncNow(page, 'Write Order')
  const drop = join(launched.workspace, 'drops', 'attache-kfi')
  const [file = ''] = filesIn(drop).filter((name) => name.includes('w2210'))
  mkdirSync(join(drop, 'Hold'))
  renameSync(join(drop, file), join(drop, 'Hold', file))
  await syncNow(page, 'Read Answers')
  writeFileSync(join(launched.workspace, 'intake', 'wholesale', 'broken.json'), '{"orders": [')
  await syncNow(page, 'Read Orders')
  await page.evaluate(axe.source)
})

test.afterAll(async () => {
  await launched?.close()
})

/** The accessibility violations that axe finds on the current page. */
async function violationsOf(options: axe.RunOptions): Promise<string[]> {
  const { violations } = await page.evaluate(
    (overrides) => (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'], ...overrides }),
    options,
  )
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => `${id} (${help}): ${html} ${failureSummary}`))
}

/**
 * Fails if axe finds a barrier for people who use a screen reader, a keyboard or high contrast. In dark mode only the
 * contrast is checked.
 */
async function expectAccessible(screenName: string): Promise<void> {
  expect.soft(await violationsOf({}), screenName).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  expect.soft(await violationsOf({ runOnly: ['color-contrast'] }), `${screenName}, dark`).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
}

async function closeDialog(): Promise<void> {
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

test('every screen is accessible in light and dark mode', async () => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await chooseMenuItem(page, 'Orders', 'View Orders')
  await expect(page.locator('.order-row').first()).toBeVisible()
  await expectAccessible('View Orders')
  await page.locator('.order-number').first().focus()
  await page.keyboard.press('Control+A')
  await expectAccessible('View Orders, all selected')
  await page.getByRole('button', { name: 'Send Again\u2026' }).click()
  await expect(page.getByRole('dialog').getByRole('button', { name: /^Send \d/ })).toBeVisible()
  await expectAccessible('Send Again for many orders')
  await closeDialog()
  await page.getByRole('button', { name: 'Clear Selection' }).click()
  await page.getByRole('button', { name: 'Columns' }).click()
  await expect(page.getByRole('menuitemcheckbox', { name: 'Date' })).toBeVisible()
  await expectAccessible('the Columns menu')
  await page.keyboard.press('Escape')
  await page.getByRole('banner').getByRole('button', { name: 'Sync' }).click()
  await expect(page.getByRole('menuitem', { name: 'Problems' })).toBeVisible()
  await expectAccessible('a menu of the top bar')
  await page.keyboard.press('Escape')
  await page.getByLabel('Search', { exact: true }).fill('nobody at all')
  await expect(page.getByText('No matching orders')).toBeVisible()
  await expectAccessible('View Orders, no matches')
  await page.getByRole('button', { name: 'Clear Filters' }).click()

  await openOrder(page, 'W2212')
  await page.getByRole('button', { name: 'Edit' }).click()
  await expectAccessible('Order Details, failed, in edit mode')
  await page.getByLabel('Reference').fill('PO 99')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('table', { name: 'Changes' })).toBeVisible()
  await expectAccessible('Order Details, with a change on its timeline')
  await openOrder(page, 'W2210')
  await expectAccessible('Order Details, needs review')
  await page.getByRole('button', { name: 'Send Again' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectAccessible('Send Again')
  await closeDialog()
  await page.getByRole('button', { name: 'Mark as Imported' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Mark as Imported' }).click()
  await expectAccessible('Mark as Imported, without a reason')
  await closeDialog()
  await page.getByRole('button', { name: /^Preview \d/ }).click()
  await expect(page.getByRole('dialog')).toContainText('exact file that was written')
  await expectAccessible('Preview')
  await closeDialog()

  await chooseMenuItem(page, 'Sync', 'Status')
  await expectAccessible('Sync Status')
  await openTaskMenu(page, 'Write Order')
  await expect(page.getByRole('menuitem', { name: 'Change Schedule' })).toBeVisible()
  await expectAccessible("Sync Status, a task's menu")
  await page.getByRole('menuitem', { name: 'Change Schedule' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectAccessible('Change Schedule')
  await closeDialog()
  await chooseMenuItem(page, 'Sync', 'History')
  await expectAccessible('Sync History')
  await page.getByRole('row').filter({ hasText: 'Write Order' }).getByRole('button').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Write Order')
  await expectAccessible('a run')
  await chooseMenuItem(page, 'Sync', 'Problems')
  await expect(page.getByRole('list', { name: 'Problems' })).toBeVisible()
  await expectAccessible('Problems')
  await page.getByRole('button', { name: 'Dismiss' }).first().click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectAccessible('Dismiss')
  await closeDialog()

  await chooseMenuItem(page, 'Orders', 'Sync Settings')
  await expectAccessible('Sync Settings')
  await page.getByRole('button', { name: 'Edit Attaché (KFI)' }).click()
  await expect(page.getByRole('textbox', { name: 'Drop folder' })).toBeVisible()
  await expectAccessible('a destination')
  await page.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('navigation', { name: 'Sync Settings' }).getByRole('button', { name: 'Codes' }).click()
  await expect(page.getByLabel('Search codes')).toBeVisible()
  await expectAccessible('Codes')
  await page.getByRole('banner').getByRole('button', { name: 'Settings' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await expectAccessible('Settings')
  await page.getByRole('button', { name: 'View Log' }).click()
  await expect(page.getByRole('table', { name: 'Log entries' })).toBeVisible()
  await expectAccessible('View Log')
  await page.getByRole('banner').getByRole('button', { name: 'Help' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible()
  await expectAccessible('Help')
  await page.getByRole('button', { name: 'Log a Ticket' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectAccessible('Log a Ticket')
  await page.getByRole('button', { name: 'Save Support File' }).click()
  await expect(page.getByRole('dialog')).toContainText('Support file saved.')
  await expectAccessible('Log a Ticket, saved')
  await closeDialog()

  await page.getByRole('button', { name: 'Show the Guide Again' }).click()
  for (const step of [1, 2, 3, 4]) {
    await page
      .getByRole('list', { name: 'Steps' })
      .getByRole('button')
      .nth(step - 1)
      .click()
    await expect(page.getByText(`Step ${step} of 4`)).toBeVisible()
    await expectAccessible(`the guide, step ${step}`)
  }
  await page.getByRole('button', { name: 'Remove Sample Orders' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectAccessible('Remove Sample Orders')
  await closeDialog()
  await command(page, 'staff.createFirst', { name: 'Ann', password: 'correct horse' })
  await page.getByRole('banner').getByRole('button', { name: 'Settings' }).click()
  await expect(page.getByRole('rowheader', { name: 'Ann' })).toBeVisible()
  await expectAccessible('Settings, Staff')
  await page.getByRole('button', { name: 'Add Staff Member' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Add Staff Member' }).click()
  await expectAccessible('Add Staff Member, refused')
  await closeDialog()
  await page.getByRole('button', { name: 'Signed in as Ann' }).click()
  await expect(page.getByRole('menuitem', { name: 'Change Password' })).toBeVisible()
  await expectAccessible('the account menu')
  await page.getByRole('menuitem', { name: 'Change Password' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectAccessible('Change Password')
  await closeDialog()
  await page.getByRole('button', { name: 'Signed in as Ann' }).click()
  await page.getByRole('menuitem', { name: 'Lock' }).click()
  await page.getByRole('button', { name: 'Unlock' }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await expectAccessible('locked, wrong password')
  await page.getByRole('button', { name: 'Sign In as Someone Else' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in to Ledgerdrop' })).toBeVisible()
  await page.evaluate(axe.source)
  await page.getByText('Forgot the password?').click()
  await expectAccessible('Sign in')
})
