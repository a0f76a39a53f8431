import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { backupSubfolder, saveChosenFolder } from '../../src-main/engine/backups/backup-folders'
import { copyDatabase } from '../../src-main/engine/database/backup-database'
import { findDamage, findDamageInThread } from '../../src-main/engine/database/find-damage'
import { openWorkspace } from '../../src-main/engine/workspace'
import { numberedOrder, Office } from '../support/office'
import { temporaryFolder } from '../support/temporary-folder'

const DAY_MS = 86_400_000
const backupFolder = (office: Office) => join(office.workspace, 'backups')

/** Returns the closed workspace of a stopped office. */
async function workspaceOf(office: Office) {
  const workspace = await openWorkspace(office.workspace, { canCreate: false, now: office.clock.now().toISOString() })
  await workspace.close()
  return workspace
}

function numbersIn(file: string): unknown[] {
  const sqlite = new SqliteDatabase(file, { readonly: true })
  try {
    return sqlite.prepare('select number from orders order by number').pluck().all()
  } finally {
    sqlite.close()
  }
}

test('a backup is one complete file with everything that was committed', async () => {
  const office = await Office.open()
  await office.readOrders(numberedOrder(1), numberedOrder(2))
  expect(await office.run('Back Up')).toMatchObject({ outcome: 'done', summary: '1 backup made.' })
  const [name = ''] = office.files(backupFolder(office))
  expect(name).toMatch(/^ledgerdrop-2026-04-07T.*Z\.db$/)
  expect(readdirSync(backupFolder(office))).toEqual([name])
  const file = join(backupFolder(office), name)
  expect(numbersIn(file)).toEqual(['W0001', 'W0002'])
  expect(findDamage(file)).toBeNull()
  expect(readdirSync(backupFolder(office))).toEqual([name])
})

test('commits during the copy do not delay it: the copy is a snapshot', async () => {
  const file = join(temporaryFolder(), 'busy.db')
  const sqlite = new SqliteDatabase(file)
  sqlite.pragma('journal_mode = WAL')
  sqlite.exec('create table a (n integer, bytes blob)')
  const insert = sqlite.prepare('insert into a values (?, randomblob(4000))')
  for (let n = 0; n < 4000; n++) insert.run(n)
  let isOver = false
  const copying = copyDatabase(file, `${file}.copy`).then(() => {
    isOver = true
  })
  let written = 0
  while (!isOver) {
    insert.run(10_000 + written++)
    await new Promise((resolve) => setImmediate(resolve))
    if (written > 20_000) throw new Error('The copy restarts with every commit')
  }
  await copying
  sqlite.close()
  const copy = new SqliteDatabase(`${file}.copy`, { readonly: true })
  expect(written).toBeGreaterThan(3)
  expect(copy.prepare('select count(*) from a').pluck().get()).toBe(4000)
  copy.close()
})

test('a damaged database does not replace good backups, and is reported as a problem', async () => {
  const office = await Office.open()
  await office.readOrders(numberedOrder(1))
  await office.run('Back Up')
  const before = office.files(backupFolder(office))
  // Leave rows whose parents are missing. Quick checks don't detect them.
  office.tamper('pragma foreign_keys = off; delete from document')
  expect(await office.run('Back Up')).toMatchObject({ outcome: 'some failed', failedCount: 1 })
  expect(readdirSync(backupFolder(office))).toEqual(before)
  const { problems } = await office.command('sync.problems', {})
  expect(problems).toEqual([
    expect.objectContaining({ title: 'No backup was made', failure: expect.objectContaining({ code: 'database-damaged' }) }),
  ])
})

test('backups go into the chosen folder; while that folder is unreachable, they stay in the workspace, and a problem says so', async () => {
  const office = await Office.open()
  await office.stop()
  const workspace = await workspaceOf(office)
  const share = join(office.folder, 'share')
  await saveChosenFolder(workspace, join(share, 'backups'))
  writeFileSync(share, 'a file where the share should be')
  await office.start()
  await office.readOrders(numberedOrder(1))
  expect(await office.run('Back Up')).toMatchObject({ outcome: 'some failed', doneCount: 1, failedCount: 1 })
  expect(office.files(backupFolder(office))).toHaveLength(1)
  const { problems } = await office.command('sync.problems', {})
  expect(problems).toEqual([expect.objectContaining({ title: 'The backup stays in the workspace' })])
  expect(problems[0]?.failure.message).toContain(join(share, 'backups'))

  rmSync(share)
  mkdirSync(share)
  office.clock.advance(DAY_MS)
  expect(await office.run('Back Up')).toMatchObject({ outcome: 'done' })
  expect(office.files(backupFolder(office))).toEqual([])
  const subfolder = backupSubfolder(join(share, 'backups'), workspace)
  expect(readdirSync(subfolder)).toHaveLength(2)
  for (const name of readdirSync(subfolder)) expect(findDamage(join(subfolder, name))).toBeNull()
  expect((await office.command('sync.problems', {})).problems).toEqual([])
})

test('after the clock was set back 400 days, the new backup and all earlier ones are kept', async () => {
  const office = await Office.open()
  for (let day = 0; day < 7; day++) {
    office.clock.advance(DAY_MS)
    await office.run('Back Up')
  }
  const before = office.files(backupFolder(office))
  expect(before).toHaveLength(7)
  office.clock.jump(-400 * DAY_MS)
  for (let day = 1; day <= 2; day++) {
    office.clock.advance(DAY_MS)
    expect(await office.run('Back Up')).toMatchObject({ outcome: 'done' })
    const after = office.files(backupFolder(office))
    expect(after).toEqual(expect.arrayContaining(before))
    expect(after.filter((name) => name.startsWith('ledgerdrop-2025-'))).toHaveLength(day)
  }
})

