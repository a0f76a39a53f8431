import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { createEngine } from '../../src-main/engine/engine'
import { openWorkspace } from '../../src-main/engine/workspace'
import { FailureError } from '../../src-shared/failure'
import type { ChildOptions } from '../support/engine-child'
import { ManualClock } from '../support/manual-clock'
import { numberedOrder, Office } from '../support/office'
import { temporaryFolder } from '../support/temporary-folder'
import { tsProgram } from '../support/ts-child'

const child = tsProgram('tests/support/engine-child.ts')
const NOW = '2026-04-07T01:00:00.000Z'

/** Opens a workspace, which must be refused, and returns the failure. */
async function expectRefusal(folder: string, canCreate = true): Promise<FailureError> {
  try {
    const engine = await createEngine({
      workspaceFolder: folder,
      canCreate,
      version: '0.0.0-test',
      clock: new ManualClock(NOW),
      log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    })
    await engine.stop()
  } catch (error) {
    if (error instanceof FailureError) return error
    throw error
  }
  throw new Error('The workspace was opened')
}

/** A closed workspace with one order. */
async function closedWorkspace(): Promise<Office> {
  const office = await Office.open()
  await office.readOrders(numberedOrder(1))
  await office.stop()
  return office
}

describe('two programs on one workspace', () => {
  test('the second is refused in the same process', async () => {
    const office = await Office.openUnconfigured()
    expect(await expectRefusal(office.workspace)).toMatchObject({ code: 'workspace-locked' })
    await office.command('settings.get', {})
    await office.stop()
    await office.start()
  })

  test('the second is refused in another process, until the first is killed', async () => {
    const office = await closedWorkspace()
    const options: ChildOptions = { workspaceFolder: office.workspace, now: NOW, tasks: [] }
    const first = child.start([JSON.stringify(options)])
    expect(await first.nextLine()).toBe('open')
    const refusal = await expectRefusal(office.workspace)
    expect(refusal).toMatchObject({ code: 'workspace-locked' })
    expect(refusal.message).toContain(office.workspace)
    first.process.kill('SIGKILL')
    await first.ended
    await office.start()
    expect(await office.order('W0001')).toMatchObject({ status: 'Pending' })
  })
})

describe('a folder that is not a workspace', () => {
  test('with other files in it is refused and left unchanged', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'letter.txt'), 'Dear Sir')
    const refusal = await expectRefusal(folder)
    expect(refusal).toMatchObject({ code: 'workspace-foreign' })
    expect(refusal.message).toContain('letter.txt')
    expect(readdirSync(folder)).toEqual(['letter.txt'])
  })

  test('does not become one unless that was requested', async () => {
    const folder = join(temporaryFolder(), 'typo')
    expect(await expectRefusal(folder, false)).toMatchObject({ code: 'workspace-missing' })
    expect(existsSync(folder)).toBe(false)
  })

  test.for([
    ['a file in place of the folder', ''],
    ['a file in place of the archive', 'archive'],
    ['a folder in place of the lock', 'workspace.lock/x'],
  ] as const)('cannot be used: %s', async ([, inTheWay]) => {
    const folder = join(temporaryFolder(), 'workspace')
    if (inTheWay === '') writeFileSync(folder, '')
    else {
      mkdirSync(join(folder, inTheWay, '..'), { recursive: true })
      writeFileSync(join(folder, inTheWay), '')
    }
    expect(await expectRefusal(folder)).toMatchObject({ code: 'workspace-unusable' })
  })

  test('becomes a workspace if an earlier attempt created only the lock and the archive', async () => {
    const folder = join(temporaryFolder(), 'workspace')
    mkdirSync(join(folder, 'archive'), { recursive: true })
    writeFileSync(join(folder, 'workspace.lock'), '')
    const workspace = await openWorkspace(folder, { canCreate: true, now: NOW })
    expect(workspace.isNew).toBe(true)
    await workspace.close()
  })
})

