import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { benchFolders, fillWorkspace } from '../bench/bench-workspace'
import { type LaunchedApp, launchApp, projectFolder } from '../e2e/launch'
import { chooseMenuItem, command, manualRuns, openTaskMenu, orderNumber, runsSince } from '../e2e/steps'
import type { WooOrderSpec } from '../support/woocommerce/order-spec'
import { type StoreProcess, startWooCommerce } from '../support/woocommerce/start-woocommerce'
import { saveAsWebPicture } from './web-picture'

/** The folder for all pictures. Git ignores it. */
const folder = join(projectFolder, 'screens')

/**
 * Pictures shown in the README and the documents. The value says which state's screenshot (e.g. `light`, `error`) is
 * also saved to docs/screens, as WebP.
 */
const IN_DOCUMENTS: Readonly<Record<string, string>> = {
  'change-order-status': 'light',
  'change-schedule': 'light',
  codes: 'light',
  destination: 'light',
  'guide-2': 'light',
  'guide-3': 'light',
  'log-a-ticket': 'light',
  'order-details-deliveries': 'light',
  'order-details-failed': 'light',
  problems: 'error',
  'settings-backups': 'light',
  'settings-email': 'light',
  'settings-staff': 'light',
  'store-add-source': 'light',
  'store-connection': 'light',
  'store-past-orders': 'light',
  'store-statuses': 'light',
  'sync-settings': 'light',
  'sync-status-menu': 'light',
  'view-orders': 'light',
  'view-orders-selected': '10000',
}

/** Screens that don't need an order: the picture's name and the screen's path. */
const SCREENS = {
  'view-orders': '/orders',
  'sync-settings': '/orders/sync-settings',
  codes: '/orders/codes',
  'sync-status': '/sync/status',
  'sync-history': '/sync/history',
  problems: '/sync/problems',
  settings: '/settings',
  log: '/settings/log',
  help: '/help',
  guide: '/guide',
} as const

/** Takes screenshots of a window, with the state in their names. */
class Camera {
  readonly page: Page
  constructor(
    readonly launched: LaunchedApp,
    readonly state: string,
  ) {
    this.page = launched.window
  }

  async shoot(name: string): Promise<void> {
    const png = await this.page.screenshot({ path: join(folder, `${name}-${this.state}.png`), animations: 'disabled' })
    if (IN_DOCUMENTS[name] === this.state) await saveAsWebPicture(this.page, png, join(projectFolder, 'docs', 'screens', `${name}.webp`))
  }

  async show(path: string): Promise<void> {
    await this.launched.app.evaluate((_, to) => {
      const { ledgerdropTest } = globalThis as unknown as { ledgerdropTest: { window: { show(path: string): void } } }
      ledgerdropTest.window.show(to)
    }, path)
    await expect(this.page.getByRole('heading', { level: 1 }).first()).toBeVisible()
    await expect(this.page.getByRole('progressbar', { name: /^Loading/ })).toHaveCount(0)
    await this.page.waitForTimeout(400)
  }

  async shootAll(): Promise<void> {
    for (const [name, path] of Object.entries(SCREENS)) {
      await this.show(path)
      await this.shoot(name)
    }
  }

  /** Takes a screenshot of the top of Order Details. */
  async shootOrder(id: number, name: string): Promise<void> {
    await this.show(`/orders/${id}`)
    await this.shoot(name)
  }

  async shootDestination(): Promise<void> {
    await this.show('/orders/sync-settings')
    await this.page
      .getByRole('button', { name: /^Edit .*(KFI|Package)/ })
      .first()
      .click()
    await expect(this.page.getByRole('heading', { name: 'Preview' })).toBeVisible()
    await this.page.waitForTimeout(600)
    await this.shoot('destination')
  }
}

/** Runs a full sync (every task except Back Up) and waits for Write Order, its last task. */
async function syncAll(page: Page): Promise<void> {
  const before = await manualRuns(page)
  await command(page, 'sync.runNow', {})
  await runsSince(page, before, ['Write Order'])
}

async function withCamera(state: string, launched: LaunchedApp, scheme: 'light' | 'dark', work: (camera: Camera) => Promise<void>) {
  try {
    await launched.window.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await launched.window.setViewportSize({ width: 1280, height: 800 })
    await work(new Camera(launched, state))
  } finally {
    await launched.close()
  }
}

async function idOf(page: Page, number: string): Promise<number> {
  return (await command(page, 'orders.find', { number })).id
}

