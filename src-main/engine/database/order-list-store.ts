import { type RawBuilder, sql } from 'kysely'
import type { OrderCount, OrderCursor, OrderFilter, OrderRow, OrderSort } from '../../../src-shared/contract/contract'
import type { Database } from './open-database'
import { countFound, foundBy, searchExpression, wholeNumber } from './order-search-store'
import { orderRows } from './orders-store'

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
  const found = (await query.statement.execute(db)).rows
  const page = found.length > limit ? found.slice(0, limit) : found
  const last = page.at(-1)
  const next = found.length > limit && last !== undefined ? { keys: query.keys.map((key) => last[key] ?? ''), id: last.id } : null
  return { ids: page.map(({ id }) => id), next }
}

type IdRow = { id: number } & Record<string, string | number>

/** The statement behind a page of ids, and the columns by which the next page goes on. */
interface IdQuery {
  statement: RawBuilder<IdRow>
  keys: readonly string[]
}

/** Where a page goes on, and how many rows it takes. */
interface Part {
  after: OrderCursor | null
  limit: number
}

/** The statement behind a page of ids; null where nothing can match. One row more than `limit` tells whether there is a next page. */
export async function idQuery(db: Database, question: ListQuestion, after: OrderCursor | null, limit: number): Promise<IdQuery | null> {
  const part = { after, limit: limit + 1 }
  return words(question.filter) === '' ? filteredIds(db, question, part) : searchedIds(db, question, part)
}

async function searchedIds(db: Database, { filter, sort }: ListQuestion, part: Part): Promise<IdQuery | null> {
  const expression = await searchExpression(db, words(filter))
  if (expression === null) return null
  const { from, conditions: matching } = foundBy(expression, filter)
  const conditions = filterConditions(filter)
  if (sort.by === 'date') return searchedByDate(from, [...matching, ...conditions], sort, part)
  const matches = await countFound(db, expression, FEW + 1)
  if (matches === 0) return null
  const found = sql`select searchPlace.orderId as id from ${from} where ${allOf(matching)}`
  const table =
    matches <= FEW
      ? { from: sql`(${found}) as found cross join orders on orders.id = found.id`, conditions }
      : { from: indexed(SORTS[sort.by].index), conditions: [...conditions, sql`orders.id in (${found})`] }
  return sortedIds(table, sort, part)
}

/** The words of all orders lie in the order of their dates: the walk through the matches ends with the page. */
function searchedByDate(from: RawBuilder<unknown>, conditions: RawBuilder<unknown>[], sort: OrderSort, { after, limit }: Part): IdQuery {
  const bound = after === null ? [] : [sql`orderSearch.rowid ${sort.isDescending ? sql`<` : sql`>`} ${wholeNumber(after.keys[0])}`]
  const statement = sql<IdRow>`select orders.id, searchPlace.place from ${from} cross join orders on orders.id = searchPlace.orderId
    where ${allOf([...conditions, ...bound])} order by orderSearch.rowid ${wayOf(sort)} limit ${limit}`
  return { statement, keys: ['place'] }
}

async function filteredIds(db: Database, { filter, sort }: ListQuestion, part: Part): Promise<IdQuery | null> {
  const counts = await orderCounts(db)
  const matches = knownCount(counts, filter)
  if (matches === 0) return null
  if (sort.by === 'status') return stateByState(counts, filter, { ...sort, by: 'status' }, part)
  if (sort.by === 'sync state') return stateByState(counts, filter, { ...sort, by: 'syncState' }, part)
  const narrow = narrowTable(counts, filter)
  const isNarrow = sort.by === 'date' || matches <= FEW || (hasRange(filter) && (await countIn(db, narrow, FEW + 1)) <= FEW)
  return sortedIds(isNarrow ? narrow : { from: indexed(SORTS[sort.by].index), conditions: narrow.conditions }, sort, part)
}