describe('a damaged or missing database is never replaced by an empty one', () => {
  const DAMAGE_CASES: { title: string; damage(file: string): void }[] = [
    { title: 'overwritten with garbage', damage: (file) => writeFileSync(file, Buffer.alloc(100_000, 'garbage')) },
    { title: 'cut in half', damage: (file) => truncateSync(file, Math.floor(readFileSync(file).length / 8192) * 4096) },
    { title: 'cut within its first page', damage: (file) => truncateSync(file, 60) },
    { title: 'emptied', damage: (file) => truncateSync(file, 0) },
    { title: 'with a zeroed page', damage: (file) => overwritePage(file, 'orders', Buffer.alloc(4096)) },
    { title: 'with a page of random data', damage: (file) => overwritePage(file, 'orders', Buffer.alloc(4096, 0xa5)) },
    { title: 'with a damaged list of deliveries', damage: (file) => overwritePage(file, 'delivery', Buffer.alloc(4096, 0xa5)) },
    { title: 'with a damaged index', damage: (file) => overwritePage(file, 'ordersToWrite', Buffer.alloc(4096, 0xa5)) },
    { title: 'with a damaged run history', damage: (file) => overwritePage(file, 'run', Buffer.alloc(4096, 0xa5)) },
    { title: 'with damaged settings', damage: (file) => overwritePage(file, 'syncTask', Buffer.alloc(4096, 0xa5)) },
    { title: 'replaced by another program’s empty database', damage: replaceWithEmptyDatabase },
  ]

  function overwritePage(file: string, table: string, page: Buffer): void {
    const sqlite = new SqliteDatabase(file)
    const root = sqlite.prepare<[string], { rootpage: number }>('select rootpage from sqlite_master where name = ?').get(table)
    sqlite.close()
    if (root === undefined) throw new Error(`There is no ${table}`)
    const bytes = readFileSync(file)
    page.copy(bytes, (root.rootpage - 1) * 4096)
    writeFileSync(file, bytes)
  }

  function replaceWithEmptyDatabase(file: string): void {
    rmSync(file)
    const sqlite = new SqliteDatabase(file)
    sqlite.exec('create table note (text text)')
    sqlite.close()
  }

  test.for(DAMAGE_CASES)('$title: the start is refused, and the failure says why', async ({ damage }) => {
    const office = await closedWorkspace()
    damage(office.databaseFile)
    const before = readFileSync(office.databaseFile)
    const refusal = await expectRefusal(office.workspace)
    expect(refusal).toMatchObject({ code: 'database-damaged' })
    expect(refusal.message).toContain(office.databaseFile)
    expect(refusal.remedy).toContain('Restore the newest good backup')
    expect(readFileSync(office.databaseFile).equals(before)).toBe(true)
    expect(await expectRefusal(office.workspace)).toMatchObject({ code: 'database-damaged' })
  })

  describe('with damage that does not show in the file’s size or time', () => {
    function corruptSilently(file: string): void {
      const { atime, mtime } = statSync(file)
      overwritePage(file, 'delivery', Buffer.alloc(4096, 0xa5))
      utimesSync(file, atime, mtime)
    }

    test('a start after a clean stop is not delayed, but is refused if the last check is a week old', async () => {
      const office = await closedWorkspace()
      corruptSilently(office.databaseFile)
      await (await openWorkspace(office.workspace, { canCreate: false, now: NOW })).close()
      const later = '2026-04-14T01:00:00.001Z'
      await expect(openWorkspace(office.workspace, { canCreate: false, now: later })).rejects.toMatchObject({ code: 'database-damaged' })
    })

    test('a start after the program was killed is refused', async () => {
      const office = await closedWorkspace()
      const options: ChildOptions = { workspaceFolder: office.workspace, now: NOW, tasks: [] }
      const killed = child.start([JSON.stringify(options)])
      expect(await killed.nextLine()).toBe('open')
      killed.process.kill('SIGKILL')
      await killed.ended
      corruptSilently(office.databaseFile)
      expect(await expectRefusal(office.workspace)).toMatchObject({ code: 'database-damaged' })
    })
  })

  test('missing: the start is refused, and the failure says why', async () => {
    const office = await closedWorkspace()
    rmSync(office.databaseFile)
    expect(await expectRefusal(office.workspace)).toMatchObject({ code: 'database-missing' })
    expect(await expectRefusal(office.workspace, false)).toMatchObject({ code: 'database-missing' })
    expect(existsSync(office.databaseFile)).toBe(false)
  })

  test('a refused start releases the lock', async () => {
    const office = await closedWorkspace()
    const bytes = readFileSync(office.databaseFile)
    writeFileSync(office.databaseFile, 'garbage')
    await expectRefusal(office.workspace)
    writeFileSync(office.databaseFile, bytes)
    await office.start()
    expect(await office.order('W0001')).toMatchObject({ number: 'W0001' })
  })

  test('a marker that cannot be read stops the start', async () => {
    const office = await closedWorkspace()
    writeFileSync(join(office.workspace, 'workspace.json'), '{"format":')
    expect(await expectRefusal(office.workspace)).toMatchObject({ code: 'workspace-unusable' })
  })

  test('a workspace whose marker was lost keeps all its orders', async () => {
    const office = await closedWorkspace()
    rmSync(join(office.workspace, 'workspace.json'))
    await office.start()
    expect(await office.order('W0001')).toMatchObject({ number: 'W0001' })
    expect(existsSync(join(office.workspace, 'workspace.json'))).toBe(true)
  })
})

test('a database of a newer version is refused with the reason and left unchanged', async () => {
  const office = await closedWorkspace()
  const sqlite = new SqliteDatabase(office.databaseFile)
  sqlite.exec(`insert into kysely_migration (name, timestamp) values ('9990-from-the-future', '2030-01-01T00:00:00.000Z')`)
  sqlite.close()
  const before = readFileSync(office.databaseFile)
  const refusal = await expectRefusal(office.workspace)
  expect(refusal).toMatchObject({ code: 'workspace-newer', message: 'This workspace was opened by a newer version of Ledgerdrop.' })
  expect(readFileSync(office.databaseFile).equals(before)).toBe(true)
})

test('commits survive a power failure: write-ahead log, full sync, foreign keys', async () => {
  const workspace = await openWorkspace(join(temporaryFolder(), 'workspace'), { canCreate: true, now: NOW })
  const { sql } = await import('kysely')
  const value = async (pragma: string) =>
    Object.values((await sql.raw<Record<string, unknown>>(`pragma ${pragma}`).execute(workspace.db)).rows[0] ?? {})[0]
  expect(await value('journal_mode')).toBe('wal')
  expect(await value('synchronous')).toBe(2)
  expect(await value('foreign_keys')).toBe(1)
  await workspace.close()
})
