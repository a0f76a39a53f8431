import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import type { TestHooks } from '../../src-main/shell/test-hooks'
import { type RunRow, SYNC_TASKS, WHOLE_SYNC } from '../../src-shared/contract/contract'
import { type LaunchedApp, launchApp, projectFolder } from './launch'
import { orderNumbered, PreparedWorkspace } from './prepared-workspace'
import { chooseMenuItem, command, filesIn, manualRuns, openOrder, openTaskMenu, runsSince, syncNow, taskItem } from './steps'

const PACKAGE = 'Package'

let prepared: PreparedWorkspace
let launched: LaunchedApp
let page: Page
let isOpen = true

test.beforeAll(async () => {
  prepared = await PreparedWorkspace.make([{ name: PACKAGE, profile: 'attache-xmlkfi' }], async (_workspace, engine) => {
    // Pause all tasks, so that only the tests start runs.
    for (const task of SYNC_TASKS) await engine.command('sync.setPaused', { task, isPaused: true })
  })
  launched = await launchApp({ workspace: prepared.workspace })
  page = launched.window
})

test.afterAll(async () => {
  if (isOpen) await launched?.close()
  prepared?.remove()
})

/** Receives new Pending orders and runs Read Orders. */
async function receive(...numbers: string[]): Promise<void> {
  prepared.receive(PACKAGE, ...numbers.map((number) => orderNumbered(number)))
  expect(await syncNow(page, 'Read Orders')).toContain(`${numbers.length} order`)
}

/** Lists the orders that don't have exactly one file below the drop folder. */
function notWrittenOnce(numbers: readonly string[]): string[] {
  const names = readdirSync(prepared.dropFolder(PACKAGE), { recursive: true, encoding: 'utf8' })
  return numbers.flatMap((number) => {
    const files = names.filter((name) => name.includes(number.toLowerCase()))
    return files.length === 1 && !files[0]?.includes('.ledgerdrop') ? [] : [`${number}: ${files.join(', ') || 'no file'}`]
  })
}

/** Waits until no task is running or queued. */
async function waitUntilIdle(): Promise<void> {
  const busy = async () => (await command(page, 'sync.status', {})).tasks.filter(({ state }) => state === 'running' || state === 'queued')
  await expect.poll(busy).toEqual([])
}

/** Returns the manual runs of Write Order that aren't in `before`, oldest first. */
async function writeRunsSince(before: readonly RunRow[]): Promise<RunRow[]> {
  const known = new Set(before.map((run) => run.id))
  return (await manualRuns(page)).filter((run) => run.task === 'Write Order' && !known.has(run.id)).reverse()
}

/** Runs the command line on the same workspace, in its own process. */
function runCli(...args: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [join(projectFolder, 'out/main/cli.js'), ...args, '--workspace', prepared.workspace], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  return new Promise((resolve, reject) => child.on('error', reject).on('close', (status) => resolve({ status, ...output })))
}

test('a double click on Sync Now writes each order once', async () => {
  await receive('DG101', 'DG102')
  const before = await manualRuns(page)
  await chooseMenuItem(page, 'Sync', 'Status')
  await openTaskMenu(page, 'Write Order')
  await page.getByRole('menuitem', { name: 'Sync Now' }).dblclick()
  await runsSince(page, before, ['Write Order'])
  await waitUntilIdle()
  expect(notWrittenOnce(['DG101', 'DG102'])).toEqual([])

  await receive('DG103')
  const beforeSecond = await manualRuns(page)
  await page.getByRole('button', { name: 'Sync Everything Now' }).dblclick()
  await runsSince(page, beforeSecond, WHOLE_SYNC)
  await waitUntilIdle()
  expect(notWrittenOnce(['DG101', 'DG102', 'DG103'])).toEqual([])
})

test('Sync Now during a run waits for the run, and no order is written twice', async () => {
  const numbers = Array.from({ length: 2000 }, (_, index) => `DG2${String(index).padStart(4, '0')}`)
  await receive(...numbers)
  const before = await manualRuns(page)
  await chooseMenuItem(page, 'Sync', 'Status')
  await openTaskMenu(page, 'Write Order')
  await page.getByRole('menuitem', { name: 'Sync Now' }).click()
  // This runs in the page because the run may be over before a second click.
  await page.evaluate(async () => {
    const { ledgerdrop } = window
    if (ledgerdrop === undefined) throw new Error('The page has no bridge')
    const isRunning = async () => {
      const status = await ledgerdrop.invoke('sync.status', {})
      return status.ok && status.value.tasks.some((task) => task.name === 'Write Order' && task.state === 'running')
    }
    while (!(await isRunning()));
    await ledgerdrop.invoke('sync.runNow', { task: 'Write Order' })
  })
  const clickedAt = new Date().toISOString()
  await expect.poll(async () => (await writeRunsSince(before)).filter((run) => run.endedAt !== null).length).toBe(2)
  await waitUntilIdle()

  const [first, second] = await writeRunsSince(before)
  expect(clickedAt < (first?.endedAt ?? ''), 'the second Sync Now was clicked during the first run').toBe(true)
  expect(first?.summary).toBe('2000 orders written.')
  expect(second?.summary).toBe('Nothing to do.')
  expect((second?.startedAt ?? '') >= (first?.endedAt ?? 'never'), 'one run after the other').toBe(true)
  await expect(taskItem(page, 'Write Order')).toContainText('Nothing to do.')
  expect(notWrittenOnce(numbers)).toEqual([])
})

