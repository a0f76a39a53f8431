import SqliteDatabase from 'better-sqlite3'
import { onTestFinished } from 'vitest'

/** Collects every statement that is prepared on any connection, from now until the end of the test. */
export function collectStatements(): ReadonlySet<string> {
  const seen = new Set<string>()
  const { prepare } = SqliteDatabase.prototype
  SqliteDatabase.prototype.prepare = function (this: SqliteDatabase.Database, text: string) {
    seen.add(text)
    return prepare.call(this, text)
  } as typeof prepare
  onTestFinished(() => {
    SqliteDatabase.prototype.prepare = prepare
  })
  return seen
}

/** SQLite's query plan for a statement, one line per step. */
export function queryPlan(sqlite: SqliteDatabase.Database, text: string): string[] {
  const values = text.replaceAll(/'[^']*'/g, '').match(/\?/g) ?? []
  return sqlite
    .prepare<unknown[], { detail: string }>(`explain query plan ${text}`)
    .all(...values.map(() => null))
    .map((row) => row.detail)
}
