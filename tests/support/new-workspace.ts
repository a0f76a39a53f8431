import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { createEngine } from '../../src-main/engine/engine'
import { ManualClock } from './manual-clock'

let migratedDatabase: Promise<Buffer> | null = null

/**
 * Creates an empty, migrated workspace, unless the folder exists. The migrations take longer than most tests, so they run only once per
 * test file.
 */
export async function makeWorkspace(folder: string): Promise<void> {
  if (existsSync(folder)) return
  migratedDatabase ??= migrate()
  const database = await migratedDatabase
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'ledgerdrop.db'), database)
  writeFileSync(join(folder, 'workspace.json'), JSON.stringify({ format: 'ledgerdrop-workspace', id: randomUUID() }))
}

async function migrate(): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'ledgerdrop-migrated-'))
  try {
    const engine = await createEngine({
      workspaceFolder: folder,
      canCreate: true,
      version: '0.0.0-test',
      clock: new ManualClock(),
      log: { debug: () => {}, info: () => {}, warn: () => {}, error: (message, error) => console.error(message, error) },
    })
    await engine.stop()
    const file = join(folder, 'ledgerdrop.db')
    const sqlite = new SqliteDatabase(file)
    // Each copy is a separate workspace on which no engine has started yet.
    sqlite.exec('delete from workspace')
    sqlite.close()
    return readFileSync(file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
