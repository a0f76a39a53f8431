import { inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { DAY, MINUTE, numbersOf, SECOND, Shop, START } from '../support/shop'
import type { OrderStorage } from '../support/woocommerce/order-database'

const STORAGES: OrderStorage[] = ['hpos', 'legacy']

describe.for(STORAGES)('a store with %s orders', (storage) => {
  const open = (options: Parameters<typeof Shop.open>[0] = {}) => Shop.open({ ...options, store: { storage, ...options.store } })

  test('orders placed after it was connected arrive, each once, and no request has a date with a zone', async () => {
    const shop = await open({ connect: null })
    const past = shop.add(3)
    shop.pass(SECOND)
    await shop.connect()
    await shop.read()
    expect(await shop.numbers()).toEqual([])
    const fresh = shop.add(5)
    for (let round = 0; round < 3; round++) await shop.read()
    expect(await shop.numbers()).toEqual(numbersOf(fresh))
    expect(past).toHaveLength(3)
    expect(await shop.order(fresh[0] ?? 0)).toMatchObject({ status: 'Pending' })
    const queries = shop.control.log().requests.map(({ query }) => new URLSearchParams(query))
    const dated = queries.filter((query) => query.has('modified_after'))
    expect(dated.length).toBeGreaterThan(2)
    for (const query of dated) {
      expect(query.get('modified_after')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
      expect(query.get('dates_are_gmt')).toBe('true')
    }
  })

  test('a second change within the same second is noticed', async () => {
    const shop = await open()
    const [id = 0] = shop.add()
    await shop.read()
    shop.control.changeOrder(id, { customerNote: 'Leave at the door' })
    shop.pass(5 * MINUTE)
    await shop.read()
    expect(await shop.order(id)).toMatchObject({ note: 'Leave at the door' })
    shop.control.changeOrder(id, { customerNote: 'Ring twice' })
    await shop.read()
    shop.control.changeOrder(id, { customerNote: 'Ring once' })
    shop.add()
    shop.pass(5 * MINUTE)
    await shop.read()
    expect(await shop.order(id)).toMatchObject({ note: 'Ring once' })
  })

  test('an order that is placed in the second of the newest one, after it was read, arrives', async () => {
    const shop = await open()
    const first = shop.add(2)
    await shop.read()
    const second = shop.add(2)
    shop.pass(5 * MINUTE)
    await shop.read()
    expect(await shop.numbers()).toEqual(numbersOf([...first, ...second]))
  })

  test('more than 100 orders modified within one second arrive', async () => {
    const shop = await open()
    const ids = [...shop.add(250)]
    shop.pass(SECOND)
    ids.push(...shop.add(3))
    await shop.read()
    expect(await shop.numbers()).toEqual(numbersOf(ids))
  })

  test('no order is left out while orders of one second change during the read', async () => {
    const shop = await open()
    const ids = shop.add(350)
    shop.pass(MINUTE)
    let requests = 0
    // After each page of the list, the first orders of the crowded second leave it.
    shop.store.onRequest = ({ query }) => {
      if (!query.includes('orderby=id')) return
      requests += 1
      for (const id of ids.slice((requests - 1) * 45, requests * 45)) shop.control.changeOrder(id, { customerNote: `After ${requests}` })
    }
    await shop.read()
    shop.store.onRequest = undefined
    expect(requests).toBeGreaterThan(3)
    expect(await shop.numbers()).toEqual(numbersOf(ids))
    await shop.read()
    for (const id of [ids[0] ?? 0, ids[100] ?? 0]) expect((await shop.order(id)).note).toBe(shop.control.order(id).customer_note)
  })

  test('1,000 orders that change while they are read arrive in their newest state', async () => {
    const shop = await open()
    const ids: number[] = []
    for (let group = 0; group < 20; group++) {
      ids.push(...shop.add(50))
      shop.pass(SECOND)
    }
    let changed = 0
    shop.store.onRequest = () => {
      for (const id of ids.slice(changed, changed + 40)) shop.control.changeOrder(id, { customerNote: 'Changed meanwhile' })
      changed += 40
      shop.control.advanceClock(SECOND)
    }
    await shop.read()
    expect(await shop.numbers()).toEqual(numbersOf(ids))
    shop.store.onRequest = undefined
    shop.pass(5 * MINUTE)
    await shop.read()
    const notes = shop.office.query<{ body: string }>('select body from orders').filter(({ body }) => body.includes('Changed meanwhile'))
    expect(notes).toHaveLength(Math.min(changed, 1000))
  }, 120_000)

  test('a changed quantity arrives within a day, even if its date of change stays', async () => {
    const shop = await open()
    const id = await shop.received()
    shop.control.changeLineQuantity(id, 0, 40)
    shop.pass(DAY)
    await shop.read()
    const { office, store } = await shop.totals(id)
    expect(office).toBe(store)
    expect((await shop.order(id)).lines[0]?.quantity).toBe('40')
  })

  test('a changed quantity after the order was sent is reported within a day, and the report closes when it is changed back', async () => {
    const shop = await open()
    const id = await shop.received({ lines: [{ quantity: 2 }] })
    await shop.write()
    shop.control.changeLineQuantity(id, 0, 40)
    shop.pass(DAY)
    await shop.read()
    expect(await shop.problemCodes()).toEqual(['changed-after-sending'])
    expect((await shop.problems())[0]?.failure.message).toContain('40')
    expect((await shop.order(id)).lines[0]?.quantity).toBe('2')
    shop.control.changeLineQuantity(id, 0, 2)
    shop.pass(DAY)
    await shop.read()
    expect(await shop.problemCodes()).toEqual([])
    shop.control.changeLineQuantity(id, 0, 40)
    shop.pass(DAY)
    await shop.read()
    expect(await shop.problemCodes()).toEqual(['changed-after-sending'])
    expect(shop.office.files()).toHaveLength(1)
  })

  test('refunds before sending and after it', async () => {
    const shop = await open()
    const [partial = 0, sent = 0, full = 0] = shop.add([{ lines: [{ priceCents: 5000 }] }, { lines: [{ priceCents: 6000 }] }, {}])
    shop.pass(SECOND)
    await shop.read()
    shop.control.refund(partial, { amountCents: 1000, reason: 'Broken' })
    shop.control.refund(full)
    shop.pass(MINUTE)
    await shop.read()
    expect((await shop.order(partial)).warnings.join()).toContain('refunded')
    expect(await shop.order(full)).toMatchObject({ status: 'Cancelled' })
    await shop.write()
    shop.control.refund(sent, { amountCents: 1000 })
    shop.pass(MINUTE)
    await shop.read()
    const problems = await shop.problems()
    const order = await shop.order(sent)
    expect(problems.filter(({ orderId }) => orderId === order.id).map(({ failure }) => failure.code)).toEqual(['changed-after-sending'])
  })

  test('an order in the trash is cancelled, or reported if it was sent', async () => {
    const shop = await open()
    const [waiting = 0, sent = 0] = shop.add(2)
    await shop.read()
    await shop.office.command('orders.changeStatus', { orderId: (await shop.order(waiting)).id, status: 'On Hold' })
    await shop.write()
    shop.pass(MINUTE)
    shop.control.trash(waiting)
    shop.control.trash(sent)
    shop.pass(DAY)
    await shop.read()
    expect(await shop.problemCodes()).toEqual(['cancelled-after-sending', 'cancelled-in-store'])
  })

  test('a deleted order is cancelled if it was not sent, and reported if it was, once', async () => {
    const shop = await open()
    const [waiting = 0, sent = 0] = [await shop.received(), await shop.received()]
    const numbers = { waiting: String(waiting), sent: String(sent) }
    shop.office.tamper(`update orders set nextAttemptAt = '2026-04-07T02:00:00.000Z' where number = '${numbers.waiting}'`)
    await shop.office.run('Write Order', 'schedule')
    shop.control.deleteOrder(waiting)
    shop.control.deleteOrder(sent)
    shop.pass(DAY)
    await shop.read()
    expect(await shop.office.order(numbers.waiting)).toMatchObject({ status: 'Cancelled' })
    expect(await shop.office.order(numbers.sent)).toMatchObject({ status: 'Processing', syncState: 'sent' })
    expect(await shop.problemCodes()).toEqual(['removed-from-store'])
    for (let day = 0; day < 2; day++) {
      shop.pass(DAY)
      await shop.read()
    }
    expect((await shop.office.order(numbers.sent)).timeline.filter(({ text }) => text.includes('no longer has'))).toHaveLength(1)
  })

  test('a number from a plugin is shown, and the order is recognised by its id', async () => {
    const shop = await open()
    const id = await shop.received({ number: 'INV-2026/7' })
    expect(await shop.office.order('INV-2026/7')).toMatchObject({ status: 'Pending' })
    shop.control.changeOrder(id, { customerNote: 'Call first' })
    shop.pass(MINUTE)
    await shop.read()
    expect(await shop.office.order('INV-2026/7')).toMatchObject({ note: 'Call first' })
    expect(await shop.numbers()).toEqual(['INV-2026/7'])
  })

  test('each order keeps the bytes that the store sent', async () => {
    const shop = await open()
    const ids = shop.add([{ customerNote: 'Zoë “quotes” \\ [1] {2}, 🪴' }, {}, { lines: [{ name: 'A "B" ]}, C', quantity: 1 }] }])
    shop.store.sentBodies = []
    await shop.read()
    const sent = shop.store.sentBodies.join('\n')
    const rows = shop.office.query<{ bytes: Buffer }>('select bytes from document order by id')
    expect(rows).toHaveLength(3)
    const documents = rows.map(({ bytes }) => inflateSync(bytes).toString('utf8'))
    for (const text of documents) expect(sent).toContain(text)
    expect(documents.map((text) => JSON.parse(text))).toEqual(expect.arrayContaining(ids.map((id) => shop.control.order(id))))
  })
})

describe('the clocks of the office and the store', () => {
  test.for([
    ['ahead', 3 * 60 * MINUTE],
    ['behind', -3 * 60 * MINUTE],
    ['days ahead', 3 * DAY],
  ] as const)('the store is %s: nothing is missed and nothing comes in twice', async ([, differenceMs]) => {
    const shop = await Shop.open({ store: { now: new Date(Date.parse(START) + differenceMs).toISOString() } })
    const ids = [await shop.received(), await shop.received()]
    shop.control.changeOrder(ids[0] ?? 0, { customerNote: 'One' })
    shop.pass(MINUTE)
    await shop.read()
    expect(await shop.order(ids[0] ?? 0)).toMatchObject({ note: 'One' })
    shop.pass(DAY)
    shop.control.deleteOrder(ids[1] ?? 0)
    await shop.read()
    expect(shop.office.query('select number, status from orders order by number')).toEqual([
      { number: String(ids[0]), status: 'Pending' },
      { number: String(ids[1]), status: 'Cancelled' },
    ])
  })

  test('a store whose clock was two hours ahead and is corrected: no order and no change is missed, and reads get short again', async () => {
    const shop = await Shop.open({ store: { now: '2026-04-07T03:00:00.000Z' } })
    const ahead = await shop.received()
    shop.control.setClock(shop.clock.now().toISOString())
    shop.control.changeOrder(ahead, { customerNote: 'After the correction' })
    const [after = 0] = shop.add()
    shop.pass(5 * MINUTE)
    await shop.read()
    expect(await shop.numbers()).toEqual(numbersOf([ahead, after]))
    expect(await shop.order(ahead)).toMatchObject({ note: 'After the correction' })
    shop.pass(MINUTE)
    shop.control.clearLog()
    await shop.read()
    const since = shop.control.log().requests.map(({ query }) => new URLSearchParams(query).get('modified_after'))
    expect(since.filter((date) => date !== null && date < '2026-04-07')).toEqual([])
  })

  test('this computer’s clock is set back a month between two versions: the newer one counts', async () => {
    const shop = await Shop.open({ store: { storage: 'legacy' } })
    const id = await shop.received()
    shop.clock.jump(-30 * DAY)
    shop.control.changeLineQuantity(id, 0, 7)
    shop.pass(DAY)
    await shop.read()
    expect((await shop.order(id)).lines[0]?.quantity).toBe('7')
  })

  test('orders changed in the hour that comes twice at the end of daylight saving arrive', async () => {
    // In Sydney, 03:00 becomes 02:00 on 5 April 2026 at 16:00 UTC on the 4th.
    const shop = await Shop.open({ store: { storage: 'legacy', now: '2026-04-04T14:00:00.000Z' } })
    const early: number[] = []
    const late: number[] = []
    for (let n = 0; n < 110; n++) {
      const second = String(n % 60).padStart(2, '0')
      const minute = String(10 + Math.floor(n / 60)).padStart(2, '0')
      early.push(...shop.add([{ createdAt: `2026-04-04T15:${minute}:${second}.000Z` }]))
      late.push(...shop.add([{ createdAt: `2026-04-04T16:${minute}:${second}.000Z` }]))
    }
    shop.control.setClock('2026-04-04T18:00:00.000Z')
    await shop.read()
    expect(await shop.numbers()).toEqual(numbersOf([...early, ...late]))
  })
})
