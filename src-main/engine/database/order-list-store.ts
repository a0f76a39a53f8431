import { type RawBuilder, sql } from 'kysely'
import type { OrderCount, OrderCursor, OrderFilter, OrderRow, OrderSort } from '../../../src-shared/contract/contract'
import type { Database } from './open-database'
import { countMatches, matchesFor, searchExpression, wholeNumber } from './order-search-store'
import { orderRows } from './orders-store'

/** Up to this many matches are sorted again for each page; larger results are read in index order. */
const SMALL_RESULT = 5000

const SORTS = {
  number: { index: 'ordersByNumberKey', keys: ['numberKey'] },
  date: { index: 'ordersNewest', keys: ['orderedAt'] },
  customer: { index: 'ordersByCustomerKey', keys: ['customerKey'] },
  total: { index: 'ordersByTotal', keys: ['currency', 'totalMinor'] },
  status: { index: 'ordersByStatus', keys: ['status', 'orderedAt'] },
  'sync state': { index: 'ordersBySyncState', keys: ['syncState', 'orderedAt'] },
} as const satisfies Record<OrderSort['by'], { index: string; keys: readonly string[] }>

const FILTER_INDEXES = { status: 'ordersByStatus', syncState: 'ordersBySyncState', sourceId: 'ordersBySource' } as const

/** The filter and sort order of View Orders. */
export interface ListQuery {
  filter: OrderFilter
  sort: OrderSort
}

/** A page of order ids. `next` is null on the last page. */
export interface IdPage {
  ids: number[]
  next: OrderCursor | null
}

/** The number of orders per source, status and sync state, which the database keeps up to date. */
export async function orderCounts(db: Database): Promise<OrderCount[]> {
  return db.selectFrom('orderCount').select(['sourceId', 'status', 'syncState', 'count']).where('count', '>', 0).execute()
}

/** A page of at most `limit` orders. `next` is null on the last page. */
export async function listOrders(
  db: Database,
  query: ListQuery,
  after: OrderCursor | null,
  limit: number,
): Promise<{ rows: OrderRow[]; next: OrderCursor | null }> {
  const { ids, next } = await listOrderIds(db, query, after, limit)
  return { rows: await orderRowsInSequence(db, ids), next }
}

/** The rows of the given orders, in the given sequence. Orders that don't exist are left out. */
export async function orderRowsInSequence(db: Database, ids: readonly number[]): Promise<OrderRow[]> {
  const rows = new Map((await orderRows(db, ids)).map((row) => [row.id, row]))
  return ids.flatMap((id) => rows.get(id) ?? [])
}

/** A page of at most `limit` order ids. */
export async function listOrderIds(db: Database, query: ListQuery, after: OrderCursor | null, limit: number): Promise<IdPage> {
  const idsQuery = await idQuery(db, query, after, limit)
  if (idsQuery === null) return { ids: [], next: null }
  const found = (await idsQuery.statement.execute(db)).rows
  const page = found.length > limit ? found.slice(0, limit) : found
  const last = page.at(-1)
  const next = found.length > limit && last !== undefined ? { keys: idsQuery.keys.map((key) => last[key] ?? ''), id: last.id } : null
  return { ids: page.map(({ id }) => id), next }
}

type IdRow = { id: number } & Record<string, string | number>

/** The statement for a page of ids, and the columns that the next page's cursor needs. */
interface IdQuery {
  statement: RawBuilder<IdRow>
  keys: readonly string[]
}

/** The cursor after which a page starts, and its maximum number of rows. */
interface PageBounds {
  after: OrderCursor | null
  limit: number
}

/** The statement for a page of ids; null if nothing can match. It selects one row more than `limit`, which shows whether there is a next page. */
export async function idQuery(db: Database, query: ListQuery, after: OrderCursor | null, limit: number): Promise<IdQuery | null> {
  const bounds = { after, limit: limit + 1 }
  return searchText(query.filter) === '' ? filteredIds(db, query, bounds) : searchedIds(db, query, bounds)
}

