import { CompiledQuery, type Kysely, sql } from 'kysely'
import { orderWords, type SearchedBody } from '../order-words'
import type { OrdersTable } from '../schema'
import { freePlaces } from '../search-places'

const AT_ONCE = 500

/**
 * The words to find orders by lie in the order of the orders' dates, so that a page of the newest matches is read without looking at the others.
 * Words of one to three letters have an index of their own: whatever somebody has typed so far is looked up, not gathered.
 */
export async function searchByDate(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`drop table orderSearch`,
    sql`create virtual table orderSearch using fts5 (
      words, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3', tokenize = 'ascii'
    )`,
    sql`create virtual table orderSearchTerm using fts5vocab ('orderSearch', 'instance')`,
    sql`create table searchPlace (place integer primary key, orderId integer not null unique references orders (id)) strict`,
  ]
  for (const statement of statements) await statement.execute(db)
  await fill(db)
}

type Stored = Pick<OrdersTable, 'id' | 'orderedAt' | 'number' | 'customerEmail' | 'customerCode' | 'body'>

async function fill(db: Kysely<unknown>): Promise<void> {
  for (let after = 0; ; ) {
    const { rows } = await sql<Stored>`
      select id, orderedAt, number, customerEmail, customerCode, body from orders where id > ${after} order by id limit ${AT_ONCE}`.execute(
      db,
    )
    const places = await freePlaces(
      db,
      rows.map((order) => order.orderedAt),
    )
    for (const [index, order] of rows.entries()) {
      await db.executeQuery(CompiledQuery.raw('insert into searchPlace (place, orderId) values (?, ?)', [places[index], order.id]))
      await db.executeQuery(
        CompiledQuery.raw('insert into orderSearch (rowid, words) values (?, ?)', [
          places[index],
          orderWords(order, JSON.parse(order.body) as SearchedBody),
        ]),
      )
    }
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.id
  }
}
