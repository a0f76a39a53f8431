import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { gzipSync, inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { toOrderJson } from '../../src-main/engine/importers/order-json/order-json-format'
import type { OrderDetails } from '../../src-shared/contract/contract'
import { ManualClock } from '../support/manual-clock'
import { filesIn, numberedOrder, Office, unwritableOrder } from '../support/office'
import { sampleLine } from '../support/orders'
import { measureProcessorMs } from '../support/processor-time'

const rows = async (office: Office) => (await office.command('orders.list', {})).rows
const problems = async (office: Office) => (await office.command('sync.problems', {})).problems
const doneFiles = (office: Office) => filesIn(join(office.intakeFolder(), 'Done'))
const rejectedFiles = (office: Office) => filesIn(join(office.intakeFolder(), 'Rejected'))
const kinds = (order: OrderDetails) => order.timeline.map((entry) => entry.kind)

describe('a file with orders', () => {
  test('is read, kept byte for byte, and moved to Done', async () => {
    const office = await Office.open()
    office.receive('april.json', numberedOrder(1), numberedOrder(2))
    const bytes = readFileSync(join(office.intakeFolder(), 'april.json'))
    const run = await office.run('Read Orders')
    expect(run).toMatchObject({ outcome: 'done', doneCount: 2, failedCount: 0, waitingCount: 0, summary: '2 orders read.' })
    expect(office.files(office.intakeFolder())).toEqual([])
    expect(readFileSync(join(office.intakeFolder(), 'Done', 'april.json'))).toEqual(bytes)
    const [document] = office.query<{ fileName: string; bytes: Buffer }>('select fileName, bytes from document')
    expect(document?.fileName).toBe('april.json')
    expect(inflateSync(document?.bytes ?? '')).toEqual(bytes)
    const order = await office.order('W0001')
    expect(order).toMatchObject({
      status: 'Pending',
      syncState: 'waiting',
      documentName: 'april.json',
      sourceName: 'Store',
      destinationName: 'Package',
    })
    expect(order).toMatchObject({ totalMinor: 10450, taxMinor: 950, customer: { code: 'CUST0001' }, reference: 'PO-0001' })
    expect(order.lines).toEqual(numberedOrder(1).lines)
    expect(kinds(order)).toEqual(['received'])
  })

  test('has its orders shown newest first', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(2), numberedOrder(3), numberedOrder(1))
    expect((await rows(office)).map((row) => row.number)).toEqual(['W0003', 'W0002', 'W0001'])
  })

  test('with the same name as one in Done does not replace it', async () => {
    const office = await Office.open()
    office.receive('orders.json', numberedOrder(1))
    await office.run('Read Orders')
    office.receive('orders.json', numberedOrder(2))
    await office.run('Read Orders')
    expect(doneFiles(office)).toHaveLength(2)
    expect(doneFiles(office).filter((name) => name.endsWith('-orders.json'))).toHaveLength(1)
    expect(readFileSync(join(office.intakeFolder(), 'Done', 'orders.json'), 'utf8')).toBe(toOrderJson([numberedOrder(1)]))
  })

  test('has its orders shown even if the file cannot be moved to Done', async () => {
    const office = await Office.open()
    const done = join(office.intakeFolder(), 'Done')
    if (process.platform === 'win32') writeFileSync(done, 'not a folder')
    else symlinkSync('/nowhere/at/all', done)
    office.receive('orders.json', numberedOrder(1))
    await office.run('Read Orders')
    expect(office.lastEvent('orders.changed')?.rows.map((row) => row.number)).toEqual(['W0001'])
    expect((await problems(office))[0]).toMatchObject({ kind: 'folder' })
    rmSync(join(office.intakeFolder(), 'Done'))
    expect(await office.run('Read Orders')).toMatchObject({ outcome: 'done', doneCount: 0 })
    expect(doneFiles(office)).toEqual(['orders.json'])
    expect(await problems(office)).toEqual([])
    expect(await rows(office)).toHaveLength(1)
  })

  test.for(['good', 'bad'])(
    'that is replaced by a newer file while it is being read: no order is lost (the newer file is %s)',
    async (kind) => {
      const office = await Office.open()
      office.receive('orders.json', numberedOrder(1))
      const newer = join(office.folder, 'newer.json')
      writeFileSync(newer, kind === 'good' ? toOrderJson([numberedOrder(1), numberedOrder(2)]) : '{')
      await office.restart({
        onStep: async (step) => {
          if (step === 'stored' && existsSync(newer)) renameSync(newer, join(office.intakeFolder(), 'orders.json'))
        },
      })
      expect(await office.run('Read Orders')).toMatchObject({ doneCount: 1 })
      expect(await office.run('Read Orders')).toMatchObject(kind === 'good' ? { doneCount: 1 } : { failedCount: 1 })
      expect((await rows(office)).map((row) => row.number)).toEqual(kind === 'good' ? ['W0002', 'W0001'] : ['W0001'])
      expect(office.files(office.intakeFolder())).toEqual([])
    },
  )
})

