import { readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { expect, test } from 'vitest'
import { makeBackup } from '../../src-main/engine/backups/make-backup'
import { ALL_MIGRATIONS } from '../../src-main/engine/database/migrations/all-migrations'
import { databaseFor, openDatabase } from '../../src-main/engine/database/open-database'
import { FailureError } from '../../src-shared/failure'
import { numberedOrder, Office } from '../support/office'
import { temporaryFolder } from '../support/temporary-folder'

const NOW = '2026-05-01T08:09:10.011Z'
const run = async (db: Kysely<unknown>, ...statements: string[]) => {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

/** Applies one more migration to an office's database. */
async function migrate(office: Office, up: Migration['up']): Promise<void> {
  const migrations = { getMigrations: async () => ({ ...ALL_MIGRATIONS, '9000-next': { up } }) }
  const saveCopy = (name: string) => makeBackup(office.databaseFile, join(office.workspace, 'backups'), `before-${name}`, NOW)
  const db = await openDatabase({ file: office.databaseFile, saveCopy, migrations })
  await db.destroy()
}

async function closedOffice(): Promise<Office> {
  const office = await Office.open()
  await office.readOrders(numberedOrder(1), numberedOrder(2))
  await office.stop()
  return office
}

function backups(office: Office): string[] {
  return readdirSync(join(office.workspace, 'backups'))
}

test('a database that was never queried is closed with its connection, because Windows cannot move an open file', async () => {
  const sqlite = new SqliteDatabase(join(temporaryFolder(), 'unused.db'))
  await databaseFor(sqlite).destroy()
  expect(sqlite.open).toBe(false)
})

/** Tables that the database fills automatically. */
const AUTOMATIC_TABLES = /^(sqlite_|kysely_|orderSearch|searchPlace|orderCount)/

/**
 * Replaces a closed office's database with one that has only the migrations before `name`, and copies the rows of the
 * tables and columns that both have. Returns the names of these migrations. The test must fill any columns that only
 * the older version has.
 */
async function goBackBefore(office: Office, name: string): Promise<string[]> {
  const earlier = Object.fromEntries(Object.entries(ALL_MIGRATIONS).filter(([migration]) => migration < name))
  const file = `${office.databaseFile}.older`
  const saveCopy = () => Promise.reject(new Error('there is nothing to copy yet'))
  const db = await openDatabase({ file, saveCopy, migrations: { getMigrations: async () => earlier } })
  await db.destroy()
  const sqlite = new SqliteDatabase(file)
  sqlite.pragma('foreign_keys = OFF')
  sqlite.prepare('attach ? as later').run(office.databaseFile)
  const names = (schema: string) =>
    sqlite.prepare<[], string>(`select name from ${schema}.sqlite_master where type = 'table'`).pluck().all()
  const columns = (schema: string, table: string) =>
    sqlite.prepare<[string, string], string>('select name from pragma_table_info(?, ?)').pluck().all(table, schema)
  const later = new Set(names('later'))
  for (const table of names('main').filter((name) => later.has(name) && !AUTOMATIC_TABLES.test(name))) {
    const laterColumns = new Set(columns('later', table))
    const common = columns('main', table).filter((column) => laterColumns.has(column))
    sqlite.exec(`delete from main.${table}`)
    // Before 0070, syncTask had no schedule column. The test inserts its rows.
    if (table !== 'syncTask' || common.includes('schedule'))
      sqlite.exec(`insert into main.${table} (${common}) select ${common} from later.${table}`)
  }
  sqlite.close()
  for (const suffix of ['-wal', '-shm']) rmSync(`${office.databaseFile}${suffix}`, { force: true })
  renameSync(file, office.databaseFile)
  // Versions before 0120 had no owner token.
  if (name <= '0120-fence-deliveries') rmSync(join(office.workspace, 'owner.json'), { force: true })
  return Object.keys(earlier)
}

const tables = (office: Office) => office.query<{ name: string }>('select name from sqlite_master order by name').map((row) => row.name)

test('a complete copy of the database is saved before a migration', async () => {
  const office = await closedOffice()
  await migrate(office, (db) => run(db, 'create table extra (id integer primary key)'))
  expect(backups(office)).toEqual(['before-9000-next-2026-05-01T08-09-10-011Z.db'])
  const copy = new SqliteDatabase(join(office.workspace, 'backups', backups(office)[0] ?? ''), { readonly: true })
  expect(copy.prepare('select number from orders order by number').pluck().all()).toEqual(['W0001', 'W0002'])
  expect(copy.prepare(`select count(*) from sqlite_master where name = 'extra'`).pluck().get()).toBe(0)
  copy.close()
  expect(tables(office)).toContain('extra')
})

test('no copy is made without a migration', async () => {
  const office = await closedOffice()
  await office.start()
  await office.stop()
  expect(backups(office)).toEqual([])
})

test('a migration that fails halfway changes nothing, and the previous version still works', async () => {
  const office = await closedOffice()
  const before = tables(office)
  const failing = migrate(office, async (db) => {
    await run(db, 'create table half (id integer primary key)', 'update orders set number = number || 1', 'drop table timeline')
    throw new Error('halfway')
  })
  await expect(failing).rejects.toThrow(FailureError)
  await expect(failing).rejects.toMatchObject({ code: 'migration-failed', remedy: expect.stringContaining('before-9000-next') })
  expect(tables(office)).toEqual(before)
  await office.start()
  expect((await office.order('W0001')).timeline).toHaveLength(1)
})

test('rebuilding a table keeps the rows that refer to it', async () => {
  const office = await closedOffice()
  const countOf = (table: string) => office.query<{ n: number }>(`select count(*) n from ${table}`)[0]?.n
  const before = [countOf('timeline'), countOf('orders'), countOf('document')]
  await migrate(office, async (db) => {
    const [{ sql: create } = { sql: '' }] = (await sql<{ sql: string }>`select sql from sqlite_master where name = 'orders'`.execute(db))
      .rows
    await run(
      db,
      create.replace('create table orders', 'create table orders_new').replace('CREATE TABLE orders', 'CREATE TABLE orders_new'),
      'insert into orders_new select * from orders',
      'drop table orders',
      'alter table orders_new rename to orders',
    )
  })
  expect([countOf('timeline'), countOf('orders'), countOf('document')]).toEqual(before)
  expect(office.query('pragma foreign_key_check')).toEqual([])
})

test('a migration that leaves rows without parents stops the start', async () => {
  const office = await closedOffice()
  await expect(migrate(office, (db) => run(db, 'delete from document'))).rejects.toMatchObject({
    code: 'database-damaged',
    message: expect.stringContaining('rows now refer to rows that are missing'),
  })
  expect(backups(office)).toHaveLength(1)
})

test('0030-create-notices: an older workspace keeps everything and gets an empty outbox', async () => {
  const office = await closedOffice()
  const before = await goBackBefore(office, '0030-create-notices')
  const rows = () => ['orders', 'timeline', 'document', 'code'].map((table) => office.query(`select * from ${table}`))
  const kept = rows()
  expect(office.query('select name from kysely_migration order by name')).toEqual(before.map((name) => ({ name })))
  await office.start()
  expect(rows()).toMatchObject(kept)
  expect(backups(office)).toHaveLength(1)
  expect(office.query('select count(*) n from notice')).toEqual([{ n: 0 }])
  const columns = office.query<{ name: string }>(`select name from pragma_table_info('notice')`).map(({ name }) => name)
  expect(columns).toEqual(expect.arrayContaining(['orderId', 'address', 'state', 'attempts', 'claimedBy', 'handedOverAt', 'serverAnswer']))
  expect(() =>
    office.tamper(`insert into notice (id, orderId, queuedAt, actor, address, subject, text, state, attempts)
    values (1, (select min(id) from orders), '', '', '', '', '', 'lost', 0)`),
  ).toThrow('CHECK')
})

test('0040-add-codes-by-hand: codes of a kind without a list count as entered by people; codes from a list do not', async () => {
  const office = await closedOffice()
  await goBackBefore(office, '0040-add-codes-by-hand')
  office.tamper(`insert into code (kind, codeKey, code, name, isListed, updatedAt) values
      ('customer', 'a1', 'A1', 'First', 1, '2026-01-01'), ('customer', 'a2', 'A2', 'Second', 0, '2026-01-01'), ('product', 'p1', 'P1', '', 1, '2026-01-01');
    insert into codeAlias (kind, alias, codeKey) values ('customer', 'first@example.com', 'a1');
    insert into setting (name, value) values ('codeListGiven.customer', 'true')`)
  await office.start()
  expect(office.query('select code, isListed, isByHand from code order by code')).toEqual([
    { code: 'A1', isListed: 1, isByHand: 0 },
    { code: 'A2', isListed: 0, isByHand: 0 },
    { code: 'P1', isListed: 1, isByHand: 1 },
  ])
  expect(office.query('select alias, codeKey from codeAlias')).toEqual([{ alias: 'first@example.com', codeKey: 'a1' }])
  expect(backups(office)).toEqual([expect.stringContaining(`before-${Object.keys(ALL_MIGRATIONS).at(-1)}-`)])
})

test('0070-schedules-and-run-log: tasks keep their intervals, problems get the time at which they began, and runs are kept', async () => {
  const office = await closedOffice()
  await goBackBefore(office, '0070-schedules-and-run-log')
  office.tamper(`insert into syncTask (name, everyMinutes, isPaused, nextRunAt) values ('Write Order', 45, 1, null), ('Read Orders', 1, 0, '2026-05-01');
    update orders set syncState = 'failed', errorCode = 'x', errorMessage = 'y', errorRemedy = 'z' where number = 'W0001';
    insert into timeline (id, orderId, at, kind, actor, text, details)
      select max(timeline.id) + 1, (select id from orders where number = 'W0001'), '2026-04-20T00:00:00.000Z', 'error', 'Sync', 'Sync error: y', '' from timeline`)
  const runs = office.query<object>('select * from run')
  await office.start()
  expect(office.query('select * from syncTask order by name')).toEqual([
    { name: 'Read Orders', schedule: '{"kind":"every","minutes":1}', isPaused: 0, nextRunAt: '2026-05-01' },
    { name: 'Write Order', schedule: '{"kind":"every","minutes":45}', isPaused: 1, nextRunAt: null },
  ])
  expect(office.query('select number, needsPersonSince from orders order by number')).toEqual([
    { number: 'W0001', needsPersonSince: '2026-04-20T00:00:00.000Z' },
    { number: 'W0002', needsPersonSince: null },
  ])
  expect(office.query('select * from run')).toEqual(runs.map((run) => ({ ...run, entriesLeftOut: 0, reviewCount: 0 })))
  expect((await office.command('sync.status', {})).tasks.find((task) => task.name === 'Write Order')).toMatchObject({
    state: 'paused',
    schedule: { kind: 'every', minutes: 45 },
  })
})

test('0080-add-timeline-changes: an older timeline keeps every entry, with an empty list of changes', async () => {
  const office = await closedOffice()
  await goBackBefore(office, '0080-add-timeline-changes')
  const before = office.query<{ id: number }>('select * from timeline order by id')
  expect(before).toHaveLength(2)
  await office.start()
  expect(backups(office)).toHaveLength(1)
  expect(office.query('select * from timeline order by id')).toEqual(before.map((row) => ({ ...row, changes: '[]' })))
  expect((await office.order('W0001')).timeline).toMatchObject([{ kind: 'received', changes: [] }])
})

test('0050-create-staff: an older workspace keeps everything and works without sign-in; new ids are higher than those of staff', async () => {
  const office = await closedOffice()
  await goBackBefore(office, '0050-create-staff')
  const rows = () => ['orders', 'timeline', 'document', 'source', 'destination'].map((table) => office.query(`select * from ${table}`))
  const kept = rows()
  await office.start()
  expect(rows()).toMatchObject(kept)
  expect(backups(office)).toHaveLength(1)
  expect(await office.engine.executeForWindow('orders.list', {})).toMatchObject({ ok: true, value: { rows: [{}, {}] } })
  await office.command('staff.createFirst', { name: 'Ann', password: 'correct horse' })
  const [{ id } = { id: 0 }] = office.query<{ id: number }>('select id from staffMember')
  await office.restart()
  await office.readOrders(numberedOrder(3))
  expect((await office.order('W0003')).id).toBeGreaterThan(id)
  const insert = (role: string) => () => office.tamper(`insert into staffMember values (1, 'Eve', 'eve', '${role}', '', 1, '', null)`)
  expect(insert('root')).toThrow('CHECK')
})

test('0090-create-forgotten-deliveries: an older workspace keeps everything and has no forgotten deliveries', async () => {
  const office = await closedOffice()
  await goBackBefore(office, '0090-create-forgotten-deliveries')
  const rows = () => ['orders', 'timeline', 'document', 'notice'].map((table) => office.query(`select * from ${table}`))
  const kept = rows()
  await office.start()
  expect(rows()).toMatchObject(kept)
  expect(backups(office)).toEqual([expect.stringMatching(/^before-/)])
  expect(office.query('select count(*) n from forgottenDelivery')).toEqual([{ n: 0 }])
  const indexes = office.query<{ name: string }>(`select name from sqlite_master where type = 'index'`).map(({ name }) => name)
  expect(indexes).toEqual(expect.arrayContaining(['forgottenDeliveryByNumber', 'documentByHash']))
})

test('0160-count-reviews: older runs stay unchanged, and new ones are counted', async () => {
  const office = await Office.open()
  await office.readOrders(numberedOrder(1))
  await office.stop()
  await goBackBefore(office, '0160-count-reviews')
  const runs = office.query<object>('select * from run')
  expect(runs).toHaveLength(1)
  await office.start()
  expect(office.query('select * from run')).toEqual(runs.map((run) => ({ ...run, reviewCount: 0 })))
  expect(await office.run('Read Orders')).toMatchObject({ reviewCount: 0 })
})

test('0170-keep-announced-marks: a mark that was announced but not written is still known, and the order is sent', async () => {
  const office = await Office.open()
  await office.readOrders(numberedOrder(1))
  await office.restart({
    onStep: async (step) => {
      if (step === 'claimed folder') throw new Error('power cut')
    },
  })
  await office.run('Write Order')
  await office.stop()
  const [mark] = office.query<{ announced: string }>('select announced from stagingMark')
  const [announced] = JSON.parse(mark?.announced ?? '[]')
  await goBackBefore(office, '0170-keep-announced-marks')
  office.tamper(`update stagingMark set nextEpoch = ${announced.epoch}, nextToken = '${announced.token}'`)
  await office.start()
  expect(office.query('select * from stagingMark')).toEqual([expect.objectContaining(mark ?? {})])
  await office.run('Write Order')
  expect(await office.order('W0001')).toMatchObject({ syncState: 'sent' })
})

test('0100-allow-digests: every email in the outbox is kept, and digests are allowed, one per day and address', async () => {
  const office = await closedOffice()
  await goBackBefore(office, '0100-allow-digests')
  office.tamper(`insert into notice values (7, (select min(id) from orders), '2026-04-07T00:00:00.000Z', 'Ann', 'a@example.com', 'Subject', 'Text',
    'failed', 3, '2026-04-08', null, '2026-04-09', 'code', 'message', 'remedy', '2026-04-10', null, 'answer')`)
  const [kept] = office.query<object>('select * from notice')
  await office.start()
  expect(office.query('select * from notice')).toEqual([{ ...kept, digestDay: null }])
  await office.stop()
  expect(office.query('pragma foreign_key_check')).toEqual([])
  const add = (order: string, day: string) =>
    office.tamper(`insert into notice (orderId, digestDay, queuedAt, actor, address, subject, text, state, attempts)
      values (${order}, ${day}, '', '', 'a@example.com', '', '', 'sent', 0)`)
  add('null', "'2026-04-06'")
  expect(() => add('null', "'2026-04-06'")).toThrow('UNIQUE')
  expect(() => add('null', 'null')).toThrow('CHECK')
  expect(() => add('(select min(id) from orders)', "'2026-04-07'")).toThrow('CHECK')
})

test('the next start succeeds after a failed first start', async () => {
  const office = await closedOffice()
  const file = join(office.folder, 'fresh.db')
  const broken = { getMigrations: async () => ({ '0010-create-tables': { up: () => Promise.reject(new Error('no')) } }) }
  const options = { file, saveCopy: () => Promise.reject(new Error('there is nothing to copy yet')) }
  await expect(openDatabase({ ...options, migrations: broken })).rejects.toMatchObject({ code: 'migration-failed' })
  const db = await openDatabase(options)
  await db.destroy()
})

test('0060-sort-and-count-orders: an older workspace keeps everything, and its orders are sorted and counted', async () => {
  const office = await closedOffice()
  await goBackBefore(office, '0060-sort-and-count-orders')
  office.tamper(`update orders set status = 'On Hold' where number = 'W0002'`)
  const rows = () => office.query<{ number: string }>('select number, status, body, revision from orders order by id')
  const kept = rows()
  await office.start()
  expect(rows()).toEqual(kept)
  expect(office.query("select numberKey, customerKey from orders where number = 'W0002'")).toEqual([
    { numberKey: 'w000000000000002', customerKey: expect.stringMatching(/^[a-z ]+$/) },
  ])
  expect((await office.command('orders.counts', {})).counts.map(({ status, count }) => `${status} ${count}`).sort()).toEqual([
    'On Hold 1',
    'Pending 1',
  ])
  await office.readOrders(numberedOrder(3))
  const counts = (await office.command('orders.counts', {})).counts
  expect(counts.find(({ status }) => status === 'Pending')?.count).toBe(2)
  const { rows: sorted } = await office.command('orders.list', { sort: { by: 'number', isDescending: false } })
  expect(sorted.map((row) => row.number)).toEqual(['W0001', 'W0002', 'W0003'])
})

test('0110-search-by-date: every order of an older workspace is found by all its words, newest first', async () => {
  const office = await Office.open()
  const [line] = numberedOrder(1).lines
  await office.readOrders(
    numberedOrder(1, { orderedAt: '2026-03-01T00:00:00.000Z', lines: [{ ...(line as NonNullable<typeof line>), name: 'Pond liner' }] }),
    numberedOrder(2, { orderedAt: '2026-03-03T00:00:00.000Z' }),
    numberedOrder(3, { orderedAt: '2026-03-02T00:00:00.000Z' }),
  )
  await office.stop()
  await goBackBefore(office, '0110-search-by-date')
  const kept = office.query('select * from orders order by id')
  await office.start()
  expect(office.query('select * from orders order by id')).toMatchObject(kept)
  expect(backups(office)).toEqual([expect.stringContaining(`before-${Object.keys(ALL_MIGRATIONS).at(-1)}-`)])
  const found = async (search: string) => (await office.command('orders.list', { filter: { search } })).rows.map((row) => row.number)
  expect(await found('w000')).toEqual(['W0002', 'W0003', 'W0001'])
  expect(await found('pond li')).toEqual(['W0001'])
  expect(office.query('select count(*) n from searchPlace')).toEqual([{ n: 3 }])
  await office.stop()
  expect(office.query('pragma foreign_key_check')).toEqual([])
})

test('0140-recognise-orders: older orders are recognised by their folded ids and keep everything', async () => {
  const office = await closedOffice()
  await goBackBefore(office, '0140-recognise-orders')
  office.tamper(`update orders set sourceOrderId = ' Web-1' where number = 'W0001'`)
  const kept = office.query<object>('select * from orders order by id')
  await office.start()
  expect(office.query('select * from orders order by id')).toMatchObject(kept)
  expect(office.query('select sourceOrderKey, storeModifiedAt, fileModifiedAt from orders order by number')).toEqual([
    { sourceOrderKey: 'web-1', storeModifiedAt: null, fileModifiedAt: null },
    { sourceOrderKey: '0002', storeModifiedAt: null, fileModifiedAt: null },
  ])
  const [again] = await office.readOrders(numberedOrder(1, { sourceOrderId: 'WEB-1', reference: 'Changed' }))
  expect(again).toMatchObject({ reference: 'Changed' })
  const [same] = await office.readOrders(numberedOrder(2))
  expect(same?.timeline).toHaveLength(1)
  expect((await office.command('orders.list', {})).rows).toHaveLength(2)
  await office.stop()
  expect(office.query('pragma foreign_key_check')).toEqual([])
})

test('0140-recognise-orders: two older orders whose ids differ only in letter case stay separate', async () => {
  const office = await closedOffice()
  await goBackBefore(office, '0140-recognise-orders')
  office.tamper(
    `update orders set sourceOrderId = 'a' where number = 'W0001'; update orders set sourceOrderId = 'A' where number = 'W0002'`,
  )
  await office.start()
  await office.readOrders(numberedOrder(1, { sourceOrderId: 'a', reference: 'One' }), numberedOrder(3))
  await office.readOrders(numberedOrder(2, { sourceOrderId: 'A', reference: 'Two' }))
  const references = ['W0001', 'W0002', 'W0003'].map(async (number) => (await office.order(number)).reference)
  expect(await Promise.all(references)).toEqual(['One', 'Two', 'PO-0003'])
})

test('0150-refuse-wrong-totals: destinations that nobody had set to report now refuse wrong totals, and their history says so', async () => {
  const office = await Office.open()
  const changes: Record<string, readonly ('refuse' | 'report')[]> = { Never: [], Back: ['refuse', 'report'], Refusing: ['refuse'] }
  await office.addDestination('Ubl', 'ubl-order')
  for (const [name, steps] of Object.entries(changes)) {
    const { id, profile, folder } = await office.addDestination(name, 'attache-kfi', { totalDifference: 'report' })
    for (const totalDifference of steps) {
      await office.command('settings.saveDestination', { id, name, profile, folder, isDefault: false, settings: { totalDifference } })
    }
  }
  const settings = () =>
    office.query<{ name: string; difference: string | null }>(
      `select name, json_extract(settings, '$.totalDifference') as difference from destination where name <> 'Package' order by name`,
    )
  await office.stop()
  const before = settings()
  await goBackBefore(office, '0150-refuse-wrong-totals')
  await office.start()
  expect(before.map(({ difference }) => difference)).toEqual(['report', 'report', 'refuse', null])
  expect(settings().map(({ difference }) => difference)).toEqual(['report', 'refuse', 'refuse', null])
  const { id } = await office.destination('Never')
  const history = (await office.command('settings.destinationHistory', { destinationId: id })).changes
  expect(history[0]).toMatchObject({ actor: 'Ledgerdrop', summary: expect.stringContaining('report became refuse') })
  // The state that the migration recorded can be restored like any other state.
  await office.command('settings.restoreDestination', { destinationId: id, changeId: history[1]?.id ?? 0 })
  await office.command('settings.restoreDestination', { destinationId: id, changeId: history[0]?.id ?? 0 })
  expect((await office.destination('Never')).settings).toMatchObject({ totalDifference: 'refuse' })
})

test('0120-fence-deliveries: an older workspace keeps everything; the older of two prepared files for one order becomes unknown', async () => {
  const office = await closedOffice()
  await goBackBefore(office, '0120-fence-deliveries')
  const [{ id: destinationId = 0 } = {}] = office.query<{ id: number }>('select id from destination')
  const prepare = (id: number, number: string, fileName: string) =>
    office.tamper(`insert into delivery (id, orderId, destinationId, attempt, state, folder, fileName, sizeBytes, sha256, contentRevision, preparedAt)
      values (${id}, (select id from orders where number = '${number}'), ${destinationId}, 1, 'prepared', '', '${fileName}', 1, '', 1, '')`)
  prepare(1, 'W0001', 'older')
  prepare(2, 'W0001', 'newer')
  prepare(3, 'W0002', 'only')
  const kept = office.query<{ id: number }>('select id, number, body, revision from orders order by id')
  await office.start()
  expect(office.query('select id, number, body, revision from orders order by id')).toEqual(kept)
  expect(office.query('select fileName, state, settingsRevision from delivery order by id')).toEqual([
    { fileName: 'older', state: 'unknown', settingsRevision: 0 },
    { fileName: 'newer', state: 'prepared', settingsRevision: 0 },
    { fileName: 'only', state: 'prepared', settingsRevision: 0 },
  ])
  expect(office.query('select number, status, syncState from orders order by number')).toEqual([
    { number: 'W0001', status: 'Processing', syncState: 'needs review' },
    { number: 'W0002', status: 'Pending', syncState: 'waiting' },
  ])
  expect(office.query('select epoch, only from workspace')).toEqual([{ epoch: 1, only: 1 }])
  await office.stop()
  expect(() => prepare(4, 'W0002', 'another')).toThrow('UNIQUE')
  expect(office.query('pragma foreign_key_check')).toEqual([])
})

test('0190-create-store-updates: stores keep everything, can be written to, and get an empty outbox', async () => {
  const office = await closedOffice()
  await goBackBefore(office, '0190-create-store-updates')
  office.tamper(`insert into source (id, name, folder, destinationId) select 7, 'Web Shop', '', min(id) from destination;
    insert into store (sourceId, connection, cursor, readAt, failureCode, failureCount)
      values (7, '{}', '2026-04-06T00:00:00.000Z', '2026-04-07T00:00:00.000Z', 'store-busy', 3)`)
  const [kept] = office.query<object>('select * from store')
  await office.start()
  expect(office.query('select * from store')).toEqual([{ ...kept, updateFailureCount: 0, nextUpdateAt: null }])
  expect(office.query('select * from storeUpdate')).toEqual([])
  const add = (id: number, kind: string, mark: string, state: string) =>
    office.tamper(`insert into storeUpdate (id, orderId, sourceId, kind, content, mark, state, attempts, queuedAt)
      select ${id}, min(id), 7, '${kind}', '{}', '${mark}', '${state}', 0, '' from orders`)
  add(1, 'note', 'a', 'queued')
  expect(() => add(2, 'note', 'a', 'queued')).toThrow('UNIQUE')
  expect(() => add(2, 'email', 'b', 'queued')).toThrow('CHECK')
  expect(() => add(2, 'note', 'b', 'lost')).toThrow('CHECK')
  await office.stop()
  expect(office.query('pragma foreign_key_check')).toEqual([])
})