async function searchedIds(db: Database, { filter, sort }: ListQuery, bounds: PageBounds): Promise<IdQuery | null> {
  const expression = await searchExpression(db, searchText(filter))
  if (expression === null) return null
  const { from, conditions: matching } = matchesFor(expression, filter)
  const conditions = filterConditions(filter)
  if (sort.by === 'date') return searchedByDate(from, [...matching, ...conditions], sort, bounds)
  const matches = await countMatches(db, expression, SMALL_RESULT + 1)
  if (matches === 0) return null
  const found = sql`select searchPlace.orderId as id from ${from} where ${allConditions(matching)}`
  const table =
    matches <= SMALL_RESULT
      ? { from: sql`(${found}) as found cross join orders on orders.id = found.id`, conditions }
      : { from: indexed(SORTS[sort.by].index), conditions: [...conditions, sql`orders.id in (${found})`] }
  return sortedIds(table, sort, bounds)
}

/** The search index is sorted by order date, so reading the matches can stop at the end of the page. */
function searchedByDate(
  from: RawBuilder<unknown>,
  conditions: RawBuilder<unknown>[],
  sort: OrderSort,
  { after, limit }: PageBounds,
): IdQuery {
  const bound = after === null ? [] : [sql`orderSearch.rowid ${sort.isDescending ? sql`<` : sql`>`} ${wholeNumber(after.keys[0])}`]
  const statement = sql<IdRow>`select orders.id, searchPlace.place from ${from} cross join orders on orders.id = searchPlace.orderId
    where ${allConditions([...conditions, ...bound])} order by orderSearch.rowid ${directionOf(sort)} limit ${limit}`
  return { statement, keys: ['place'] }
}

async function filteredIds(db: Database, { filter, sort }: ListQuery, bounds: PageBounds): Promise<IdQuery | null> {
  const counts = await orderCounts(db)
  const matches = storedCount(counts, filter)
  if (matches === 0) return null
  if (sort.by === 'status') return idsByState(counts, filter, { ...sort, by: 'status' }, bounds)
  if (sort.by === 'sync state') return idsByState(counts, filter, { ...sort, by: 'syncState' }, bounds)
  const filtered = filteredTable(counts, filter)
  const isSmall =
    sort.by === 'date' || matches <= SMALL_RESULT || (hasRange(filter) && (await countRows(db, filtered, SMALL_RESULT + 1)) <= SMALL_RESULT)
  return sortedIds(isSmall ? filtered : { from: indexed(SORTS[sort.by].index), conditions: filtered.conditions }, sort, bounds)
}

function sortedIds({ from, conditions }: ListTable, sort: OrderSort, { after, limit }: PageBounds): IdQuery {
  const { keys } = SORTS[sort.by]
  const columns = keys.map((key) => sql.ref<string | number>(`orders.${key}`))
  const order = [...columns, sql.ref('orders.id')]
  const bound = after === null ? [] : [pastCursor(order, [...after.keys.slice(0, keys.length), after.id], sort)]
  const statement = sql<IdRow>`select orders.id, ${sql.join(columns)} from ${from} where ${allConditions([...conditions, ...bound])}
    order by ${orderBy(order, sort)} limit ${limit}`
  return { statement, keys }
}

/**
 * The statement for orders sorted by state, then by date. Reads at most a page of each state, from the index with the
 * fewest matches. A single scan over all states would visit every order of a state in which the filter matches nothing.
 */
function idsByState(
  counts: readonly OrderCount[],
  filter: OrderFilter,
  sort: { by: 'status' | 'syncState'; isDescending: boolean },
  { after, limit }: PageBounds,
): IdQuery {
  const [reached, orderedAt] = after?.keys ?? []
  const isAhead = (state: string) => reached === undefined || (sort.isDescending ? state <= String(reached) : state >= String(reached))
  const wanted = filter[sort.by]
  const states = (wanted === undefined ? [...new Set(counts.map((row) => row[sort.by]))] : [wanted]).filter(
    (state) => isAhead(state) && storedCount(counts, { ...filter, [sort.by]: state }) > 0,
  )
  const byDate = [sql.ref('orders.orderedAt'), sql.ref('orders.id')]
  const parts = states.map((state) => {
    const { from, conditions } = filteredTable(counts, { ...filter, [sort.by]: state })
    const bound = after !== null && state === reached ? [pastCursor(byDate, [orderedAt ?? '', after.id], sort)] : []
    return sql`select * from (select orders.id as id, orders.${sql.ref(sort.by)} as ${sql.ref(sort.by)}, orders.orderedAt as orderedAt
      from ${from} where ${allConditions([...conditions, ...bound])} order by ${orderBy(byDate, sort)} limit ${limit})`
  })
  const keys = [sort.by, 'orderedAt']
  const statement = sql<IdRow>`select * from (${parts.length === 0 ? NOTHING : sql.join(parts, sql` union all `)})
    order by ${orderBy(
      [...keys, 'id'].map((key) => sql.ref(key)),
      sort,
    )} limit ${limit}`
  return { statement, keys }
}

