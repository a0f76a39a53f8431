import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { FeedServer } from '../support/feed-server'
import { type LaunchedApp, launchApp, projectFolder } from './launch'
import { command } from './steps'

const { version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as { version: string }

let server: FeedServer
let launched: LaunchedApp
let page: Page

test.beforeEach(async () => {
  server = await FeedServer.start()
  launched = await launchApp({ args: ['--no-samples'] })
  page = launched.window
  await resize(1)
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
})

test.afterEach(async () => {
  await launched?.close()
  await server?.stop()
})

const section = () => page.getByRole('region', { name: 'Updates' })
const line = () => page.getByRole('region', { name: 'New version' })

/** Resizes the window to 1024 x 700 at this zoom. */
async function resize(zoom: number): Promise<void> {
  await launched.app.evaluate(({ BrowserWindow }, factor) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.setContentSize(1024, 700)
    window?.webContents.setZoomFactor(factor)
  }, zoom)
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(1024 / zoom)
}

async function openSettings(): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'Settings' }).click()
  await section().scrollIntoViewIfNeeded()
}

async function enableUpdateChecks(): Promise<void> {
  await command(page, 'updates.saveSettings', { isOn: true, feedAddress: server.address })
  await expect.poll(async () => (await command(page, 'updates.get', {})).lastCheck).not.toBeNull()
}

async function takeScreenshots(name: string, locator = section()): Promise<void> {
  if (process.env.LEDGERDROP_SHOTS === undefined) return
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await locator.screenshot({ path: `${process.env.LEDGERDROP_SHOTS}/${name}-${colorScheme}.png`, animations: 'disabled' })
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

test('with update checks on, a line of text announces a new version until Not Now is clicked', async () => {
  await launched.app.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { openedOutside: opened })
    shell.openExternal = async (address) => void opened.push(address)
  })
  await openSettings()
  const checkbox = section().getByRole('checkbox', { name: 'Check for new versions once a day' })
  await expect(checkbox).not.toBeChecked()
  await expect(section().getByRole('button', { name: 'Check Now' })).toHaveCount(0)
  await takeScreenshots('off')

  await checkbox.check()
  await section().getByRole('button', { name: 'Save Update Settings' }).click()
  const address = section().getByRole('textbox', { name: 'Feed address' })
  await expect(address).toHaveAccessibleDescription(/The feed address is missing/)
  await address.fill('http://downloads.example.com/feed.json')
  await section().getByRole('button', { name: 'Save Update Settings' }).click()
  await expect(address).toHaveAccessibleDescription(/does not start with https:\/\//)
  await takeScreenshots('refused')
  expect(server.requests).toEqual([])

  await address.fill(server.address)
  await section().getByRole('button', { name: 'Save Update Settings' }).click()
  await expect(section()).toContainText('1.2.0, released 1 May 2026')
  await expect(line()).toContainText(`Ledgerdrop 1.2.0 is available. You have ${version}.`)
  await section().getByRole('button', { name: 'Check Now' }).click()
  await expect.poll(() => server.requests.length).toBe(2)
  await expect(section().getByRole('button', { name: 'Check Now' })).toBeEnabled()
  await takeScreenshots('newer')
  for (const { headers } of server.requests) {
    expect(headers).toMatchObject({ 'user-agent': `Ledgerdrop/${version}`, 'accept-language': 'en' })
    const known = ['accept', 'accept-encoding', 'accept-language', 'connection', 'host', 'user-agent', 'cache-control', 'pragma']
    expect(Object.keys(headers).filter((name) => !known.includes(name) && !name.startsWith('sec-'))).toEqual([])
  }

  await line().getByRole('button', { name: 'What’s new' }).click()
  await expect(line().getByRole('region', { name: 'What’s new in 1.2.0' })).toContainText('Orders sort faster.')
  await takeScreenshots('line', page.locator('body'))
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await line().getByRole('button', { name: 'Open Page' }).click()
  const opened = () => launched.app.evaluate(() => (globalThis as unknown as { openedOutside: string[] }).openedOutside)
  await expect.poll(opened).toEqual([`${server.origin}/ledgerdrop`])

  await line().getByRole('button', { name: 'Not Now' }).click()
  await expect(line()).toHaveCount(0)
  await section().getByRole('button', { name: 'Check Now' }).click()
  await expect.poll(() => server.requests.length).toBe(3)
  await expect(section().getByRole('button', { name: 'Check Now' })).toBeEnabled()
  await expect(line()).toHaveCount(0)
  await page.getByRole('banner').getByRole('button', { name: 'Help' }).click()
  await expect(page.getByRole('region', { name: 'About' })).toContainText(`Ledgerdrop ${version}`)
  await expect(page.getByRole('region', { name: 'About' })).toContainText('Ledgerdrop 1.2.0 is available')
  server.respondWith({ version: '1.3.0' })
  await openSettings()
  await section().getByRole('button', { name: 'Check Now' }).click()
  await expect(line()).toContainText('Ledgerdrop 1.3.0 is available')
})

