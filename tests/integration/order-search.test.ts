import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { searchTerms } from '../../src-main/engine/database/search-terms'
import { type CommandInput, type CommandOutput, ORDER_SORTS, type OrderCursor } from '../../src-shared/contract/contract'
import type { ReceivedOrder } from '../../src-shared/order'
import { numberedOrder, Office } from '../support/office'

/** Reads a list page by page and returns all its order numbers. */
async function readNumbers(office: Office, query: CommandInput<'orders.list'>, limit = 100): Promise<string[]> {
  const found: string[] = []
  for (let after: OrderCursor | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
    const page: CommandOutput<'orders.list'> = await office.command('orders.list', { ...query, after, limit })
    found.push(...page.rows.map((row) => row.number))
    after = page.next
  }
  return found
}

const search = (office: Office, text: string, limit?: number) => readNumbers(office, { filter: { search: text } }, limit)

interface Range {
  from?: string
  to?: string
}

/**
 * A numbered order with the given date, so that orders can be received in a sequence other than that of their dates.
 */
const dated = (n: number, orderedAt: string, overrides: Partial<ReceivedOrder> = {}) => numberedOrder(n, { orderedAt, ...overrides })

describe('an order in a search', () => {
  test('is listed by its own date, newest first, whenever it was received, across pages', async () => {
    const office = await Office.open()
    await office.readOrders(dated(1, '2026-03-05T00:00:00.000Z'), dated(2, '2026-03-01T00:00:00.000Z'))
    await office.readOrders(
      dated(3, '2026-03-04T00:00:00.000Z'),
      dated(4, '2026-03-02T00:00:00.000Z'),
      dated(5, '2026-03-03T00:00:00.000Z'),
    )
    for (const limit of [1, 2, 100]) expect(await search(office, 'w00', limit)).toEqual(['W0001', 'W0003', 'W0005', 'W0004', 'W0002'])
    const oldestFirst = { filter: { search: 'w00' }, sort: { by: 'date', isDescending: false } } as const
    expect(await readNumbers(office, oldestFirst, 2)).toEqual(['W0002', 'W0004', 'W0005', 'W0003', 'W0001'])
    expect((await office.command('orders.count', { filter: { search: 'w00' } })).total).toBe(5)
  })

  test('is found by the beginnings of words, in any order, and by nothing else', async () => {
    const office = await Office.open()
    const customer = { ...numberedOrder(1).customer, name: 'Zoë Müller', company: 'Pond & Liner GmbH' }
    await office.readOrders(numberedOrder(1, { customer }), numberedOrder(2))
    for (const text of ['z', 'zo', 'zoe', 'zoë mu', 'MÜLLER pond', 'liner  zoe', 'gmbh w0001'])
      expect(await search(office, text), text).toEqual(['W0001'])
    for (const text of ['zoo', 'oe', 'mueller', 'zoe w0002', 'pondd', '" OR "w', '*', '-'])
      expect(await search(office, text), text).toEqual([])
  })

  test('is no longer found by text that the store has replaced, and is listed by its new date', async () => {
    const office = await Office.open()
    const customer = { ...numberedOrder(1).customer, company: 'Before Ltd' }
    await office.readOrders(dated(1, '2026-03-05T00:00:00.000Z', { customer }), dated(2, '2026-03-04T00:00:00.000Z'))
    await office.readOrders(dated(1, '2026-03-01T00:00:00.000Z', { customer: { ...customer, company: 'After Ltd' } }))
    expect(await search(office, 'before')).toEqual([])
    expect(await search(office, 'after')).toEqual(['W0001'])
    expect(await search(office, 'w000')).toEqual(['W0002', 'W0001'])
    expect(office.query('select count(*) n from searchPlace')).toEqual([{ n: 2 }])
  })

  test('is found even if more orders have the same time than the search index has places for that time', async () => {
    const office = await Office.open()
    const at = '2026-03-05T00:00:00.000Z'
    const many = Array.from({ length: 2060 }, (_, n) => dated(n + 1, at))
    for (let first = 0; first < many.length; first += 500) office.receive(`orders-${first}.json`, ...many.slice(first, first + 500))
    office.receive('orders-next.json', dated(3000, '2026-03-05T00:00:00.001Z'), dated(3001, '2026-03-04T23:59:59.999Z'))
    await office.run('Read Orders')
    const found = await search(office, 'w', 500)
    expect(new Set(found).size).toBe(2062)
    expect(found).toHaveLength(2062)
    expect(found.at(-1)).toBe('W3001')
  })

  test('is found in a date range to the millisecond: the start is inclusive, the end is exclusive', async () => {
    const office = await Office.open()
    const [from, to] = ['2026-03-05T00:00:00.000Z', '2026-03-06T00:00:00.000Z']
    await office.readOrders(dated(1, '2026-03-04T23:59:59.999Z'), dated(2, from), dated(3, '2026-03-05T23:59:59.999Z'), dated(4, to))
    expect(await readNumbers(office, { filter: { search: 'w000', from, to } })).toEqual(['W0003', 'W0002'])
    expect((await office.command('orders.count', { filter: { search: 'w000', from, to } })).total).toBe(2)
  })

  test('is found even if its date is far in the past or the future', async () => {
    const office = await Office.open()
    await office.readOrders(
      dated(1, '9999-12-31T23:59:59.999Z'),
      dated(2, '1700-01-01T00:00:00.000Z'),
      dated(3, '2026-03-05T00:00:00.000Z'),
    )
    expect(await search(office, 'w000')).toEqual(['W0001', 'W0003', 'W0002'])
  })

  test('is found by a prefix even if so many words start with that prefix that they are not looked up one by one', async () => {
    const office = await Office.open()
    await office.readOrders(...Array.from({ length: 520 }, (_, n) => numberedOrder(n, { number: `LONG${String(n).padStart(4, '0')}` })))
    expect(await search(office, 'long', 500)).toHaveLength(520)
    expect(await search(office, 'long00')).toHaveLength(100)
  })

  test('is found by any words, filter, sort and page size, just as by checking every order', async () => {
    const office = await Office.open()
    const names = ['Ann Abel', 'Anna Abelson', 'Bob Annand', 'Zoë Abel', 'Bo']
    const orders = Array.from({ length: 40 }, (_, n) =>
      dated(n, new Date(Date.UTC(2026, 2, 1 + ((n * 7) % 20))).toISOString(), {
        status: n % 3 === 0 ? 'On Hold' : 'Pending',
        customer: { ...numberedOrder(n).customer, name: names[n % names.length] ?? '', company: '' },
      }),
    )
    await office.readOrders(...orders)
    const day = (n: number) => new Date(Date.UTC(2026, 2, n)).toISOString()
    const searchWords = fc.constantFrom('a', 'an', 'ann', 'anna', 'abel', 'abels', 'bo', 'zoe', 'w00', 'w0012', 'w0', 'x')
    await fc.assert(
      fc.asyncProperty(
        fc.array(searchWords, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(undefined, 'Pending' as const, 'On Hold' as const),
        fc.constantFrom(...ORDER_SORTS),
        fc.boolean(),
        fc.integer({ min: 1, max: 41 }),
        fc.constantFrom<Range[]>({}, { from: day(5) }, { to: day(12) }, { from: day(3), to: day(15) }, { from: day(8), to: day(9) }),
        async (typed, status, by, isDescending, limit, range) => {
          const filter = { search: typed.join(' '), ...range, ...(status === undefined ? {} : { status }) }
          const found = await readNumbers(office, { filter, sort: { by, isDescending } }, limit)
          const expected = orders.filter((order) => {
            const terms = searchTerms(
              [order.number, order.customer.name, order.customer.email, ...order.lines.map((line) => `${line.sku} ${line.name}`)].join(' '),
            )
            const otherTerms = searchTerms(
              [order.customer.code, order.billTo.name, order.billTo.company, order.shipTo.name, order.shipTo.company].join(' '),
            )
            return (
              typed.every((word) => [...terms, ...otherTerms].some((term) => term.startsWith(word))) &&
              (status ?? order.status) === order.status &&
              (range.from ?? '') <= order.orderedAt &&
              order.orderedAt < (range.to ?? '9')
            )
          })
          expect([...found].sort()).toEqual(expected.map((order) => order.number).sort())
          expect((await office.command('orders.count', { filter })).total).toBe(expected.length)
          if (by !== 'date') return
          const times = found.map((number) => orders.find((order) => order.number === number)?.orderedAt ?? '')
          expect(times).toEqual(isDescending ? [...times].sort().reverse() : [...times].sort())
        },
      ),
      { numRuns: 150 },
    )
  })
})
