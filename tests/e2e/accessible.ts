import { expect, type Page } from '@playwright/test'
import axe from 'axe-core'

/** The accessibility violations that axe finds on the current page. */
async function violationsOf(page: Page, options: axe.RunOptions): Promise<string[]> {
  const { violations } = await page.evaluate(
    (overrides) => (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'], ...overrides }),
    options,
  )
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => `${id} (${help}): ${html} ${failureSummary}`))
}

/** Loads axe into the page. Needed again after the page was loaded again. */
export async function loadAxe(page: Page): Promise<void> {
  await page.evaluate(axe.source)
}

/**
 * Fails if axe finds a barrier for people who use a screen reader, a keyboard or high contrast. In dark mode only the
 * contrast is checked.
 */
export async function expectAccessible(page: Page, screenName: string): Promise<void> {
  expect.soft(await violationsOf(page, {}), screenName).toEqual([])
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  expect.soft(await violationsOf(page, { runOnly: ['color-contrast'] }), `${screenName}, dark`).toEqual([])
  await page.emulateMedia({ colorScheme: 'light' })
}
