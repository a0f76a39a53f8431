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

/** A window of 1024 x 700 at that zoom, as a person would have it. */
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

async function switchOn(): Promise<void> {
  await command(page, 'updates.saveSettings', { isOn: true, feedAddress: server.address })
  await expect.poll(async () => (await command(page, 'updates.get', {})).lastLook).not.toBeNull()
}

async function shoot(name: string, locator = section()): Promise<void> {
  if (process.env.LEDGERDROP_SHOTS === undefined) return
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await locator.screenshot({ path: `${process.env.LEDGERDROP_SHOTS}/${name}-${colorScheme}.png`, animations: 'disabled' })
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

test('a newer version is told by a quiet line, once looking is switched on, until "Not now"', async () => {
  await launched.app.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { openedOutside: opened })
    shell.openExternal = async (address) => void opened.push(address)
  })
  await openSettings()
  const isOn = section().getByRole('checkbox', { name: 'Look for new versions once a day' })
  await expect(isOn).not.toBeChecked()
  await expect(section().getByRole('button', { name: 'Look Now' })).toHaveCount(0)
  await shoot('off')

  await isOn.check()
  await section().getByRole('button', { name: 'Save Update Settings' }).click()
  const address = section().getByRole('textbox', { name: 'Feed address' })
  await expect(address).toHaveAccessibleDescription(/There is no feed address to look at/)
  await address.fill('http://downloads.example.com/feed.json')
  await section().getByRole('button', { name: 'Save Update Settings' }).click()
  await expect(address).toHaveAccessibleDescription(/does not begin with https:\/\//)
  await shoot('refused')
  expect(server.requests).toEqual([])

  await address.fill(server.address)
  await section().getByRole('button', { name: 'Save Update Settings' }).click()
  await expect(section()).toContainText('1.2.0, released 1 May 2026')
  await expect(line()).toContainText(`Ledgerdrop 1.2.0 is available (this is ${version}).`)
  await section().getByRole('button', { name: 'Look Now' }).click()
  await expect.poll(() => server.requests.length).toBe(2)
  await expect(section().getByRole('button', { name: 'Look Now' })).toBeEnabled()
  await shoot('newer')
  for (const { headers } of server.requests) {
    expect(headers).toMatchObject({ 'user-agent': `Ledgerdrop/${version}`, 'accept-language': 'en' })
    const known = ['accept', 'accept-encoding', 'accept-language', 'connection', 'host', 'user-agent', 'cache-control', 'pragma']
    expect(Object.keys(headers).filter((name) => !known.includes(name) && !name.startsWith('sec-'))).toEqual([])
  }

  await line().getByRole('button', { name: 'What is new' }).click()
  await expect(line().getByRole('region', { name: 'What is new in 1.2.0' })).toContainText('Orders sort faster.')
  await shoot('line', page.locator('body'))
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await line().getByRole('button', { name: 'Open the page' }).click()
  const opened = () => launched.app.evaluate(() => (globalThis as unknown as { openedOutside: string[] }).openedOutside)
  await expect.poll(opened).toEqual([`${server.origin}/ledgerdrop`])

  await line().getByRole('button', { name: 'Not now' }).click()
  await expect(line()).toHaveCount(0)
  await section().getByRole('button', { name: 'Look Now' }).click()
  await expect.poll(() => server.requests.length).toBe(3)
  await expect(section().getByRole('button', { name: 'Look Now' })).toBeEnabled()
  await expect(line()).toHaveCount(0)
  await page.getByRole('banner').getByRole('button', { name: 'Help' }).click()
  await expect(page.getByRole('region', { name: 'About' })).toContainText(`Ledgerdrop ${version}`)
  await expect(page.getByRole('region', { name: 'About' })).toContainText('Ledgerdrop 1.2.0 is available')
  server.says({ version: '1.3.0' })
  await openSettings()
  await section().getByRole('button', { name: 'Look Now' }).click()
  await expect(line()).toContainText('Ledgerdrop 1.3.0 is available')
})