test('a double click on Update Status queues the order once', async () => {
  await receive('DG301')
  await openOrder(page, 'DG301')
  await page.getByLabel('New Status').selectOption('On Hold')
  await page.getByRole('button', { name: 'Update Status' }).click()
  const timeline = page.getByRole('region', { name: 'Timeline' }).getByRole('listitem')
  await expect(timeline.filter({ hasText: 'Status changed from Pending to On Hold.' })).toHaveCount(1)

  await page.getByLabel('New Status').selectOption('Pending')
  await page.getByLabel('Comments', { exact: true }).fill('Called the customer')
  await page.getByRole('button', { name: 'Update Status' }).dblclick()
  await expect(timeline.filter({ hasText: 'Status changed from On Hold to Pending.' })).toHaveCount(1)
  expect(await syncNow(page, 'Write Order')).toBe('1 order written.')
  await openOrder(page, 'DG301')
  await expect(timeline.filter({ hasText: 'Called the customer' })).toHaveCount(1)
  await expect(page.getByRole('region', { name: 'Deliveries' }).getByRole('listitem')).toHaveCount(1)
  expect(notWrittenOnce(['DG301'])).toEqual([])
})

test('an order that was just sent is not sent again without a warning', async () => {
  await receive('DG401')
  await syncNow(page, 'Write Order')
  await openOrder(page, 'DG401')
  await page.getByLabel('New Status').selectOption('Pending')
  await page.getByRole('button', { name: 'Update Status' }).click()
  const dialog = page.getByRole('dialog', { name: 'Send order DG401 again?' })
  await expect(dialog).toContainText('has had no answer yet')
  // The time is in local format, not ISO format.
  await expect(dialog).not.toContainText(/\d{4}-\d\d-\d\dT/)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect(await syncNow(page, 'Write Order')).toBe('Nothing to do.')
  expect(notWrittenOnce(['DG401'])).toEqual([])
})

test('Sync Now in the tray, in the menu and in the window at the same moment writes each order once', async () => {
  await receive('DG501', 'DG502')
  const before = await manualRuns(page)
  await chooseMenuItem(page, 'Sync', 'Status')
  await openTaskMenu(page, 'Write Order')
  const syncNow = page.getByRole('menuitem', { name: 'Sync Now' })
  // Open the menu first: a run in progress would close it, perhaps before the pointer gets there.
  await syncNow.hover()
  const item = await syncNow.elementHandle()
  const clickTray = () =>
    launched.app.evaluate(() => {
      const { tray } = (globalThis as unknown as { ledgerdropTest: TestHooks }).ledgerdropTest
      for (const item of tray.menu.filter(({ label }) => label === 'Sync Now')) (item.click as () => void)()
    })
  await Promise.all([
    clickTray(),
    item?.evaluate((button) => (button as HTMLElement).click()),
    command(page, 'sync.runNow', {}),
    clickTray(),
    command(page, 'sync.runNow', { task: 'Write Order' }),
  ])
  await runsSince(page, before, WHOLE_SYNC)
  await waitUntilIdle()
  expect((await writeRunsSince(before)).reduce((sum, run) => sum + run.doneCount, 0)).toBe(2)
  expect(notWrittenOnce(['DG501', 'DG502'])).toEqual([])
})

test('a command line works through the window that has the workspace open, and no order is written twice', async () => {
  await receive('DG601')
  const [synced, changed] = await Promise.all([runCli('sync'), runCli('set-status', 'DG601', 'Pending'), syncNow(page, 'Write Order')])
  expect(synced).toMatchObject({ status: 0, stderr: '' })
  // The order is already Pending, is being written, or was sent. In each case, the change is refused with an
  // explanation.
  expect(changed).toMatchObject({ status: 1, stdout: '' })
  expect(changed.stderr).not.toMatch(/\n\s+at |SQLITE|Error:/)
  await waitUntilIdle()
  expect(notWrittenOnce(['DG601'])).toEqual([])
})

test('without the window, two command lines at the same time write each order once, and sending again needs --confirm-resend', async () => {
  await receive('DG701', 'DG702')
  isOpen = false
  await launched.close()
  const results = await Promise.all([runCli('sync', '--task', 'Write Order'), runCli('sync', '--task', 'Write Order')])
  expect(results.map(({ status }) => status)).toContain(0)
  for (const { status, stderr } of results) {
    if (status === 0) continue
    expect(status).toBe(3)
    expect(stderr).toContain('is open in another Ledgerdrop.')
  }
  expect(notWrittenOnce(['DG701', 'DG702'])).toEqual([])

  const refused = await runCli('set-status', 'DG701', 'Pending')
  expect(refused.status).toBe(1)
  expect(refused.stderr).toContain('Sending this order again may enter it twice in the accounting package.')
  expect((await runCli('sync', '--task', 'Write Order')).status).toBe(0)
  expect(notWrittenOnce(['DG701', 'DG702'])).toEqual([])

  expect((await runCli('set-status', 'DG701', 'Pending', '--confirm-resend')).status).toBe(0)
  expect((await runCli('sync', '--task', 'Write Order')).status).toBe(0)
  expect(filesIn(prepared.dropFolder(PACKAGE)).filter((name) => name.includes('dg701'))).toHaveLength(2)
  expect((await runCli('order', 'DG701')).stdout).toContain('Confirmed sending this order again')
})
