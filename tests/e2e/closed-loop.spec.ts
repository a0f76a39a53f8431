import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { expect, type Locator, type Page, test } from '@playwright/test'
import { type DeliveryRow, type OrderDetails, WHOLE_SYNC } from '../../src-shared/contract/contract'
import { ANSWERED_ORDER, FIXTURE_ANSWER, fixtureDocument } from '../support/fixture-documents'
import { type LaunchedApp, launchApp } from './launch'
import { orderNumbered, PreparedWorkspace } from './prepared-workspace'
import { chooseMenuItem, command, filesIn, isRed, manualRuns, openOrder, orderNumber, orderRow, runsSince, syncNow } from './steps'

/**
 * How many hours before the application starts the orders were written. The tests decide what happens to their files.
 */
const HOURS_SINCE_DROP = 3
const ATTACHE = 'Attaché'
const ATTACHE_XML = 'Attaché XML'
const PLAIN = 'Plain package'
const SLOW = 'Slow package'
const UBL = 'Trading partner'

const ORDERS: Readonly<Record<string, readonly string[]>> = {
  [ATTACHE]: ['CL101', 'CL102', 'CL103', 'CL104', 'CL105'],
  [ATTACHE_XML]: ['CL201', 'CL202', 'CL203'],
  [PLAIN]: ['CL301', 'CL302'],
  [SLOW]: ['CL401'],
  [UBL]: ['CL501', 'CL502'],
}
const NEW_ORDER = 'CL402'

let prepared: PreparedWorkspace
let launched: LaunchedApp
let page: Page

// All tests share one workspace. Each test has its own orders and doesn't depend on the others.
test.beforeAll(async () => {
  const neverOverdue = { overdueMinutes: 100_000 }
  prepared = await PreparedWorkspace.make(
    [
      { name: ATTACHE, profile: 'attache-kfi', policy: neverOverdue },
      { name: ATTACHE_XML, profile: 'attache-xmlkfi', policy: neverOverdue },
      {
        name: PLAIN,
        profile: 'attache-xmlkfi',
        policy: {
          ...neverOverdue,
          answerFolders: null,
          companions: [{ pattern: '{base}.err', verdict: 'rejected' }],
          goneMeans: 'picked up',
        },
      },
      { name: SLOW, profile: 'attache-kfi', policy: { overdueMinutes: 60 } },
      { name: UBL, profile: 'ubl-order', policy: neverOverdue },
    ],
    async (workspace, engine) => {
      // Answers are read only when a test requests it, not while the test is moving files.
      await engine.command('sync.setPaused', { task: 'Read Answers', isPaused: true })
      for (const [name, numbers] of Object.entries(ORDERS)) workspace.receive(name, ...numbers.map((number) => orderNumbered(number)))
      await engine.run('Read Orders', 'Write Order')
      workspace.receive(SLOW, orderNumbered(NEW_ORDER))
    },
    HOURS_SINCE_DROP * 60,
  )
  launched = await launchApp({ workspace: prepared.workspace })
  page = launched.window
  await syncNow(page, 'Read Answers')
})

test.afterAll(async () => {
  await launched?.close()
  prepared?.remove()
})

/** The path of an order's file in a drop folder. */
function droppedFile(destination: string, number: string): string {
  const folder = prepared.dropFolder(destination)
  const names = filesIn(folder).filter((name) => name.includes(number.toLowerCase()))
  expect(names, `files of ${number}`).toHaveLength(1)
  return join(folder, names[0] ?? '')
}

/** The relative paths of all files of an order below a drop folder, except in Ledgerdrop's own folder. */
function allFilesOf(destination: string, number: string): string[] {
  const folder = prepared.dropFolder(destination)
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.includes(number.toLowerCase()))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith('.ledgerdrop'))
    .sort()
}

