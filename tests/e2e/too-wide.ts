import { expect, type Page } from '@playwright/test'
import type { LaunchedApp } from './launch'

/** Sets the window's inner size and its zoom, as a person would. */
export async function resize({ app, window: page }: Pick<LaunchedApp, 'app' | 'window'>, width: number, height: number, zoom: number) {
  await app.evaluate(
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
export function findTooWideElements(page: Page, areTablesExempt: boolean): Promise<string[]> {
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