describe('a file that is still being written', () => {
  test('is left alone until it stops changing', async () => {
    const clock = new ManualClock(undefined, 'wait')
    const office = await Office.open({ clock, settleMs: 1000 })
    const path = join(office.intakeFolder(), 'orders.json')
    const text = toOrderJson([numberedOrder(1)])
    writeFileSync(path, text)
    truncateSync(path, 20)
    const running = office.run('Read Orders')
    await clock.untilAsleep()
    writeFileSync(path, text)
    clock.advance(1000)
    expect(await running).toMatchObject({ outcome: 'done', doneCount: 0, waitingCount: 1, summary: '1 waiting.' })
    expect(await rows(office)).toEqual([])
    expect(await office.run('Read Orders')).toMatchObject({ doneCount: 1 })
  })

  test('with an unchanged size but a newer time is left alone too', async () => {
    const clock = new ManualClock(undefined, 'wait')
    const office = await Office.open({ clock, settleMs: 1000 })
    office.receive('orders.json', numberedOrder(1))
    const running = office.run('Read Orders')
    await clock.untilAsleep()
    const later = new Date(statSync(join(office.intakeFolder(), 'orders.json')).mtimeMs + 1)
    utimesSync(join(office.intakeFolder(), 'orders.json'), later, later)
    clock.advance(1000)
    expect(await running).toMatchObject({ doneCount: 0, waitingCount: 1 })
  })

  test('is left for the next run if it appears during the wait', async () => {
    const clock = new ManualClock(undefined, 'wait')
    const office = await Office.open({ clock, settleMs: 1000 })
    office.receive('first.json', numberedOrder(1))
    const running = office.run('Read Orders')
    await clock.untilAsleep()
    office.receive('second.json', numberedOrder(2))
    clock.advance(1000)
    expect(await running).toMatchObject({ doneCount: 1, waitingCount: 1 })
    expect(await office.run('Read Orders')).toMatchObject({ doneCount: 1 })
  })

  test('does not delay closing the program', async () => {
    const clock = new ManualClock(undefined, 'wait')
    const office = await Office.open({ clock, settleMs: 60_000 })
    office.receive('first.json', numberedOrder(1))
    await office.engine.start()
    await clock.untilAsleep()
    await office.stop()
    await office.start()
    expect(await rows(office)).toEqual([])
    expect(office.files(office.intakeFolder())).toEqual(['first.json'])
  })
})

test('subfolders, hidden files, half-written files and error notes are ignored', async () => {
  const office = await Office.open()
  const text = toOrderJson([numberedOrder(1)])
  const ignored = ['.hidden.json', '~$orders.json', 'orders.json.part', 'orders.tmp', 'orders.crdownload', 'orders.json.error.txt']
  for (const name of ignored) office.receiveText(name, text)
  mkdirSync(join(office.intakeFolder(), 'folder.json'))
  writeFileSync(join(office.intakeFolder(), 'folder.json', 'orders.json'), text)
  expect(await office.run('Read Orders')).toMatchObject({ outcome: 'done', doneCount: 0, waitingCount: 0, summary: 'Nothing to do.' })
  expect(await rows(office)).toEqual([])
  for (const name of ignored) expect(existsSync(join(office.intakeFolder(), name))).toBe(true)
})