test("a feed's text is shown as plain text and fits a small window, and a page on another site is refused", async () => {
  server.respondWith({ version: `1.2.0-${'x'.repeat(50)}`, notes: `<img src=x onerror="document.title='evil'">\n${'word '.repeat(380)}` })
  await enableUpdateChecks()
  await expect(line()).toBeVisible()
  await line().getByRole('button', { name: 'What’s new' }).click()
  await expect(line().getByText('<img src=x')).toBeVisible()
  expect(await page.title()).not.toContain('evil')
  await resize(2)
  const isCut = (box: { x: number; width: number } | null) => box === null || box.x < 0 || box.x + box.width > 512
  for (const part of [line(), line().locator('p').first(), line().getByRole('button', { name: 'Not Now' })])
    expect(isCut(await part.boundingBox())).toBe(false)
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeInViewport()
  await takeScreenshots('long', page.locator('body'))
  await resize(1)

  server.respondWith({ version: '2.0.0', page: 'https://evil.example/' })
  await openSettings()
  await section().getByRole('button', { name: 'Check Now' }).click()
  await expect(section()).toContainText(`The feed links to a page outside ${server.origin}`)
  await expect(line()).not.toContainText('2.0.0')
})

test('a failed update check shows the reason in Settings, is not counted as a sync problem, and always ends', async () => {
  await enableUpdateChecks()
  await openSettings()
  const expectCheckToFail = async (message: RegExp) => {
    await section().getByRole('button', { name: 'Check Now' }).click()
    await expect(section()).toContainText(message)
    await expect(section().getByRole('button', { name: 'Check Now' })).toBeEnabled()
  }
  server.respond = (response) => void response.writeHead(302, { Location: 'https://evil.example/' }).end()
  await expectCheckToFail(/redirects to another address: https:\/\/evil\.example\//)
  await takeScreenshots('failed')
  server.respond = (response) => void response.end('x'.repeat(65 * 1024))
  await expectCheckToFail(/sent more than 64 KB/)
  server.respond = (response) => void response.writeHead(404).end()
  await expectCheckToFail(/answered with status 404/)
  server.respond = (response) => void response.destroy()
  await expectCheckToFail(/could not be reached \(net::ERR_EMPTY_RESPONSE\)/)
  server.respond = (response) => void response.write('{"version": ')
  await section().getByRole('button', { name: 'Check Now' }).click()
  await expect(section()).toContainText('Checking…')
  await expect(section()).toContainText('did not answer completely within 15 seconds')
  const otherServer = await FeedServer.start({ isSecure: true })
  try {
    await section().getByRole('textbox', { name: 'Feed address' }).fill(otherServer.address)
    await section().getByRole('button', { name: 'Save Update Settings' }).click()
    await expect(section()).toContainText('could not be verified (net::ERR_CERT_AUTHORITY_INVALID)')
    expect(otherServer.requests).toEqual([])
  } finally {
    await otherServer.stop()
  }
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Sync health' })).not.toContainText('problem')
})

test('an operator sees the line about a new version, a viewer does not, and neither sees the update settings', async () => {
  await enableUpdateChecks()
  await command(page, 'staff.createFirst', { name: 'Ann', password: 'correct horse' })
  for (const [name, role] of [
    ['Oscar', 'operator'],
    ['Vera', 'viewer'],
  ] as const) {
    await command(page, 'staff.add', { name, role, password: 'correct horse' })
  }
  for (const [name, canSeeLine] of [
    ['Oscar', true],
    ['Vera', false],
  ] as const) {
    await command(page, 'session.signOut', {})
    await page.getByLabel('Name').fill(name)
    await page.getByRole('textbox', { name: 'Password' }).fill('correct horse')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: `Signed in as ${name}` })).toBeVisible()
    await expect(line()).toHaveCount(canSeeLine ? 1 : 0)
    await page.getByRole('banner').getByRole('button', { name: 'Settings' }).click()
    await expect(page.getByRole('region', { name: 'Appearance' })).toBeVisible()
    await expect(section()).toHaveCount(0)
    await expect(line()).toHaveCount(canSeeLine ? 1 : 0)
  }
})