/** Moves a file to one of the accounting package's folders in one step, as the package does. */
function move(file: string, folder: string): void {
  mkdirSync(join(dirname(file), folder), { recursive: true })
  renameSync(file, join(dirname(file), folder, basename(file)))
}

/** Writes an error text as the accounting package does, in a folder inside the drop folder or next to the file. */
function writeError(file: string, folder: string, content: string | Buffer): void {
  mkdirSync(join(dirname(file), folder), { recursive: true })
  writeFileSync(join(dirname(file), folder, basename(file).replace(/\.\w+$/, '.err')), content)
}

/** Returns the path with the file's own name replaced by NAME. */
function withoutName(path: string, file: string): string {
  return path.replace(basename(file).replace(/\.\w+$/, ''), 'NAME')
}

function deliveries(): Locator {
  return page.getByRole('region', { name: 'Deliveries' }).getByRole('listitem')
}

function detailsOf(number: string): Promise<OrderDetails> {
  return command(page, 'orders.find', { number })
}

async function newestDelivery(number: string): Promise<DeliveryRow> {
  const delivery = (await detailsOf(number)).deliveries.at(-1)
  if (delivery === undefined) throw new Error(`${number} has no delivery`)
  return delivery
}

/** What the screens should show for an order. */
interface Expected {
  /** The label of the sync state. */
  sync: 'Sent' | 'Confirmed' | 'Failed' | 'Needs review'
  /** Texts in the bar at the top of Order Details; null if there is no bar. */
  bar: readonly (string | RegExp)[] | null
  /** The label of the delivery's state, and the evidence for it. */
  delivery: string
  evidence: string | RegExp | null
  /** The answer's text, word for word. */
  answer: string | null
  /** The newest timeline entry about an answer or a review. */
  timeline: string | RegExp | null
}

/**
 * Checks an order on every screen that shows it: View Orders, Order Details, Sync > Problems and the count in the menu.
 */
async function expectShown(number: string, fileName: string, expected: Expected): Promise<void> {
  await chooseMenuItem(page, 'Orders', 'View Orders')
  const row = orderRow(page, number)
  await expect(row).toContainText(expected.sync)
  const notes = { Failed: ', sync failed', 'Needs review': ', needs review', Sent: '', Confirmed: '' }
  await expect(orderNumber(page, number)).toHaveAccessibleName(new RegExp(`^${number} ?${notes[expected.sync]}$`))
  await expect.poll(() => isRed(orderNumber(page, number)), `${number} is red`).toBe(expected.sync === 'Failed')

  await openOrder(page, number)
  const bar = page.getByRole('main').getByRole('alert')
  if (expected.bar === null) await expect(bar).toHaveCount(0)
  else {
    for (const part of expected.bar) await expect(bar).toContainText(part)
    const heading = page.getByRole('heading', { level: 1 })
    const [barBox, headingBox] = [await bar.boundingBox(), await heading.boundingBox()]
    expect(barBox?.y, 'the bar is at the very top').toBeLessThan(headingBox?.y ?? 0)
    expect(await isRed(bar), 'the bar is red').toBe(expected.sync === 'Failed')
  }
  const delivery = deliveries().filter({ hasText: fileName })
  await expect(delivery).toContainText(expected.delivery)
  if (expected.evidence === null) await expect(delivery).toContainText('None yet')
  else await expect(delivery).toContainText(expected.evidence)
  const answer = delivery.getByRole('region', { name: `Answer to ${fileName}` })
  if (expected.answer === null) await expect(answer).toHaveCount(0)
  else expect(await answer.locator('pre').textContent(), 'the answer, word for word').toBe(expected.answer)
  const timeline = page.getByRole('region', { name: 'Timeline' }).getByRole('listitem')
  if (expected.timeline !== null) await expect(timeline.filter({ hasText: expected.timeline })).toHaveCount(1)

  await chooseMenuItem(page, 'Sync', 'Problems')
  const problems = page.getByRole('list', { name: 'Problems' }).getByRole('listitem')
  await expect(problems.first().or(page.getByText('Everything is synced'))).toBeVisible()
  await expect(problems.filter({ has: page.getByRole('heading', { name: `Order ${number}` }) })).toHaveCount(expected.bar === null ? 0 : 1)
  const counted = page.getByRole('banner').locator('.problem-count')
  const count = await problems.count()
  if (count === 0) await expect(counted).toHaveCount(0)
  else await expect(counted).toHaveText(String(count))
}