for (const scheme of ['light', 'dark'] as const) {
  test(`with sample orders, ${scheme}`, async () => {
    await withCamera(scheme, await launchApp(), scheme, async (camera) => {
      const { page } = camera
      await syncAll(page)
      await expect(page.getByRole('button', { name: /W2212.*sync failed/ })).toBeVisible()
      await camera.shootAll()
      await camera.shootOrder(await idOf(page, 'W2212'), 'order-details-failed')
      await page.getByRole('button', { name: 'Edit' }).click()
      await camera.shoot('order-details-edited')
      await page.keyboard.press('Escape')
      await page.getByLabel('New Status').selectOption('Pending')
      await page.getByRole('button', { name: 'Update Status' }).scrollIntoViewIfNeeded()
      await camera.shoot('change-order-status')
      await page.getByLabel('New Status').selectOption('Processing')
      await camera.shootOrder(await idOf(page, 'W2210'), 'order-details-sent')
      await page.getByRole('heading', { name: 'Deliveries' }).scrollIntoViewIfNeeded()
      await camera.shoot('order-details-deliveries')
      await camera.shootDestination()
      await chooseMenuItem(page, 'Sync', 'Status')
      await openTaskMenu(page, 'Write Order')
      await camera.shoot('sync-status-menu')
      await page.getByRole('menuitem', { name: 'Change Schedule' }).click()
      await expect(page.getByRole('dialog').getByRole('listitem')).toHaveCount(5)
      await camera.shoot('change-schedule')
      await page.keyboard.press('Escape')
      const { runs } = await command(page, 'sync.history', { task: 'Write Order' })
      await camera.show('/sync/history')
      await page.getByRole('row').filter({ hasText: 'Write Order' }).getByRole('button').first().click()
      await expect(page.getByRole('heading', { level: 1 })).toContainText('Write Order')
      expect(runs).not.toEqual([])
      await camera.shoot('run')
      await camera.show('/help')
      await page.getByRole('button', { name: 'Log a Ticket' }).first().click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await camera.shoot('log-a-ticket')
      await page.keyboard.press('Escape')
      await camera.show('/settings')
      for (const [name, title] of [
        ['settings-staff', 'Staff'],
        ['settings-email', 'Email'],
        ['settings-templates', 'Email Templates'],
        ['settings-digest', 'Daily Digest'],
        ['settings-start', 'Start-up'],
        ['settings-backups', 'Backups'],
      ] as const) {
        await page.getByRole('heading', { name: title, exact: true }).evaluate((heading) => heading.scrollIntoView({ block: 'start' }))
        await camera.shoot(name)
      }
    })
  })

  test(`the guide and the sign-in, ${scheme}`, async () => {
    await withCamera(scheme, await launchApp({ args: ['--no-samples'] }), scheme, async (camera) => {
      const { page } = camera
      await expect(page.getByText('Step 1 of 4')).toBeVisible()
      await camera.shoot('guide-1')
      for (const step of [2, 3, 4]) {
        await page.getByRole('button', { name: /^Skip/ }).first().click()
        await expect(page.getByText(`Step ${step} of 4`)).toBeVisible()
        await camera.shoot(`guide-${step}`)
      }
      await command(page, 'staff.createFirst', { name: 'Ann', password: 'correct horse' })
      await camera.show('/orders')
      await page.getByRole('button', { name: 'Signed in as Ann' }).click()
      await camera.shoot('person-menu')
      await page.getByRole('menuitem', { name: 'Lock' }).click()
      await expect(page.getByRole('heading', { name: 'Ledgerdrop is locked' })).toBeVisible()
      await camera.shoot('locked')
      await page
        .getByRole('button', { name: /Sign Out|Sign In as/ })
        .first()
        .click()
      await expect(page.getByRole('heading', { name: 'Sign in to Ledgerdrop' })).toBeVisible()
      await camera.shoot('sign-in')
    })
  })
}

for (const scheme of ['light', 'dark'] as const) {
  test(`with a store, ${scheme}`, async () => {
    const store = await startWooCommerce({ shopName: 'Garden Shop' })
    try {
      await store.control.addOrders(pastOrders())
      await withCamera(scheme, await launchApp(), scheme, (camera) => shootStore(camera, store))
    } finally {
      await store.stop()
    }
  })
}

/** A month's orders, one of them with a status of a plugin. */
function pastOrders(): WooOrderSpec[] {
  const statuses = ['completed', 'completed', 'completed', 'processing', 'on-hold', 'cancelled'] as const
  const orders = Array.from({ length: 60 }, (_, n): WooOrderSpec => {
    const createdAt = new Date(Date.now() - (n + 1) * 12 * 3_600_000).toISOString()
    return { seed: n, createdAt, status: statuses[n % statuses.length] ?? 'completed' }
  })
  return [...orders, { status: 'failed', override: { status: 'backordered' } }]
}