describe('the same order again', () => {
  test('unchanged: nothing happens', async () => {
    const office = await Office.open()
    const [before] = await office.readOrders(numberedOrder(1))
    const [after] = await office.readOrders(numberedOrder(1))
    expect(after).toEqual(before)
    expect(office.query('select id from document')).toHaveLength(1)
  })

  test('changed while it waits: updated, with a list of the changes', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    const [order] = await office.readOrders(
      numberedOrder(1, { reference: 'PO-NEW', lines: [sampleLine({ netMinor: 100 })], totalMinor: 2050 }),
    )
    expect(order).toMatchObject({ reference: 'PO-NEW', totalMinor: 2050, documentName: 'orders-1.json', syncState: 'waiting' })
    expect(order?.lines).toHaveLength(1)
    expect(kinds(order as OrderDetails)).toEqual(['received', 'updated'])
    const changes = order?.timeline[1]?.changes
    expect(changes).toContainEqual({ field: 'Reference', before: 'PO-0001', after: 'PO-NEW', isKept: false })
    expect(changes).toContainEqual({ field: 'Total', before: '104.50 AUD', after: '20.50 AUD', isKept: false })
    expect(changes).toContainEqual({ field: 'Line 2, removed', before: '12 × PROD-B Sprinkler head, 60.00 AUD', after: '', isKept: false })
    expect(changes?.filter(({ field }) => field.startsWith('Line 1'))).toEqual([
      { field: 'Line 1, net', before: '25.00 AUD', after: '1.00 AUD', isKept: false },
    ])
    await office.run('Write Order')
    expect(office.dropped().join()).not.toContain('PROD-B')
  })

  test('changed back again: an earlier version is ignored, and the timeline says so', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    await office.readOrders(numberedOrder(1, { reference: 'B' }))
    const [order] = await office.readOrders(numberedOrder(1))
    expect(order).toMatchObject({ reference: 'B' })
    expect(kinds(order as OrderDetails)).toEqual(['received', 'updated', 'updated'])
    expect(order?.timeline.at(-1)?.text).toContain('earlier version')
  })

  test('cancelled in the store while it waits: it is not written', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    const [order] = await office.readOrders(numberedOrder(1, { status: 'Cancelled' }))
    expect(order).toMatchObject({ status: 'Cancelled', syncState: 'waiting' })
    await office.run('Write Order')
    expect(office.dropped()).toEqual([])
  })

  test('changed after a person set its status: the content is updated, the status is not', async () => {
    const office = await Office.open()
    const [order] = await office.readOrders(numberedOrder(1))
    await office.command('orders.changeStatus', { orderId: order?.id ?? 0, status: 'On Hold' })
    const [after] = await office.readOrders(numberedOrder(1, { reference: 'PO-NEW', status: 'Pending' }))
    expect(after).toMatchObject({ status: 'On Hold', reference: 'PO-NEW' })
  })

  test('changed after it failed: corrected, but it stays failed until a person sets it to Pending', async () => {
    const office = await Office.open()
    const [order] = await office.readOrders(unwritableOrder(1))
    await office.run('Write Order')
    const [corrected] = await office.readOrders(numberedOrder(1))
    expect(corrected).toMatchObject({ customer: { code: 'CUST0001' }, syncState: 'failed', status: 'Processing' })
    expect(corrected?.syncError?.code).toBeTruthy()
    await office.run('Write Order')
    expect(office.dropped()).toEqual([])
    await office.command('orders.changeStatus', { orderId: order?.id ?? 0, status: 'Pending' })
    await office.run('Write Order')
    expect(await office.order('W0001')).toMatchObject({ syncState: 'sent', syncError: null })
    expect(office.dropped()[0]).toContain('<customercode>CUST0001</customercode>')
  })

  test('changed after it was sent: recorded, but not updated', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    await office.run('Write Order')
    const [order] = await office.readOrders(numberedOrder(1, { reference: 'PO-NEW', status: 'Pending' }))
    expect(order).toMatchObject({ reference: 'PO-0001', syncState: 'sent', status: 'Processing', documentName: 'orders-0.json' })
    expect(order?.timeline.at(-1)).toMatchObject({ kind: 'updated', text: expect.stringContaining('The order was not changed here') })
    expect(order?.timeline.at(-1)?.changes).toEqual([{ field: 'Reference', before: 'PO-0001', after: 'PO-NEW', isKept: false }])
    const [again] = await office.readOrders(numberedOrder(1, { reference: 'PO-NEW', status: 'Pending' }))
    expect(again?.timeline).toHaveLength(order?.timeline.length ?? 0)
    await office.run('Write Order')
    expect(office.dropped()).toHaveLength(1)
  })

  test('without codes: the codes that a person entered are kept', async () => {
    const office = await Office.open()
    const bare = numberedOrder(1, {
      customer: { ...numberedOrder(1).customer, code: '' },
      lines: [sampleLine({ sku: '' }), sampleLine({ sku: 'B', name: 'Other' })],
    })
    const [order] = await office.readOrders(bare)
    const { id = 0, revision = 0 } = order ?? {}
    await office.command('orders.edit', { orderId: id, revision, customer: { code: 'GIVEN' }, lineCodes: [{ line: 0, sku: 'GIVEN-SKU' }] })
    const [after] = await office.readOrders({ ...bare, note: 'Ring the bell' })
    expect(after).toMatchObject({ note: 'Ring the bell', customer: { code: 'GIVEN' } })
    expect(after?.lines.map((line) => line.sku)).toEqual(['GIVEN-SKU', 'B'])
  })

  test('from two stores with the same ids: two orders', async () => {
    const office = await Office.open()
    await office.addSource('Second store', 'Package')
    await office.readOrders(numberedOrder(1))
    writeFileSync(join(office.intakeFolder('Second store'), 'orders.json'), toOrderJson([numberedOrder(1)]))
    await office.run('Read Orders')
    expect((await rows(office)).map((row) => row.sourceName).sort()).toEqual(['Second store', 'Store'])
  })
})

