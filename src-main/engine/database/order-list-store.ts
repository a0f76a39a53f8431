import { type RawBuilder, sql } from 'kysely'
import type { OrderCount, OrderCursor, OrderFilter, OrderRow, OrderSort } from '../../../src-shared/contract'
import type { Database } from './open-database'
import { orderRows } from './orders-store'
import { searchWords } from './search-words'

/** Up to so many matches are sorted anew for every page; more are walked in the order of an index. */
const FEW = 5000

const SORTS = {
  number: { index: 'ordersByNumberKey', keys: ['numberKey'] },
  date: { index: 'ordersNewest', keys: ['orderedAt'] },
  customer: { index: 'ordersByCustomerKey', keys: ['customerKey'] },
  total: { index: 'ordersByTotal', keys: ['currency', 'totalMinor'] },
  status: { index: 'ordersByStatus', keys: ['status', 'orderedAt'] },
  'sync state': { index: 'ordersBySyncState', keys: ['syncState', 'orderedAt'] },
} as const satisfies Record<OrderSort['by'], { index: string; keys: readonly string[] }>

const FILTER_INDEXES = { status: 'ordersByStatus', syncState: 'ordersBySyncState', sourceId: 'ordersBySource' } as const

/** What View Orders shows: which orders, and in which order. */
export interface ListQuestion {
  filter: OrderFilter
  sort: OrderSort
}

/** A page of ids. `limit` at most; `next` is null on the last page. */
export interface IdPage {
  ids: number[]
  next: OrderCursor | null
}

/** How many orders there are per source, status and sync state; kept by the database, not counted. */
export async function orderCounts(db: Database): Promise<OrderCount[]> {
  return db.selectFrom('orderCount').select(['sourceId', 'status', 'syncState', 'count']).where('count', '>', 0).execute()
}

/** A page of orders. `limit` rows at most; `next` is null on the last page. */
export async function listOrders(
  db: Database,
  question: ListQuestion,
  after: OrderCursor | null,
  limit: number,
): Promise<{ rows: OrderRow[]; next: OrderCursor | null }> {
  const { ids, next } = await listOrderIds(db, question, after, limit)
  return { rows: await orderRowsInOrder(db, ids), next }
}

/** The given orders as rows, in that order; one that is not there is left out. */
export async function orderRowsInOrder(db: Database, ids: readonly number[]): Promise<OrderRow[]> {
  const rows = new Map((await orderRows(db, ids)).map((row) => [row.id, row]))
  return ids.flatMap((id) => rows.get(id) ?? [])
}

/** A page of the ids of orders. */
export async function listOrderIds(db: Database, question: ListQuestion, after: OrderCursor | null, limit: number): Promise<IdPage> {
  const query = await idQuery(db, question, after, limit)
  if (query === null) return { ids: [], next: null }
  const found = (await query.execute(db)).rows
  const page = found.length > limit ? found.slice(0, limit) : found
  const last = page.at(-1)
  const keys = SORTS[question.sort.by].keys
  const next = found.length > limit && last !== undefined ? { keys: keys.map((key) => last[key] ?? ''), id: last.id } : null
  return { ids: page.map(({ id }) => id), next }
}

type IdRow = { id: number } & Record<string, string | number>

/** The statement behind a page of ids; null where nothing can match. */
export async function idQuery(
  db: Database,
  { filter, sort }: ListQuestion,
  after: OrderCursor | null,
  limit: number,
): Promise<RawBuilder<IdRow> | null> {
  const table = await tableFor(db, filter, sort)
  if (table === null) return null
  const keys = SORTS[sort.by].keys.map((key) => sql.ref<string | number>(`orders.${key}`))
  const way = sort.isDescending ? sql`desc` : sql`asc`
  const ordering = sql.join([...keys, sql.ref('orders.id')].map((key) => sql`${key} ${way}`))
  const conditions = [...table.conditions]
  if (after !== null) {
    const from = sql.join([...after.keys.slice(0, keys.length), after.id])
    conditions.push(sql`(${sql.join([...keys, sql.ref('orders.id')])}) ${sort.isDescending ? sql`<` : sql`>`} (${from})`)
  }
  return sql<IdRow>`select orders.id, ${sql.join(keys)} from ${table.from} where ${allOf(conditions)} order by ${ordering} limit ${limit + 1}`
}

/** How many orders match. Without dates and words it is known, else it is counted inside an index. */
export async function countOrders(db: Database, filter: OrderFilter): Promise<number> {
  if (!hasRange(filter) && words(filter) === '') return knownCount(await orderCounts(db), filter)
  const table = await tableFor(db, filter, { by: 'date', isDescending: true })
  return table === null ? 0 : countIn(db, table, null)
}

