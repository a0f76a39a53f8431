import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import type { LaunchedApp } from './launch'
import { chooseMenuItem, filesIn, isRed, syncNow } from './steps'

/**
 * Follows the customer's printed instructions in the window: fixes the failed order W2212, sets it to Pending, and
 * imports it with Sync Now. By default, it is one of the sample orders.
 */
export async function followArticle(
  { window, workspace }: Pick<LaunchedApp, 'window' | 'workspace'>,
  drop = join(workspace, 'drops', 'attache-kfi'),
): Promise<void> {
  const number = window.getByRole('button', { name: /W2212/ })

  expect(await syncNow(window, 'Write Order')).toContain('1 failed')
  expect(filesIn(drop).filter((name) => name.includes('w2212'))).toEqual([])

  // Go to Orders > View Orders; click the Order Number with the red background; view the top of the page.
  await chooseMenuItem(window, 'Orders', 'View Orders')
  await expect(number).toHaveAccessibleName(/sync failed/i)
  await expect.poll(() => isRed(number)).toBe(true)
  await number.click()
  await expect(window.getByRole('alert')).toContainText(
    'Sync error: The customer code HARBOURCAFE has 11 characters; Attaché takes at most 8.',
  )

  // Attempt to resolve the issue.
  await window.getByRole('button', { name: 'Edit' }).click()
  await window.getByLabel('Customer code').fill('HARBOUR')
  await window.getByRole('button', { name: 'Save' }).click()
  await expect(window.getByRole('button', { name: 'Edit' })).toBeVisible()

  // Set the New Status drop down to Pending; leave the other fields blank and click Update Status.
  await expect(window.getByLabel('Notify Customer')).not.toBeChecked()
  await expect(window.getByLabel('Append Comments')).toBeDisabled()
  await window.getByLabel('New Status').selectOption('Pending')
  await window.getByRole('button', { name: 'Update Status' }).click()
  await expect(window.getByRole('alert')).toHaveCount(0)

  expect(await syncNow(window, 'Write Order')).toContain('1 order written')

  const files = filesIn(drop).filter((name) => name.includes('w2212'))
  expect(files).toHaveLength(1)
  const [header, line] = readFileSync(join(drop, files[0] ?? ''), 'latin1').split('\r\n')
  expect(header).toMatch(/^"HARBOUR","","","","","","","W2212","","\d{8}","","","",""$/)
  expect(line).toBe('"HOSE-15","10","","","",""')

  await chooseMenuItem(window, 'Orders', 'View Orders')
  await expect(number).toHaveAccessibleName('W2212')
  await expect.poll(() => isRed(number)).toBe(false)
  const row = window.getByRole('row').filter({ has: number })
  await expect(row).toContainText('Processing')
  await expect(row).toContainText('Sent')
}
