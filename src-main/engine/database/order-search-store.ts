import { type RawBuilder, sql } from 'kysely'
import { insertRows } from './insert-rows'
import type { Database, DatabaseTransaction } from './open-database'
import { orderTerms, type SearchedBody } from './order-terms'
import type { OrdersTable } from './schema'
import { freePlaces, placesBetween } from './search-places'
import { searchTerms } from './search-terms'
import { valueList } from './value-list'

/** Prefixes of up to this many letters have their own index. */
const MAX_INDEXED_LETTERS = 3
/** A longer prefix is replaced by the terms that start with it, up to this many. Collecting more would take as long as reading all orders. */
const MAX_TERMS = 500

/** An order to index for search. */
export interface SearchableOrder {
  row: OrdersTable
  body: SearchedBody
}

/** Adds orders to the search index. */
export async function insertSearchTerms(db: DatabaseTransaction, orders: readonly SearchableOrder[]): Promise<void> {
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
    placed.map(({ row, body, place }) => ({ rowid: place, words: orderTerms(row, body) })),
  )
}

/** Replaces an order's search terms with those of its current content. */
export async function updateSearchTerms(db: DatabaseTransaction, order: SearchableOrder): Promise<void> {
  await deleteSearchTerms(db, [order.row.id])
  await insertSearchTerms(db, [order])
}

/** Removes orders from the search index. */
export async function deleteSearchTerms(db: DatabaseTransaction, orderIds: readonly number[]): Promise<void> {
  const ids = valueList(orderIds)
  await sql`delete from orderSearch where rowid in (select place from searchPlace where orderId in ${ids})`.execute(db)
  await sql`delete from searchPlace where orderId in ${ids}`.execute(db)
}

/**
 * Turns what a person typed into an FTS5 expression: each term must be the start of a term of the order. Null if
 * nothing can match.
 */
export async function searchExpression(db: Database, text: string): Promise<string | null> {
  const parts: string[] = []
  for (const prefix of new Set(searchTerms(text))) {
    const terms = [...prefix].length <= MAX_INDEXED_LETTERS ? null : await termsStartingWith(db, prefix)
    if (terms?.length === 0) return null
    parts.push(terms === null ? `"${prefix}"*` : `(${terms.map((term) => `"${term}"`).join(' OR ')})`)
  }
  return parts.length === 0 ? null : parts.join(' AND ')
}

/**
 * All indexed terms with that prefix; null if there are too many. Each term costs one index lookup, however many orders
 * contain it.
 */
async function termsStartingWith(db: Database, prefix: string): Promise<string[] | null> {
  const terms: string[] = []
  for (let from = prefix; ; ) {
    const { rows } = await sql<{ term: string }>`select term from orderSearchTerm where term >= ${from} limit 1`.execute(db)
    const term = rows[0]?.term
    if (term === undefined || !term.startsWith(prefix)) return terms
    terms.push(term)
    if (terms.length > MAX_TERMS) return null
    from = `${term}\0`
  }
}

/** A query for matching orders, sorted by place: the tables to read and the conditions. */
export interface SearchMatches {
  from: RawBuilder<unknown>
  conditions: RawBuilder<unknown>[]
}

/** The orders that match an expression. With a time range, only orders that may be in it. */
export function matchesFor(expression: string, range: { from?: string | undefined; to?: string | undefined } = {}): SearchMatches {
  const { first, last } = placesBetween(range.from, range.to)
  return {
    // SQLite never reorders a cross join, so the search index is read first.
    from: sql`orderSearch cross join searchPlace on searchPlace.place = orderSearch.rowid`,
    conditions: [
      sql`orderSearch match ${expression}`,
      ...(first === null ? [] : [sql`orderSearch.rowid >= ${wholeNumber(first)}`]),
      ...(last === null ? [] : [sql`orderSearch.rowid <= ${wholeNumber(last)}`]),
    ],
  }
}

/** A bound for FTS5's row ids, cast to an integer. FTS5 needs an integer, but SQLite receives all numbers as reals. */
export function wholeNumber(value: string | number | undefined): RawBuilder<number> {
  return sql<number>`cast(${value} as integer)`
}

/** The number of orders that match, counted up to `limit`. */
export async function countMatches(db: Database, expression: string, limit: number | null): Promise<number> {
  const found = sql`select 1 from orderSearch where orderSearch match ${expression} ${limit === null ? sql`` : sql`limit ${limit}`}`
  const { rows } = await sql<{ n: number }>`select count(*) as n from (${found})`.execute(db)
  return rows[0]?.n ?? 0
}
