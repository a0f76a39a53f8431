import { expect, type Page, test } from '@playwright/test'
import { launchApp } from './launch'
import { chooseMenuItem, command, openOrder } from './steps'

const PASSWORD = 'correct horse'

async function signIn(page: Page, name: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('Name').fill(name)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.keyboard.press('Enter')
}

async function chooseFromAccountMenu(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Signed in as ${name}` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('the first administrator can add an operator, who can sign in and work with orders but not change settings', async () => {
  const { window: page, close } = await launchApp()
  try {
    await page.getByRole('banner').getByRole('button', { name: 'Settings' }).click()
    const form = page.getByRole('form', { name: 'First administrator' })
    await form.getByLabel('Name').fill('Ann')
    await form.getByLabel('New password', { exact: true }).fill('short')
    await form.getByLabel('Confirm new password').fill('shorter')
    await form.getByRole('button', { name: 'Create Administrator' }).click()
    await expect(form).toContainText('The two passwords don’t match.')
    await form.getByLabel('New password', { exact: true }).fill(PASSWORD)
    await form.getByLabel('Confirm new password').fill(PASSWORD)
    await form.getByRole('button', { name: 'Create Administrator' }).click()
    await expect(page.getByRole('button', { name: 'Signed in as Ann' })).toBeVisible()

    await page.getByRole('button', { name: 'Add Staff Member' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Otto')
    await dialog.getByLabel('New password', { exact: true }).fill(PASSWORD)
    await dialog.getByLabel('Confirm new password').fill(PASSWORD)
    await dialog.getByRole('button', { name: 'Add Staff Member' }).click()
    await expect(page.getByRole('rowheader', { name: 'Otto' })).toBeVisible()
    await page.getByRole('button', { name: 'Deactivate Ann' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click()
    await expect(page.getByRole('alert')).toContainText('the last administrator')
    await page.keyboard.press('Escape')

    await chooseFromAccountMenu(page, 'Ann', 'Sign Out')
    await expect(page.getByRole('heading', { name: 'Sign in to Ledgerdrop' })).toBeVisible()
    expect(await page.evaluate(() => window.ledgerdrop?.invoke('orders.list', {}))).toMatchObject({ error: { code: 'signed-out' } })
    await signIn(page, 'Otto', 'wrong')
    await expect(page.getByRole('alert')).toContainText('The name or password is wrong.')
    await signIn(page, 'Otto')
    await openOrder(page, 'W2212')
    await page.getByLabel('New Status').selectOption('On Hold')
    await page.getByRole('button', { name: 'Update Status' }).click()
    await expect(page.getByRole('list', { name: 'Timeline' }).or(page.locator('.timeline')).first()).toContainText('Otto')
    expect(await page.evaluate(() => window.ledgerdrop?.invoke('staff.list', {}))).toMatchObject({ error: { code: 'not-allowed' } })
    await page.getByRole('banner').getByRole('button', { name: 'Settings' }).click()
    await expect(page.getByRole('heading', { name: 'Appearance' })).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Staff' })).toHaveCount(0)
  } finally {
    await close()
  }
})

test('a locked window shows nothing and gets no events; after unlocking, the page and typed text are still there', async () => {
  const { app, window: page, close } = await launchApp()
  try {
    await command(page, 'staff.createFirst', { name: 'Ann', password: PASSWORD })
    await openOrder(page, 'W2212')
    await page.getByRole('textbox', { name: 'Comments' }).fill('Half a sentence')
    await page.evaluate(() => {
      const receivedEvents: string[] = []
      Object.assign(window, { receivedEvents })
      window.ledgerdrop?.on('orders.changed', () => receivedEvents.push('orders'))
      window.ledgerdrop?.on('health.changed', () => receivedEvents.push('health'))
    })
    await chooseFromAccountMenu(page, 'Ann', 'Lock')
    await expect(page.getByRole('heading', { name: 'Ledgerdrop is locked' })).toBeVisible()
    await expect(page.getByText('W2212')).toBeHidden()
    // Ignore events from before the lock.
    await page.evaluate(() => (window as unknown as { receivedEvents: string[] }).receivedEvents.splice(0))
    expect(await page.evaluate(() => window.ledgerdrop?.invoke('orders.list', {}))).toMatchObject({ error: { code: 'locked' } })
    // Sync Now in the tray still sends due orders. Events of the run go to the shell, not to the window.
    const result = await app.evaluate(async () => {
      const { engine } = (
        globalThis as unknown as { ledgerdropTest: { engine: { invoke(name: string, input: unknown): Promise<unknown> } } }
      ).ledgerdropTest
      return engine.invoke('sync.runNow', { task: 'Write Order' })
    })
    expect(result).toMatchObject({ ok: true })
    await expect
      .poll(() =>
        app.evaluate(async () => {
          const { engine } = (
            globalThis as unknown as {
              ledgerdropTest: {
                engine: { invoke(name: string, input: unknown): Promise<{ value: { runs: { endedAt: string | null }[] } }> }
              }
            }
          ).ledgerdropTest
          return (await engine.invoke('sync.history', { task: 'Write Order' })).value.runs[0]?.endedAt ?? null
        }),
      )
      .not.toBeNull()
    expect(await page.evaluate(() => (window as unknown as { receivedEvents: string[] }).receivedEvents)).toEqual([])
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('textbox', { name: 'Comments' })).toHaveValue('Half a sentence')
    await expect(page.getByRole('heading', { level: 1, name: 'Order W2212' })).toBeVisible()
  } finally {
    await close()
  }
})

test('without a key store, "Keep me signed in" is disabled and says why', async () => {
  const { window: page, close } = await launchApp()
  try {
    await command(page, 'staff.createFirst', { name: 'Ann', password: PASSWORD })
    await chooseFromAccountMenu(page, 'Ann', 'Sign Out')
    await expect(page.getByRole('heading', { name: 'Sign in to Ledgerdrop' })).toBeVisible()
    const { reason } = await command(page, 'session.whyNotKept', {})
    const box = page.getByRole('checkbox', { name: 'Keep me signed in on this computer' })
    await expect(box).toBeVisible()
    if (reason === null) await expect(box).toBeEnabled()
    else {
      await expect(box).toBeDisabled()
      await expect(page.getByText(reason)).toBeVisible()
    }
    await signIn(page, 'Ann')
    await chooseMenuItem(page, 'Sync', 'Status')
    await expect(page.getByRole('heading', { level: 1, name: 'Sync Status' })).toBeVisible()
  } finally {
    await close()
  }
})
