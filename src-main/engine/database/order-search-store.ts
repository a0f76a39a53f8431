import { type RawBuilder, sql } from 'kysely'
import { insertRows } from './insert-rows'
import type { Database, DatabaseTransaction } from './open-database'
import { orderWords, type SearchedBody } from './order-words'
import type { OrdersTable } from './schema'
import { freePlaces, placesBetween } from './search-places'
import { searchWords } from './search-words'
import { valueList } from './value-list'

/** The beginning of a word has an index of its own up to so many letters. */
const LONGEST_INDEXED = 3
/** A longer beginning is looked up as the words that begin with it, where they are not more; gathering more would take as long as reading all. */
const MOST_WORDS = 500

/** An order that is to be found. */
export interface FindableOrder {
  row: OrdersTable
  body: SearchedBody
}

/** Makes orders findable. */
export async function insertWords(db: DatabaseTransaction, orders: readonly FindableOrder[]): Promise<void> {
  const places = await freePlaces(
    db,
    orders.map(({ row }) => row.orderedAt),
  )
  const placed = orders.map((order, index) => ({ ...order, place: places[index] ?? 0 }))
  await insertRows(
    db,
    'searchPlace',
    placed.map(({ row, place }) => ({ place, orderId: row.id })),
  )
  await insertRows(
    db,
    'orderSearch',
    placed.map(({ row, body, place }) => ({ rowid: place, words: orderWords(row, body) })),
  )
}

/** An order is found by what it holds now. */
export async function changeWords(db: DatabaseTransaction, order: FindableOrder): Promise<void> {
  await deleteWords(db, [order.row.id])
  await insertWords(db, [order])
}

/** Orders are not found any more. */
export async function deleteWords(db: DatabaseTransaction, orderIds: readonly number[]): Promise<void> {
  const ids = valueList(orderIds)
  await sql`delete from orderSearch where rowid in (select place from searchPlace where orderId in ${ids})`.execute(db)
  await sql`delete from searchPlace where orderId in ${ids}`.execute(db)
}

/** What a person typed as an FTS5 expression: every word must begin some word of the order. Null where nothing can match. */
export async function searchExpression(db: Database, text: string): Promise<string | null> {
  const beginnings = searchWords(text)
  const parts: string[] = []
  for (const beginning of new Set(beginnings)) {
    const words = [...beginning].length <= LONGEST_INDEXED ? null : await wordsFrom(db, beginning)
    if (words?.length === 0) return null
    parts.push(words === null ? `"${beginning}"*` : `(${words.map((word) => `"${word}"`).join(' OR ')})`)
  }
  return parts.length === 0 ? null : parts.join(' AND ')
}

/** The words of all orders that begin so; null where there are too many. Each is one look into the index, however many orders have it. */
async function wordsFrom(db: Database, beginning: string): Promise<string[] | null> {
  const words: string[] = []
  for (let from = beginning; ; ) {
    const { rows } = await sql<{ term: string }>`select term from orderSearchTerm where term >= ${from} limit 1`.execute(db)
    const word = rows[0]?.term
    if (word === undefined || !word.startsWith(beginning)) return words
    words.push(word)
    if (words.length > MOST_WORDS) return null
    from = `${word}\0`
  }
}

/** Orders that match, in the order of their places: what to read from, and under which conditions. */
export interface Found {
  from: RawBuilder<unknown>
  conditions: RawBuilder<unknown>[]
}

/** The orders that match an expression and, where that is given, may be of that time. */
export function foundBy(expression: string, range: { from?: string | undefined; to?: string | undefined } = {}): Found {
  const { first, last } = placesBetween(range.from, range.to)
  return {
    // A cross join is never turned round: the words lead.
    from: sql`orderSearch cross join searchPlace on searchPlace.place = orderSearch.rowid`,
    conditions: [
      sql`orderSearch match ${expression}`,
      ...(first === null ? [] : [sql`orderSearch.rowid >= ${wholeNumber(first)}`]),
      ...(last === null ? [] : [sql`orderSearch.rowid <= ${wholeNumber(last)}`]),
    ],
  }
}

/** A bound for FTS5's row ids: it takes one only as an integer, and numbers arrive as reals. */
export function wholeNumber(value: string | number | undefined): RawBuilder<number> {
  return sql<number>`cast(${value} as integer)`
}

/** How many orders match, counted up to a limit. */
export async function countFound(db: Database, expression: string, limit: number | null): Promise<number> {
  const found = sql`select 1 from orderSearch where orderSearch match ${expression} ${limit === null ? sql`` : sql`limit ${limit}`}`
  const { rows } = await sql<{ n: number }>`select count(*) as n from (${found})`.execute(db)
  return rows[0]?.n ?? 0
}
