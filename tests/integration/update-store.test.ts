import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { OrderStatus } from '../../src-shared/order'
import { STATUS_MEANINGS } from '../../src-shared/stores'
import { ManualClock } from '../support/manual-clock'
import { numberedOrder, Office } from '../support/office'
import { backUp, restore } from '../support/restores'
import { ownNotes, StoreOffice, startStore } from '../support/store-office'
import { temporaryFolder } from '../support/temporary-folder'

const HOUR = 3_600_000
const UPDATE = 'Update Store'

async function setStatus({ office }: StoreOffice, id: number, status: OrderStatus): Promise<void> {
  const { id: orderId } = await office.order(String(id))
  await office.command('orders.changeStatus', { orderId, status, comments: '', notifyCustomer: false, appendComments: false }, 'operator')
}

describe('after a file was written', () => {
  test('the order gets one private note and the meta field, the customer gets no email, and the timeline says so', async () => {
    const shop = await StoreOffice.open({ writeBack: { note: true, mark: 'sent_to_attache' } })
    const [id = 0, other = 0] = await shop.send(2)
    const file = (await shop.office.order(String(id))).deliveries[0]?.fileName ?? ''
    shop.store.control.clearLog()
    expect(await shop.office.run(UPDATE)).toMatchObject({ outcome: 'done', doneCount: 4, summary: '4 updates written.' })
    for (let time = 0; time < 2; time++) expect(await shop.office.run(UPDATE)).toMatchObject({ summary: 'Nothing to do.' })
    expect(ownNotes(shop.store, id)).toEqual([
      {
        text: expect.stringMatching(/^Sent to Package on \d.*\d{4} \d\d:\d\d, file .+ \[Ledgerdrop [\da-f]{8}-\d+\]$/),
        isForCustomer: false,
      },
    ])
    expect(ownNotes(shop.store, id)[0]?.text).toContain(`file ${file}.`)
    expect(ownNotes(shop.store, other)).toHaveLength(1)
    expect(shop.store.control.order(id).meta_data).toContainEqual(
      expect.objectContaining({ key: 'sent_to_attache', value: expect.stringMatching(/^\d{4}-.*Z$/) }),
    )
    expect(shop.store.control.customerEmailsByRequests()).toEqual([])
    expect(await shop.timeline(id)).toEqual([
      expect.stringMatching(/^Note added in Web Shop: Sent to /),
      'Marked as sent in Web Shop (sent_to_attache).',
    ])
  })

  test('reading the store afterwards changes nothing here, although every write changed the order’s date', async () => {
    const shop = await StoreOffice.open({ writeBack: { note: true, mark: 'sent_to_attache' } })
    const [id = 0] = await shop.send(1)
    await shop.office.run(UPDATE)
    const before = await shop.office.order(String(id))
    for (let time = 0; time < 2; time++) expect(await shop.office.run('Read Orders')).toMatchObject({ doneCount: 0 })
    expect((await shop.office.order(String(id))).timeline).toEqual(before.timeline)
    expect(await shop.problems()).toEqual([])
    expect(await shop.office.run('Write Order')).toMatchObject({ doneCount: 0 })
  })

  test('an order that is sent again gets a second note, about the second file', async () => {
    const shop = await StoreOffice.open({ writeBack: { note: true } })
    const [id = 0] = await shop.send(1)
    await shop.office.run(UPDATE)
    const { id: orderId } = await shop.office.order(String(id))
    const resend = { orderId, status: 'Pending', comments: '', confirmResend: true, notifyCustomer: false, appendComments: false } as const
    await shop.office.command('orders.changeStatus', resend)
    await shop.office.run('Write Order')
    await shop.office.run(UPDATE)
    const texts = ownNotes(shop.store, id).map(({ text }) => text)
    expect(new Set(texts.map((text) => /file (\S+)\./.exec(text)?.[1])).size).toBe(2)
    expect(texts).toHaveLength(2)
  })
})

