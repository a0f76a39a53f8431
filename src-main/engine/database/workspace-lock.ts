import SqliteDatabase from 'better-sqlite3'

/**
 * Takes the workspace for this process, or gives null when another has it. The lock is an exclusively held SQLite file: the
 * operating system frees it when the process dies, however it dies.
 */
export function takeWorkspaceLock(file: string): { release(): void } | null {
  const sqlite = new SqliteDatabase(file, { timeout: 0 })
  try {
    sqlite.pragma('locking_mode = EXCLUSIVE')
    sqlite.exec('begin exclusive')
    return { release: () => sqlite.close() }
  } catch (error) {
    sqlite.close()
    if ((error as { code?: unknown }).code === 'SQLITE_BUSY') return null
    throw error
  }
}
