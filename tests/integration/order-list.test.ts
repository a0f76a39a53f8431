import SqliteDatabase from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Database, openDatabase } from '../../src-main/engine/database/open-database'
import { idQuery } from '../../src-main/engine/database/order-list-store'
import {
  type CommandInput,
  type CommandOutput,
  ORDER_SORTS,
  type OrderCursor,
  type OrderFilter,
  type OrderSort,
} from '../../src-shared/contract/contract'
import { ORDER_STATUSES, SYNC_STATES } from '../../src-shared/order'
import { generateOrders } from '../support/generated-orders'
import { numberedOrder, Office } from '../support/office'

type Page = CommandOutput<'orders.list'>

/** Returns the rows of all pages of a list. Calls `between` after each page. */
async function allPages(office: Office, query: CommandInput<'orders.list'>, between: () => void = () => {}): Promise<Page['rows']> {
  const rows: Page['rows'] = []
  for (let after: OrderCursor | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
    const page: Page = await office.command('orders.list', { ...query, after })
    rows.push(...page.rows)
    after = page.next
    between()
  }
  return rows
}

const SORTS: OrderSort[] = ORDER_SORTS.flatMap((by) => [
  { by, isDescending: true },
  { by, isDescending: false },
])

describe('View Orders, sorted', () => {
  const numbers = async (office: Office, sort: OrderSort) => (await office.command('orders.list', { sort })).rows.map((row) => row.number)

  test('by number: digits are compared as numbers; by customer: letter case and accents are ignored', async () => {
    const office = await Office.open()
    const customer = numberedOrder(1).customer
    await office.readOrders(
      numberedOrder(1, { number: 'W10', customer: { ...customer, company: 'Zebra' } }),
      numberedOrder(2, { number: 'W9', customer: { ...customer, company: '\u00c9clair' } }),
      numberedOrder(3, { number: 'w100', customer: { ...customer, company: 'apple' } }),
      numberedOrder(4, { number: 'V2000', customer: { ...customer, company: 'Delta' } }),
    )
    expect(await numbers(office, { by: 'number', isDescending: false })).toEqual(['V2000', 'W9', 'W10', 'w100'])
    expect(await numbers(office, { by: 'customer', isDescending: false })).toEqual(['w100', 'V2000', 'W9', 'W10'])
    expect(await numbers(office, { by: 'customer', isDescending: true })).toEqual(['W10', 'W9', 'V2000', 'w100'])
  })

  test('by total: within each currency, because yen and dollars cannot be compared', async () => {
    const office = await Office.open()
    const totals = [
      ['AUD', 500],
      ['JPY', 400],
      ['AUD', 100],
      ['JPY', 300],
    ] as const
    await office.readOrders(...totals.map(([currency, totalMinor], n) => numberedOrder(n, { currency, totalMinor })))
    const { rows } = await office.command('orders.list', { sort: { by: 'total', isDescending: false } })
    expect(rows.map((row) => `${row.currency} ${row.totalMinor}`)).toEqual(['AUD 100', 'AUD 500', 'JPY 300', 'JPY 400'])
  })
})