test('surplus backups are deleted; other files stay', async () => {
  const office = await Office.open()
  writeFileSync(join(backupFolder(office), 'notes.txt'), 'mine')
  for (let day = 0; day < 20; day++) {
    await office.run('Back Up')
    office.clock.advance(DAY_MS)
  }
  const files = office.files(backupFolder(office))
  expect(files).toContain('notes.txt')
  expect(files.length).toBeGreaterThanOrEqual(9)
  expect(files.length).toBeLessThanOrEqual(12)
  expect(existsSync(join(backupFolder(office), 'notes.txt'))).toBe(true)
})

test('an incomplete copy is not a backup and is deleted', async () => {
  const office = await Office.open()
  await office.run('Back Up')
  const [name = ''] = office.files(backupFolder(office))
  renameSync(join(backupFolder(office), name), join(backupFolder(office), `${name}.part`))
  office.clock.advance(1000)
  await office.run('Back Up')
  expect(office.files(backupFolder(office))).toEqual([expect.stringMatching(/\.db$/)])
})

describe('compacting the database', () => {
  const addFreeSpace = (office: Office, bytes: number) => {
    const sqlite = new SqliteDatabase(office.databaseFile)
    sqlite.exec('create table filler (bytes blob)')
    sqlite.prepare('insert into filler values (zeroblob(?))').run(bytes)
    sqlite.exec('drop table filler')
    sqlite.close()
  }
  const freePages = (office: Office) => {
    const [row] = office.query<{ freelist_count: number }>('pragma freelist_count')
    return row?.freelist_count ?? 0
  }
  const roomyDisk = { diskSpace: async () => ({ freeBytes: 100 * 1024 ** 3, totalBytes: 1024 ** 4 }) }

  test('happens after the scheduled backup without losing data, and the run says so', async () => {
    const office = await Office.open(roomyDisk)
    await office.readOrders(numberedOrder(1), numberedOrder(2))
    addFreeSpace(office, 120_000_000)
    expect(await office.run('Back Up', 'Sync Now')).toMatchObject({ outcome: 'done' })
    expect(freePages(office)).toBeGreaterThan(0)
    const run = await office.run('Back Up', 'schedule')
    expect(freePages(office)).toBe(0)
    expect(statSync(office.databaseFile).size).toBeLessThan(20_000_000)
    expect(statSync(`${office.databaseFile}-wal`).size).toBeLessThan(20_000_000)
    expect(office.query<{ text: string }>(`select text from runEntry where runId = ${run.id}`)).toMatchObject([
      { text: expect.stringMatching(/^The database was compacted: 1[12]\d MB of disk space freed\.$/) },
    ])
    expect(numbersIn(office.databaseFile)).toEqual(['W0001', 'W0002'])
    expect(findDamage(office.databaseFile)).toBeNull()
  })

  test('does not happen if the disk has no room for it, or if the database has little free space', async () => {
    const crowded = await Office.open({ diskSpace: async () => ({ freeBytes: 500_000_000, totalBytes: 1024 ** 4 }) })
    addFreeSpace(crowded, 120_000_000)
    await crowded.run('Back Up', 'schedule')
    expect(freePages(crowded)).toBeGreaterThan(0)
    const tidy = await Office.open(roomyDisk)
    addFreeSpace(tidy, 60_000_000)
    await tidy.run('Back Up', 'schedule')
    expect(freePages(tidy)).toBeGreaterThan(0)
  })

  test('does not happen if no backup could be made', async () => {
    const office = await Office.open(roomyDisk)
    addFreeSpace(office, 120_000_000)
    rmSync(backupFolder(office), { recursive: true })
    writeFileSync(backupFolder(office), 'in the way')
    expect(await office.run('Back Up', 'schedule')).toMatchObject({ failedCount: 1 })
    expect(freePages(office)).toBeGreaterThan(0)
  })
})

test('a damage check in another thread has the same result and does not block this thread', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'whole.db')
  const sqlite = new SqliteDatabase(file)
  sqlite.exec('create table a (n integer primary key, bytes blob)')
  const insert = sqlite.prepare('insert into a values (null, randomblob(4000))')
  sqlite.transaction(() => {
    for (let n = 0; n < 5000; n++) insert.run()
  })()
  sqlite.close()
  let turns = 0
  let isOver = false
  const search = findDamageInThread(file).finally(() => {
    isOver = true
  })
  while (!isOver) {
    turns++
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(await search).toBeNull()
  expect(turns).toBeGreaterThan(10)

  const bytes = readFileSync(file)
  bytes.fill(0x5a, 40_960, 80_000)
  writeFileSync(join(folder, 'damaged.db'), bytes)
  writeFileSync(join(folder, 'not-a-database.db'), 'not a database at all')
  expect(await findDamageInThread(join(folder, 'damaged.db'))).toBe(findDamage(join(folder, 'damaged.db')))
  expect(findDamage(join(folder, 'damaged.db'))).not.toBeNull()
  await expect(findDamageInThread(join(folder, 'not-a-database.db'))).rejects.toMatchObject({ code: 'SQLITE_NOTADB' })
  await expect(findDamageInThread(join(folder, 'missing.db'))).rejects.toMatchObject({ code: 'SQLITE_CANTOPEN' })
})
