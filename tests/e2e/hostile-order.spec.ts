import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { calculatedTotal, type ReceivedOrder } from '../../src-shared/order'
import { PROFILE_NAMES, type ProfileName } from '../../src-shared/profiles/profiles'
import { sampleAddress, sampleCharge, sampleLine, sampleOrder } from '../support/orders'
import { readKfi } from '../support/read-kfi'
import { type ReadElement, readXml } from '../support/read-xml'
import { type LaunchedApp, launchApp } from './launch'
import { PreparedWorkspace } from './prepared-workspace'
import { chooseMenuItem, filesIn, openOrder, orderRow, syncNow } from './steps'

/** An order number for each profile: a path that would leave the drop folder on some operating system. */
const NUMBERS: Readonly<Record<ProfileName, string>> = {
  'attache-kfi': '../../evil',
  'attache-xmlkfi': '..\\..\\evil',
  'ubl-order': '/etc/evil',
  'order-xml': 'C:\\evil:$DATA',
}

const MARKUP = '<b>bold</b><img src="x" onerror="document.title=\'evil\'"><script>document.title="evil"</script>'
const COMMENT = `<F9> ]]> 😀 \u202eright-to-left\u202c &lt;ENTER&gt; ${MARKUP}\r\n`
const NOTE = COMMENT + 'W'.repeat(3000) + ' comment of ten thousand characters'.repeat(300).slice(0, 10_000 - 3000 - COMMENT.length)

function hostileOrder(number: string): ReceivedOrder {
  const lines = [
    sampleLine({ name: `Hose "15 m"\r\n'second' line\t<F9> ${MARKUP}`, note: 'Engraving: ]]> <ESC> “fancy” \u2066iso\u2069 👩‍👩‍👧' }),
    sampleLine({ sku: 'PROD-B', name: `${'Averylongword'.repeat(40)} \u202e${'evil'.repeat(20)}` }),
  ]
  const order = sampleOrder({
    sourceOrderId: number,
    number,
    customer: { code: 'CUST0001', storeId: '1', name: 'N'.repeat(300), company: MARKUP, email: `<F9>@example.com`, phone: '<ENTER>' },
    billTo: sampleAddress({ name: MARKUP, line1: '"; DROP TABLE orders; --', city: '<F4>'.repeat(10) }),
    shipTo: sampleAddress({ name: '\u202eevil', company: `<F9>${MARKUP}` }),
    reference: '<F9>PO]]>',
    note: NOTE,
    lines,
    charges: [sampleCharge({ label: `Freight ${MARKUP}` })],
    taxMinor: 600,
  })
  return { ...order, totalMinor: calculatedTotal(order) }
}

let prepared: PreparedWorkspace
let launched: LaunchedApp
let page: Page
let evilBefore: string[]

test.beforeAll(async () => {
  evilBefore = readdirSync(tmpdir()).filter((name) => name.includes('evil'))
  prepared = await PreparedWorkspace.make(
    PROFILE_NAMES.map((profile) => ({ name: profile, profile })),
    async (workspace) => {
      for (const profile of PROFILE_NAMES) workspace.receive(profile, hostileOrder(NUMBERS[profile]))
    },
  )
  launched = await launchApp({ workspace: prepared.workspace })
  page = launched.window
  expect(await syncNow(page, 'Write Order')).toBe(`${PROFILE_NAMES.length} orders written.`)
})

test.afterAll(async () => {
  await launched?.close()
  prepared?.remove()
})

/** Fails if the screen is wider than the window, text overflows its box, or markup was rendered as elements. */
async function expectNoOverflowOrMarkup(): Promise<void> {
  const found = await page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const isClipped = (element: Element | null): boolean =>
      element !== null && (getComputedStyle(element).overflowX !== 'visible' || isClipped(element.parentElement))
    return {
      title: document.title,
      isWider: document.documentElement.scrollWidth > width || document.body.scrollWidth > width,
      markup: [...document.querySelectorAll('img, b, body script')].map((element) => element.outerHTML),
      overflowing: [...document.querySelectorAll('#root *')]
        .filter((element) => element.getBoundingClientRect().right > width + 1 && !isClipped(element.parentElement))
        .map((element) => `${element.tagName}.${element.className}`),
      // Screens may scroll vertically, but never sideways.
      sideways: [...document.querySelectorAll('.screen, .orders-scroll, .card')]
        .filter((element) => element.scrollWidth > element.clientWidth + 1)
        .map((element) => `${element.className}: ${element.scrollWidth} in ${element.clientWidth}`),
    }
  })
  expect(found).toEqual({ title: expect.stringMatching(/Ledgerdrop$/), isWider: false, markup: [], overflowing: [], sideways: [] })
}

async function heightOf(locator: Locator): Promise<number> {
  return (await locator.boundingBox())?.height ?? 0
}

function takeScreenshot(name: string): Promise<Buffer> {
  return page.screenshot({ path: test.info().outputPath(`${name}.png`), animations: 'disabled' })
}

