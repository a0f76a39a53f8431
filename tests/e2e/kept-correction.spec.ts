import { expect, test } from '@playwright/test'
import { launchApp } from './launch'
import { orderNumbered, PreparedWorkspace } from './prepared-workspace'
import { openOrder } from './steps'

test('if the store and a person changed the same field, the order shows the kept correction and the value from the store', async () => {
  const prepared = await PreparedWorkspace.make([{ name: 'Books', profile: 'order-xml' }], async (workspace, engine) => {
    workspace.receive('Books', orderNumbered('W1'))
    await engine.run('Read Orders')
    const { id, revision } = await engine.command('orders.find', { number: 'W1' })
    await engine.command('orders.edit', { orderId: id, revision, reference: 'PO corrected' })
    workspace.receive('Books', orderNumbered('W1', { reference: 'PO from the store', note: 'Ring the bell' }))
    await engine.run('Read Orders')
  })
  const launched = await launchApp({ workspace: prepared.workspace })
  try {
    const page = launched.window
    await openOrder(page, 'W1')
    await expect(page.locator('.notice')).toContainText(
      'Reference: the store changed it to "PO from the store" after it was corrected here.',
    )
    const changes = page.getByRole('table', { name: 'Changes' }).last()
    const kept = changes.getByRole('row', { name: /^Reference/ })
    await expect(kept).toContainText('Kept: PO corrected')
    await expect(kept).toContainText('In the store: PO from the store')
    await expect(changes.getByRole('row', { name: /^Note/ }).locator('ins')).toContainText('Ring the bell')
  } finally {
    await launched.close()
    prepared.remove()
  }
})