describe('with everything off', () => {
  test('nothing is queued and nothing is requested', async () => {
    const shop = await StoreOffice.open()
    const [id = 0] = await shop.send(1)
    await setStatus(shop, id, 'Dispatched')
    shop.store.control.clearLog()
    expect(await shop.office.run(UPDATE)).toMatchObject({ outcome: 'done', summary: 'Nothing to do.' })
    expect(shop.store.control.log().requests).toEqual([])
    expect(shop.office.query('select * from storeUpdate')).toEqual([])
  })

  test('orders from folders are never queued, even if a store is written back to', async () => {
    const shop = await StoreOffice.open({ writeBack: { note: true, mark: 'sent', statuses: { Completed: 'completed' }, tracking: true } })
    const [order] = await shop.office.readOrders(numberedOrder(1))
    await shop.office.run('Write Order')
    await shop.office.command('orders.changeStatus', {
      orderId: order?.id ?? 0,
      status: 'Completed',
      comments: '',
      notifyCustomer: false,
      appendComments: false,
    })
    expect(shop.office.query('select * from storeUpdate')).toEqual([])
    const tracking = { orderId: order?.id ?? 0, number: 'A1' }
    expect(await shop.office.refusal('stores.setTracking', tracking)).toMatchObject({ code: 'store-missing' })
    expect(await shop.office.order('W0001')).toMatchObject({ canSetTracking: false, tracking: null })
  })
})

const MAPPED = [
  { orderStatus: 'Dispatched', status: 'completed' },
  { orderStatus: 'Completed', status: 'completed' },
  { orderStatus: 'Completed', status: 'on-hold' },
  { orderStatus: 'Cancelled', status: 'cancelled' },
  { orderStatus: 'Cancelled', status: 'failed' },
] as const
const CASES = MAPPED.flatMap((mapped) => STATUS_MEANINGS.map((meaning) => ({ ...mapped, meaning })))

/** Has the next Read Orders get every recent order again, whatever its date, as once a day. */
function rereadAll({ office }: StoreOffice): void {
  office.tamper('update store set rereadAt = null')
}

