import { expect, type Page, test } from '@playwright/test'
import { launchApp } from './launch'
import { command, follow, openOrder } from './steps'

const PASSWORD = 'correct horse'

async function signIn(page: Page, name: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('Name').fill(name)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
  await page.keyboard.press('Enter')
}

async function chooseMine(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Signed in as ${name}` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

test('an administrator is made, adds an operator, who signs in, is locked out of nothing but settings, and signs out', async () => {
  const { window: page, close } = await launchApp()
  try {
    await page.getByRole('banner').getByRole('button', { name: 'Settings' }).click()
    const form = page.getByRole('form', { name: 'First administrator' })
    await form.getByLabel('Name').fill('Ann')
    await form.getByLabel('New password', { exact: true }).fill('short')
    await form.getByLabel('New password again').fill('shorter')
    await form.getByRole('button', { name: 'Create Administrator' }).click()
    await expect(form).toContainText('The two are not the same.')
    await form.getByLabel('New password', { exact: true }).fill(PASSWORD)
    await form.getByLabel('New password again').fill(PASSWORD)
    await form.getByRole('button', { name: 'Create Administrator' }).click()
    await expect(page.getByRole('button', { name: 'Signed in as Ann' })).toBeVisible()

    await page.getByRole('button', { name: 'Add Staff Member' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('Otto')
    await dialog.getByLabel('New password', { exact: true }).fill(PASSWORD)
    await dialog.getByLabel('New password again').fill(PASSWORD)
    await dialog.getByRole('button', { name: 'Add Staff Member' }).click()
    await expect(page.getByRole('rowheader', { name: 'Otto' })).toBeVisible()
    await page.getByRole('button', { name: 'Deactivate Ann' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click()
    await expect(page.getByRole('alert')).toContainText('the last administrator')
    await page.keyboard.press('Escape')

    await chooseMine(page, 'Ann', 'Sign Out')
    await expect(page.getByRole('heading', { name: 'Sign in to Ledgerdrop' })).toBeVisible()
    expect(await page.evaluate(() => window.ledgerdrop?.invoke('orders.list', {}))).toMatchObject({ error: { code: 'signed-out' } })
    await signIn(page, 'Otto', 'wrong')
    await expect(page.getByRole('alert')).toContainText('The name or the password is not right.')
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

test('a locked window shows nothing, hears nothing, and goes on where it was, with what was typed', async () => {
  const { app, window: page, close } = await launchApp()
  try {
    await command(page, 'staff.createFirst', { name: 'Ann', password: PASSWORD })
    await openOrder(page, 'W2212')
    await page.getByRole('textbox', { name: 'Comments' }).fill('Half a sentence')
    await page.evaluate(() => {
      const heard: string[] = []
      Object.assign(window, { heard })
      window.ledgerdrop?.on('orders.changed', () => heard.push('orders'))
      window.ledgerdrop?.on('health.changed', () => heard.push('health'))
    })
    await chooseMine(page, 'Ann', 'Lock')
    await expect(page.getByRole('heading', { name: 'Ledgerdrop is locked' })).toBeVisible()
    await expect(page.getByText('W2212')).toBeHidden()
    // What was told before it was locked does not count.
    await page.evaluate(() => (window as unknown as { heard: string[] }).heard.splice(0))
    expect(await page.evaluate(() => window.ledgerdrop?.invoke('orders.list', {}))).toMatchObject({ error: { code: 'locked' } })
    // The tray's Sync Now sends what is due all the same; its run is told to the shell, not to the window.
    const runs = await app.evaluate(async () => {
      const { engine } = (
        globalThis as unknown as { ledgerdropTest: { engine: { invoke(name: string, input: unknown): Promise<unknown> } } }
      ).ledgerdropTest
      return engine.invoke('sync.runNow', { task: 'Write Order' })
    })
    expect(runs).toMatchObject({ ok: true })
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
    expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([])
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('textbox', { name: 'Comments' })).toHaveValue('Half a sentence')
    await expect(page.getByRole('heading', { level: 1, name: 'Order W2212' })).toBeVisible()
  } finally {
    await close()
  }
})

test('without a key store "keep me signed in" says why it cannot be ticked', async () => {
  const { window: page, close } = await launchApp()
  try {
    await command(page, 'staff.createFirst', { name: 'Ann', password: PASSWORD })
    await chooseMine(page, 'Ann', 'Sign Out')
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
    await follow(page, 'Sync', 'Status')
    await expect(page.getByRole('heading', { level: 1, name: 'Sync Status' })).toBeVisible()
  } finally {
    await close()
  }
})