test('every screen shows the text of a hostile order as plain text', async () => {
  await chooseMenuItem(page, 'Orders', 'View Orders')
  for (const number of Object.values(NUMBERS)) {
    await expect(orderRow(page, number)).toContainText(MARKUP)
    expect(await heightOf(orderRow(page, number))).toBe(44)
  }
  await expectNoOverflowOrMarkup()
  await takeScreenshot('view-orders')

  for (const size of [
    { width: 1280, height: 800, numbers: Object.values(NUMBERS) },
    { width: 900, height: 600, numbers: [NUMBERS['attache-kfi']] },
  ]) {
    await page.setViewportSize(size)
    for (const number of size.numbers) {
      await openOrder(page, number)
      const main = page.getByRole('main')
      for (const text of [MARKUP, '"; DROP TABLE orders; --', '<F9>PO]]>', 'Engraving: ]]> <ESC> “fancy”'])
        await expect(main).toContainText(text)
      await expectNoOverflowOrMarkup()
      await takeScreenshot(`order-${size.width}`)
      const note = main.locator('section').filter({ has: page.getByRole('heading', { name: 'Note from the customer' }) })
      expect(await heightOf(note), 'a long note is collapsed').toBeLessThan(260)
      await note.getByRole('button', { name: 'Show All' }).click()
      expect((await note.locator('bdi').textContent())?.replaceAll('\r\n', '\n')).toBe(NOTE.replaceAll('\r\n', '\n'))
      await expectNoOverflowOrMarkup()
      await page.getByRole('region', { name: 'Deliveries' }).scrollIntoViewIfNeeded()
      for (const summary of await page.getByRole('region', { name: 'Timeline' }).locator('summary').all()) await summary.click()
      await expectNoOverflowOrMarkup()
      await takeScreenshot(`timeline-${size.width}`)
    }
    for (const item of ['Status', 'History', 'Problems']) {
      await chooseMenuItem(page, 'Sync', item)
      await expectNoOverflowOrMarkup()
    }
  }
})

test('the files of a hostile order stay in the drop folders and the archive', () => {
  const listAll = (folder: string) => readdirSync(folder, { recursive: true, withFileTypes: true })
  const evil = listAll(prepared.folder)
    .filter((entry) => entry.name.includes('evil'))
    .map((entry) => relative(prepared.folder, entry.parentPath))
  expect(new Set(evil)).toEqual(
    new Set(evil.filter((folder) => /^(drops\/[a-z-]+|workspace\/archive(\/[\d-]+)*)$/.test(folder.replaceAll('\\', '/')))),
  )
  for (const profile of PROFILE_NAMES) {
    const names = filesIn(prepared.dropFolder(profile))
    expect(names, profile).toHaveLength(1)
    expect(names[0]).toMatch(/^[a-z0-9-]+\.(kfi|xml)$/)
  }
  expect(readdirSync(tmpdir()).filter((name) => name.includes('evil'))).toEqual(evilBefore)
})

function readDroppedFile(profile: ProfileName): Buffer {
  const folder = prepared.dropFolder(profile)
  return readFileSync(join(folder, filesIn(folder)[0] ?? ''))
}

function textsBelow(element: ReadElement): string[] {
  return [element.text, ...Object.values(element.attributes), ...element.children.flatMap(textsBelow)]
}

test('no log file contains the names, addresses or notes of an order', () => {
  const folder = join(prepared.workspace, 'logs')
  const logs = readdirSync(folder).filter((name) => name.endsWith('.log'))
  expect(logs).toEqual(expect.arrayContaining(['engine.log', 'shell.log']))
  for (const name of logs)
    expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(/NNNNN|<b>bold|DROP TABLE|PO\]\]|WWWWW|Averylongword/)
})

test('no value presses a key in the accounting package', () => {
  const rows = readKfi(new TextDecoder('windows-1252').decode(readDroppedFile('attache-kfi')))
  const keys = rows.flat().flatMap((field) => ('keys' in field ? field.keys : []))
  expect(keys).toEqual(['<F9>', '<F4>', '<DOWN>', '<DOWN>', '<DOWN>', '<DOWN>', '<ENTER>'])
  const typed = textsBelow(readXml(readDroppedFile('attache-xmlkfi')))
  expect(typed.filter((text) => /[<>]/.test(text))).toEqual([])
  expect(typed.filter((text) => text.includes('(F9)')).length).toBeGreaterThan(0)
})

test('the XML of a hostile order is well-formed and keeps its values', () => {
  for (const profile of ['ubl-order', 'order-xml'] as const) {
    const texts = textsBelow(readXml(readDroppedFile(profile)))
    expect(texts, profile).toContain(NUMBERS[profile])
    expect(
      texts.some((text) => text.includes('😀') && text.includes(']]>')),
      `${profile}: the comment`,
    ).toBe(true)
  }
})