/** Takes screenshots of connecting a store, of its entry in Sync Settings, and of an order from it. */
async function shootStore(camera: Camera, store: StoreProcess): Promise<void> {
  const { page } = camera
  await camera.show('/orders/sync-settings')
  await page.getByRole('button', { name: 'Add Source' }).click()
  await camera.shoot('store-add-source')
  await page.getByRole('button', { name: /^WooCommerce/ }).click()
  await page.getByLabel('Address of the store').fill(store.url)
  await page.getByRole('radio', { name: 'Consumer key and secret' }).check()
  await page.getByLabel('Consumer key', { exact: true }).fill(store.key.key)
  await page.getByRole('textbox', { name: 'Consumer secret' }).fill(store.key.secret)
  await page.getByRole('button', { name: 'Test Connection' }).click()
  await expect(page.getByRole('region', { name: 'Result of the test' })).toBeVisible()
  await camera.shoot('store-connection')
  const steps = page.getByRole('list', { name: 'Steps' })
  await steps.getByRole('button', { name: 'From which date?' }).click()
  await page.getByRole('radio', { name: /^Orders since a date/ }).check()
  const since = new Date(Date.now() - 14 * 86_400_000).toLocaleDateString('en-CA')
  await page.getByLabel('Orders since', { exact: true }).fill(since)
  await expect(page.getByText(/come in as already handled/)).toBeVisible()
  await camera.shoot('store-past-orders')
  await steps.getByRole('button', { name: 'Meaning of statuses' }).click()
  await camera.shoot('store-statuses')
  await steps.getByRole('button', { name: 'Writing back' }).click()
  await page.getByLabel('Completed').selectOption('completed')
  await camera.shoot('store-write-back')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Edit Garden Shop' })).toBeVisible()
  const [id] = await store.control.addOrders([{ number: '4711' }])
  await syncAll(page)
  await camera.show('/orders/sync-settings')
  await camera.shoot('store-source')
  await camera.show('/orders')
  await page.keyboard.press('g')
  await expect(page.getByRole('dialog')).toBeVisible()
  await camera.shoot('store-get-order')
  await page.keyboard.press('Escape')
  expect(id).toBeDefined()
  await camera.shootOrder(await idOf(page, '4711'), 'store-order')
}

test('without orders', async () => {
  await withCamera('empty', await launchApp({ args: ['--no-samples'] }), 'light', (camera) => camera.shootAll())
})

test('with many problems', async () => {
  await withCamera('error', await launchApp(), 'light', async (camera) => {
    const { page, launched } = camera
    const { workspace } = launched
    await command(page, 'mail.save', { host: '127.0.0.1', port: 9, security: 'none', fromAddress: 'office@example.com' })
    await command(page, 'sync.runNow', { task: 'Read Orders' })
    await expect(page.getByRole('button', { name: /W2210/ })).toBeVisible({ timeout: 30_000 })
    const { id } = await command(page, 'orders.find', { number: 'W2210' })
    await command(page, 'orders.changeStatus', { orderId: id, status: 'Pending', comments: 'Back in stock', notifyCustomer: true })
    writeFileSync(join(workspace, 'intake', 'wholesale', 'broken.json'), '{"orders": [')
    renameSync(join(workspace, 'intake', 'web-store'), join(workspace, 'intake', 'web-store-gone'))
    renameSync(join(workspace, 'drops', 'attache-xml'), join(workspace, 'drops', 'attache-xml-gone'))
    await syncAll(page)
    await camera.shootAll()
    await camera.shootOrder(await idOf(page, 'W2212'), 'order-details')
    await camera.shootDestination()
  })
})

test('with 10,000 orders', async () => {
  test.setTimeout(180_000)
  const folders = benchFolders(mkdtempSync(join(tmpdir(), 'ledgerdrop-screens-')))
  try {
    mkdirSync(join(folders.root, 'lists'))
    await fillWorkspace(folders, 'attache-xmlkfi', { count: 10_000, pending: 40 })
    await withCamera('10000', await launchApp({ workspace: folders.workspace }), 'light', async (camera) => {
      const { page } = camera
      await expect(page.locator('.order-row').first()).toBeVisible()
      await camera.shootAll()
      const { rows } = await command(page, 'orders.list', { limit: 1 })
      await camera.shootOrder(rows[0]?.id ?? 0, 'order-details')
      await camera.show('/orders')
      await orderNumber(page, rows[0]?.number ?? '').focus()
      await page.keyboard.press('Control+a')
      await camera.shoot('view-orders-selected')
      await camera.shootDestination()
    })
  } finally {
    rmSync(folders.root, { recursive: true, force: true })
  }
})
