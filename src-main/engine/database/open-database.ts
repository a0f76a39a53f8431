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

/** An open database file. Only `engine.write` and the stores begin transactions on it. */
export type OpenDatabase = Kysely<Tables>

/** A database, or a transaction on it, to read from. */
export type Database = Pick<OpenDatabase, 'selectFrom' | 'getExecutor'>

/** What every write needs. Inside a transaction nothing but SQL may be awaited. */
export type DatabaseTransaction = Transaction<Tables>

/** Kysely's own adapter runs migrations without a transaction on SQLite; SQLite can roll back DDL, so use it. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** Statements that are kept prepared; the product has about two hundred, those with lists of values vary in length. */
const MOST_STATEMENTS = 300

/** The same connection with its statements prepared once: preparing takes longer than running one that an index serves. */
function withKeptStatements(sqlite: SqliteDatabase.Database) {
  const kept = new Map<string, SqliteDatabase.Statement>()
  return {
    close: () => void sqlite.close(),
    prepare: (text: string) => {
      const known = kept.get(text)
      // One that is being read row by row cannot be run a second time.
      if (known !== undefined && !known.busy) return known
      const statement = sqlite.prepare(text)
      if (kept.size >= MOST_STATEMENTS) kept.delete(kept.keys().next().value ?? '')
      kept.set(text, statement)
      return statement
    },
  }
}

class WorkspaceDriver extends SqliteDriver {
  constructor(
    private readonly sqlite: SqliteDatabase.Database,
    private readonly fence: Fence,
  ) {
    super({ database: withKeptStatements(sqlite) })
  }

  /** A stalled engine that wakes up finds here that it may not write any more: nothing that it has concluded is recorded. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await super.beginTransaction(connection)
    if (this.fence.epoch === null) return
    const { rows } = await connection.executeQuery<{ epoch: number }>(EPOCH)
    if (rows[0]?.epoch === this.fence.epoch) return
    await this.rollbackTransaction(connection)
    throw new SupersededError()
  }

  /** On a full disk SQLite rolls back by itself; Kysely's own rollback then fails, and its error would hide the reason. */
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

/** Kysely closes the file only if something was asked of it; a file that stays open can't be moved or deleted on Windows. */
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

/** The query builder on an open file; destroying it closes the file. */
export function databaseOn(sqlite: SqliteDatabase.Database, fence: Fence = { epoch: null }): OpenDatabase {
  return new WorkspaceDatabase(sqlite, fence)
}

/** Pages that are kept in memory; SQLite's own 2 MB do not hold the upper levels of a large shop's indexes. */
const CACHE_KILOBYTES = 32_000

interface OpenOptions {
  /** The database file. */
  file: string
  /** Keeps a checked copy of the file before the migration of that name and gives its path. */
  keepCopy: (migration: string) => Promise<string>
  /** True where the file was in use before: then an empty one is damage, not a beginning. */
  isExpected?: boolean
  /** True where the file is known to be whole; otherwise every page is looked at, about 2 s per gigabyte. */
  isChecked?: boolean
  migrations?: MigrationProvider
  /** Set its epoch when the engine's start has one. */
  fence?: Fence
}

/**
 * Opens the database and brings it to this version. Throws FailureError: `database-damaged`, `workspace-newer`, `migration-failed`.
 * A damaged file is left as it is. Before a migration of a file that holds data, a copy is made and kept.
 */
export async function openDatabase(options: OpenOptions): Promise<OpenDatabase> {
  const isNew = !existsSync(options.file)
  try {
    const sqlite = new SqliteDatabase(options.file)
    try {
      sqlite.pragma('busy_timeout = 5000')
      refuseDamage(sqlite, options)
      sqlite.pragma('journal_mode = WAL')
      sqlite.pragma('synchronous = FULL')
      sqlite.pragma(`cache_size = -${CACHE_KILOBYTES}`)
      sqlite.pragma('foreign_keys = OFF')
      const db = databaseOn(sqlite, options.fence)
      await migrate(db, sqlite, options, isNew)
      sqlite.pragma('foreign_keys = ON')
      return db
    } catch (error) {
      sqlite.close()
      throw error
    }
  } catch (error) {
    if (isDamage(error)) throw damaged(options, error.message, error)
    throw error
  }
}

/** Looks at every page before anything is written: damage must not show first in the middle of a run. */
function refuseDamage(sqlite: SqliteDatabase.Database, options: OpenOptions): void {
  const found: unknown = options.isChecked === true ? 'ok' : sqlite.pragma('quick_check(1)', { simple: true })
  if (found !== 'ok') throw damaged(options, String(found))
  if (options.isExpected === true && migrationsIn(sqlite).length === 0) throw damaged(options, 'It is empty.')
}

async function migrate(db: OpenDatabase, sqlite: SqliteDatabase.Database, options: OpenOptions, isNew: boolean): Promise<void> {
  const provider = options.migrations ?? { getMigrations: async () => ({ ...ALL_MIGRATIONS }) }
  const known = Object.keys(await provider.getMigrations())
  const done = migrationsIn(sqlite)
  const unknown = done.filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    throw new FailureError({
      code: 'workspace-newer',
      message: 'This workspace was opened by a newer version of Ledgerdrop.',
      remedy: 'Install the newest version of Ledgerdrop on this computer, then open the workspace again. Nothing was changed.',
    })
  }
  if (known.length === done.length) return
  let copy = ''
  if (!isNew && done.length > 0) copy = await options.keepCopy(known.at(-1) ?? '')
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (!error) return refuseOrphans(sqlite, options, copy)
  if (isDamage(error)) throw error
  throw new FailureError(
    {
      code: 'migration-failed',
      message: `The workspace could not be brought to this version: ${errorMessage(error)}`,
      remedy: `Nothing was changed.${copy === '' ? '' : ` A copy of the database is kept at ${copy}.`} Go on with the former version and send us the log.`,
      action: 'restore',
    },
    { cause: error },
  )
}

