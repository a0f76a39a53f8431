import { expect, type Locator, type Page } from '@playwright/test'
import { chooseMenuItem } from './steps'

/** The name of the sample destination for Attaché's text files. */
export const KFI = 'Attaché (KFI)'

/** Opens a destination's page from Orders > Sync Settings. */
export async function openDestination(page: Page, name: string): Promise<void> {
  await chooseMenuItem(page, 'Orders', 'Sync Settings')
  await page.getByRole('button', { name: `Edit ${name}`, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: `Destination ${name}` })).toBeVisible()
}

/** The part of the page that shows the file that would be written. */
export const previewOf = (page: Page): Locator => page.getByRole('region', { name: 'File to be written' })

/** The part of the page that lists the changes and their times. */
export const historyOf = (page: Page): Locator => page.getByRole('region', { name: 'History' })

/** A field of the template's header row. */
export const headerFieldOf = (page: Page, number: number): Locator =>
  page.getByRole('button', { name: new RegExp(`^Header row, field ${number} `) })