describe('a status that was written back is recognised when it comes back', () => {
  test.for(CASES)('$orderStatus as $status, which means $meaning', async ({ orderStatus, status, meaning }) => {
    const shop = await StoreOffice.open({ writeBack: { statuses: { [orderStatus]: status } }, statuses: { [status]: meaning } })
    const [sent = 0] = await shop.send(1)
    const [unsent = 0] = await shop.receive(1)
    const details = () => Promise.all([sent, unsent].map((id) => shop.office.order(String(id))))
    for (const id of [sent, unsent]) await setStatus(shop, id, orderStatus)
    await shop.office.run(UPDATE)
    for (const id of [sent, unsent]) expect(shop.store.control.order(id).status).toBe(status)
    const before = await details()
    expect(before.map((order) => order.status)).toEqual([orderStatus, orderStatus])
    for (let time = 0; time < 3; time++) {
      if (time === 2) rereadAll(shop)
      await shop.office.run('Read Orders')
    }
    expect(await details()).toEqual(before)
    expect(await shop.problems()).toEqual([])
    expect(await shop.office.run('Write Order')).toMatchObject({ doneCount: 0 })

    const changed = status === 'cancelled' ? 'failed' : 'cancelled'
    for (const id of [sent, unsent]) shop.store.control.setStatus(id, changed)
    await shop.office.run('Read Orders')
    expect((await details()).map((order) => order.status)).toEqual([orderStatus, orderStatus])
    const codes = (await shop.problems()).map(({ failure }) => failure.code).sort()
    const news = orderStatus === 'Cancelled' ? [] : ['cancelled-after-sending', 'cancelled-in-store']
    expect(codes, 'a change that the store made itself is still reported').toEqual(news)
  })

  test('before the answer arrived, too', async () => {
    const shop = await StoreOffice.open({ writeBack: { statuses: { Dispatched: 'completed' } }, statuses: { completed: 'Cancelled' } })
    const [id = 0] = await shop.send(1)
    await setStatus(shop, id, 'Dispatched')
    shop.store.control.addFault({ kind: 'closed' }, { method: 'PUT', isCarriedOut: true, times: null })
    expect(await shop.office.run(UPDATE)).toMatchObject({ outcome: 'some failed', doneCount: 0, waitingCount: 1 })
    await shop.office.run('Read Orders')
    expect((await shop.problems()).map(({ failure }) => failure.code)).not.toContain('cancelled-after-sending')
    shop.store.control.clearFaults()
    expect(await shop.office.run(UPDATE)).toMatchObject({ outcome: 'done', doneCount: 1 })
    expect(await shop.problems()).toEqual([])
    expect(shop.store.control.customerEmailsByRequests()).toHaveLength(1)
  })

  test('an edit in the store together with it is reported, without the status', async () => {
    const shop = await StoreOffice.open({ writeBack: { statuses: { Dispatched: 'completed' } }, statuses: { completed: 'On Hold' } })
    const [id = 0] = await shop.send(1)
    await setStatus(shop, id, 'Dispatched')
    await shop.office.run(UPDATE)
    shop.store.control.changeOrder(id, { customerNote: 'Leave it at the gate' })
    for (let time = 0; time < 2; time++) await shop.office.run('Read Orders')
    const [problem, ...others] = await shop.problems()
    expect(others).toEqual([])
    expect(problem?.failure).toMatchObject({ code: 'changed-after-sending', message: expect.stringContaining('Leave it at the gate') })
    expect(problem?.failure.message).not.toContain('On Hold')
    const { timeline } = await shop.office.order(String(id))
    expect(timeline.filter(({ kind }) => kind === 'updated')).toHaveLength(1)
    // Another status here is not another change there.
    await setStatus(shop, id, 'Completed')
    rereadAll(shop)
    await shop.office.run('Read Orders')
    expect((await shop.office.order(String(id))).timeline.filter(({ kind }) => kind === 'updated')).toHaveLength(1)
  })

  test('a status that only Ledgerdrop writes is not a status to decide about', async () => {
    const shop = await StoreOffice.open({ writeBack: { statuses: { Completed: 'failed' } } })
    shop.office.tamper(`update store set connection = json_remove(connection, '$.statuses.failed')`)
    const [id = 0] = await shop.send(1)
    await setStatus(shop, id, 'Completed')
    await shop.office.run(UPDATE)
    await shop.office.run('Read Orders')
    expect(await shop.problems()).toEqual([])
    const [other = 0] = shop.store.control.addOrders([{ status: 'failed' }])
    await shop.office.run('Read Orders')
    expect(other).toBeGreaterThan(0)
    expect(await shop.problems()).toMatchObject([{ failure: { code: 'store-status-unknown' } }])
  })
})

