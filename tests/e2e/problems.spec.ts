import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { unwritableOrder } from '../support/office'
import { type LaunchedApp, launchApp } from './launch'
import { orderNumbered, PreparedWorkspace } from './prepared-workspace'
import { chooseMenuItem, command } from './steps'

let launched: LaunchedApp
let prepared: PreparedWorkspace
let page: Page

test.beforeEach(async () => {
  prepared = await PreparedWorkspace.make(
    [{ name: 'Attache', profile: 'attache-xmlkfi' }],
    async (workspace, engine) => {
      workspace.receive('Attache', ...[1, 2, 3, 4].map(unwritableOrder), orderNumbered('LATE-1'), orderNumbered('LATE-2'))
      await engine.run('Read Orders', 'Write Order')
    },
    3 * 24 * 60,
  )
  launched = await launchApp({ workspace: prepared.workspace })
  page = launched.window
  await command(page, 'sync.setPaused', { isPaused: true })
  await command(page, 'sync.runNow', { task: 'Read Answers' })
  await expect.poll(async () => (await command(page, 'sync.problems', {})).counts.overdue).toBe(2)
  await chooseMenuItem(page, 'Sync', 'Problems')
})

test.afterEach(async () => {
  await launched.close()
  prepared.remove()
})

async function expectAccessible(): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

const problem = (title: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) })

test('problems can be filtered, selected with the keyboard and dismissed together, and the count in the menu is updated', async () => {
  await expect(page.getByRole('banner').getByRole('button', { name: 'Sync' })).toContainText('6 problems')
  await expect(page.getByRole('list', { name: 'Problems' }).getByRole('listitem')).toHaveCount(6)
  await expectAccessible()

  await page.getByLabel('Kind').selectOption('Order failed (4)')
  await expect(page.getByRole('list', { name: 'Problems' }).getByRole('listitem')).toHaveCount(4)
  await page.getByRole('checkbox', { name: 'Select Order W0001' }).press('Space')
  await page.getByRole('checkbox', { name: 'Select Order W0002' }).press('Space')
  await expect(page.getByText('2 selected')).toBeVisible()
  await page.getByRole('button', { name: 'Dismiss' }).first().press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Dismiss' })
  await expect(dialog).toContainText('This applies to 2 problems.')
  await dialog.getByRole('button', { name: 'Dismiss (2)' }).press('Enter')
  await expect(dialog).toContainText('Enter a reason. It is recorded.')
  await expectAccessible()
  await dialog.getByLabel('Reason').fill('Entered by hand')
  await dialog.getByRole('button', { name: 'Dismiss (2)' }).press('Enter')
  await expect(page.getByText('2 problems dismissed.')).toBeVisible()
  await expect(page.getByRole('banner').getByRole('button', { name: 'Sync' })).toContainText('4 problems')

  await page.getByLabel('Search problems').fill('w0003')
  await expect(page.getByRole('list', { name: 'Problems' }).getByRole('listitem')).toHaveCount(1)
  await page.getByLabel('Search problems').fill('no such thing')
  await expect(page.getByRole('heading', { name: 'No matching problems' })).toBeVisible()
  await page.getByRole('button', { name: 'Show All Problems' }).click()
  await expect(page.getByRole('list', { name: 'Problems' }).getByRole('listitem')).toHaveCount(4)
})

test('Send Again for many problems says how many orders may be entered twice, and skips those orders unless the person confirms', async () => {
  await page.getByRole('checkbox', { name: 'Select all' }).click()
  await page.getByRole('button', { name: 'Send Again' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Send Again' })
  await expect(dialog).toContainText('2 orders may already be in the accounting package')
  await expect(dialog.getByRole('button', { name: 'Send Again (4)' })).toBeEnabled()
  await dialog.getByRole('checkbox', { name: 'Send these 2 again anyway' }).check()
  await expect(dialog.getByRole('button', { name: 'Send Again (6)' })).toBeEnabled()
  await dialog.getByRole('checkbox', { name: 'Send these 2 again anyway' }).uncheck()
  await dialog.getByRole('button', { name: 'Send Again (4)' }).click()
  await expect(page.getByText(/4 orders set to Pending\. The next sync sends them\. 2 skipped/)).toBeVisible()
  await expect(page.getByRole('list', { name: 'Problems' }).getByRole('listitem')).toHaveCount(2)
  await expect(problem('Order LATE-1')).toContainText('Overdue')

  await page.getByRole('checkbox', { name: 'Select all' }).click()
  await page.getByRole('button', { name: 'Mark as Imported' }).first().click()
  await page.getByRole('dialog').getByLabel('Reason').fill('Both are there')
  await page.getByRole('dialog').getByRole('button', { name: 'Mark as Imported (2)' }).click()
  await expect(page.getByRole('heading', { name: 'Everything is synced' })).toBeVisible()
  await expectAccessible()
})
