import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { type LaunchedApp, launchApp } from './launch'
import { orderNumbered, PreparedWorkspace } from './prepared-workspace'
import { chooseMenuItem, command, openTaskMenu, taskItem } from './steps'

let launched: LaunchedApp
let prepared: PreparedWorkspace
let page: Page

async function open(orderCount: number): Promise<void> {
  prepared = await PreparedWorkspace.make([{ name: 'Attache', profile: 'attache-xmlkfi' }], async (workspace, engine) => {
    workspace.receive('Attache', ...Array.from({ length: orderCount }, (_, n) => orderNumbered(`W${n + 1}`)))
    await engine.run('Read Orders')
  })
  launched = await launchApp({ workspace: prepared.workspace })
  page = launched.window
}

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

test("a task's schedule can be changed with the keyboard alone, and the dialog shows the next runs", async () => {
  await open(1)
  await chooseMenuItem(page, 'Sync', 'Status')
  await openTaskMenu(page, 'Write Order')
  await page.getByRole('menuitem', { name: 'Change Schedule' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Change Schedule: Write Order' })
  await expect(dialog.getByRole('list', { name: 'Next five runs' }).getByRole('listitem')).toHaveCount(5)
  await expect(dialog.getByRole('radio', { name: 'Every N minutes' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(dialog.getByRole('radio', { name: 'Days and hours' })).toBeChecked()
  await expectAccessible()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await expect(dialog.getByRole('checkbox', { name: 'Monday' })).not.toBeChecked()
  await dialog.getByLabel('From').fill('09:00')
  await dialog.getByLabel('To').fill('08:00')
  await expect(dialog).toContainText('The end time must not be before the start time.')
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled()
  await dialog.getByLabel('To').fill('17:30')
  await dialog.getByRole('radio', { name: 'Days and hours' }).press('ArrowRight')
  const cron = dialog.getByLabel('Cron expression').last()
  await cron.fill('0 99 * * *')
  await expect(dialog).toContainText('invalid value for hour: 99')
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled()
  await expectAccessible()
  await cron.fill('30 2 * * *')
  await expect(dialog.getByRole('listitem').first()).toContainText('2:30')
  await cron.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(taskItem(page, 'Write Order')).toContainText('On the cron schedule 30 2 * * *')
})

test('a long run shows its progress and can be cancelled; the remaining orders stay Pending; the log of the run can be viewed', async () => {
  await open(1500)
  await chooseMenuItem(page, 'Sync', 'Status')
  await openTaskMenu(page, 'Write Order')
  await page.getByRole('menuitem', { name: 'Sync Now' }).click()
  await expect(taskItem(page, 'Write Order')).toContainText(/\d+ of 1,500/)
  await page.getByRole('button', { name: 'Cancel Write Order' }).click()
  await expect(taskItem(page, 'Write Order')).toContainText('Cancelled')
  await expect(taskItem(page, 'Write Order')).toContainText('The rest will be done by the next run.')
  const { health } = await command(page, 'sync.status', {})
  expect(health.pendingCount).toBeGreaterThan(0)
  expect(health.pendingCount).toBeLessThan(1500)

  await chooseMenuItem(page, 'Sync', 'History')
  await page
    .getByRole('button', { name: /Open the run of Write Order/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { level: 1, name: 'Run of Write Order' })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Log of the run' })).toContainText('Written as')
  await expectAccessible()
  await page.getByText('Failures only').click()
  await expect(page.getByText('Nothing failed in this run.')).toBeVisible()
  await page.getByText('Everything').click()
  await page.getByRole('button', { name: 'Open order W1', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Order W1' })).toBeVisible()
})

test('a paused task shows a notice with a Resume button; each chart has a table with its numbers', async () => {
  await open(3)
  await chooseMenuItem(page, 'Sync', 'Status')
  await openTaskMenu(page, 'Read Answers')
  await page.getByRole('menuitem', { name: 'Pause' }).click()
  await expect(page.getByText('Paused: Read Answers')).toBeVisible()
  await page.getByRole('button', { name: 'Resume', exact: true }).click()
  await expect(page.getByText('Paused: Read Answers')).toBeHidden()
  await page.getByRole('button', { name: 'Pause Automatic Sync' }).click()
  await expect(page.getByRole('main').getByText('Automatic sync is paused', { exact: true })).toBeVisible()
  await expectAccessible()
  await expect(page.getByRole('table', { name: 'Orders per day' }).getByRole('row')).toHaveCount(15)
  await expect(page.getByRole('table', { name: 'Orders per day' }).getByRole('row').last()).toContainText('3 orders')
})
