import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { launchApp } from './launch'
import { orderNumbered, PreparedWorkspace } from './prepared-workspace'
import { follow } from './steps'

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
}

test('a copied workspace that is opened asks which one is real, sends nothing until then, and goes on as a copy', async () => {
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
    await follow(page, 'Sync', 'Status')
    const notice = page.getByRole('alert').filter({ hasText: 'This workspace was copied or moved' })
    await expect(notice).toContainText('Nothing is read, sent or deleted until you have decided.')
    await expect(notice.getByRole('button', { name: 'Continue Here' })).toBeVisible()
    await expectAccessible(page)
    for (const width of [1280, 900]) {
      await page.setViewportSize({ width, height: 800 })
      await page.screenshot({ path: test.info().outputPath(`status-${width}.png`) })
    }
    expect(dropped()).toEqual([])

    await follow(page, 'Sync', 'Problems')
    const problem = page.getByRole('listitem').filter({ hasText: 'Which copy of this workspace is the real one?' })
    await expect(problem).toBeVisible()
    await page.screenshot({ path: test.info().outputPath('problems.png') })
    await problem.getByRole('button', { name: 'This Is a Copy' }).click()
    const dialog = page.getByRole('dialog', { name: 'This Is a Copy' })
    await expect(dialog).toContainText('Automatic sync is paused')
    await expectAccessible(page)
    await page.screenshot({ path: test.info().outputPath('dialog.png') })
    await dialog.getByRole('button', { name: 'This Is a Copy' }).click()
    await expect(page.getByText('This is a workspace of its own now. 1 order needs review.')).toBeVisible()
    await expect(problem).toHaveCount(0)
    await follow(page, 'Sync', 'Status')
    await expect(notice).toHaveCount(0)
    expect(dropped()).toEqual([])
  } finally {
    await launched.close()
    prepared.remove()
  }
})
