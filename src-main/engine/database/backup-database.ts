import { rmSync } from 'node:fs'
import SqliteDatabase from 'better-sqlite3'
import { findDamage } from './find-damage'
import { ALL_MIGRATIONS } from './migrations/all-migrations'
import { databaseOn, isDamage, migrationsIn, type OpenDatabase } from './open-database'

/** Pages copied between two looks at what else is to be done. */
const PAGES_PER_STEP = 500

/** What a file that should be a backup is: `newer`: only a newer program can open it. */
export type BackupState = 'good' | 'newer' | 'damaged'

/**
 * Copies a database that may be in use into a new single file. Commits meanwhile neither show in the copy nor hold it up: it is the database of one
 * moment. Throws SQLite's error.
 */
export async function copyDatabase(file: string, copy: string): Promise<void> {
  const source = new SqliteDatabase(file, { readonly: true, fileMustExist: true })
  try {
    // An open read transaction: without it every commit would make the copy begin again.
    source.exec('begin')
    source.prepare('select count(*) from sqlite_master').get()
    await source.backup(copy, { progress: () => PAGES_PER_STEP })
  } finally {
    source.close()
  }
  intoSingleFile(copy)
}

/** Brings what lies in the write-ahead log into the file itself, so that it can be moved alone. Throws SQLite's error. */
export function intoSingleFile(file: string): void {
  const sqlite = new SqliteDatabase(file, { fileMustExist: true })
  try {
    sqlite.pragma('journal_mode = DELETE')
  } finally {
    sqlite.close()
  }
  for (const end of ['-wal', '-shm', '-journal']) rmSync(`${file}${end}`, { force: true })
}

/** What a file is, by a short look: whether it is whole only `findDamage` says. */
export function backupState(file: string): BackupState {
  try {
    return reading(file, (sqlite) => {
      const migrations = migrationsIn(sqlite)
      if (migrations.length === 0) return 'damaged'
      return migrations.every((name) => Object.hasOwn(ALL_MIGRATIONS, name)) ? 'good' : 'newer'
    })
  } catch (error) {
    if (isDamage(error) || isCode(error, 'SQLITE_CANTOPEN', 'SQLITE_ERROR')) return 'damaged'
    throw error
  }
}

/**
 * True where it is the backup's own fault that it could not be read: it is damaged, or lacks tables or columns that every version has. False where the
 * error must come from somewhere else.
 */
export function isBackupAtFault(file: string, error: unknown): boolean {
  if (isCode(error, 'SQLITE_ERROR')) return true
  if (!isDamage(error)) return false
  try {
    return findDamage(file) !== null
  } catch {
    return true
  }
}

function isCode(error: unknown, ...codes: string[]): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && codes.includes(code)
}

/** Opens a backup to look into it; its tables may be those of an older version. Destroy it after use. */
export function openBackup(file: string): OpenDatabase {
  return databaseOn(new SqliteDatabase(file, { readonly: true, fileMustExist: true }))
}

function reading<T>(file: string, read: (sqlite: SqliteDatabase.Database) => T): T {
  const sqlite = new SqliteDatabase(file, { readonly: true, fileMustExist: true })
  try {
    return read(sqlite)
  } finally {
    sqlite.close()
  }
}