const NOTHING = sql`select 0 as id, '' as status, '' as syncState, '' as orderedAt where false`

type Direction = Pick<OrderSort, 'isDescending'>

function directionOf({ isDescending }: Direction): RawBuilder<unknown> {
  return isDescending ? sql`desc` : sql`asc`
}

function orderBy(columns: readonly RawBuilder<unknown>[], direction: Direction): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql`${column} ${directionOf(direction)}`))
}

function pastCursor(
  columns: readonly RawBuilder<unknown>[],
  values: readonly (string | number)[],
  { isDescending }: Direction,
): RawBuilder<unknown> {
  return sql`(${sql.join(columns)}) ${isDescending ? sql`<` : sql`>`} (${sql.join(values)})`
}

/** The number of orders that match. Without dates and search terms, it comes from the stored counts; otherwise the matches are counted. */
export async function countOrders(db: Database, filter: OrderFilter): Promise<number> {
  if (searchText(filter) !== '') return countSearched(db, filter)
  const counts = await orderCounts(db)
  return hasRange(filter) ? countRows(db, filteredTable(counts, filter), null) : storedCount(counts, filter)
}

/** The newest order's id; 0 if there are no orders. */
export async function newestOrderId(db: Database): Promise<number> {
  const row = await db
    .selectFrom('orders')
    .select((eb) => eb.fn.max('id').as('id'))
    .executeTakeFirst()
  return row?.id ?? 0
}

interface ListTable {
  /** The table, with the index to read it by. */
  from: RawBuilder<unknown>
  conditions: RawBuilder<unknown>[]
}

/** The filtered orders, read by the index with the fewest matches. Each index contains every column that a filter uses. */
function filteredTable(counts: readonly OrderCount[], filter: OrderFilter): ListTable {
  return { from: indexed(filterIndex(counts, filter)), conditions: filterConditions(filter) }
}

async function countSearched(db: Database, filter: OrderFilter): Promise<number> {
  const expression = await searchExpression(db, searchText(filter))
  if (expression === null) return 0
  const conditions = filterConditions(filter)
  if (conditions.length === 0) return countMatches(db, expression, null)
  const { from, conditions: matching } = matchesFor(expression, filter)
  return countRows(
    db,
    { from: sql`${from} cross join orders on orders.id = searchPlace.orderId`, conditions: [...matching, ...conditions] },
    null,
  )
}

async function countRows(db: Database, { from, conditions }: ListTable, limit: number | null): Promise<number> {
  const matches = sql`select 1 from ${from} where ${allConditions(conditions)} ${limit === null ? sql`` : sql`limit ${limit}`}`
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

/** The index with the fewest matches for the filter; the one by date if no filter is set. */
function filterIndex(counts: readonly OrderCount[], filter: OrderFilter): string {
  let best: { index: string; count: number } = { index: 'ordersNewest', count: Number.POSITIVE_INFINITY }
  for (const key of ['status', 'syncState', 'sourceId'] as const) {
    if (filter[key] === undefined) continue
    const count = storedCount(counts, { [key]: filter[key] })
    if (count < best.count) best = { index: FILTER_INDEXES[key], count }
  }
  return best.index
}

function storedCount(counts: readonly OrderCount[], filter: OrderFilter): number {
  const isWanted = (row: OrderCount) =>
    (filter.status === undefined || row.status === filter.status) &&
    (filter.syncState === undefined || row.syncState === filter.syncState) &&
    (filter.sourceId === undefined || row.sourceId === filter.sourceId)
  return counts.filter(isWanted).reduce((sum, { count }) => sum + count, 0)
}

function indexed(index: string): RawBuilder<unknown> {
  return sql`orders indexed by ${sql.ref(index)}`
}

function allConditions(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)
}

function hasRange(filter: OrderFilter): boolean {
  return filter.from !== undefined || filter.to !== undefined
}

function searchText(filter: OrderFilter): string {
  return (filter.search ?? '').trim()
}
