import { CompiledQuery, type Insertable } from 'kysely'
import type { Database } from './open-database'
import type { Tables } from './schema'

/** Adds rows that all have the same columns, inside a transaction. The statement is built once: building one takes longer than running it. */
export async function insertRows<Name extends keyof Tables>(
  db: Database,
  table: Name,
  rows: readonly Insertable<Tables[Name]>[],
): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const { sql } = db.insertInto(table).values(first).compile()
  const columns = Object.keys(first) as (keyof Insertable<Tables[Name]>)[]
  for (const row of rows)
    await db.executeQuery(
      CompiledQuery.raw(
        sql,
        columns.map((column) => row[column]),
      ),
    )
}
