import { expect, test } from '@playwright/test'
import { sampleLine } from '../support/orders'
import { launchApp } from './launch'
import { orderNumbered, PreparedWorkspace } from './prepared-workspace'
import { openOrder } from './steps'

test('all lines of an order with 120 lines are printed, on several pages', async () => {
  const lines = Array.from({ length: 120 }, (_, index) => sampleLine({ sku: `SKU-${index + 1}`, name: `Product ${index + 1}` }))
  const totals = { lines, taxMinor: 120 * 250 + 100, totalMinor: 120 * 2750 + 1100 }
  const prepared = await PreparedWorkspace.make([{ name: 'Books', profile: 'order-xml' }], async (workspace, engine) => {
    workspace.receive('Books', orderNumbered('W1', totals))
    await engine.run('Read Orders')
  })
  const launched = await launchApp({ workspace: prepared.workspace })
  try {
    const page = launched.window
    await openOrder(page, 'W1')
    const pages = await launched.app.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      const pdf = await window?.webContents.printToPDF({ preferCSSPageSize: true })
      return pdf?.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0
    })
    expect(pages).toBeGreaterThanOrEqual(3)
    await page.emulateMedia({ media: 'print' })
    await expect(page.getByRole('row')).toHaveCount(121)
    const clipped = await page.evaluate(() =>
      ['main', '.screen', '.table-scroll'].filter((part) => {
        const element = document.querySelector(part)
        return element !== null && getComputedStyle(element).overflowY !== 'visible'
      }),
    )
    expect(clipped).toEqual([])
  } finally {
    await launched.close()
    prepared.remove()
  }
})