/** The newest id that was given to an order; 0 where there is none. */
export async function newestOrderId(db: Database): Promise<number> {
  const row = await db
    .selectFrom('orders')
    .select((eb) => eb.fn.max('id').as('id'))
    .executeTakeFirst()
  return row?.id ?? 0
}

interface ListTable {
  /** The table and the index that leads. */
  from: RawBuilder<unknown>
  conditions: RawBuilder<unknown>[]
}

/** Chooses what leads: the index in the order of the list, or the filter where it leaves few. Null where nothing can match. */
async function tableFor(db: Database, filter: OrderFilter, sort: OrderSort): Promise<ListTable | null> {
  const conditions = filterConditions(filter)
  const typed = words(filter)
  if (typed !== '') {
    const expression = searchExpression(typed)
    if (expression === null) return null
    const found = sql`select rowid as id from orderSearch where orderSearch match ${expression}`
    const { rows } = await sql<{ n: number }>`select count(*) as n from (${found} limit ${FEW + 1})`.execute(db)
    if ((rows[0]?.n ?? 0) === 0) return null
    // A cross join is never turned round: the words lead.
    if ((rows[0]?.n ?? 0) <= FEW) return { from: sql`(${found}) as found cross join orders on orders.id = found.id`, conditions }
    return { from: indexed(SORTS[sort.by].index), conditions: [...conditions, sql`orders.id in (${found})`] }
  }
  const counts = await orderCounts(db)
  const matches = knownCount(counts, filter)
  if (matches === 0) return null
  const narrow = { from: indexed(filterIndex(counts, filter)), conditions }
  if (sort.by === 'date' || matches <= FEW) return narrow
  if (hasRange(filter) && (await countIn(db, narrow, FEW + 1)) <= FEW) return narrow
  return { from: indexed(SORTS[sort.by].index), conditions }
}

async function countIn(db: Database, { from, conditions }: ListTable, limit: number | null): Promise<number> {
  const matches = sql`select 1 from ${from} where ${allOf(conditions)} ${limit === null ? sql`` : sql`limit ${limit}`}`
  const { rows } = await sql<{ n: number }>`select count(*) as n from (${matches})`.execute(db)
  return rows[0]?.n ?? 0
}

function filterConditions(filter: OrderFilter): RawBuilder<unknown>[] {
  const conditions: RawBuilder<unknown>[] = []
  if (filter.status !== undefined) conditions.push(sql`orders.status = ${filter.status}`)
  if (filter.syncState !== undefined) conditions.push(sql`orders.syncState = ${filter.syncState}`)
  if (filter.sourceId !== undefined) conditions.push(sql`orders.sourceId = ${filter.sourceId}`)
  if (filter.from !== undefined) conditions.push(sql`orders.orderedAt >= ${filter.from}`)
  if (filter.to !== undefined) conditions.push(sql`orders.orderedAt < ${filter.to}`)
  return conditions
}

/** The index of the filter that leaves the fewest; the newest orders first where none is set. */
function filterIndex(counts: readonly OrderCount[], filter: OrderFilter): string {
  let best: { index: string; count: number } = { index: 'ordersNewest', count: Number.POSITIVE_INFINITY }
  for (const key of ['status', 'syncState', 'sourceId'] as const) {
    if (filter[key] === undefined) continue
    const count = knownCount(counts, { [key]: filter[key] })
    if (count < best.count) best = { index: FILTER_INDEXES[key], count }
  }
  return best.index
}

function knownCount(counts: readonly OrderCount[], filter: OrderFilter): number {
  const isWanted = (row: OrderCount) =>
    (filter.status === undefined || row.status === filter.status) &&
    (filter.syncState === undefined || row.syncState === filter.syncState) &&
    (filter.sourceId === undefined || row.sourceId === filter.sourceId)
  return counts.filter(isWanted).reduce((sum, { count }) => sum + count, 0)
}

function indexed(index: string): RawBuilder<unknown> {
  return sql`orders indexed by ${sql.ref(index)}`
}

function allOf(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)
}

function hasRange(filter: OrderFilter): boolean {
  return filter.from !== undefined || filter.to !== undefined
}

function words(filter: OrderFilter): string {
  return (filter.search ?? '').trim()
}

/** What a person typed as an FTS5 expression: every word must begin some word of the order. Null where no word is left. */
function searchExpression(text: string): string | null {
  const found = searchWords(text)
  return found.length === 0 ? null : found.map((word) => `"${word}"*`).join(' ')
}
