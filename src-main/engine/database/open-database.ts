import { existsSync } from 'node:fs'
import SqliteDatabase from 'better-sqlite3'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  type Transaction,
} from 'kysely'
import { type MigrationProvider, Migrator } from 'kysely/migration'
import { errorMessage, FailureError } from '../../../src-shared/failure'
import { type Fence, SupersededError } from './fence'
import { ALL_MIGRATIONS } from './migrations/all-migrations'
import type { Tables } from './schema'

/** An open database file. Only `engine.write` and the stores may begin transactions on it. */
export type OpenDatabase = Kysely<Tables>

/** A database, or a transaction on it, to read from. */
export type Database = Pick<OpenDatabase, 'selectFrom' | 'getExecutor'>

/** A transaction, which every write needs. Await nothing but SQL inside it. */
export type DatabaseTransaction = Transaction<Tables>

/** Runs each migration in a transaction. Kysely's own adapter doesn't on SQLite, although SQLite can roll back DDL. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** Prepared statements to cache. Ledgerdrop has about 200, plus variants of those that contain lists of varying length. */
const MAX_STATEMENTS = 300

/**
 * Adds a cache of prepared statements to a connection, because preparing a statement takes longer than running one that
 * uses an index.
 */
function withStatementCache(sqlite: SqliteDatabase.Database) {
  const cached = new Map<string, SqliteDatabase.Statement>()
  return {
    close: () => void sqlite.close(),
    prepare: (text: string) => {
      const known = cached.get(text)
      // A statement whose rows are still being read can't be run again.
      if (known !== undefined && !known.busy) return known
      const statement = sqlite.prepare(text)
      if (cached.size >= MAX_STATEMENTS) cached.delete(cached.keys().next().value ?? '')
      cached.set(text, statement)
      return statement
    },
  }
}

class WorkspaceDriver extends SqliteDriver {
  constructor(
    private readonly sqlite: SqliteDatabase.Database,
    private readonly fence: Fence,
  ) {
    super({ database: withStatementCache(sqlite) })
  }

  /**
   * Throws if another engine took over the workspace while this one was stalled: this one may no longer write anything.
   */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await super.beginTransaction(connection)
    if (this.fence.epoch === null) return
    const { rows } = await connection.executeQuery<{ epoch: number }>(EPOCH)
    if (rows[0]?.epoch === this.fence.epoch) return
    await this.rollbackTransaction(connection)
    throw new SupersededError()
  }

  /** On a full disk, SQLite rolls back by itself. Kysely's rollback would then fail, and its error would hide the reason. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.sqlite.inTransaction) await super.rollbackTransaction(connection)
  }
}

const EPOCH = CompiledQuery.raw('select epoch from workspace')

class WorkspaceDialect extends SqliteDialect {
  constructor(
    private readonly sqlite: SqliteDatabase.Database,
    private readonly fence: Fence,
  ) {
    super({ database: sqlite })
  }

  override createDriver(): Driver {
    return new WorkspaceDriver(this.sqlite, this.fence)
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter()
  }
}

/** Always closes the file. Kysely closes it only after a query, and Windows can't move or delete an open file. */
class WorkspaceDatabase extends Kysely<Tables> {
  constructor(
    private readonly sqlite: SqliteDatabase.Database,
    fence: Fence,
  ) {
    super({ dialect: new WorkspaceDialect(sqlite, fence) })
  }

  override async destroy(): Promise<void> {
    await super.destroy()
    this.sqlite.close()
  }
}

/** The query builder for an open file. Destroying it closes the file. */
export function databaseFor(sqlite: SqliteDatabase.Database, fence: Fence = { epoch: null }): OpenDatabase {
  return new WorkspaceDatabase(sqlite, fence)
}

/** Page cache. SQLite's default of 2 MB doesn't hold the upper levels of a large store's indexes. */
const CACHE_KILOBYTES = 32_000

interface OpenOptions {
  /** The database file. */
  file: string
  /** Saves a checked copy of the file before the migration with that name, and returns the copy's path. */
  saveCopy: (migration: string) => Promise<string>
  /** True if the workspace was used before, so an empty file is damaged, not new. */
  isExpected?: boolean
  /** True if the file is known to be intact. Otherwise every page is checked, which takes about 2 s per gigabyte. */
  isChecked?: boolean
  migrations?: MigrationProvider
  /** The caller sets its epoch after it has claimed the workspace. */
  fence?: Fence
}

/**
 * Opens the database and migrates it to this version. Throws FailureError `database-damaged`, `workspace-newer`, `migration-failed`.
 * Leaves a damaged file as it is. Before it migrates a file that holds data, it saves a copy.
 */
