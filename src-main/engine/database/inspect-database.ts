import SqliteDatabase from 'better-sqlite3'
import { ALL_MIGRATIONS } from './migrations/all-migrations'
import { type Database, databaseOn, migrationsIn } from './open-database'

/** A database file, looked at without changing it; may be open in a running program. */
export interface InspectedDatabase {
  db: Database
  /** What `integrity_check` and `foreign_key_check` found; empty where the file is whole. */
  damage: string[]
  /** Steps to this version that the file has not seen, and steps that this version does not know. */
  missingMigrations: string[]
  unknownMigrations: string[]
  /** The latest time that anything in it happened; null in an empty one. */
  latestAt: string | null
  close(): Promise<void>
}

/** Opens a database file for reading. Throws what SQLite throws where it is none. */
export function inspectDatabase(file: string): InspectedDatabase {
  const sqlite = new SqliteDatabase(file, { readonly: true, fileMustExist: true })
  try {
    const known = Object.keys(ALL_MIGRATIONS)
    const done = migrationsIn(sqlite)
    const latest = sqlite
      .prepare<[], { at: string | null }>(
        `select max(at) as at from (select max(startedAt) as at from run union all select max(at) from timeline)`,
      )
      .get()
    return {
      db: databaseOn(sqlite),
      damage: damageOf(sqlite),
      missingMigrations: known.filter((name) => !done.includes(name)),
      unknownMigrations: done.filter((name) => !known.includes(name)),
      latestAt: latest?.at ?? null,
      close: async () => void sqlite.close(),
    }
  } catch (error) {
    sqlite.close()
    throw error
  }
}

function damageOf(sqlite: SqliteDatabase.Database): string[] {
  const integrity = sqlite.pragma('integrity_check(5)') as { integrity_check: string }[]
  const orphans = sqlite.pragma('foreign_key_check') as { table: string }[]
  return [
    ...integrity.map((row) => row.integrity_check).filter((text) => text !== 'ok'),
    ...[...new Set(orphans.map((row) => row.table))].map((table) => `rows of ${table} refer to rows that are missing`),
  ]
}