describe('the store emails the customer', () => {
  test('once when the status becomes completed, and not again', async () => {
    const shop = await StoreOffice.open({ writeBack: { statuses: { Dispatched: 'completed', Completed: 'completed' } } })
    const [id = 0] = await shop.send(1)
    await setStatus(shop, id, 'Dispatched')
    await shop.office.run(UPDATE)
    await setStatus(shop, id, 'Completed')
    expect(await shop.office.run(UPDATE)).toMatchObject({ doneCount: 1 })
    expect(shop.store.control.customerEmailsByRequests()).toMatchObject([{ orderId: id, name: 'Completed order' }])
    expect(await shop.timeline(id)).toEqual([
      'Status set to completed in Web Shop.',
      'Status set to completed in Web Shop. It was there already, so nothing was written.',
    ])
  })

  test('a status that was corrected before it was written is not written', async () => {
    const shop = await StoreOffice.open({ writeBack: { statuses: { Completed: 'completed', Cancelled: 'cancelled' } } })
    const [id = 0] = await shop.send(1)
    await setStatus(shop, id, 'Completed')
    await setStatus(shop, id, 'Cancelled')
    await shop.office.run(UPDATE)
    expect(shop.store.control.order(id).status).toBe('cancelled')
    expect(shop.store.control.customerEmailsByRequests()).toEqual([])
  })

  test('an order that the store has cancelled is not completed there', async () => {
    const shop = await StoreOffice.open({ writeBack: { statuses: { Completed: 'completed' } } })
    const [id = 0] = await shop.send(1)
    shop.store.control.setStatus(id, 'cancelled')
    await setStatus(shop, id, 'Completed')
    expect(await shop.office.run(UPDATE)).toMatchObject({ outcome: 'some failed', failedCount: 1 })
    expect(shop.writes()).toEqual([])
    expect(shop.store.control.order(id).status).toBe('cancelled')
    expect(await shop.problems()).toMatchObject([{ kind: 'store', failure: { code: 'store-refused' }, orderId: expect.any(Number) }])
  })

  test('with a tracking number, once', async () => {
    const shop = await StoreOffice.open({ writeBack: { tracking: true } })
    const [id = 0] = await shop.send(1)
    const { id: orderId } = await shop.office.order(String(id))
    const tracking = { orderId, number: 'ABC 123', carrier: 'Australia Post' }
    expect(await shop.office.command('stores.setTracking', tracking, 'operator')).toMatchObject({
      canSetTracking: true,
      tracking: { number: 'ABC 123', carrier: 'Australia Post', state: 'queued' },
    })
    expect(await shop.office.refusal('stores.setTracking', tracking)).toMatchObject({ code: 'nothing-to-change' })
    for (let time = 0; time < 2; time++) await shop.office.run(UPDATE)
    expect(ownNotes(shop.store, id)).toEqual([
      { text: expect.stringMatching(/^Tracking number: ABC 123 \(Australia Post\) \[Ledgerdrop /), isForCustomer: true },
    ])
    expect(shop.store.control.customerEmailsByRequests()).toMatchObject([{ orderId: id, name: 'Customer note' }])
    expect(await shop.office.order(String(id))).toMatchObject({ tracking: { state: 'done' } })
    const { timeline } = await shop.office.order(String(id))
    expect(timeline.filter(({ kind }) => kind === 'store').map(({ actor, text }) => [actor, text])).toEqual([
      ['Ann', 'Tracking number ABC 123 (Australia Post) entered. Web Shop gets it at the next Update Store.'],
      ['Sync', 'Tracking number ABC 123 sent to Web Shop.'],
    ])
    await shop.save({})
    expect(await shop.office.refusal('stores.setTracking', { orderId, number: 'B2' })).toMatchObject({ code: 'store-tracking-off' })
  })

  test.for([{ number: '<b>1</b>' }, { number: '1\n2' }, { number: '' }, { number: '1', carrier: 'a\u202eb' }])(
    'a tracking number cannot contain markup: %o',
    async (input) => {
      const shop = await StoreOffice.open({ writeBack: { tracking: true } })
      await shop.receive(1)
      expect(await shop.office.refusal('stores.setTracking', { orderId: 1, ...input })).toMatchObject({ code: 'bad-input' })
    },
  )
})

describe('when the store cannot be written to', () => {
  test('a key without the right to write fails every update at once, and a new key makes up for it', async () => {
    const shop = await StoreOffice.open({ writeBack: { note: true } })
    await shop.save({ note: true }, {}, shop.store.control.addKey('read'))
    const ids = await shop.send(6)
    expect(await shop.office.run(UPDATE)).toMatchObject({ outcome: 'some failed', failedCount: 6 })
    expect(shop.writes().length).toBeLessThanOrEqual(4)
    const [problem, ...others] = await shop.problems()
    expect(others).toEqual([])
    expect(problem).toMatchObject({ kind: 'store', title: 'Nothing can be written to Web Shop', failure: { code: 'store-key-rights' } })
    expect(problem?.failure.remedy).toContain('Read/Write')
    for (const id of ids) expect(await shop.timeline(id)).toEqual([expect.stringContaining('does not have write permissions')])
    await shop.save({ note: true })
    expect(await shop.problems()).toEqual([])
    expect(await shop.office.run(UPDATE)).toMatchObject({ outcome: 'done', doneCount: 6 })
    for (const id of ids) expect(ownNotes(shop.store, id)).toHaveLength(1)
  })

  test('Try Again and Dismiss work for the key', async () => {
    const shop = await StoreOffice.open({ writeBack: { note: true } })
    const readOnly = shop.store.control.addKey('read')
    await shop.save({ note: true }, {}, readOnly)
    await shop.send(2)
    await shop.office.run(UPDATE)
    const [problem] = await shop.problems()
    const selection = { keys: [problem?.key ?? ''] }
    await shop.office.command('sync.resolveProblems', { action: 'retry', selection })
    expect(await shop.office.run(UPDATE)).toMatchObject({ failedCount: 2 })
    await shop.office.command('sync.resolveProblems', { action: 'dismiss', selection, reason: 'Not needed' })
    expect(await shop.problems()).toEqual([])
    await shop.save({ note: true })
    expect(await shop.office.run(UPDATE)).toMatchObject({ summary: 'Nothing to do.' })
    expect(shop.office.query('select distinct state from storeUpdate')).toEqual([{ state: 'dropped' }])
  })

  test('an order that is gone fails at once and does not hold up the others; Try Again and Dismiss work', async () => {
    const shop = await StoreOffice.open({ writeBack: { note: true } })
    const [gone = 0, kept = 0] = await shop.send(2)
    shop.store.control.deleteOrder(gone)
    expect(await shop.office.run(UPDATE)).toMatchObject({ outcome: 'some failed', doneCount: 1, failedCount: 1 })
    expect(ownNotes(shop.store, kept)).toHaveLength(1)
    const { id: orderId } = await shop.office.order(String(gone))
    const [problem] = await shop.problems()
    expect(problem).toMatchObject({ kind: 'store', orderId, failure: { code: 'order-not-in-store' }, actions: ['retry', 'dismiss'] })
    const selection = { keys: [problem?.key ?? ''] }
    expect(await shop.office.command('sync.resolveProblems', { action: 'retry', selection })).toMatchObject({ done: 1 })
    expect(await shop.problems()).toEqual([])
    expect(await shop.office.run(UPDATE)).toMatchObject({ failedCount: 1 })
    expect(await shop.office.command('sync.resolveProblems', { action: 'dismiss', selection, reason: 'Deleted' })).toMatchObject({
      done: 1,
    })
    expect(await shop.problems()).toEqual([])
    expect(await shop.office.run(UPDATE)).toMatchObject({ summary: 'Nothing to do.' })
    expect((await shop.timeline(gone)).at(-1)).toContain('because the problem was dismissed')
  })

  test('an answer that was lost after the note was added leads to no second note', async () => {
    const shop = await StoreOffice.open({ writeBack: { note: true } })
    const [id = 0] = await shop.send(1)
    shop.store.control.addFault({ kind: 'closed' }, { method: 'POST', isCarriedOut: true })
    expect(await shop.office.run(UPDATE)).toMatchObject({ outcome: 'some failed', waitingCount: 1 })
    expect(await shop.office.run(UPDATE)).toMatchObject({ outcome: 'done', doneCount: 1 })
    expect(ownNotes(shop.store, id)).toHaveLength(1)
    expect(shop.writes()).toHaveLength(1)
  })

  test('one store that is down is reported once, pauses longer each time, and holds up no other; the problem goes away by itself', async () => {
    const shop = await StoreOffice.open({ writeBack: { note: true } })
    const other = await startStore()
    await shop.office.addStore('Other Shop', other, { writeBack: { note: true, mark: '', statuses: {}, tracking: false } })
    const [id = 0] = shop.store.control.addOrders(1)
    const [otherId = 0] = other.control.addOrders([{ id: id + 1000 }])
    await shop.office.run('Read Orders')
    await shop.office.run('Write Order')
    shop.store.control.addFault({ kind: 'status', status: 503 }, { times: null })
    expect(await shop.office.run(UPDATE)).toMatchObject({ outcome: 'some failed', doneCount: 1, waitingCount: 1, failedCount: 0 })
    expect(ownNotes(other, otherId)).toHaveLength(1)
    expect(await shop.problems()).toMatchObject([{ title: 'Nothing can be written to Web Shop', failure: { code: 'store-busy' } }])
    const requests = () => shop.store.control.log().requests.length
    const before = requests()
    await shop.office.run(UPDATE, 'schedule')
    expect(requests(), 'it pauses').toBe(before)
    const pauses = []
    for (let time = 0; time < 20; time++) {
      shop.office.clock.advance(HOUR)
      await shop.office.run(UPDATE, 'schedule')
      const [row] = shop.office.query<{ nextUpdateAt: string }>('select nextUpdateAt from store order by sourceId limit 1')
      pauses.push((Date.parse(row?.nextUpdateAt ?? '') - shop.office.clock.now().getTime()) / 60_000)
    }
    expect(Math.max(...pauses)).toBeLessThanOrEqual(15)
    expect(pauses.at(-1)).toBeGreaterThan(10)
    expect(await shop.problems()).toHaveLength(1)
    await shop.office.run('Read Orders')
    expect(await shop.problems(), 'each outage is reported once').toMatchObject([{ title: 'No orders can be read from Web Shop' }])
    shop.store.control.clearFaults()
    await shop.office.run('Read Orders')
    shop.office.clock.advance(HOUR)
    expect(await shop.office.run(UPDATE, 'schedule')).toMatchObject({ outcome: 'done', doneCount: 1 })
    expect(await shop.problems()).toEqual([])
    expect(ownNotes(shop.store, id)).toHaveLength(1)
    expect(await shop.timeline(id)).toEqual([
      expect.stringContaining('could not be written to Web Shop yet'),
      expect.stringContaining('Note added'),
    ])
  })

  test('one order that the store always fails at holds up no other, and fails in the end', async () => {
    const shop = await StoreOffice.open({ writeBack: { note: true } })
    const [id = 0, ...ids] = await shop.send(3)
    shop.store.control.addFault({ kind: 'html' }, { times: null, contains: `/orders/${id}/notes` })
    expect(await shop.office.run(UPDATE)).toMatchObject({ outcome: 'some failed', doneCount: 2, waitingCount: 1 })
    for (const one of ids) expect(ownNotes(shop.store, one)).toHaveLength(1)
    expect(await shop.problems()).toEqual([])
    for (let time = 0; time < 12; time++) {
      await shop.send(1)
      await shop.office.run(UPDATE)
    }
    expect(await shop.problems()).toMatchObject([
      { title: `Order ${id} was not updated in Web Shop`, failure: { code: 'store-answer-invalid' } },
    ])
    expect(shop.office.query(`select count(*) n from storeUpdate where state = 'done'`)).toEqual([{ n: 14 }])
  })

  test('without the key, everything waits until it is entered', async () => {
    const shop = await StoreOffice.open({ writeBack: { note: true } })
    const [id = 0] = await shop.send(1)
    await shop.office.restart()
    expect(await shop.office.run(UPDATE)).toMatchObject({ outcome: 'some failed', waitingCount: 1 })
    expect(await shop.problems()).toMatchObject([{ failure: { code: 'store-secret-missing' } }])
    await shop.enterKey()
    expect(await shop.office.run(UPDATE, 'schedule')).toMatchObject({ outcome: 'done', doneCount: 1 })
    expect(await shop.problems()).toEqual([])
    expect(ownNotes(shop.store, id)).toHaveLength(1)
  })
})

test('switching it off drops what is queued, kind by kind', async () => {
  const shop = await StoreOffice.open({ writeBack: { note: true, mark: 'sent', statuses: { Completed: 'completed' }, tracking: true } })
  const [id = 0] = await shop.send(1)
  await setStatus(shop, id, 'Completed')
  await shop.office.command('stores.setTracking', { orderId: (await shop.office.order(String(id))).id, number: 'T1' })
  await shop.save({ note: true, mark: 'another', statuses: { Completed: 'on-hold' } })
  expect(await shop.office.run(UPDATE)).toMatchObject({ doneCount: 1 })
  expect(ownNotes(shop.store, id)).toMatchObject([{ isForCustomer: false }])
  expect(shop.store.control.order(id).status).toBe('processing')
  expect(shop.store.control.customerEmailsByRequests()).toEqual([])
  expect((await shop.timeline(id)).filter((text) => text.includes('switched off'))).toHaveLength(3)
})

describe('automatic sync', () => {
  test('runs Update Store only if there is something to write', async () => {
    const clock = new ManualClock(new Date().toISOString(), 'wait')
    const office = await Office.open({ clock })
    await office.engine.start()
    await clock.untilAsleep()
    await clock.pass(2 * HOUR)
    expect((await office.command('sync.history', { task: UPDATE })).runs).toEqual([])
    const task = (await office.command('sync.status', {})).tasks.find(({ name }) => name === UPDATE)
    expect(task).toMatchObject({ state: 'idle', lastRun: null, schedule: { kind: 'every', minutes: 5 } })
    expect(Date.parse(task?.nextRunAt ?? '')).toBeGreaterThan(clock.now().getTime())
    expect(await office.command('sync.problems', {})).toMatchObject({ problems: [] })
  })
})

test('a slow store holds up neither Read Orders nor Write Order', async () => {
  const shop = await StoreOffice.open({ writeBack: { note: true } })
  const [id = 0] = await shop.send(1)
  shop.store.control.addFault({ kind: 'never-ending' }, { times: null, contains: '/notes' })
  const updating = shop.office.run(UPDATE)
  shop.office.receive('orders.json', numberedOrder(1))
  expect(await shop.office.run('Read Orders')).toMatchObject({ doneCount: 1 })
  expect(await shop.office.run('Write Order')).toMatchObject({ doneCount: 1 })
  expect((await shop.office.command('sync.status', {})).tasks.find(({ name }) => name === UPDATE)?.state).toBe('running')
  await shop.office.command('sync.cancel', { task: UPDATE })
  expect(await updating).toMatchObject({ outcome: 'cancelled' })
  shop.store.control.clearFaults()
  expect(await shop.office.run(UPDATE)).toMatchObject({ outcome: 'done', doneCount: 1 })
  expect(ownNotes(shop.store, id)).toHaveLength(1)
})

describe('a restored backup', () => {
  test('repeats nothing that was written after it was made', async () => {
    const writeBack = { note: true, mark: 'sent', statuses: { Completed: 'completed' }, tracking: true }
    const shop = await StoreOffice.open({ writeBack })
    const [id = 0] = await shop.send(1)
    await setStatus(shop, id, 'Completed')
    await shop.office.command('stores.setTracking', { orderId: (await shop.office.order(String(id))).id, number: 'T1' })
    const backup = await backUp(shop.office)
    expect(await shop.office.run(UPDATE)).toMatchObject({ doneCount: 4 })
    const emails = shop.store.control.customerEmailsByRequests()
    expect(emails).toHaveLength(2)
    // The shop has moved on since.
    shop.store.control.setStatus(id, 'processing')
    const writes = shop.writes().length
    await restore(shop.office, backup)
    await shop.enterKey()
    expect(await shop.office.run(UPDATE)).toMatchObject({ outcome: 'done', doneCount: 4 })
    expect(shop.writes()).toHaveLength(writes)
    expect(shop.store.control.order(id).status).toBe('processing')
    expect(shop.store.control.customerEmailsByRequests()).toEqual(emails)
    expect(ownNotes(shop.store, id)).toHaveLength(2)
    // What is queued from now on has a mark of its own.
    await shop.office.command('stores.setTracking', { orderId: (await shop.office.order(String(id))).id, number: 'T2' })
    expect(await shop.office.run(UPDATE)).toMatchObject({ doneCount: 1 })
    expect(ownNotes(shop.store, id)).toHaveLength(3)
  })
})

describe('a copy of the workspace', () => {
  test('writes nothing before the question is answered, and gives up what the original writes', async () => {
    const shop = await StoreOffice.open({ writeBack: { note: true } })
    const [id = 0] = await shop.send(1)
    await shop.office.stop()
    const folder = temporaryFolder()
    cpSync(shop.office.workspace, join(folder, 'workspace'), { recursive: true })
    await shop.office.start()
    const stores = { storeSecrets: { find: () => shop.store.key.secret, remedy: () => '' } }
    const copy = await Office.openUnconfigured({ folder, clock: shop.office.clock, stores })
    shop.store.control.clearLog()
    expect(await copy.run(UPDATE)).toMatchObject({ outcome: 'failed' })
    expect(shop.store.control.log().requests).toEqual([])
    await copy.command('workspace.thisIsACopy', {})
    expect(await copy.run(UPDATE)).toMatchObject({ outcome: 'done', doneCount: 0 })
    expect(ownNotes(shop.store, id)).toEqual([])
    await shop.enterKey()
    expect(await shop.office.run(UPDATE)).toMatchObject({ doneCount: 1 })
    expect(ownNotes(shop.store, id)).toHaveLength(1)
  })
})