function sortedIds({ from, conditions }: ListTable, sort: OrderSort, { after, limit }: Part): IdQuery {
  const { keys } = SORTS[sort.by]
  const columns = keys.map((key) => sql.ref<string | number>(`orders.${key}`))
  const order = [...columns, sql.ref('orders.id')]
  const bound = after === null ? [] : [beyond(order, [...after.keys.slice(0, keys.length), after.id], sort)]
  const statement = sql<IdRow>`select orders.id, ${sql.join(columns)} from ${from} where ${allOf([...conditions, ...bound])}
    order by ${orderBy(order, sort)} limit ${limit}`
  return { statement, keys }
}

/**
 * One state after the other, each by date: at most a page of each is read, from the index that leaves the fewest. One walk through all states
 * would pass by every order of a state in which the filter finds nothing.
 */
function stateByState(
  counts: readonly OrderCount[],
  filter: OrderFilter,
  sort: { by: 'status' | 'syncState'; isDescending: boolean },
  { after, limit }: Part,
): IdQuery {
  const [reached, orderedAt] = after?.keys ?? []
  const isAhead = (state: string) => reached === undefined || (sort.isDescending ? state <= String(reached) : state >= String(reached))
  const wanted = filter[sort.by]
  const states = (wanted === undefined ? [...new Set(counts.map((row) => row[sort.by]))] : [wanted]).filter(
    (state) => isAhead(state) && knownCount(counts, { ...filter, [sort.by]: state }) > 0,
  )
  const byDate = [sql.ref('orders.orderedAt'), sql.ref('orders.id')]
  const parts = states.map((state) => {
    const { from, conditions } = narrowTable(counts, { ...filter, [sort.by]: state })
    const bound = after !== null && state === reached ? [beyond(byDate, [orderedAt ?? '', after.id], sort)] : []
    return sql`select * from (select orders.id as id, orders.${sql.ref(sort.by)} as ${sql.ref(sort.by)}, orders.orderedAt as orderedAt
      from ${from} where ${allOf([...conditions, ...bound])} order by ${orderBy(byDate, sort)} limit ${limit})`
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

type Way = Pick<OrderSort, 'isDescending'>

function wayOf({ isDescending }: Way): RawBuilder<unknown> {
  return isDescending ? sql`desc` : sql`asc`
}

function orderBy(columns: readonly RawBuilder<unknown>[], way: Way): RawBuilder<unknown> {
  return sql.join(columns.map((column) => sql`${column} ${wayOf(way)}`))
}

function beyond(columns: readonly RawBuilder<unknown>[], values: readonly (string | number)[], { isDescending }: Way): RawBuilder<unknown> {
  return sql`(${sql.join(columns)}) ${isDescending ? sql`<` : sql`>`} (${sql.join(values)})`
}

/** How many orders match. Without dates and words it is known, else it is counted inside an index. */
export async function countOrders(db: Database, filter: OrderFilter): Promise<number> {
  if (words(filter) !== '') return countSearched(db, filter)
  const counts = await orderCounts(db)
  return hasRange(filter) ? countIn(db, narrowTable(counts, filter), null) : knownCount(counts, filter)
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

/** The filter in the index that leaves the fewest; each index has all that is filtered by. */
function narrowTable(counts: readonly OrderCount[], filter: OrderFilter): ListTable {
  return { from: indexed(filterIndex(counts, filter)), conditions: filterConditions(filter) }
}

async function countSearched(db: Database, filter: OrderFilter): Promise<number> {
  const expression = await searchExpression(db, words(filter))
  if (expression === null) return 0
  const conditions = filterConditions(filter)
  if (conditions.length === 0) return countFound(db, expression, null)
  const { from, conditions: matching } = foundBy(expression, filter)
  return countIn(
    db,
    { from: sql`${from} cross join orders on orders.id = searchPlace.orderId`, conditions: [...matching, ...conditions] },
    null,
  )
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