describe('a file that cannot be read', () => {
  test('goes to Rejected with the reason next to it, and stays on Problems until a person closes the problem', async () => {
    const office = await Office.open()
    office.receiveText('broken.json', '{"format": "ledgerdrop-order", ')
    office.receive('good.json', numberedOrder(1))
    const run = await office.run('Read Orders')
    expect(run).toMatchObject({ outcome: 'some failed', doneCount: 1, failedCount: 1 })
    expect(run.summary).toContain('broken.json')
    expect(rejectedFiles(office)).toEqual(['broken.json', 'broken.json.error.txt'])
    expect(readFileSync(join(office.intakeFolder(), 'Rejected', 'broken.json'), 'utf8')).toBe('{"format": "ledgerdrop-order", ')
    expect(readFileSync(join(office.intakeFolder(), 'Rejected', 'broken.json.error.txt'), 'utf8')).toMatch(/\r\n\r\nWhat to do: .+\r\n$/)
    const [problem] = await problems(office)
    expect(problem).toMatchObject({ kind: 'rejected file', title: 'broken.json from Store was rejected', orderId: null })
    expect(problem?.folder).toBe(join(office.intakeFolder(), 'Rejected'))
    expect(office.lastEvent('problems.changed')?.problems).toHaveLength(1)
    const dismissal = { action: 'dismiss' as const, selection: { keys: [problem?.key ?? ''] }, reason: 'Exported again' }
    expect(await office.command('sync.resolveProblems', dismissal, 'operator')).toEqual({ done: 1, skipped: [] })
    expect(office.lastEvent('problems.changed')?.problems).toEqual([])
    expect(office.lastEvent('health.changed')?.problemCount).toBe(0)
    expect(await office.command('sync.resolveProblems', dismissal)).toMatchObject({
      done: 0,
      skipped: [{ failure: { code: 'problem-gone' }, count: 1 }],
    })
    expect(office.query('select dismissedBy, reason from problem')).toEqual([{ dismissedBy: 'Ann', reason: 'Exported again' }])
  })

  test('with the same name as an earlier one: both are kept, and both are shown', async () => {
    const office = await Office.open()
    for (const text of ['first', 'second']) {
      office.receiveText('broken.json', text)
      await office.run('Read Orders')
    }
    expect(rejectedFiles(office)).toHaveLength(4)
    expect(await problems(office)).toHaveLength(2)
  })

  test('because it is too large is rejected unread', async () => {
    const office = await Office.open()
    office.receiveText('huge.json', '')
    truncateSync(join(office.intakeFolder(), 'huge.json'), 20 * 1024 * 1024 + 1)
    await office.run('Read Orders')
    expect((await problems(office))[0]?.failure).toMatchObject({ code: 'too-large' })
    expect(rejectedFiles(office)).toEqual(['huge.json', 'huge.json.error.txt'])
  })

  test('a 1 GB file, a ZIP bomb and an entity bomb are rejected, and a good order next to them is read in the same run', async () => {
    const office = await Office.open()
    office.receiveText('a-huge.json', '')
    truncateSync(join(office.intakeFolder(), 'a-huge.json'), 1024 ** 3)
    writeFileSync(join(office.intakeFolder(), 'b-bomb.xml'), gzipSync(Buffer.alloc(50_000_000)))
    office.receiveText('c-laughs.xml', '<!DOCTYPE a [<!ENTITY l0 "ha"><!ENTITY l1 "&l0;&l0;">]><a>&l1;</a>')
    office.receive('d-good.json', numberedOrder(1))
    const before = process.memoryUsage().rss
    const { processorMs } = await measureProcessorMs(() => office.run('Read Orders'))
    expect(processorMs).toBeLessThan(10_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 ** 2)
    expect(await rows(office)).toHaveLength(1)
    expect((await problems(office)).map((problem) => problem.failure.code).sort()).toEqual(['has-dtd', 'not-recognised', 'too-large'])
    expect(rejectedFiles(office)).toHaveLength(6)
  })

  test.for([
    { title: 'of almost the maximum length', name: `${'n'.repeat(240)}.json` },
    { title: 'of the maximum length', name: `${'n'.repeat(250)}.json` },
    { title: 'of the maximum length, in Chinese', name: `${'订'.repeat(83)}.json` },
    { title: 'made of emoji', name: `${'🧾'.repeat(62)}.json` },
  ])('with a name $title is still rejected, and the others are read', async ({ name }) => {
    const office = await Office.open()
    for (const text of ['first', 'second']) {
      office.receiveText(name, text)
      office.receive('zz.json', numberedOrder(1))
      await office.run('Read Orders')
    }
    expect(rejectedFiles(office)).toHaveLength(4)
    expect(doneFiles(office)).toHaveLength(2)
    expect(await rows(office)).toHaveLength(1)
    await office.command('sync.resolveProblems', { action: 'dismiss', selection: { filter: {} }, reason: 'Seen' })
    expect(await problems(office)).toEqual([])
  })

  test('two good files with the same name of the maximum length both go to Done', async () => {
    const office = await Office.open()
    const name = `${'n'.repeat(250)}.json`
    for (const n of [1, 2]) {
      office.receive(name, numberedOrder(n))
      expect(await office.run('Read Orders')).toMatchObject({ outcome: 'done', doneCount: 1 })
    }
    expect(doneFiles(office)).toHaveLength(2)
  })
})