/** Foreign keys are off during a migration, so it is looked at afterwards whether every row still has what it refers to. */
function refuseOrphans(sqlite: SqliteDatabase.Database, options: OpenOptions, copy: string): void {
  const orphans = sqlite.pragma('foreign_key_check')
  if (Array.isArray(orphans) && orphans.length === 0) return
  throw new FailureError({
    code: 'database-damaged',
    message: `The database ${options.file} was brought to this version, and now rows refer to rows that are missing.`,
    remedy: `Put the copy from before in its place (${copy}), go on with the former version and send us the log.`,
    action: 'restore',
  })
}

/** Names of the migrations that the file has seen, oldest first. */
export function migrationsIn(sqlite: SqliteDatabase.Database): string[] {
  const table = sqlite.prepare(`select name from sqlite_master where type = 'table' and name = 'kysely_migration'`).get()
  if (table === undefined) return []
  return sqlite
    .prepare<[], { name: string }>('select name from kysely_migration order by name')
    .all()
    .map((row) => row.name)
}

/** True for errors of SQLite that say the file itself is broken. */
export function isDamage(error: unknown): error is Error {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
}

function damaged(options: OpenOptions, detail: string, cause?: unknown): FailureError {
  return new FailureError(
    {
      code: 'database-damaged',
      message: `The database ${options.file} is damaged: ${detail}`,
      remedy: 'Ledgerdrop has not touched it. Restore the newest good backup; nothing is sent twice by that. Do not delete anything.',
      action: 'restore',
    },
    { cause },
  )
}

/** What SQLite says if its disk refuses or another engine has written, as something that a person can act on; null for any other error. */
export function diskFailure(error: unknown): FailureError | null {
  const code = (error as { code?: unknown } | null)?.code
  // Only another engine writes to this file: it did so while this one stalled inside a transaction.
  if (code === 'SQLITE_BUSY_SNAPSHOT') return new SupersededError()
  if (typeof code !== 'string' || !/^SQLITE_(FULL|IOERR|READONLY|CANTOPEN)/.test(code)) return null
  if (code === 'SQLITE_FULL') {
    const remedy = 'Make room on that disk. Nothing is lost: Ledgerdrop carries on where it was.'
    return new FailureError({ code: 'workspace-full', message: 'The disk that holds the workspace is full.', remedy }, { cause: error })
  }
  const message = `The database of the workspace cannot be read or written: ${errorMessage(error)}.`
  const remedy = 'Check the disk that holds the workspace (is it full?) and the rights on that folder. Ledgerdrop carries on where it was.'
  return new FailureError({ code: 'workspace-unusable', message, remedy }, { cause: error })
}
