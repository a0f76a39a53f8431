import { readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { toOrderJson } from '../../src-main/engine/importers/order-json/order-json-format'
import type { ReceivedOrder } from '../../src-shared/order'
import { filesIn, numberedOrder, Office, STORE } from '../support/office'
import { sampleLine } from '../support/orders'
import { wooOrder } from '../unit/src-main/engine/importers/documents'

const rows = async (office: Office) => (await office.command('orders.list', {})).rows
const problems = async (office: Office) => (await office.command('sync.problems', {})).problems
const cancelled = (n: number, overrides: Partial<ReceivedOrder> = {}) => numberedOrder(n, { status: 'Cancelled', ...overrides })

/** Puts a file into an intake folder. It was last modified `minutesAgo` minutes ago. */
function put(office: Office, name: string, minutesAgo: number, text: string, source = STORE): void {
  const path = join(office.intakeFolder(source), name)
  writeFileSync(path, text)
  const at = new Date(office.clock.now().getTime() - minutesAgo * 60_000)
  utimesSync(path, at, at)
}

const putOrder = (office: Office, name: string, minutesAgo: number, order: ReceivedOrder) =>
  put(office, name, minutesAgo, toOrderJson([order]))

async function readAndWrite(office: Office): Promise<void> {
  await office.run('Read Orders')
  await office.run('Write Order')
}

describe('an older copy of an order', () => {
  test.for([
    ['order-1.json', 'order-1 (1).json', 10, 5],
    ['order-1.json', 'order-1 (1).json', 5, 5],
    ['b.json', 'a.json', 10, 5],
  ] as const)(
    'in one folder with a newer, cancelled one is not sent (%s, %s, changed %i and %i minutes ago)',
    async ([older, newer, olderAge, newerAge]) => {
      const office = await Office.open()
      putOrder(office, older, olderAge, numberedOrder(1))
      putOrder(office, newer, newerAge, cancelled(1, { reference: 'PO-NEW' }))
      await readAndWrite(office)
      const order = await office.order('W0001')
      expect(order).toMatchObject({ status: 'Cancelled', syncState: 'waiting', reference: 'PO-NEW', problems: [] })
      expect(order.timeline.at(-1)?.text).toBe(`Updated from ${newer} (Store).`)
      expect(office.dropped()).toEqual([])
    },
  )

  test('that arrives after the newer one is ignored, and the timeline says so once', async () => {
    const office = await Office.open()
    putOrder(office, 'newer.json', 5, cancelled(1))
    await office.run('Read Orders')
    for (const name of ['older.json', 'older-again.json']) {
      putOrder(office, name, 10, numberedOrder(1, { note: 'Ring twice' }))
      await readAndWrite(office)
    }
    const order = await office.order('W0001')
    expect(order).toMatchObject({ status: 'Cancelled', note: numberedOrder(1).note, documentName: 'newer.json' })
    expect(order.timeline.map(({ kind, text }) => [kind, text])).toEqual([
      ['received', expect.anything()],
      [
        'updated',
        'older.json (Store) contains an earlier version of this order. It was ignored, because a newer version was received before.',
      ],
    ])
    expect(office.dropped()).toEqual([])
    expect(office.files(office.intakeFolder())).toEqual([])
  })

  test('that is delivered again with a new date is recognised by its content', async () => {
    const office = await Office.open()
    putOrder(office, 'order.json', 30, numberedOrder(1))
    await office.run('Read Orders')
    putOrder(office, 'order.json', 20, cancelled(1))
    await office.run('Read Orders')
    putOrder(office, 'copied-back.json', 0, numberedOrder(1))
    await readAndWrite(office)
    const order = await office.order('W0001')
    expect(order).toMatchObject({ status: 'Cancelled', problems: [] })
    expect(order.timeline.at(-1)?.text).toMatch(/^copied-back.json \(Store\) contains an earlier version/)
    expect(office.dropped()).toEqual([])
  })

  test("is recognised by the store's own date, whatever the dates of the files are", async () => {
    const office = await Office.open()
    const woo = (status: string, time: string) => JSON.stringify(wooOrder({ status, date_modified_gmt: `2026-04-05T${time}` }))
    put(office, 'a.json', 30, woo('cancelled', '11:00:00'))
    put(office, 'b.json', 5, woo('processing', '10:00:00'))
    await readAndWrite(office)
    expect(await office.order('1003')).toMatchObject({ status: 'Cancelled' })
    put(office, 'c.json', 40, woo('on-hold', '09:00:00'))
    await office.run('Read Orders')
    expect(await office.order('1003')).toMatchObject({ status: 'Cancelled' })
    expect(office.dropped()).toEqual([])
  })

  test('that was read but not moved before a crash does not replace a newer file that arrived in the meantime', async () => {
    const office = await Office.open()
    putOrder(office, 'order.json', 10, numberedOrder(1))
    await office.restart({
      onStep: async (step) => {
        if (step === 'stored') throw new Error('crash')
      },
    })
    await office.run('Read Orders')
    expect(await office.order('W0001')).toMatchObject({ status: 'Pending' })
    expect(office.files(office.intakeFolder())).toEqual(['order.json'])
    putOrder(office, 'a-newer-order.json', 5, cancelled(1))
    await office.restart()
    await readAndWrite(office)
    expect(await office.order('W0001')).toMatchObject({ status: 'Cancelled' })
    expect(office.dropped()).toEqual([])
    expect(office.files(office.intakeFolder())).toEqual([])
  })

  test('with a file date in the future does not block later versions', async () => {
    const office = await Office.open()
    putOrder(office, 'order.json', -100_000, numberedOrder(1))
    await office.run('Read Orders')
    office.clock.advance(600_000)
    putOrder(office, 'order.json', 5, cancelled(1))
    await office.run('Read Orders')
    expect(await office.order('W0001')).toMatchObject({ status: 'Cancelled' })
  })
})

describe('a version with earlier content of the order', () => {
  test("is accepted if the store's date says that it is newer", async () => {
    const office = await Office.open()
    const dated = (time: string, overrides: Partial<ReceivedOrder> = {}) =>
      numberedOrder(1, { modifiedAt: `2026-04-05T${time}.000Z`, ...overrides })
    await office.readOrders(dated('10:00:00'))
    await office.readOrders(dated('11:00:00', { reference: 'B' }))
    expect((await office.readOrders(dated('12:00:00')))[0]).toMatchObject({ reference: 'PO-0001' })
    expect((await office.readOrders(dated('11:30:00', { reference: 'C' })))[0]).toMatchObject({ reference: 'PO-0001' })
  })
})

describe('a cancelled order', () => {
  test('is never set back to Pending by a file: a person sees a problem and decides', async () => {
    const office = await Office.open()
    putOrder(office, 'order.json', 30, cancelled(1))
    await office.run('Read Orders')
    putOrder(office, 'order.json', 20, numberedOrder(1, { reference: 'PO-NEW' }))
    await readAndWrite(office)
    expect(await office.order('W0001')).toMatchObject({ status: 'Cancelled', reference: 'PO-NEW' })
    expect(office.dropped()).toEqual([])
    const { problems: orderProblems, id } = await office.order('W0001')
    expect(orderProblems).toMatchObject([
      { kind: 'changed in store', orderId: id, failure: { code: 'reinstated-in-store' }, actions: ['dismiss'] },
    ])
    expect(await problems(office)).toEqual(orderProblems)
    await office.command('orders.changeStatus', { orderId: id, status: 'Pending' })
    await office.run('Write Order')
    expect(office.dropped()).toHaveLength(1)
  })

  test('cannot return to Pending through another status', async () => {
    const office = await Office.open()
    for (const [age, status] of [
      [30, 'Cancelled'],
      [20, 'On Hold'],
      [10, 'Pending'],
    ] as const) {
      putOrder(office, 'order.json', age, numberedOrder(1, { status }))
      await readAndWrite(office)
    }
    expect(await office.order('W0001')).toMatchObject({ status: 'Cancelled' })
    expect(office.dropped()).toEqual([])
  })

  test('that failed before is no longer a problem', async () => {
    const office = await Office.open()
    putOrder(office, 'order.json', 30, numberedOrder(1, { lines: [] }))
    await readAndWrite(office)
    expect(await office.order('W0001')).toMatchObject({ syncState: 'failed' })
    putOrder(office, 'order.json', 20, cancelled(1))
    await office.run('Read Orders')
    expect(await office.order('W0001')).toMatchObject({ status: 'Cancelled' })
    expect(await problems(office)).toEqual([])
  })

  test('keeps the status that a person has set, and is a problem', async () => {
    const office = await Office.open()
    putOrder(office, 'order.json', 30, numberedOrder(1))
    await office.run('Read Orders')
    const { id } = await office.order('W0001')
    await office.command('orders.changeStatus', { orderId: id, status: 'On Hold' })
    putOrder(office, 'order.json', 20, cancelled(1))
    await office.run('Read Orders')
    expect(await office.order('W0001')).toMatchObject({ status: 'On Hold', problems: [{ failure: { code: 'cancelled-in-store' } }] })
  })
})

describe('two different orders with the same id', () => {
  test.for([
    ['in two files read together', false],
    ['in a separate file, later', true],
  ] as const)('%s: the second is refused with the reason, and the first stays unchanged', async ([, isLater]) => {
    const office = await Office.open()
    putOrder(office, 'shop-1.json', 30, numberedOrder(1))
    if (isLater) await office.run('Read Orders')
    const other = toOrderJson([numberedOrder(1, { number: 'B-77', reference: 'Other shop' }), numberedOrder(2)])
    put(office, 'shop-2.json', 20, other)
    put(office, 'shop-3.json', 10, toOrderJson([numberedOrder(3)]))
    expect(await office.run('Read Orders')).toMatchObject({ outcome: 'some failed', failedCount: 1 })
    expect((await rows(office)).map((row) => row.number)).toEqual(['W0003', 'W0001'])
    expect(await office.order('W0001')).toMatchObject({ reference: 'PO-0001' })
    const [problem] = await problems(office)
    expect(problem).toMatchObject({ kind: 'rejected file', failure: { code: 'id-of-another-order' } })
    expect(problem?.failure.message).toMatch(/B-77 has the id 0001, but Store already sent order W0001 with that id/)
    expect(readFileSync(join(office.intakeFolder(), 'Rejected', 'shop-2.json'), 'utf8')).toBe(other)
    expect(office.query('select fileName from document order by fileName')).toEqual([
      { fileName: 'shop-1.json' },
      { fileName: 'shop-3.json' },
    ])
  })

  test('because a spreadsheet shortened an id: the file with the shortened id is refused with the reason', async () => {
    const office = await Office.open()
    const csv = (id: string, number: string) =>
      `orderId,orderNumber,orderedAt,currency,orderTotal,sku,quantity,unitPrice\n${id},${number},2026-04-03T00:00:00Z,AUD,10.00,A,1,10.00\n`
    office.receiveText('one.csv', csv('5.12346E+12', '1001'))
    office.receiveText('two.csv', csv('5123461234567', '1002'))
    await office.run('Read Orders')
    expect((await rows(office)).map((row) => row.number)).toEqual(['1002'])
    const [problem] = await problems(office)
    expect(problem?.failure).toMatchObject({
      code: 'id-shortened',
      message: expect.stringContaining('"5.12346E+12" is in scientific notation'),
    })
  })
})

describe('one order with two ids', () => {
  test('that differ only in letter case, spaces and width is one order, sent once', async () => {
    const office = await Office.open()
    for (const sourceOrderId of ['web-1', 'WEB-1', 'web-1 ', 'ｗｅｂ-1']) {
      await office.readOrders(numberedOrder(1, { sourceOrderId }))
      await office.run('Write Order')
    }
    expect(await rows(office)).toHaveLength(1)
    expect((await office.order('W0001')).timeline.map(({ kind }) => kind)).toEqual(['received', 'delivery'])
    expect(office.dropped()).toHaveLength(1)
  })

  test('from two sources: the second needs review, and says which order it looks like and when that order was sent', async () => {
    const office = await Office.open()
    await office.addSource('Marketplace', 'Package')
    await office.readOrders(numberedOrder(1))
    await office.run('Write Order')
    const copy = numberedOrder(1, { sourceOrderId: 'M-9', number: ' w0001', customer: { ...numberedOrder(1).customer, code: 'CUST0002' } })
    put(office, 'orders.json', 0, toOrderJson([copy]), 'Marketplace')
    await readAndWrite(office)
    expect(office.dropped()).toHaveLength(1)
    const second = (await rows(office)).find((row) => row.sourceName === 'Marketplace')
    expect(second).toMatchObject({ status: 'Processing', syncState: 'needs review', syncError: { code: 'looks-like-another' } })
    expect(second?.syncError?.message).toMatch(
      /^This may be a duplicate of order W0001 from Store, which was sent on 7 Apr 2026 \d\d:\d\d\. /,
    )
    expect((await problems(office)).map(({ kind }) => kind)).toEqual(['needs review'])
    await office.command('orders.changeStatus', { orderId: second?.id ?? 0, status: 'Pending' })
    await office.run('Write Order')
    expect(office.dropped()).toHaveLength(2)
  })

  test('from two sources at the same time, on the same day, without an email address: the second needs review', async () => {
    const office = await Office.open()
    await office.addSource('Marketplace', 'Package')
    const noEmail = (overrides: Partial<ReceivedOrder>) => {
      const order = numberedOrder(1, overrides)
      return { ...order, customer: { ...order.customer, email: '' }, billTo: { ...order.billTo, email: '' } }
    }
    put(office, 'orders.json', 0, toOrderJson([noEmail({})]))
    put(office, 'orders.json', 0, toOrderJson([noEmail({ orderedAt: '2026-04-03T20:00:00.000Z' })]), 'Marketplace')
    await readAndWrite(office)
    expect(office.dropped()).toHaveLength(1)
    expect((await rows(office)).map((row) => row.syncState).sort()).toEqual(['needs review', 'sent'])
  })

  test('that becomes identical when the second source changes it: the second needs review, the first does not', async () => {
    const office = await Office.open()
    await office.addSource('Marketplace', 'Package')
    const putInMarketplace = (overrides: Partial<ReceivedOrder>) =>
      put(office, 'orders.json', 0, toOrderJson([numberedOrder(1, overrides)]), 'Marketplace')
    putInMarketplace({ lines: [sampleLine()], taxMinor: 350, totalMinor: 3850 })
    await office.run('Read Orders')
    await office.readOrders(numberedOrder(1))
    putInMarketplace({})
    await office.run('Read Orders')
    const states = async () => (await rows(office)).map((row) => `${row.sourceName}: ${row.syncState}`).sort()
    expect(await states()).toEqual(['Marketplace: needs review', 'Store: waiting'])
    await office.readOrders(numberedOrder(1, { orderedAt: '2026-04-03T00:02:00.000Z' }))
    expect(await states()).toEqual(['Marketplace: needs review', 'Store: waiting'])
    await office.run('Write Order')
    expect(office.dropped()).toHaveLength(1)
  })

  test('in one Shopify export with the column Id and in another without: it is sent once', async () => {
    const office = await Office.open()
    const csv = (id: string) =>
      `Name,${id === '' ? '' : 'Id,'}Email,Financial Status,Currency,Subtotal,Taxes,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name\n#1001,${
        id === '' ? '' : `${id},`
      }jane@example.com,paid,AUD,10.00,0.00,10.00,2026-04-03 10:00:00 +1000,1,Hose,10.00,HOSE,Jane\n`
    office.receiveText('with.csv', csv('5123461234567'))
    await office.run('Read Orders')
    office.receiveText('without.csv', csv(''))
    await office.run('Read Orders')
    expect((await rows(office)).map((row) => row.syncState)).toEqual(['needs review', 'waiting'])
  })

  test.for([
    ['the same total', { orderedAt: '2026-02-01T00:00:00.000Z' }, true],
    ['the same customer and day', { lines: [sampleLine()], taxMinor: 350, totalMinor: 3850 }, false],
  ] as const)(
    'does not include two shops with the same order number and %s: both orders are sent',
    async ([, overrides, isOtherCustomer]) => {
      const office = await Office.open()
      await office.addSource('Second shop', 'Package')
      await office.readOrders(numberedOrder(1))
      const order = numberedOrder(1, { ...overrides, lines: [...('lines' in overrides ? overrides.lines : numberedOrder(1).lines)] })
      const other = { ...order, customer: { ...order.customer, email: isOtherCustomer ? 'joe@example.com' : order.customer.email } }
      put(office, 'orders.json', 0, toOrderJson([other]), 'Second shop')
      await readAndWrite(office)
      expect((await rows(office)).map((row) => row.syncState)).toEqual(['sent', 'sent'])
      expect(office.dropped()).toHaveLength(2)
    },
  )
})

describe('an order that the store changes after it was sent', () => {
  async function openWithSentOrder(): Promise<Office> {
    const office = await Office.open()
    putOrder(office, 'order.json', 30, numberedOrder(1))
    await readAndWrite(office)
    return office
  }

  test.for([
    ['cancels', { status: 'Cancelled' }, 'cancelled-after-sending', 'Status in the store: Processing → Cancelled'],
    ['changes', { reference: 'PO-NEW' }, 'changed-after-sending', 'Reference: PO-0001 → PO-NEW'],
    ['partly refunds', { warnings: ['The store has refunded 10.00.'] }, 'changed-after-sending', 'The store has refunded 10.00'],
  ] as const)('(%s) is a problem that says what changed, with a link to the order', async ([, overrides, code, change]) => {
    const office = await openWithSentOrder()
    putOrder(office, 'order.json', 20, numberedOrder(1, overrides as Partial<ReceivedOrder>))
    await office.run('Read Orders')
    const { id, syncState, problems: orderProblems } = await office.order('W0001')
    expect(syncState).toBe('sent')
    expect(await problems(office)).toEqual(orderProblems)
    expect(orderProblems).toMatchObject([{ kind: 'changed in store', orderId: id, actions: ['dismiss'], failure: { code } }])
    expect(orderProblems[0]?.failure.message).toContain(change)
    expect(office.lastEvent('problems.changed')?.counts['changed in store']).toBe(1)
    expect(office.lastEvent('orders.changed')?.rows.map((row) => row.id)).toEqual([id])
    await office.command('sync.resolveProblems', {
      action: 'dismiss',
      selection: { keys: [orderProblems[0]?.key ?? ''] },
      reason: 'Corrected by hand',
    })
    putOrder(office, 'order.json', 10, numberedOrder(1, overrides as Partial<ReceivedOrder>))
    await office.run('Read Orders')
    expect(await office.order('W0001')).toMatchObject({ problems: [] })
    expect(filesIn(office.dropFolder())).toHaveLength(1)
  })

  test('is not a problem if the store only marks it as completed', async () => {
    const office = await openWithSentOrder()
    putOrder(office, 'order.json', 20, numberedOrder(1, { status: 'Completed' }))
    await office.run('Read Orders')
    expect(await problems(office)).toEqual([])
  })

  test('and then changes back is no longer a problem', async () => {
    const office = await Office.open()
    const dated = (minute: number, overrides: Partial<ReceivedOrder> = {}) =>
      numberedOrder(1, { modifiedAt: `2026-04-05T10:0${minute}:00.000Z`, ...overrides })
    await office.readOrders(dated(0))
    await office.run('Write Order')
    await office.readOrders(dated(1, { reference: 'PO-NEW' }))
    expect(await problems(office)).toHaveLength(1)
    await office.readOrders(dated(2))
    expect(await problems(office)).toEqual([])
  })
})
