import SqliteDatabase from 'better-sqlite3'

/**
 * Locks the workspace for this process. Returns null if another process has the lock. The lock is SQLite's exclusive
 * lock on a file, which the operating system releases when the process ends for any reason.
 */
export function acquireWorkspaceLock(file: string): { release(): void } | null {
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
