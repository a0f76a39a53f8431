import { readdirSync } from 'node:fs'
import { expect, type Locator, type Page } from '@playwright/test'
import type { CommandInput, CommandName, CommandOutput, RunRow, SyncTaskName } from '../../src-shared/contract/contract'

/** Runs a command through the window's bridge and returns its value. Throws if the engine refuses it. */
export async function command<Name extends CommandName>(page: Page, name: Name, input: CommandInput<Name>): Promise<CommandOutput<Name>> {
  const result = await page.evaluate(
    ([commandName, commandInput]) => window.ledgerdrop?.invoke(commandName as Name, commandInput as CommandInput<Name>),
    [name, input],
  )
  if (result?.ok !== true) throw new Error(`${name} was refused: ${JSON.stringify(result)}`)
  return result.value as CommandOutput<Name>
}

/** Chooses an item from a menu in the top bar, as in the printed instructions: `Sync > Status`. */
export async function chooseMenuItem(page: Page, menu: string, item: string): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: menu }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** A sync task's row on Sync > Status, which must be the current screen. */
export function taskItem(page: Page, task: SyncTaskName): Locator {
  return page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: task }) })
}

/** Opens the pop-up menu of a task's clock icon on Sync > Status. */
export async function openTaskMenu(page: Page, task: SyncTaskName): Promise<void> {
  await taskItem(page, task)
    .getByRole('button', { name: `${task}: actions` })
    .click()
}

/** The runs started with Sync Now, newest first. */
export async function manualRuns(page: Page): Promise<RunRow[]> {
  const { runs } = await command(page, 'sync.history', { limit: 100 })
  return runs.filter((run) => run.trigger === 'Sync Now')
}

/**
 * Waits until each of these tasks has finished a Sync Now run that isn't in `before`. Returns those runs, oldest first.
 */
export async function runsSince(page: Page, before: readonly RunRow[], tasks: readonly SyncTaskName[]): Promise<RunRow[]> {
  const known = new Set(before.map((run) => run.id))
  let runs: RunRow[] = []
  await expect
    .poll(
      async () => {
        runs = (await manualRuns(page)).filter((run) => !known.has(run.id) && run.endedAt !== null).reverse()
        return tasks.every((task) => runs.some((run) => run.task === task))
      },
      { message: `${tasks.join(', ')} ran` },
    )
    .toBe(true)
  return runs
}

/**
 * Chooses Sync Now from a task's menu on Sync > Status, waits until the run has finished and is shown, and returns its
 * summary.
 */
export async function syncNow(page: Page, task: SyncTaskName): Promise<string> {
  const before = await manualRuns(page)
  await chooseMenuItem(page, 'Sync', 'Status')
  await openTaskMenu(page, task)
  await page.getByRole('menuitem', { name: 'Sync Now' }).click()
  const summary = (await runsSince(page, before, [task])).at(-1)?.summary ?? ''
  await expect(taskItem(page, task)).toContainText(summary)
  return summary
}

/** The button with an order's number in View Orders; its accessible name also says whether the sync failed. */
export function orderNumber(page: Page, number: string): Locator {
  const escaped = number.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')
  return page.getByRole('button', { name: new RegExp(`^${escaped}( ?, .*)?$`) })
}

/** An order's row in View Orders, which must be the current screen. */
export function orderRow(page: Page, number: string): Locator {
  return page.getByRole('row').filter({ has: orderNumber(page, number) })
}

/** Opens an order by clicking its number in Orders > View Orders. */
export async function openOrder(page: Page, number: string): Promise<void> {
  await chooseMenuItem(page, 'Orders', 'View Orders')
  await orderNumber(page, number).click()
  await expect(page.getByRole('heading', { level: 1, name: `Order ${number}` })).toBeVisible()
}

/** True if the element's background looks red. */
export async function isRed(element: Locator): Promise<boolean> {
  const colour = await element.evaluate((node) => getComputedStyle(node).backgroundColor)
  const [red = 0, green = 0, blue = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  return alpha > 0.5 && red > 120 && red > 2 * green && red > 2 * blue
}

/** The sorted names of the files in a folder, without folders and hidden files. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort()
}