test('what a feed says is shown as text, fits a small window, and the page that it names elsewhere is not opened', async () => {
  server.says({ version: `1.2.0-${'x'.repeat(50)}`, notes: `<img src=x onerror="document.title='evil'">\n${'word '.repeat(380)}` })
  await switchOn()
  await expect(line()).toBeVisible()
  await line().getByRole('button', { name: 'What is new' }).click()
  await expect(line().getByText('<img src=x')).toBeVisible()
  expect(await page.title()).not.toContain('evil')
  await resize(2)
  const isCut = (box: { x: number; width: number } | null) => box === null || box.x < 0 || box.x + box.width > 512
  for (const part of [line(), line().locator('p').first(), line().getByRole('button', { name: 'Not now' })])
    expect(isCut(await part.boundingBox())).toBe(false)
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeInViewport()
  await shoot('long', page.locator('body'))
  await resize(1)

  server.says({ version: '2.0.0', page: 'https://evil.example/' })
  await openSettings()
  await section().getByRole('button', { name: 'Look Now' }).click()
  await expect(section()).toContainText(`The feed names a page that is not at ${server.origin}`)
  await expect(line()).not.toContainText('2.0.0')
})

test('a look that fails says why in Settings, raises no alarm, and never goes on without end', async () => {
  await switchOn()
  await openSettings()
  const look = async (words: RegExp) => {
    await section().getByRole('button', { name: 'Look Now' }).click()
    await expect(section()).toContainText(words)
    await expect(section().getByRole('button', { name: 'Look Now' })).toBeEnabled()
  }
  server.answer = (response) => void response.writeHead(302, { Location: 'https://evil.example/' }).end()
  await look(/points to another address: https:\/\/evil\.example\//)
  await shoot('failed')
  server.answer = (response) => void response.end('x'.repeat(65 * 1024))
  await look(/sent more than 64 KB/)
  server.answer = (response) => void response.writeHead(404).end()
  await look(/answered with status 404/)
  server.answer = (response) => void response.destroy()
  await look(/could not be reached \(net::ERR_EMPTY_RESPONSE\)/)
  server.answer = (response) => void response.write('{"version": ')
  await section().getByRole('button', { name: 'Look Now' }).click()
  await expect(section()).toContainText('Looking…')
  await expect(section()).toContainText('gave no whole answer within 15 seconds')
  const stranger = await FeedServer.start({ isSecure: true })
  try {
    await section().getByRole('textbox', { name: 'Feed address' }).fill(stranger.address)
    await section().getByRole('button', { name: 'Save Update Settings' }).click()
    await expect(section()).toContainText('did not prove who it is (net::ERR_CERT_AUTHORITY_INVALID)')
    expect(stranger.requests).toEqual([])
  } finally {
    await stranger.stop()
  }
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Sync health' })).not.toContainText('problem')
})

test('an operator sees the line, a viewer does not, and neither sees the settings', async () => {
  await switchOn()
  await command(page, 'staff.createFirst', { name: 'Ann', password: 'correct horse' })
  for (const [name, role] of [
    ['Oscar', 'operator'],
    ['Vera', 'viewer'],
  ] as const) {
    await command(page, 'staff.add', { name, role, password: 'correct horse' })
  }
  for (const [name, isTold] of [
    ['Oscar', true],
    ['Vera', false],
  ] as const) {
    await command(page, 'session.signOut', {})
    await page.getByLabel('Name').fill(name)
    await page.getByRole('textbox', { name: 'Password' }).fill('correct horse')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: `Signed in as ${name}` })).toBeVisible()
    await expect(line()).toHaveCount(isTold ? 1 : 0)
    await page.getByRole('banner').getByRole('button', { name: 'Settings' }).click()
    await expect(page.getByRole('region', { name: 'Appearance' })).toBeVisible()
    await expect(section()).toHaveCount(0)
    await expect(line()).toHaveCount(isTold ? 1 : 0)
  }
})