test('a new file that is still in the drop folder: the order is sent', async () => {
  expect(await syncNow(page, 'Write Order')).toBe('1 order written.')
  const file = droppedFile(SLOW, NEW_ORDER)
  expect(await syncNow(page, 'Read Answers')).toBe('Nothing to do.')
  await expectShown(NEW_ORDER, basename(file), {
    sync: 'Sent',
    bar: null,
    delivery: 'In the drop folder',
    evidence: null,
    answer: null,
    timeline: `Written as ${basename(file)} into ${prepared.dropFolder(SLOW)}.`,
  })
  expect(allFilesOf(SLOW, NEW_ORDER)).toEqual([basename(file)])
})

test('an overdue file in the drop folder: the order needs review until the package takes the file', async () => {
  const file = droppedFile(SLOW, 'CL401')
  const { droppedAt } = await newestDelivery('CL401')
  const since = new Date(droppedAt ?? '').toTimeString().slice(0, 5)
  const notPickedUp = new RegExp(`not picked up since (\\d+ \\w+ \\d+ )?${since}`, 'i')
  await expectShown('CL401', basename(file), {
    sync: 'Needs review',
    bar: ['Needs review: ', notPickedUp, basename(file), `Check that ${SLOW} is running`],
    delivery: 'Overdue: not picked up',
    evidence: null,
    answer: null,
    timeline: notPickedUp,
  })

  move(file, 'Success')
  expect(await syncNow(page, 'Read Answers')).toBe('1 answer read.')
  await expectShown('CL401', basename(file), {
    sync: 'Confirmed',
    bar: null,
    delivery: 'Accepted',
    evidence: 'Found in Success',
    answer: null,
    timeline: `${basename(file)}: accepted. Found in Success.`,
  })
})

/** UTF-16 with a byte order mark, as Windows programs write it. */
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')

const UTF16_ERROR = 'KFI error in row 1\r\n  Customer CUST0001 not on file – “Änderung nötig”\r\n\r\nNothing was imported.'
const ERROR = 'Record locked by JANE\r\nTry later: 100% <b>sure</b> & {base}'