describe('an intake folder that cannot be reached', () => {
  test.for([
    ['missing', (folder: string) => renameSync(folder, `${folder}-away`)],
    [
      'replaced by a file',
      (folder: string) => {
        renameSync(folder, `${folder}-away`)
        writeFileSync(folder, '')
      },
    ],
  ] as const)('%s: reported once, with the time it started, and closed automatically when the folder is back', async ([, breakFolder]) => {
    const office = await Office.open()
    await office.addSource('Second store', 'Package')
    writeFileSync(join(office.intakeFolder('Second store'), 'orders.json'), toOrderJson([numberedOrder(2)]))
    const folder = office.intakeFolder()
    breakFolder(folder)
    const since = office.clock.now().toISOString()
    for (let time = 0; time < 3; time++) {
      const run = await office.run('Read Orders')
      expect(run).toMatchObject({ outcome: 'some failed' })
      office.clock.advance(300_000)
    }
    expect(await office.order('W0002')).toMatchObject({ status: 'Pending' })
    const found = await problems(office)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ kind: 'folder', title: 'Files from Store cannot be read', folder, at: since })
    expect(found[0]?.failure.remedy).not.toBe('')
    rmSync(folder, { force: true })
    renameSync(`${folder}-away`, folder)
    office.receive('orders.json', numberedOrder(1))
    expect(await office.run('Read Orders')).toMatchObject({ outcome: 'done', doneCount: 1 })
    expect(await problems(office)).toEqual([])
    expect(office.lastEvent('problems.changed')?.problems).toEqual([])
  })
})

test('a thousand orders in one file are read in one go', async () => {
  const office = await Office.open()
  office.receive('many.json', ...Array.from({ length: 1000 }, (_, index) => numberedOrder(index + 1)))
  expect(await office.run('Read Orders')).toMatchObject({ outcome: 'done', doneCount: 1000 })
  const publishedRows = office.events.flatMap((published) => (published.name === 'orders.changed' ? published.event.rows : []))
  expect(new Set(publishedRows.map((row) => row.id)).size).toBe(1000)
})

test('small files are stored together but handled separately: a bad file, an order that occurs twice, and an unchanged one', async () => {
  const office = await Office.open()
  await office.readOrders(numberedOrder(5))
  office.receive('a.json', numberedOrder(1, { note: 'First' }), numberedOrder(2))
  writeFileSync(join(office.intakeFolder(), 'b.json'), '{"format": "ledgerdrop-order"')
  office.receive('c.json', numberedOrder(1, { note: 'Second' }))
  office.receive('d.json', numberedOrder(5))
  const run = await office.run('Read Orders')
  expect(run).toMatchObject({ doneCount: 3, failedCount: 1 })
  expect(office.files(office.intakeFolder())).toEqual([])
  expect(rejectedFiles(office)).toEqual(['b.json', 'b.json.error.txt'])
  const order = await office.order('W0001')
  expect(order.note).toBe('Second')
  expect(order.timeline.map((entry) => entry.kind)).toEqual(['received', 'updated'])
  expect(office.query('select fileName from document order by fileName')).toMatchObject([
    { fileName: 'a.json' },
    { fileName: 'c.json' },
    {},
  ])
})
