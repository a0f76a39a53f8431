import { expect, type Page, test } from '@playwright/test'
import { SCREEN_PATHS } from '../../src-renderer/screens'
import { type LaunchedApp, launchApp } from './launch'
import { command, syncNow } from './steps'
import { findTooWideElements, resize } from './too-wide'

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

for (const [name, width, height, zoom] of [
  ['1024 x 700', 1024, 700, 1],
  ['1280 x 800 at 200% zoom', 1280, 800, 2],
] as const) {
  test(`every screen fits a window of ${name}`, async () => {
    await resize(launched, width, height, zoom)
    for (const path of paths) {
      await show(path)
      expect.soft(await findTooWideElements(page, zoom > 1), path).toEqual([])
      if (process.env.LEDGERDROP_SHOTS)
        await page.screenshot({ path: `${process.env.LEDGERDROP_SHOTS}/${width}-${zoom}-${path.replaceAll('/', '_')}.png` })
    }
  })
}
