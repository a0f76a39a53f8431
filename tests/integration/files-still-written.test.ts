import { appendFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { toOrderJson } from '../../src-main/engine/importers/order-json/order-json-format'
import { ManualClock } from '../support/manual-clock'
import { filesIn, numberedOrder, Office } from '../support/office'

const HEADING = 'orderId,orderNumber,orderedAt,currency,customerCode,orderTotal,sku,quantity,unitPrice\n'
const csvOrder = (n: number) => `${n},W000${n},2026-04-03T00:00:00Z,AUD,CUST0001,10.00,PROD-A,1,10.00\n`
const numbers = async (office: Office) => (await office.command('orders.list', {})).rows.map((row) => row.number).sort()
const problems = async (office: Office) => (await office.command('sync.problems', {})).problems
const inDone = (office: Office) => filesIn(join(office.intakeFolder(), 'Done'))
const inRejected = (office: Office) => filesIn(join(office.intakeFolder(), 'Rejected'))

describe('a CSV file that is still being written', () => {
  test('with pauses of 6 seconds is not read before it is complete', async () => {
    const clock = new ManualClock(undefined, 'wait')
    const office = await Office.open({ clock, settleMs: 1000 })
    const path = join(office.intakeFolder(), 'orders.csv')
    writeFileSync(path, HEADING + csvOrder(1))
    for (const n of [2, 3]) {
      const running = office.run('Read Orders')
      await clock.untilAsleep()
      clock.advance(6000)
      appendFileSync(path, csvOrder(n))
      clock.advance(60_000)
      expect(await running).toMatchObject({ doneCount: 0, waitingCount: 1 })
    }
    expect(await numbers(office)).toEqual([])
    clock.advance(60_000)
    expect(await office.run('Read Orders')).toMatchObject({ doneCount: 3, waitingCount: 0 })
    expect(await numbers(office)).toEqual(['W0001', 'W0002', 'W0003'])
  })

  test('and continues after a long pause: rows written after it moved to Done are read too', async () => {
    const office = await Office.open()
    office.receiveText('orders.csv', HEADING + csvOrder(1))
    await office.run('Read Orders')
    expect(inDone(office)).toEqual(['orders.csv'])
    office.clock.advance(60_000)
    appendFileSync(join(office.intakeFolder(), 'Done', 'orders.csv'), csvOrder(2))
    const run = await office.run('Read Orders')
    expect(run).toMatchObject({ outcome: 'done', doneCount: 1 })
    expect(await numbers(office)).toEqual(['W0001', 'W0002'])
    expect(inDone(office)).toEqual(['orders.csv'])
    const { entries } = await office.command('sync.runLog', { runId: run.id })
    expect(entries.map(({ text }) => text)).toContain(
      'Store: orders.csv was changed after it had been read. It was moved back to the folder and will be read again.',
    )
  })

  test('is moved back even if the program was closed in between and a newer file has its name', async () => {
    const office = await Office.open()
    office.receiveText('orders.csv', HEADING + csvOrder(1))
    await office.run('Read Orders')
    await office.stop()
    appendFileSync(join(office.intakeFolder(), 'Done', 'orders.csv'), csvOrder(2))
    office.receiveText('orders.csv', HEADING + csvOrder(3))
    office.clock.advance(24 * 60 * 60_000)
    await office.start()
    await office.run('Read Orders')
    expect(await numbers(office)).toEqual(['W0001', 'W0002', 'W0003'])
    expect(inDone(office)).toHaveLength(2)
  })

  test('stays in Done if it is changed long after it was read', async () => {
    const office = await Office.open()
    office.receiveText('orders.csv', HEADING + csvOrder(1))
    await office.run('Read Orders')
    office.clock.advance(6 * 60_000)
    await office.run('Read Orders')
    expect(office.query('select * from takenFile')).toEqual([])
    appendFileSync(join(office.intakeFolder(), 'Done', 'orders.csv'), csvOrder(2))
    await office.run('Read Orders')
    expect(await numbers(office)).toEqual(['W0001'])
  })
})

describe('a file that cannot be read', () => {
  test('because it is incomplete is read when it is complete, and the problem closes', async () => {
    const office = await Office.open()
    const text = toOrderJson([numberedOrder(1)])
    office.receiveText('orders.json', text.slice(0, 50))
    await office.run('Read Orders')
    expect(await problems(office)).toHaveLength(1)
    office.clock.advance(60_000)
    appendFileSync(join(office.intakeFolder(), 'Rejected', 'orders.json'), text.slice(50))
    await office.run('Read Orders')
    expect(await numbers(office)).toEqual(['W0001'])
    expect(await problems(office)).toEqual([])
    expect(inRejected(office)).toEqual([])
    expect(inDone(office)).toEqual(['orders.json'])
  })

  test.for(['before the reason is recorded', 'after the reason is recorded'])(
    'and is corrected while it is being rejected (%s) is read after the correction',
    async (when) => {
      const office = await Office.open()
      office.receiveText('orders.json', '{"format": "ledgerdrop-order"')
      let isCorrected = false
      await office.restart({
        onStep: async (step) => {
          if (step !== (when === 'after the reason is recorded' ? 'reason recorded' : 'stored') || isCorrected) return
          isCorrected = true
          office.receive('orders.json', numberedOrder(1))
        },
      })
      // This file is read in the same run and moved before the other one is rejected.
      if (when !== 'after the reason is recorded') office.receive('a.json', numberedOrder(2))
      await office.run('Read Orders')
      expect(isCorrected).toBe(true)
      expect(inRejected(office)).toEqual([])
      expect(filesIn(office.intakeFolder())).toEqual(['orders.json'])
      expect(await problems(office)).toEqual([])
      await office.run('Read Orders')
      expect(await numbers(office)).toContain('W0001')
      expect(inRejected(office)).toEqual([])
    },
  )

  test('is moved only after the reason is next to it and on Sync > Problems, so that a crash loses neither', async () => {
    const office = await Office.open()
    office.receiveText('broken.json', '{')
    const seen: unknown[] = []
    await office.restart({
      onStep: async (step) => {
        if (step !== 'reason recorded') return
        seen.push(filesIn(office.intakeFolder()), inRejected(office), office.query('select kind from problem'))
        throw new Error('crash')
      },
    })
    await office.run('Read Orders')
    expect(seen).toEqual([['broken.json'], ['broken.json.error.txt'], [{ kind: 'rejected file' }]])
    await office.restart()
    await office.run('Read Orders')
    expect(inRejected(office)).toEqual(['broken.json', 'broken.json.error.txt'])
    expect(await problems(office)).toHaveLength(1)
    expect(filesIn(office.intakeFolder())).toEqual([])
  })
})

describe('a changed file with the same size and time', () => {
  const original = toOrderJson([numberedOrder(1)])
  const changed = original.replaceAll('W0001', 'W0002').replaceAll('"0001"', '"0002"')

  const time = new Date('2026-04-07T00:00:00.000Z')

  function write(path: string, text: string): void {
    writeFileSync(path, text)
    utimesSync(path, time, time)
  }

  test('is not moved away unread', async () => {
    const office = await Office.open()
    const path = join(office.intakeFolder(), 'orders.json')
    write(path, original)
    let isReplaced = false
    await office.restart({
      onStep: async (step) => {
        if (step === 'stored' && !isReplaced) write(path, changed)
        isReplaced = true
      },
    })
    await office.run('Read Orders')
    expect(filesIn(office.intakeFolder())).toEqual(['orders.json'])
    await office.run('Read Orders')
    expect(await numbers(office)).toEqual(['W0001', 'W0002'])
  })

  test('counts as still being written', async () => {
    const clock = new ManualClock(undefined, 'wait')
    const office = await Office.open({ clock, settleMs: 1000 })
    const path = join(office.intakeFolder(), 'orders.json')
    write(path, original)
    const running = office.run('Read Orders')
    await clock.untilAsleep()
    write(path, changed)
    clock.advance(1000)
    expect(await running).toMatchObject({ doneCount: 0, waitingCount: 1 })
  })
})

const TEMPORARY_NAMES = [
  ...['.filepart', '.part', '.partial', '.tmp', '.TMP', '.temp', '.crdownload', '.opdownload', '.download', '.upload', '.aria2'],
  ...['.incomplete', '.inprogress', '.lock', '.$$$', '~', '$', '.!ut'],
].map((suffix) => `orders.json${suffix}`)
const ORDER_FILE_NAMES = ['orders.json', '#1001.json', 'parts.json', 'download.json', 'US$ orders.json', 'tmp.json', 'order.txt']

test('files with names that programs use for incomplete files are left alone; all others are read', async () => {
  const office = await Office.open()
  const ignored = [...TEMPORARY_NAMES, '#orders.json#', '~$orders.json', '.orders.json.swp']
  for (const name of ignored) office.receive(name, numberedOrder(99))
  for (const [index, name] of ORDER_FILE_NAMES.entries()) office.receive(name, numberedOrder(index + 1))
  expect(await office.run('Read Orders')).toMatchObject({ doneCount: ORDER_FILE_NAMES.length })
  expect(readdirSync(office.intakeFolder()).sort()).toEqual(['Done', ...ignored].sort())
})

test('files whose long names are shortened to the same name do not replace each other in Done', async () => {
  const office = await Office.open()
  for (const n of [1, 2]) office.receive(`${'n'.repeat(200)}${n}.json`, numberedOrder(n))
  expect(await office.run('Read Orders')).toMatchObject({ outcome: 'done', doneCount: 2 })
  expect(inDone(office)).toHaveLength(2)
  expect(filesIn(office.intakeFolder())).toEqual([])
})

test.skipIf(process.platform !== 'linux')('a file whose name is not UTF-8 is read, and gets a readable name in Done', async () => {
  const office = await Office.open()
  const raw = (text: string) => Buffer.concat([Buffer.from(`${office.intakeFolder()}/`), Buffer.from(text, 'latin1')])
  writeFileSync(raw('Order-Müller.json'), toOrderJson([numberedOrder(1)]))
  writeFileSync(raw('broken-ÿ.json'), '{')
  writeFileSync(join(office.intakeFolder(), 'Order-Müller.json'), toOrderJson([numberedOrder(2)]))
  const run = await office.run('Read Orders')
  expect(run).toMatchObject({ doneCount: 2, failedCount: 1 })
  expect(await numbers(office)).toEqual(['W0001', 'W0002'])
  expect(inDone(office)).toEqual(['Order-Müller.json', '_Order-Müller.json'])
  expect(inRejected(office)).toEqual(['broken-ÿ.json', 'broken-ÿ.json.error.txt'])
  expect(readdirSync(office.intakeFolder(), { encoding: 'buffer' }).map(String).sort()).toEqual(['Done', 'Rejected'])
})

test.skipIf(process.platform === 'win32')('no file is moved back through a link in place of Done', async () => {
  const office = await Office.open()
  office.receive('orders.json', numberedOrder(1))
  await office.run('Read Orders')
  const done = join(office.intakeFolder(), 'Done')
  const away = join(office.folder, 'away')
  renameSync(done, away)
  writeFileSync(join(away, 'orders.json'), 'secret')
  symlinkSync(away, done)
  await office.run('Read Orders')
  expect(readFileSync(join(away, 'orders.json'), 'utf8')).toBe('secret')
  expect(existsSync(join(office.intakeFolder(), 'orders.json'))).toBe(false)
  rmSync(done)
})
