import { rmSync } from 'node:fs'
import SqliteDatabase from 'better-sqlite3'
import { findDamage } from './find-damage'
import { ALL_MIGRATIONS } from './migrations/all-migrations'
import { appliedMigrations, databaseFor, isDamage, type OpenDatabase } from './open-database'

/** Pages copied before other work gets a turn. */
const PAGES_PER_STEP = 500

/** The state of a backup file. `newer`: only a newer version of Ledgerdrop can open it. */
export type BackupState = 'good' | 'newer' | 'damaged'

/**
 * Copies a database that may be in use to a new single file. The copy is a snapshot: commits made while it runs neither appear in it nor delay it.
 * Throws SQLite's error.
 */
export async function copyDatabase(file: string, copy: string): Promise<void> {
  const source = new SqliteDatabase(file, { readonly: true, fileMustExist: true })
  try {
    // Without an open read transaction, every commit would restart the copy.
    source.exec('begin')
    source.prepare('select count(*) from sqlite_master').get()
    await source.backup(copy, { progress: () => PAGES_PER_STEP })
  } finally {
    source.close()
  }
  convertToSingleFile(copy)
}

/** Merges the write-ahead log into the database file, so that the file can be moved by itself. Throws SQLite's error. */
export function convertToSingleFile(file: string): void {
  const sqlite = new SqliteDatabase(file, { fileMustExist: true })
  try {
    sqlite.pragma('journal_mode = DELETE')
  } finally {
    sqlite.close()
  }
  for (const suffix of ['-wal', '-shm', '-journal']) rmSync(`${file}${suffix}`, { force: true })
}

/** The state of a backup file after a quick check. Only `findDamage` can say whether the whole file is intact. */
export function backupState(file: string): BackupState {
  try {
    return readFrom(file, (sqlite) => {
      const migrations = appliedMigrations(sqlite)
      if (migrations.length === 0) return 'damaged'
      return migrations.every((name) => Object.hasOwn(ALL_MIGRATIONS, name)) ? 'good' : 'newer'
    })
  } catch (error) {
    if (isDamage(error) || hasCode(error, 'SQLITE_CANTOPEN', 'SQLITE_ERROR')) return 'damaged'
    throw error
  }
}

/**
 * True if a backup could not be read because the file itself is bad: it is damaged, or lacks tables or columns that every version has. False if the
 * error must have another cause.
 */
export function isBackupAtFault(file: string, error: unknown): boolean {
  if (hasCode(error, 'SQLITE_ERROR')) return true
  if (!isDamage(error)) return false
  try {
    return findDamage(file) !== null
  } catch {
    return true
  }
}

function hasCode(error: unknown, ...codes: string[]): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && codes.includes(code)
}

/**
 * Opens a backup for reading. It may have an older version's tables. Call `destroy` on the result after use, which
 * closes the file.
 */
export function openBackup(file: string): OpenDatabase {
  return databaseFor(new SqliteDatabase(file, { readonly: true, fileMustExist: true }))
}

function readFrom<T>(file: string, read: (sqlite: SqliteDatabase.Database) => T): T {
  const sqlite = new SqliteDatabase(file, { readonly: true, fileMustExist: true })
  try {
    return read(sqlite)
  } finally {
    sqlite.close()
  }
}
