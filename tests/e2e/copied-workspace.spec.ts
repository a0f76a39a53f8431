import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { launchApp } from './launch'
import { orderNumbered, PreparedWorkspace } from './prepared-workspace'
import { chooseMenuItem } from './steps'

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
}

test('a copied workspace asks which copy is the real one, sends nothing until a person answers, and can continue as a copy', async () => {
  const prepared = await PreparedWorkspace.make([{ name: 'Books', profile: 'order-xml' }], async (workspace, engine) => {
    workspace.receive('Books', orderNumbered('W1'))
    await engine.run('Read Orders')
  })
  const dropped = () => readdirSync(prepared.dropFolder('Books')).filter((name) => !name.startsWith('.'))
  const copy = join(prepared.folder, 'copy of the workspace')
  cpSync(prepared.workspace, copy, { recursive: true })
  const launched = await launchApp({ workspace: copy })
  try {
    const page = launched.window
    await chooseMenuItem(page, 'Sync', 'Status')
    const notice = page.getByRole('alert').filter({ hasText: 'This workspace was copied or moved' })
    await expect(notice).toContainText('Nothing is read, sent or deleted until you decide.')
    await expect(notice.getByRole('button', { name: 'Continue Here' })).toBeVisible()
    await expectAccessible(page)
    for (const width of [1280, 900]) {
      await page.setViewportSize({ width, height: 800 })
      await page.screenshot({ path: test.info().outputPath(`status-${width}.png`) })
    }
    expect(dropped()).toEqual([])

    await chooseMenuItem(page, 'Sync', 'Problems')
    const problem = page.getByRole('listitem').filter({ hasText: 'Which copy of this workspace is the real one?' })
    await expect(problem).toBeVisible()
    await page.screenshot({ path: test.info().outputPath('problems.png') })
    await problem.getByRole('button', { name: 'This Is a Copy' }).click()
    const dialog = page.getByRole('dialog', { name: 'This Is a Copy' })
    await expect(dialog).toContainText('Automatic sync is paused')
    await expectAccessible(page)
    await page.screenshot({ path: test.info().outputPath('dialog.png') })
    await dialog.getByRole('button', { name: 'This Is a Copy' }).click()
    await expect(page.getByText('This copy is now a separate workspace. 1 order needs review.')).toBeVisible()
    await expect(problem).toHaveCount(0)
    await chooseMenuItem(page, 'Sync', 'Status')
    await expect(notice).toHaveCount(0)
    expect(dropped()).toEqual([])
  } finally {
    await launched.close()
    prepared.remove()
  }
})