describe('with 12,000 orders', () => {
  const openLargeOffice = async (): Promise<Office> => {
    const office = await Office.open()
    await generateOrders(office, 12_000)
    return office
  }

  const filters: OrderFilter[] = [
    {},
    { status: 'Completed' },
    { status: 'Pending' },
    { syncState: 'failed' },
    { syncState: 'confirmed' },
    { status: 'Completed', syncState: 'needs review' },
    { from: '2020-09-20T00:00:00.000Z', to: '2020-09-21T00:00:00.000Z' },
    { from: '2020-09-20T00:00:00.000Z' },
    { search: 'customer 77' },
    { search: 'cust' },
  ]

  test('every sort with every filter lists each matching order once, as many as are counted', async () => {
    const office = await openLargeOffice()
    for (const filter of filters) {
      const { total } = await office.command('orders.count', { filter })
      expect(total, JSON.stringify(filter)).toBeGreaterThan(0)
      for (const sort of SORTS) {
        const ids: number[] = []
        for (let after: OrderCursor | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
          const page: CommandOutput<'orders.ids'> = await office.command('orders.ids', { filter, sort, after, limit: 3000 })
          ids.push(...page.ids)
          after = page.next
        }
        expect(new Set(ids).size, JSON.stringify({ filter, sort })).toBe(total)
        expect(ids).toHaveLength(total)
      }
    }
  })

  test('rows are sorted correctly across pages', async () => {
    const office = await openLargeOffice()
    for (const sort of SORTS) {
      const page = await office.command('orders.list', { sort, limit: 500 })
      const rows = [...page.rows, ...(await office.command('orders.list', { sort, limit: 500, after: page.next })).rows]
      const keyOf = (row: (typeof rows)[number]): string =>
        ({
          number: row.number.slice(1).padStart(9, '0'),
          date: row.orderedAt,
          customer: row.customerName.slice(9).padStart(9, '0'),
          total: row.currency + String(row.totalMinor).padStart(9, '0'),
          status: row.status + row.orderedAt,
          'sync state': row.syncState + row.orderedAt,
        })[sort.by]
      // Ignore the one order that was not generated. Its number starts with another letter.
      const keys = rows.filter((row) => row.number.startsWith('C')).map(keyOf)
      expect(keys.length).toBeGreaterThanOrEqual(999)
      expect(keys, JSON.stringify(sort)).toEqual(sort.isDescending ? [...keys].sort().reverse() : [...keys].sort())
    }
  })

  test('no query scans the orders table, and results are sorted separately only if few orders match', async () => {
    const office = await openLargeOffice()
    const db = await openSecondConnection(office)
    for (const filter of filters) {
      const { total } = await office.command('orders.count', { filter })
      for (const sort of SORTS) {
        const query = await idQuery(db, { filter, sort }, null, 100)
        const plan = await explain(office, query?.statement.compile(db))
        const label = `${JSON.stringify({ filter, sort })}: ${plan.join(' / ')}`
        for (const line of plan.filter((step) => step.includes('orders')))
          expect(line, label).toMatch(/^SEARCH orders USING|^SCAN orders USING COVERING INDEX/)
        const sorted = plan.filter((line, index) => line.includes('TEMP B-TREE') && !isSortOfPages(plan, index))
        expect(total > 5000 ? sorted : [], label).toEqual([])
      }
    }
  })

  test('the next page is found by a search in the index, not by a scan', async () => {
    const office = await openLargeOffice()
    const db = await openSecondConnection(office)
    for (const sort of SORTS) {
      const { next } = await office.command('orders.list', { sort })
      const plan = await explain(office, (await idQuery(db, { filter: {}, sort }, next, 100))?.statement.compile(db))
      const searches = plan.filter((line) => line.includes('orders'))
      expect(searches.length, JSON.stringify(sort)).toBeGreaterThan(0)
      for (const line of searches) expect(line, JSON.stringify(sort)).toMatch(/^SEARCH orders USING COVERING INDEX \w+ \(/)
    }
  })

  test('counts per status are stored totals, and stay correct after every change', async () => {
    const office = await openLargeOffice()
    office.tamper(`update orders set status = 'Cancelled' where number like '%7'; delete from orders where number like '%99'`)
    const { counts } = await office.command('orders.counts', {})
    const counted = office.query<{ status: string; syncState: string; count: number }>(
      'select sourceId, status, syncState, count(*) as count from orders group by 1, 2, 3',
    )
    expect(counts).toEqual(counted)
  })

  /** True if the plan's sort step at `index` sorts only one page for each state. */
  function isSortOfPages(plan: readonly string[], index: number): boolean {
    const [from, page] = plan.slice(index - 2, index)
    return /^SEARCH orders USING COVERING INDEX/.test(from ?? '') && /^SCAN \(subquery/.test(page ?? '')
  }

  /** Opens a second connection, which the tests use to compile queries. */
  async function openSecondConnection(office: Office): Promise<Database> {
    const db = await openDatabase({ file: office.databaseFile, saveCopy: () => Promise.reject(new Error('nothing is migrated')) })
    onTestFinished(() => db.destroy())
    return db
  }

  async function explain(office: Office, compiled: { sql: string; parameters: readonly unknown[] } | undefined): Promise<string[]> {
    if (compiled === undefined) throw new Error('Nothing can match')
    const sqlite = new SqliteDatabase(office.databaseFile, { readonly: true })
    try {
      return sqlite
        .prepare<unknown[], { detail: string }>(`explain query plan ${compiled.sql}`)
        .all(...compiled.parameters)
        .map((row) => row.detail)
    } finally {
      sqlite.close()
    }
  }
})

test('pages have no gaps and no duplicates while orders change between them', async () => {
  const office = await Office.open()
  await office.readOrders(
    ...Array.from({ length: 60 }, (_, n) => numberedOrder(n, { status: ORDER_STATUSES[n % 6] ?? 'Pending', totalMinor: n % 7 })),
  )
  const change = fc.record({ n: fc.nat(59), status: fc.constantFrom(...ORDER_STATUSES), syncState: fc.constantFrom(...SYNC_STATES) })
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...SORTS),
      fc.array(change, { maxLength: 6 }),
      fc.integer({ min: 1, max: 13 }),
      async (sort, changes, limit) => {
        const allIds = office.query<{ id: number }>('select id from orders').map(({ id }) => id)
        const touched = new Set<number>()
        const remaining = [...changes]
        const rows = await allPages(office, { sort, limit }, () => {
          const next = remaining.pop()
          const id = next === undefined ? undefined : allIds[next.n]
          if (next === undefined || id === undefined) return
          touched.add(id)
          office.tamper(`update orders set status = '${next.status}', syncState = '${next.syncState}' where id = ${id}`)
        })
        // A changed order may be on two pages or on none. Every other order is on exactly one page.
        const unchangedIds = rows.map((row) => row.id).filter((id) => !touched.has(id))
        expect(unchangedIds).toHaveLength(allIds.length - touched.size)
        expect(new Set(unchangedIds).size).toBe(unchangedIds.length)
        const isMovedByState = sort.by === 'status' || sort.by === 'sync state'
        if (!isMovedByState) expect(new Set(rows.map((row) => row.id)).size).toBe(allIds.length)
      },
    ),
    { numRuns: 60 },
  )
})