/** The rows of the table in docs/exactly-once.md, "The closed loop", in which the accounting package handles a file. */
const ROWS: readonly (Expected & {
  title: string
  number: string
  destination: string
  act(file: string): void
  /** The order's files afterwards. Ledgerdrop doesn't touch any of them. */
  filesAfter: readonly string[]
})[] = [
  {
    title: 'a file in Success: the order is confirmed',
    number: 'CL101',
    destination: ATTACHE,
    act: (file) => move(file, 'Success'),
    filesAfter: ['Success/NAME.kfi'],
    sync: 'Confirmed',
    bar: null,
    delivery: 'Accepted',
    evidence: 'Found in Success',
    answer: null,
    timeline: 'accepted. Found in Success.',
  },
  {
    title: 'a file in Failure with an error text in UTF-16: the order fails, is red, and shows the text word for word',
    number: 'CL102',
    destination: ATTACHE,
    act: (file) => {
      writeError(file, 'Failure', utf16(UTF16_ERROR))
      move(file, 'Failure')
    },
    filesAfter: ['Failure/NAME.err', 'Failure/NAME.kfi'],
    sync: 'Failed',
    bar: [
      `Sync error: ${ATTACHE} rejected the file: KFI error in row 1 Customer CUST0001 not on file – “Änderung nötig” Nothing was imported.`,
      'Find and fix the cause in the accounting package.',
      'Then set the order to Pending.',
    ],
    delivery: 'Rejected',
    evidence: 'Found in Failure with ',
    answer: UTF16_ERROR,
    timeline: 'rejected. Found in Failure',
  },
  {
    title: 'a file in NotProcessed: the order fails',
    number: 'CL201',
    destination: ATTACHE_XML,
    act: (file) => {
      writeError(file, 'NotProcessed', 'Stock item PROD-A does not exist')
      move(file, 'NotProcessed')
    },
    filesAfter: ['NotProcessed/NAME.err', 'NotProcessed/NAME.kfi'],
    sync: 'Failed',
    bar: ['Sync error: ', 'Stock item PROD-A does not exist'],
    delivery: 'Rejected',
    evidence: 'Found in NotProcessed with ',
    answer: 'Stock item PROD-A does not exist',
    timeline: 'rejected. Found in NotProcessed',
  },
  {
    title: 'an .err next to the file: the order fails',
    number: 'CL301',
    destination: PLAIN,
    act: (file) => writeError(file, '.', ERROR),
    filesAfter: ['NAME.err', 'NAME.kfi'],
    sync: 'Failed',
    bar: ['Sync error: ', 'Record locked by JANE Try later: 100% <b>sure</b> & {base}'],
    delivery: 'Rejected',
    evidence: /Reported by \S+\.err/,
    answer: ERROR,
    timeline: /Reported by \S+\.err\./,
  },
  {
    title: 'a file in Hold: the order needs review',
    number: 'CL103',
    destination: ATTACHE,
    act: (file) => move(file, 'Hold'),
    filesAfter: ['Hold/NAME.kfi'],
    sync: 'Needs review',
    bar: ['Needs review: ', `${ATTACHE} put `, ' on hold. Found in Hold', 'Mark as Imported'],
    delivery: 'On hold in the accounting package',
    evidence: 'Found in Hold',
    answer: null,
    timeline: 'held by the accounting package. Found in Hold.',
  },
  {
    title: 'a file that is gone, without answer folders: it was picked up, and the screen says that this is not a confirmation',
    number: 'CL302',
    destination: PLAIN,
    act: (file) => rmSync(file),
    filesAfter: [],
    sync: 'Sent',
    bar: null,
    delivery: 'Picked up',
    evidence: 'The file was gone from ',
    answer: null,
    timeline: /picked up (\d+ \w+ \d+ )?\d\d:\d\d; this package does not confirm imports/,
  },
]

for (const row of ROWS) {
  test(row.title, async () => {
    const file = droppedFile(row.destination, row.number)
    const bytes = readFileSync(file)
    row.act(file)
    const reviewed = row.sync === 'Needs review' ? ', 1 order needs review' : ''
    expect(await syncNow(page, 'Read Answers')).toBe(`1 answer read${reviewed}.`)
    await expectShown(row.number, basename(file), row)
    expect(allFilesOf(row.destination, row.number).map((path) => withoutName(path, file))).toEqual(row.filesAfter)

    // The archive keeps what was sent, and Preview shows it.
    await openOrder(page, row.number)
    await page.getByRole('button', { name: `Preview ${basename(file)}` }).click()
    const preview = page.getByRole('dialog')
    await expect(preview).toContainText('The exact file that was written')
    expect(await preview.locator('pre').textContent()).toBe(bytes.toString('latin1'))
    await page.keyboard.press('Escape')
    await expect(preview).toHaveCount(0)
  })
}

