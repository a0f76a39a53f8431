import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { benchFolders, fillWorkspace } from './bench-workspace'

/** Measures the database file and the values stored in it, in bytes per order (with five lines and its history). */
export async function measureDatabaseSize(root: string, count: number): Promise<{ file: number; values: number }> {
  const folders = benchFolders(join(root, 'size'))
  await fillWorkspace(folders, 'attache-xmlkfi', { count, lines: 5 })
  const path = join(folders.workspace, 'ledgerdrop.db')
  const sqlite = new SqliteDatabase(path)
  try {
    sqlite.pragma('wal_checkpoint(truncate)')
    const tables = sqlite
      .prepare<[], { name: string }>(
        `select name from sqlite_master where type = 'table' and name not like 'orderSearch_%' and name not like 'sqlite_%'`,
      )
      .all()
    const values = tables.reduce((sum, { name }) => sum + valueBytes(sqlite, name), 0)
    return { file: statSync(path).size / count, values: values / count }
  } finally {
    sqlite.close()
    rmSync(folders.root, { recursive: true, force: true })
  }
}

/** The bytes of a table's values: texts and blobs as they are, whole numbers as SQLite stores them (1 to 8 bytes). */
function valueBytes(sqlite: SqliteDatabase.Database, table: string): number {
  if (table === 'orderSearch') return 0
  const columns = sqlite.prepare<[], { name: string }>(`select name from pragma_table_info('${table}')`).all()
  const sizes = columns.map(({ name }) => {
    const column = `"${name}"`
    const whole = `case when abs(${column}) < 128 then 1 when abs(${column}) < 32768 then 2 when abs(${column}) < 2147483648 then 4 else 8 end`
    return `sum(case typeof(${column}) when 'integer' then ${whole} when 'null' then 0 else octet_length(${column}) end)`
  })
  const { bytes } = sqlite.prepare<[], { bytes: number | null }>(`select ${sizes.join(' + ')} as bytes from "${table}"`).get() ?? {
    bytes: 0,
  }
  return bytes ?? 0
}
