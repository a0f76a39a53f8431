import SqliteDatabase from 'better-sqlite3'
import { ALL_MIGRATIONS } from './migrations/all-migrations'
import { appliedMigrations, type Database, databaseFor } from './open-database'

/** A database file opened for inspection, without changing it. It may be open in a running program. */
export interface InspectedDatabase {
  db: Database
  /** The findings of `integrity_check` and `foreign_key_check`; empty if the file is intact. */
  damage: string[]
  /** Migrations of this version that the file lacks. */
  missingMigrations: string[]
  /** Migrations of the file that this version doesn't know. */
  unknownMigrations: string[]
  /** The time of the latest run or timeline entry; null in an empty database. */
  latestAt: string | null
  close(): Promise<void>
}

/** Opens a database file for reading. Throws SQLite's error if it isn't a database. */
export function inspectDatabase(file: string): InspectedDatabase {
  const sqlite = new SqliteDatabase(file, { readonly: true, fileMustExist: true })
  try {
    const known = Object.keys(ALL_MIGRATIONS)
    const applied = appliedMigrations(sqlite)
    const latest = sqlite
      .prepare<[], { at: string | null }>(
        `select max(at) as at from (select max(startedAt) as at from run union all select max(at) from timeline)`,
      )
      .get()
    return {
      db: databaseFor(sqlite),
      damage: damageOf(sqlite),
      missingMigrations: known.filter((name) => !applied.includes(name)),
      unknownMigrations: applied.filter((name) => !known.includes(name)),
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