test('a file that is gone, with answer folders: the order needs review after the wait for an answer', async () => {
  const number = 'CL202'
  const file = droppedFile(ATTACHE_XML, number)
  rmSync(file)
  expect(await syncNow(page, 'Read Answers')).toBe('Nothing to do.')
  await expectShown(number, basename(file), {
    sync: 'Sent',
    bar: null,
    delivery: 'In the drop folder',
    evidence: null,
    answer: null,
    timeline: null,
  })

  await chooseMenuItem(page, 'Orders', 'Sync Settings')
  await page.getByRole('button', { name: `Edit ${ATTACHE_XML}`, exact: true }).click()
  await page.getByLabel('Wait for an answer after the file disappears (minutes)').fill('0')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0)

  expect(await syncNow(page, 'Read Answers')).toBe('1 answer read, 1 order needs review.')
  await expectShown(number, basename(file), {
    sync: 'Needs review',
    bar: ['Needs review: ', `${basename(file)} is gone from the drop folder, but no answer was found.`],
    delivery: 'Disappeared without an answer',
    evidence: 'The file was gone from ',
    answer: null,
    timeline: 'gone, with no answer found. ',
  })
  expect(allFilesOf(ATTACHE_XML, number)).toEqual([])
})

for (const { title, number, change, expected } of [
  {
    title: 'an answer document that accepts the order: it is confirmed',
    number: 'CL501',
    change: (text: string) => text,
    expected: { sync: 'Confirmed', bar: null, delivery: 'Accepted', answer: null, timeline: 'accepted. OrderResponseSimple ' },
  },
  {
    title: 'an answer document that rejects the order: it fails and shows the note word for word',
    number: 'CL502',
    change: (text: string) =>
      text.replace(
        '<cbc:AcceptedIndicator>true</cbc:AcceptedIndicator>',
        '<cbc:AcceptedIndicator>false</cbc:AcceptedIndicator><cbc:RejectionNote>Credit limit of “Citizen” exceeded &lt;by&gt; €10</cbc:RejectionNote>',
      ),
    expected: {
      sync: 'Failed',
      bar: [`Sync error: ${UBL} rejected the file: Credit limit of “Citizen” exceeded <by> €10`],
      delivery: 'Rejected',
      answer: 'Credit limit of “Citizen” exceeded <by> €10',
      timeline: 'rejected. OrderResponseSimple ',
    },
  },
] as const) {
  test(title, async () => {
    const file = droppedFile(UBL, number)
    const text = change(fixtureDocument(FIXTURE_ANSWER).toString().replace(ANSWERED_ORDER, number))
    expect(text).toContain(number)
    const name = `answer-${number.toLowerCase()}.xml`
    const responses = join(prepared.dropFolder(UBL), 'Responses')
    mkdirSync(responses, { recursive: true })
    writeFileSync(join(responses, name), text)

    expect(await syncNow(page, 'Read Answers')).toBe('1 answer read.')
    await expectShown(number, basename(file), { ...expected, evidence: `OrderResponseSimple ${name}` })
    expect(allFilesOf(UBL, number)).toEqual([basename(file), join('Responses', 'Done', name)].sort())
    expect(readFileSync(join(responses, 'Done', name), 'utf8')).toBe(text)
  })
}

