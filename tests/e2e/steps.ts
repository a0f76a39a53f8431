import { readdirSync } from 'node:fs'
import { expect, type Locator, type Page } from '@playwright/test'
import type { CommandInput, CommandName, CommandOutput, RunRow, SyncTaskName } from '../../src-shared/contract/contract'

/** Gives a command as the window would, for what no screen shows at once; a refusal throws. */
export async function command<Name extends CommandName>(page: Page, name: Name, input: CommandInput<Name>): Promise<CommandOutput<Name>> {
  const answer = await page.evaluate(
    ([called, given]) => window.ledgerdrop?.invoke(called as Name, given as CommandInput<Name>),
    [name, input],
  )
  if (answer?.ok !== true) throw new Error(`${name} was refused: ${JSON.stringify(answer)}`)
  return answer.value as CommandOutput<Name>
}

/** Follows a menu of the top bar, as the printed instructions name it: `Sync > Status`. */
export async function follow(page: Page, menu: string, item: string): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: menu }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** A sync task's line on Sync > Status, which has to be on the screen. */
export function taskItem(page: Page, task: SyncTaskName): Locator {
  return page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: task }) })
}

/** Opens the pop-up menu of a task's clock icon on Sync > Status. */
export async function openTaskMenu(page: Page, task: SyncTaskName): Promise<void> {
  await taskItem(page, task)
    .getByRole('button', { name: `${task}: actions` })
    .click()
}

/** Runs that a person asked for, newest first. */
export async function askedRuns(page: Page): Promise<RunRow[]> {
  const { runs } = await command(page, 'sync.history', { limit: 100 })
  return runs.filter((run) => run.trigger === 'Sync Now')
}

/** Waits until tasks that a person asked for after `before` have ended, a run each; gives the runs, oldest first. */
export async function runsSince(page: Page, before: readonly RunRow[], tasks: readonly SyncTaskName[]): Promise<RunRow[]> {
  const known = new Set(before.map((run) => run.id))
  let runs: RunRow[] = []
  await expect
    .poll(
      async () => {
        runs = (await askedRuns(page)).filter((run) => !known.has(run.id) && run.endedAt !== null).reverse()
        return tasks.every((task) => runs.some((run) => run.task === task))
      },
      { message: `${tasks.join(', ')} ran` },
    )
    .toBe(true)
  return runs
}

/** Sync > Status, the clock icon of the task, Sync Now; waits until the run has ended and stands on the screen. Gives its summary. */
export async function syncNow(page: Page, task: SyncTaskName): Promise<string> {
  const before = await askedRuns(page)
  await follow(page, 'Sync', 'Status')
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

/** An order's row in View Orders, which has to be on the screen. */
export function orderRow(page: Page, number: string): Locator {
  return page.getByRole('row').filter({ has: orderNumber(page, number) })
}

/** Orders > View Orders, a click on the order's number. */
export async function openOrder(page: Page, number: string): Promise<void> {
  await follow(page, 'Orders', 'View Orders')
  await orderNumber(page, number).click()
  await expect(page.getByRole('heading', { level: 1, name: `Order ${number}` })).toBeVisible()
}

/** True where a person would call the background red. */
export async function isRed(element: Locator): Promise<boolean> {
  const colour = await element.evaluate((found) => getComputedStyle(found).backgroundColor)
  const [red = 0, green = 0, blue = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  return alpha > 0.5 && red > 120 && red > 2 * green && red > 2 * blue
}

/** Names of the files in a folder, sorted: no folders, nothing hidden. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort()
}