export async function openDatabase(options: OpenOptions): Promise<OpenDatabase> {
  const isNew = !existsSync(options.file)
  try {
    const sqlite = new SqliteDatabase(options.file)
    try {
      sqlite.pragma('busy_timeout = 5000')
      throwIfDamaged(sqlite, options)
      sqlite.pragma('journal_mode = WAL')
      sqlite.pragma('synchronous = FULL')
      sqlite.pragma(`cache_size = -${CACHE_KILOBYTES}`)
      sqlite.pragma('foreign_keys = OFF')
      const db = databaseFor(sqlite, options.fence)
      await migrate(db, sqlite, options, isNew)
      sqlite.pragma('foreign_keys = ON')
      return db
    } catch (error) {
      sqlite.close()
      throw error
    }
  } catch (error) {
    if (isDamage(error)) throw databaseDamaged(options, error.message, error)
    throw error
  }
}

/** Checks every page before anything is written, so that damage doesn't first appear in the middle of a run. */
function throwIfDamaged(sqlite: SqliteDatabase.Database, options: OpenOptions): void {
  const found: unknown = options.isChecked === true ? 'ok' : sqlite.pragma('quick_check(1)', { simple: true })
  if (found !== 'ok') throw databaseDamaged(options, String(found))
  if (options.isExpected === true && appliedMigrations(sqlite).length === 0) throw databaseDamaged(options, 'It is empty.')
}

async function migrate(db: OpenDatabase, sqlite: SqliteDatabase.Database, options: OpenOptions, isNew: boolean): Promise<void> {
  const provider = options.migrations ?? { getMigrations: async () => ({ ...ALL_MIGRATIONS }) }
  const known = Object.keys(await provider.getMigrations())
  const applied = appliedMigrations(sqlite)
  const unknown = applied.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    throw new FailureError({
      code: 'workspace-newer',
      message: 'This workspace was opened by a newer version of Ledgerdrop.',
      remedy: 'Install the newest version of Ledgerdrop on this computer, then open the workspace again. Nothing was changed.',
    })
  }
  if (known.length === applied.length) return
  let copy = ''
  if (!isNew && applied.length > 0) copy = await options.saveCopy(known.at(-1) ?? '')
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (!error) return throwIfOrphans(sqlite, options, copy)
  if (isDamage(error)) throw error
  throw new FailureError(
    {
      code: 'migration-failed',
      message: `The workspace could not be upgraded to this version: ${errorMessage(error)}`,
      remedy: `Nothing was changed.${copy === '' ? '' : ` A copy of the database is at ${copy}.`} Keep using the previous version and send us the log.`,
      action: 'restore',
    },
    { cause: error },
  )
}

/** Throws if a row refers to a missing row. Foreign keys are off during a migration, so this is checked afterwards. */
function throwIfOrphans(sqlite: SqliteDatabase.Database, options: OpenOptions, copy: string): void {
  const orphans = sqlite.pragma('foreign_key_check')
  if (Array.isArray(orphans) && orphans.length === 0) return
  throw new FailureError({
    code: 'database-damaged',
    message: `The database ${options.file} was upgraded to this version, and some rows now refer to rows that are missing.`,
    remedy: `Replace it with the copy from before the upgrade (${copy}), keep using the previous version and send us the log.`,
    action: 'restore',
  })
}

/** Names of the migrations that were applied to the file, oldest first. */
export function appliedMigrations(sqlite: SqliteDatabase.Database): string[] {
  const table = sqlite.prepare(`select name from sqlite_master where type = 'table' and name = 'kysely_migration'`).get()
  if (table === undefined) return []
  return sqlite
    .prepare<[], { name: string }>('select name from kysely_migration order by name')
    .all()
    .map((row) => row.name)
}

/** True for SQLite errors that mean the file itself is damaged. */
export function isDamage(error: unknown): error is Error {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
}

function databaseDamaged(options: OpenOptions, detail: string, cause?: unknown): FailureError {
  return new FailureError(
    {
      code: 'database-damaged',
      message: `The database ${options.file} is damaged: ${detail}`,
      remedy: 'Ledgerdrop has not changed it. Restore the newest good backup; this sends nothing twice. Do not delete anything.',
      action: 'restore',
    },
    { cause },
  )
}

/** Returns a failure with a remedy if the error is one of SQLite's disk errors or comes from another engine's write; null for any other error. */
export function diskFailure(error: unknown): FailureError | null {
  const code = (error as { code?: unknown } | null)?.code
  // Another engine must have written to this file while this one was stalled inside a transaction.
  if (code === 'SQLITE_BUSY_SNAPSHOT') return new SupersededError()
  if (typeof code !== 'string' || !/^SQLITE_(FULL|IOERR|READONLY|CANTOPEN)/.test(code)) return null
  if (code === 'SQLITE_FULL') {
    const remedy = 'Free up space on that disk. Nothing is lost: Ledgerdrop continues where it stopped.'
    return new FailureError({ code: 'workspace-full', message: 'The disk that holds the workspace is full.', remedy }, { cause: error })
  }
  const message = `The workspace database cannot be read or written: ${errorMessage(error)}.`
  const remedy =
    'Check that the disk that holds the workspace is not full, and check the permissions on that folder. Ledgerdrop continues where it stopped.'
  return new FailureError({ code: 'workspace-unusable', message, remedy }, { cause: error })
}