test('Send Again for an order that needs review warns with the facts, can be cancelled, sends one more file, and is recorded', async () => {
  const number = 'CL104'
  const file = droppedFile(ATTACHE, number)
  move(file, 'Hold')
  await syncNow(page, 'Read Answers')
  await openOrder(page, number)
  const before = await detailsOf(number)
  const dialog = page.getByRole('dialog', { name: `Send order ${number} again?` })

  await page.getByRole('button', { name: 'Send Again' }).click()
  await expect(dialog).toContainText(`${basename(file)} is held by the accounting package`)
  await expect(dialog).toContainText('Sending this order again may enter it twice in the accounting package.')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toHaveCount(0)
  expect(await detailsOf(number)).toEqual(before)

  // Change Order Status shows the same warning.
  await page.getByLabel('New Status').selectOption('Pending')
  await page.getByRole('button', { name: 'Update Status' }).click()
  await expect(dialog).toContainText(`${basename(file)} is held by the accounting package`)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  expect(await detailsOf(number)).toEqual(before)

  await page.getByRole('button', { name: 'Send Again' }).click()
  await dialog.getByRole('button', { name: 'Send Again' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0)
  const timeline = page.getByRole('region', { name: 'Timeline' })
  await expect(timeline).toContainText('Status changed from Processing to Pending.')
  await expect(timeline).toContainText('Confirmed sending this order again, although it may be entered twice.')
  expect(allFilesOf(ATTACHE, number)).toEqual([join('Hold', basename(file))])

  expect(await syncNow(page, 'Write Order')).toMatch(/^\d orders? written/)
  const second = droppedFile(ATTACHE, number)
  expect(basename(second)).not.toBe(basename(file))
  expect(allFilesOf(ATTACHE, number)).toEqual([basename(second), join('Hold', basename(file))].sort())
  // The first file is still in Hold, so reading answers again changes nothing.
  await syncNow(page, 'Read Answers')
  await openOrder(page, number)
  await expect(deliveries()).toHaveCount(2)
  await expect(deliveries().filter({ hasText: basename(file) })).toContainText('On hold in the accounting package')
  await expect(deliveries().filter({ hasText: basename(second) })).toContainText('In the drop folder')
  await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0)
})

test('Mark as Imported for an order that needs review asks for a reason and records it', async () => {
  const number = 'CL105'
  const file = droppedFile(ATTACHE, number)
  move(file, 'Hold')
  await syncNow(page, 'Read Answers')
  await openOrder(page, number)
  const before = await detailsOf(number)

  await page.getByRole('button', { name: 'Mark as Imported' }).click()
  const dialog = page.getByRole('dialog', { name: `Mark Order ${number} as Imported` })
  await dialog.getByRole('button', { name: 'Mark as Imported' }).click()
  await expect(dialog).toContainText('Enter how you know that the order was imported.')
  expect(await detailsOf(number)).toEqual(before)
  await dialog.getByLabel('Reason').fill('Found as order 20417, posted by Jane')
  await dialog.getByRole('button', { name: 'Mark as Imported' }).click()
  await expect(dialog).toHaveCount(0)

  const entry = page.getByRole('region', { name: 'Timeline' }).getByRole('listitem').filter({ hasText: 'Marked as imported.' })
  await entry.getByText('Details').click()
  await expect(entry).toContainText('Found as order 20417, posted by Jane')
  await expectShown(number, basename(file), {
    sync: 'Confirmed',
    bar: null,
    delivery: 'On hold in the accounting package',
    evidence: 'Found in Hold',
    answer: null,
    timeline: 'Marked as imported.',
  })
  await syncNow(page, 'Write Order')
  expect(allFilesOf(ATTACHE, number)).toEqual([join('Hold', basename(file))])
})

test('an order that failed or needs review is never sent automatically', async () => {
  const number = 'CL203'
  const file = droppedFile(ATTACHE_XML, number)
  const savedCopy = join(prepared.folder, 'taken.xml')
  copyFileSync(file, savedCopy)
  move(file, 'Hold')
  await syncNow(page, 'Read Answers')
  const problemsBefore = await command(page, 'sync.problems', {})
  expect(problemsBefore.problems.length).toBeGreaterThan(0)
  const droppedFiles = () => Object.keys(ORDERS).map((name) => readdirSync(prepared.dropFolder(name), { recursive: true }).sort())
  const before = { files: droppedFiles(), problems: problemsBefore }

  for (let round = 0; round < 2; round += 1) {
    const runs = await manualRuns(page)
    await chooseMenuItem(page, 'Sync', 'Status')
    await page.getByRole('button', { name: 'Sync Everything Now' }).click()
    await runsSince(page, runs, WHOLE_SYNC)
  }
  expect({ files: droppedFiles(), problems: await command(page, 'sync.problems', {}) }).toEqual(before)
})
