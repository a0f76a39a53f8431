import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { type LaunchedApp, launchApp } from './launch'
import { command, manualRuns, runsSince } from './steps'

let launched: LaunchedApp | null = null
const workspaces: string[] = []
test.afterEach(async () => {
  await launched?.close()
  launched = null
  for (const folder of workspaces.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function newWorkspace(): string {
  const folder = join(tmpdir(), `ledgerdrop-e2e-backups-${process.pid}-${Date.now()}`)
  workspaces.push(folder)
  return folder
}

const regularBackups = (workspace: string) => readdirSync(join(workspace, 'backups')).filter((name) => name.startsWith('ledgerdrop-'))

/** Returns the number of orders in each sync state. */
async function countBySyncState(page: Page): Promise<Record<string, number>> {
  const result = await page.evaluate(() => window.ledgerdrop?.invoke('orders.list', {}))
  if (result?.ok !== true) throw new Error(JSON.stringify(result))
  const counts: Record<string, number> = {}
  for (const { syncState } of result.value.rows) counts[syncState] = (counts[syncState] ?? 0) + 1
  return counts
}

async function restoreFromDialog(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('Ledgerdrop returns to its state at the time of the backup.')).toBeVisible()
  const restore = dialog.getByRole('button', { name: 'Restore', exact: true })
  await expect(restore).toBeDisabled()
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([])
  await dialog.getByLabel('Type RESTORE to confirm').fill('restore')
  await restore.click()
  await expect(dialog).toBeHidden()
}

test('a backup can be made and restored in Settings; orders sent after the backup need review', async () => {
  const workspace = newWorkspace()
  launched = await launchApp({ workspace })
  const { window } = launched
  await expect(window.getByText('W2212')).toBeVisible()
  await window.getByRole('banner').getByRole('button', { name: 'Settings' }).click()
  await expect.poll(() => regularBackups(workspace)).toHaveLength(1)
  const [first] = regularBackups(workspace)
  await window.getByRole('button', { name: 'Back Up Now' }).click()
  // Only the newest backup of a day is kept.
  await expect.poll(() => regularBackups(workspace).join()).not.toContain(first)
  await expect.poll(() => regularBackups(workspace)).toHaveLength(1)
  const before = await manualRuns(window)
  await command(window, 'sync.runNow', {})
  await runsSince(window, before, ['Write Order'])
  const { sent = 0 } = await countBySyncState(window)
  expect(sent).toBeGreaterThan(0)

  const section = window.getByRole('region', { name: 'Backups', exact: true })
  await section
    .getByRole('button', { name: /^Restore the backup from/ })
    .first()
    .click()
  await restoreFromDialog(window)
  await expect.poll(() => countBySyncState(window)).toMatchObject({ 'needs review': sent })
  await expect(window.getByText(/Automatic sync is paused|paused/).first()).toBeVisible()
  await window.getByRole('banner').getByRole('button', { name: 'Sync' }).click()
  await window.getByRole('menuitem', { name: 'Problems' }).click()
  await expect(window.getByText(/restored the backup of/)).toBeVisible()
})

test('if the database is damaged, the window offers to restore a backup, and works afterwards', async () => {
  const workspace = newWorkspace()
  launched = await launchApp({ workspace })
  await expect(launched.window.getByText('W2212')).toBeVisible()
  await launched.window.evaluate(() => globalThis.window.ledgerdrop?.invoke('sync.runNow', { task: 'Back Up' }))
  await expect.poll(() => regularBackups(workspace).length).toBeGreaterThan(0)
  await expect.poll(() => readdirSync(join(workspace, 'backups')).some((name) => name.endsWith('.part'))).toBe(false)
  await launched.close()
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(workspace, `ledgerdrop.db${suffix}`), { force: true })
  writeFileSync(join(workspace, 'ledgerdrop.db'), 'garbage')

  launched = await launchApp({ workspace, isEngineOptional: true })
  const { window } = launched
  await expect(window.getByRole('heading', { name: 'Ledgerdrop cannot open its database' })).toBeVisible()
  await expect(window.getByRole('alert')).toContainText('is damaged')
  const { violations } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([])
  await window.getByRole('button', { name: 'Try Again' }).click()
  await expect(window.getByRole('heading', { name: 'Ledgerdrop cannot open its database' })).toBeVisible()
  await window
    .getByRole('button', { name: /^Restore the backup from/ })
    .first()
    .click()
  await restoreFromDialog(window)
  await expect(window.getByText('W2212')).toBeVisible()
  expect(readdirSync(join(workspace, 'backups')).some((name) => name.startsWith('replaced-'))).toBe(true)
})
