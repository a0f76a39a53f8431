import { CompiledQuery, type Kysely, sql } from 'kysely'

const AT_ONCE = 500

/**
 * Stores search terms in the order of the orders' dates, so that a page of the newest matches can be read without reading the others.
 * The first one to three letters of terms have their own index, so the start of a term is looked up directly.
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

interface Stored {
  id: number
  orderedAt: string
  number: string
  customerEmail: string
  customerCode: string
  /** JSON. */
  body: string
}

type Named = { name: string; company: string }

/** The parts of an order's body that are searched. */
interface SearchedBody {
  customer: Named
  billTo: Named
  shipTo: Named
  lines: { sku: string; name: string }[]
}

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

// The code below is as it was when this migration was written.

function orderWords(row: Stored, body: SearchedBody): string {
  const texts = [row.number, row.customerEmail, row.customerCode]
  for (const { name, company } of [body.customer, body.billTo, body.shipTo]) texts.push(name, company)
  for (const { sku, name } of body.lines) texts.push(sku, name)
  const words = texts
    .join(' ')
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu)
  return [...new Set(words)].join(' ')
}

const PLACES_PER_MS = 2048
const FARTHEST_MS = 2 ** 42 - 2

/** A free place in the search index for each of these times (UTC ISO 8601). Places follow the dates. */
async function freePlaces(db: Kysely<unknown>, times: readonly string[]): Promise<number[]> {
  const lastTaken = new Map<number, number>()
  const places: number[] = []
  for (const time of times) {
    for (let block = blockOf(time); ; block += PLACES_PER_MS) {
      const next = (lastTaken.get(block) ?? (await lastStored(db, block))) + 1
      if (next >= block + PLACES_PER_MS) continue
      lastTaken.set(block, next)
      places.push(next)
      break
    }
  }
  return places
}

function blockOf(time: string): number {
  const ms = Date.parse(time)
  return Math.max(-FARTHEST_MS, Math.min(FARTHEST_MS, Number.isNaN(ms) ? 0 : ms)) * PLACES_PER_MS
}

async function lastStored(db: Kysely<unknown>, block: number): Promise<number> {
  const { rows } = await sql<{ last: number | null }>`
    select max(place) as last from searchPlace where place >= ${block} and place < ${block + PLACES_PER_MS}`.execute(db)
  return rows[0]?.last ?? block - 1
}
