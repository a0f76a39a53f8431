import { describe, expect, test } from 'vitest'
import { DAY, MINUTE, numbersOf, SECOND, Shop, START, withPassword } from '../support/shop'

const HOUR = 60 * MINUTE
const YESTERDAY = new Date(Date.parse(START) - DAY).toISOString()

/** Saves the connection again with other meanings of statuses. */
async function mapStatuses(shop: Shop, statuses: Record<string, 'Pending' | 'On Hold' | 'Cancelled' | 'not imported'>): Promise<void> {
  const source = shop.office.query<{ id: number }>("select id from source where name = 'Web Shop'")[0]
  await shop.office.addStore('Web Shop', shop.store, { id: source?.id ?? 0, ...withPassword(shop.store), statuses })
}

describe('statuses', () => {
  test('a status that Ledgerdrop doesn’t know is On Hold and reported once; choosing its meaning releases the orders', async () => {
    const shop = await Shop.open()
    const [one = 0, two = 0] = shop.add([{ override: { status: 'packed' } }, { override: { status: 'packed' } }])
    await shop.read()
    expect(await shop.order(one)).toMatchObject({ status: 'On Hold' })
    expect(await shop.problemCodes()).toEqual(['store-status-unknown'])
    const [problem] = await shop.problems()
    await shop.office.command('sync.resolveProblems', { action: 'dismiss', selection: { keys: [problem?.key ?? ''] }, reason: 'Known' })
    shop.control.changeOrder(two, { customerNote: 'Changed' })
    shop.pass(MINUTE)
    await shop.read()
    expect(await shop.problemCodes()).toEqual([])
    await mapStatuses(shop, { packed: 'Pending' })
    await shop.read()
    expect(await shop.order(one)).toMatchObject({ status: 'Pending' })
    expect(await shop.order(two)).toMatchObject({ status: 'Pending' })
    await shop.write()
    expect(shop.office.files()).toHaveLength(2)
  })

  test('an order in a status that is not imported arrives as soon as it is ready', async () => {
    const shop = await Shop.open()
    const [id = 0] = shop.add([{ status: 'pending' }])
    shop.pass(HOUR)
    await shop.read()
    expect(await shop.numbers()).toEqual([])
    shop.control.setStatus(id, 'processing')
    shop.pass(MINUTE)
    await shop.read()
    expect(await shop.order(id)).toMatchObject({ status: 'Pending', syncState: 'waiting' })
  })

  test('a status that comes to be imported brings the orders that were left out', async () => {
    const shop = await Shop.open()
    const [id = 0] = shop.add([{ status: 'pending' }])
    shop.pass(HOUR)
    await shop.read()
    await mapStatuses(shop, { pending: 'On Hold' })
    await shop.read()
    expect(await shop.order(id)).toMatchObject({ status: 'On Hold' })
  })

  test('a known order whose status is no longer imported is held back', async () => {
    const shop = await Shop.open()
    const id = await shop.received()
    shop.control.setStatus(id, 'pending')
    shop.pass(MINUTE)
    await shop.read()
    expect(await shop.order(id)).toMatchObject({ status: 'On Hold' })
  })

  test('names of statuses that every object has are statuses like any other', async () => {
    const shop = await Shop.open()
    const ids = shop.add(['constructor', '__proto__', 'toString'].map((status) => ({ override: { status } })))
    await shop.read()
    expect(await shop.numbers()).toEqual(numbersOf(ids))
    expect(await shop.problemCodes()).toEqual(Array(3).fill('store-status-unknown'))
  })
})

