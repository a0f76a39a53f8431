import { CompiledQuery, type Insertable } from 'kysely'
import type { DatabaseTransaction } from './open-database'
import type { Tables } from './schema'

/**
 * Rows per statement. Several rows go into one statement because a round trip to the database takes as long as adding
 * several rows.
 */
const ROWS_AT_ONCE = 20

/** Adds rows that all have the same columns. */
export async function insertRows<Name extends keyof Tables>(
  db: DatabaseTransaction,
  table: Name,
  rows: readonly Insertable<Tables[Name]>[],
): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const columns = Object.keys(first) as (keyof Insertable<Tables[Name]>)[]
  for (let start = 0; start < rows.length; ) {
    const isFullBatch = rows.length - start >= ROWS_AT_ONCE
    const batch = rows.slice(start, start + (isFullBatch ? ROWS_AT_ONCE : 1))
    const parameters = batch.flatMap((row) => columns.map((column) => row[column]))
    await db.executeQuery(CompiledQuery.raw(insertStatement(db, table, batch), parameters))
    start += batch.length
  }
}

const statements = new Map<string, string>()

/** The SQL text for a batch, built once per shape, because building it takes longer than running it. */
function insertStatement<Name extends keyof Tables>(
  db: DatabaseTransaction,
  table: Name,
  rows: readonly Insertable<Tables[Name]>[],
): string {
  const key = `${rows.length} ${table} ${Object.keys(rows[0] ?? {})}`
  const known = statements.get(key)
  if (known !== undefined) return known
  const built = db.insertInto(table).values(rows).compile().sql
  statements.set(key, built)
  return built
}
