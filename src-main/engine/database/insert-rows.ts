import { CompiledQuery, type Insertable } from 'kysely'
import type { Database } from './open-database'
import type { Tables } from './schema'

/** Rows that go into one statement: going to the database and back takes as long as adding several rows. */
const ROWS_AT_ONCE = 20

/** Adds rows that all have the same columns, inside a transaction. Statements are built once: building one takes longer than running it. */
export async function insertRows<Name extends keyof Tables>(
  db: Database,
  table: Name,
  rows: readonly Insertable<Tables[Name]>[],
): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const columns = Object.keys(first) as (keyof Insertable<Tables[Name]>)[]
  const single = db.insertInto(table).values(first).compile().sql
  const values = single.slice(single.lastIndexOf('('))
  const many = `${single}${`, ${values}`.repeat(ROWS_AT_ONCE - 1)}`
  for (let start = 0; start < rows.length; ) {
    const isMany = rows.length - start >= ROWS_AT_ONCE
    const part = rows.slice(start, start + (isMany ? ROWS_AT_ONCE : 1))
    const parameters = part.flatMap((row) => columns.map((column) => row[column]))
    await db.executeQuery(CompiledQuery.raw(isMany ? many : single, parameters))
    start += part.length
  }
}
