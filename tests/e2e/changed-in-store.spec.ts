import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { launchApp } from './launch'
import { orderNumbered, PreparedWorkspace } from './prepared-workspace'
import { chooseMenuItem, openOrder } from './steps'

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
}

test('an order cancelled in the store after it was sent shows a notice in Order Details and on Sync > Problems until it is dismissed', async () => {
  const prepared = await PreparedWorkspace.make([{ name: 'Books', profile: 'order-xml' }], async (workspace, engine) => {
    workspace.receive('Books', orderNumbered('W1'), orderNumbered('W2'))
    await engine.run('Read Orders', 'Write Order')
    workspace.receive('Books', orderNumbered('W1', { status: 'Cancelled' }), orderNumbered('W2', { reference: 'PO 9', note: '' }))
    await engine.run('Read Orders')
  })
  const launched = await launchApp({ workspace: prepared.workspace })
  try {
    const page = launched.window
    await chooseMenuItem(page, 'Sync', 'Problems')
    const problems = page.getByRole('list', { name: 'Problems' }).getByRole('listitem')
    await expect(problems).toHaveCount(2)
    await expect(page.getByRole('listitem').filter({ hasText: 'Order W2 was changed in the store after it was sent' })).toContainText(
      'Reference: PO W2 → PO 9',
    )

    const cancelled = page.getByRole('listitem').filter({ hasText: 'Order W1 was cancelled in the store after it was sent' })
    await cancelled.getByRole('button', { name: 'Open Order' }).click()
    const notice = page.getByRole('alert').filter({ hasText: 'Status in the store: Processing → Cancelled' })
    await expect(notice).toContainText('Cancel the order in the accounting package')
    await expectAccessible(page)
    await notice.getByRole('button', { name: 'Dismiss' }).click()
    const dialog = page.getByRole('dialog', { name: 'Dismiss' })
    await dialog.getByLabel('Reason').fill('Cancelled there by hand')
    await dialog.getByRole('button', { name: 'Dismiss' }).click()
    await expect(notice).toHaveCount(0)

    await chooseMenuItem(page, 'Sync', 'Problems')
    await expect(problems).toHaveCount(1)
    await openOrder(page, 'W2')
    await expect(page.getByRole('alert').filter({ hasText: 'Reference: PO W2 → PO 9' })).toBeVisible()
  } finally {
    await launched.close()
    prepared.remove()
  }
})