describe('past orders', () => {
  test('by default, none is read, whatever happens to it short of being paid', async () => {
    const shop = await Shop.open({ connect: null })
    const [done = 0, unpaid = 0] = shop.add([{ createdAt: YESTERDAY }, { createdAt: YESTERDAY, status: 'pending' }])
    await shop.connect()
    await shop.read()
    shop.control.changeOrder(done, { customerNote: 'Late' })
    shop.control.setStatus(done, 'completed')
    shop.control.changeOrder(unpaid, { customerNote: 'Later' })
    shop.pass(DAY)
    await shop.read()
    await shop.read()
    expect(await shop.numbers()).toEqual([])
  })

  test('an earlier order that is paid after connecting needs review and is not sent', async () => {
    const shop = await Shop.open({ connect: null })
    const [id = 0] = shop.add([{ createdAt: YESTERDAY, status: 'pending' }])
    await shop.connect()
    await shop.read()
    shop.control.setStatus(id, 'processing')
    shop.pass(MINUTE)
    await shop.read()
    expect(await shop.order(id)).toMatchObject({ syncState: 'needs review' })
    await shop.write()
    expect(shop.office.files()).toEqual([])
  })

  test('since a date: they come in as already handled, and no change in the store sends them', async () => {
    const shop = await Shop.open({ connect: null })
    const ids = shop.add([{ createdAt: YESTERDAY }, { createdAt: YESTERDAY, status: 'completed' }])
    const [held = 0] = shop.add([{ createdAt: YESTERDAY, status: 'on-hold' }])
    const [tooOld = 0] = shop.add([{ createdAt: '2026-03-01T00:00:00.000Z' }])
    await shop.connect({ start: { since: '2026-04-01T00:00:00.000Z', isSent: false } })
    await shop.read()
    expect(await shop.numbers()).toEqual(numbersOf([...ids, held]))
    for (const id of ids) expect(await shop.order(id)).toMatchObject({ syncState: 'confirmed' })
    for (const id of [...ids, held, tooOld]) shop.control.changeOrder(id, { customerNote: 'Changed' })
    shop.control.setStatus(ids[0] ?? 0, 'completed')
    shop.control.setStatus(held, 'processing')
    shop.pass(DAY)
    await shop.read()
    await shop.write()
    expect(shop.office.files()).toEqual([])
    expect(await shop.order(held)).toMatchObject({ syncState: 'needs review' })
    const [fresh = 0] = shop.add()
    await shop.read()
    await shop.write()
    expect(shop.office.files()).toHaveLength(1)
    expect(await shop.order(fresh)).toMatchObject({ syncState: 'sent' })
  })

  test('since a date, ticked to be sent: all of them are sent, once', async () => {
    const shop = await Shop.open({ connect: null })
    const ids = shop.add([{ createdAt: YESTERDAY }, { createdAt: YESTERDAY }])
    await shop.connect({ start: { since: '2026-04-01T00:00:00.000Z', isSent: true } })
    for (let round = 0; round < 2; round++) {
      await shop.read()
      await shop.write()
    }
    expect(await shop.numbers()).toEqual(numbersOf(ids))
    expect(shop.office.files()).toHaveLength(2)
  })

  test('two orders with the same number, one of them from before: only that one counts as handled', async () => {
    const shop = await Shop.open({ connect: null })
    shop.add([{ createdAt: YESTERDAY, number: 'A-1' }])
    await shop.connect({ start: { since: '2026-04-01T00:00:00.000Z', isSent: false } })
    shop.add([{ number: 'A-1' }])
    shop.pass(SECOND)
    await shop.read()
    expect(shop.office.query('select syncState from orders order by syncState')).toEqual([
      { syncState: 'confirmed' },
      { syncState: 'waiting' },
    ])
  })

  test('the store’s clock was hours ahead when it was connected, and is corrected: orders placed since then are not left out', async () => {
    const shop = await Shop.open({ store: { now: '2026-04-07T06:00:00.000Z' } })
    shop.control.setClock(shop.clock.now().toISOString())
    shop.pass(MINUTE)
    const ids = shop.add(2)
    shop.pass(MINUTE)
    await shop.read()
    expect(await shop.numbers()).toEqual(numbersOf(ids))
    await shop.write()
    expect(shop.office.files()).toHaveLength(2)
  })
})

describe('another store at the same address', () => {
  test('most orders are gone: nothing changes, and a problem says so once; it closes when they are back', async () => {
    const shop = await Shop.open()
    const createdAt = new Date(Date.parse(START) + 2 * MINUTE).toISOString()
    const specs = Array.from({ length: 40 }, (_, n) => ({ id: 1000 + n, seed: n + 1, createdAt }))
    const ids = shop.add(specs)
    shop.pass(2 * MINUTE)
    await shop.read()
    shop.pass(DAY)
    for (const id of ids.slice(5)) shop.control.deleteOrder(id)
    await shop.read()
    expect(await shop.problemCodes()).toEqual(['store-changed'])
    expect(shop.office.query("select count(*) as n from orders where status = 'Pending'")).toEqual([{ n: 40 }])
    const [problem] = await shop.problems()
    await shop.office.command('sync.resolveProblems', { action: 'dismiss', selection: { keys: [problem?.key ?? ''] }, reason: 'Known' })
    shop.pass(DAY)
    await shop.read()
    expect(await shop.problemCodes()).toEqual([])
    const [fresh = 0] = shop.add()
    await shop.read()
    expect(await shop.order(fresh)).toMatchObject({ status: 'Pending' })
    shop.add(specs.slice(5))
    shop.pass(DAY)
    await shop.read()
    expect(await shop.problemCodes()).toEqual([])
  })

  test('most orders are in the trash: they are cancelled, because it is the same store', async () => {
    const shop = await Shop.open()
    const ids = shop.add(30)
    await shop.read()
    for (const id of ids.slice(4)) shop.control.trash(id)
    shop.pass(DAY)
    await shop.read()
    expect(await shop.problemCodes()).toEqual([])
    expect(shop.office.query("select count(*) as n from orders where status = 'Cancelled'")).toEqual([{ n: 26 }])
  })

  test('other orders have the known ids: none is mixed up, and nothing is stored', async () => {
    const shop = await Shop.open()
    const ids = shop.add(10)
    await shop.read()
    const before = shop.office.query('select number, totalMinor, body from orders order by id')
    for (const id of ids) shop.control.deleteOrder(id)
    shop.pass(HOUR)
    shop.add(ids.map((id) => ({ id, seed: id + 500 })))
    expect(await shop.read()).toMatchObject({ outcome: 'some failed' })
    expect(await shop.problemCodes()).toEqual(['store-changed'])
    expect(shop.office.query('select number, totalMinor, body from orders order by id')).toEqual(before)
  })

  test('a store restored from a backup gives an id again: the new order is reported, not taken for the old one', async () => {
    const shop = await Shop.open()
    const ids = shop.add(10)
    await shop.read()
    const last = ids.at(-1) ?? 0
    const { totalMinor } = await shop.order(last)
    shop.control.deleteOrder(last)
    shop.pass(HOUR)
    shop.add([{ id: last, seed: 900 }])
    await shop.read()
    expect(await shop.problemCodes()).toEqual(['id-of-another-order'])
    expect(await shop.office.order(String(last))).toMatchObject({ totalMinor })
  })
})
