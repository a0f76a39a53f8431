import { expect, type Page, test } from '@playwright/test'
import { SCREEN_PATHS } from '../../src-renderer/screens'
import { type LaunchedApp, launchApp } from './launch'
import { command, syncNow } from './steps'

let launched: LaunchedApp
let page: Page
let paths: string[]

// Use the sample orders, including a failed and a sent one.
test.beforeAll(async () => {
  launched = await launchApp()
  page = launched.window
  await syncNow(page, 'Write Order')
  const { rows } = await command(page, 'orders.list', {})
  const { destinations } = await command(page, 'settings.get', {})
  const findOrderId = (syncState: string) => rows.find((row) => row.syncState === syncState)?.id
  expect(destinations).not.toEqual([])
  paths = [...SCREEN_PATHS, `/orders/${findOrderId('failed')}`, `/orders/${findOrderId('sent')}`]
})

test.afterAll(async () => {
  await launched?.close()
})

async function show(path: string): Promise<void> {
  await launched.app.evaluate((_, to) => {
    const { ledgerdropTest } = globalThis as unknown as { ledgerdropTest: { window: { show(path: string): void } } }
    ledgerdropTest.window.show(to)
  }, path)
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
  await expect(page.getByRole('progressbar', { name: /^Loading/ })).toHaveCount(0)
}

/** Sets the window's inner size and its zoom, as a person would. */
async function resize(width: number, height: number, zoom: number): Promise<void> {
  await launched.app.evaluate(
    ({ BrowserWindow }, to) => {
      const [window] = BrowserWindow.getAllWindows()
      window?.setContentSize(to.width, to.height)
      window?.webContents.setZoomFactor(to.zoom)
    },
    { width, height, zoom },
  )
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(Math.round(width / zoom))
}

/**
 * Lists elements that are so wide that a person would have to scroll sideways to read the screen. If `areTablesExempt`
 * is true, data tables may scroll inside their own box, as WCAG 1.4.10 allows.
 */
function findTooWideElements(areTablesExempt: boolean): Promise<string[]> {
  return page.evaluate((isTableExempt) => {
    const found: string[] = []
    for (const element of document.querySelectorAll<HTMLElement>('html, body, #root, main, main *, header, header *')) {
      const { overflowX } = getComputedStyle(element)
      const canScroll = overflowX === 'auto' || overflowX === 'scroll' || element === document.documentElement
      // A box for content of any width (a file's bytes, a grid of rows) is focusable and has an accessible name.
      const isOwnBox = element.tabIndex >= 0 && (element.getAttribute('aria-label') ?? element.getAttribute('aria-labelledby')) !== null
      if (canScroll && !isOwnBox && !isTableBox(element) && element.scrollWidth > element.clientWidth + 1) {
        found.push(`${element.tagName.toLowerCase()}.${element.className}: ${element.scrollWidth} in ${element.clientWidth}`)
      }
      const box = element.getBoundingClientRect()
      const isCut = box.width > 0 && box.height > 0 && box.right > window.innerWidth + 1 && element.closest('[aria-hidden="true"]') === null
      if (isCut && !isInside(element)) found.push(`${element.tagName.toLowerCase()}.${element.className} ends at ${Math.round(box.right)}`)
    }
    return [...new Set(found)].slice(0, 10)

    /** True if an ancestor other than the window scrolls or clips the element. */
    function isInside(element: HTMLElement): boolean {
      for (let ancestor = element.parentElement; ancestor !== null && ancestor !== document.body; ancestor = ancestor.parentElement) {
        if (getComputedStyle(ancestor).overflowX !== 'visible' && (ancestor.tabIndex >= 0 || isTableBox(ancestor))) return true
      }
      return false
    }

    function isTableBox(element: HTMLElement): boolean {
      return isTableExempt && element.querySelector(':scope > table') !== null
    }
  }, areTablesExempt)
}

for (const [name, width, height, zoom] of [
  ['1024 x 700', 1024, 700, 1],
  ['1280 x 800 at 200% zoom', 1280, 800, 2],
] as const) {
  test(`every screen fits a window of ${name}`, async () => {
    await resize(width, height, zoom)
    for (const path of paths) {
      await show(path)
      expect.soft(await findTooWideElements(zoom > 1), path).toEqual([])
      if (process.env.LEDGERDROP_SHOTS)
        await page.screenshot({ path: `${process.env.LEDGERDROP_SHOTS}/${width}-${zoom}-${path.replaceAll('/', '_')}.png` })
    }
  })
}
