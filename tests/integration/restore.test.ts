import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { toOrderJson } from '../../src-main/engine/importers/order-json/order-json-format'
import { ManualClock } from '../support/manual-clock'
import { numberedOrder, Office, PACKAGE } from '../support/office'
import { backUp, newestBackup, restore } from '../support/restores'

const DAY_MS = 86_400_000
const orders = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => numberedOrder(from + index))

/** The accounting package takes all files in the drop folder. Returns their names. */
function pickUpFiles(office: Office, name = PACKAGE): string[] {
  const pickedUp = join(office.folder, 'picked-up')
  mkdirSync(pickedUp, { recursive: true })
  const names = office.files(office.dropFolder(name))
  for (const file of names) renameSync(join(office.dropFolder(name), file), join(pickedUp, file))
  return names
}

async function syncAll(office: Office): Promise<void> {
  for (const task of ['Read Orders', 'Read Answers', 'Write Order'] as const) await office.run(task)
}

async function resume(office: Office): Promise<void> {
  await office.command('sync.setPaused', { task: 'Write Order', isPaused: false })
}

describe("yesterday's backup, restored after ten more orders were sent", () => {
  /** An office that had twelve orders yesterday, two of them sent. Today the other ten were sent and picked up. */
  async function officeWithTenSentSince() {
    const office = await Office.open()
    await office.readOrders(...orders(1, 2))
    await office.run('Write Order')
    pickUpFiles(office)
    await office.readOrders(...orders(3, 12))
    const yesterday = await backUp(office)
    office.clock.advance(DAY_MS)
    await office.run('Write Order')
    expect(pickUpFiles(office)).toHaveLength(10)
    return { office, yesterday }
  }

  test('sends none of them again: they need review and show the file that was sent', async () => {
    const { office, yesterday } = await officeWithTenSentSince()
    await restore(office, yesterday)
    await resume(office)
    await syncAll(office)
    await syncAll(office)
    expect(office.files()).toEqual([])
    for (const { number } of orders(3, 12)) {
      const order = await office.order(number)
      expect(order).toMatchObject({ status: 'Processing', syncState: 'needs review', syncError: { code: 'sent-before-restore' } })
      expect(order.deliveries).toEqual([
        expect.objectContaining({ state: 'unknown', evidence: expect.stringContaining('Written after the backup of') }),
      ])
      const [delivery] = order.deliveries
      const archived = readFileSync(join(office.workspace, 'archive', '2026', '04', delivery?.fileName ?? ''))
      expect(archived.toString('utf8')).toContain(number)
      expect(order.timeline.at(-1)).toMatchObject({ kind: 'review', text: expect.stringContaining(delivery?.fileName ?? '?') })
    }
    for (const { number } of orders(1, 2)) expect((await office.order(number)).syncState).not.toBe('needs review')
    expect(office.query('pragma foreign_key_check')).toEqual([])
  })

  test('warns a person before sending one of them again', async () => {
    const { office, yesterday } = await officeWithTenSentSince()
    await restore(office, yesterday)
    const { id } = await office.order('W0005')
    expect(await office.refusal('orders.changeStatus', { orderId: id, status: 'Pending' })).toMatchObject({ code: 'confirm-resend' })
    await office.command('orders.changeStatus', { orderId: id, status: 'Pending', confirmResend: true })
    await office.run('Write Order')
    expect(office.files()).toHaveLength(1)
  })

  test('orders received since are read again: unsent ones are sent once, sent ones need review', async () => {
    const { office, yesterday } = await officeWithTenSentSince()
    await office.readOrders(...orders(21, 25))
    await office.run('Write Order')
    expect(pickUpFiles(office)).toHaveLength(5)
    await office.readOrders(...orders(31, 35))
    office.clock.advance(60_000)
    await restore(office, yesterday)
    expect(await office.refusal('orders.find', { number: 'W0031' })).toMatchObject({ code: 'order-missing' })
    await resume(office)
    await syncAll(office)
    await syncAll(office)
    expect(pickUpFiles(office)).toHaveLength(5)
    for (const { number } of orders(31, 35)) expect(await office.order(number)).toMatchObject({ status: 'Processing', syncState: 'sent' })
    for (const { number } of orders(21, 25)) {
      const order = await office.order(number)
      expect(order).toMatchObject({ status: 'Processing', syncState: 'needs review' })
      expect(order.deliveries).toEqual([expect.objectContaining({ state: 'unknown' })])
    }
    await syncAll(office)
    expect(office.files()).toEqual([])
  })

  test('Write Order is paused, a problem says what to do, and the restore is recorded', async () => {
    const { office, yesterday } = await officeWithTenSentSince()
    await restore(office, yesterday)
    const { tasks, health } = await office.command('sync.status', {})
    expect(tasks.find((task) => task.name === 'Write Order')).toMatchObject({ isPaused: true, nextRunAt: null })
    expect(health.isPaused).toBe(true)
    const problem = (await office.command('sync.problems', {})).problems.find(({ kind }) => kind === 'restore')
    expect(problem).toMatchObject({ title: expect.stringContaining('Ann restored the backup of') })
    expect(problem?.failure.message).toContain('10 files were sent after')
    expect(problem?.failure.message).toContain('10 orders need review')
    expect(problem?.failure.remedy).toContain('choose Resume')
    const { lastRestore } = await office.command('backups.list', {})
    expect(lastRestore).toMatchObject({ actor: 'Ann', file: yesterday })
    await office.command('sync.resolveProblems', { action: 'dismiss', selection: { keys: ['restore'] }, reason: 'Looked through' })
    await office.restart()
    expect((await office.command('sync.problems', {})).problems.some(({ kind }) => kind === 'restore')).toBe(false)
  })

  test('the preview shows what a restore would change, and changes nothing', async () => {
    const { office, yesterday } = await officeWithTenSentSince()
    await office.readOrders(...orders(31, 33))
    const { id } = await office.order('W0001')
    await office.command('orders.changeStatus', { orderId: id, status: 'Completed' })
    const before = readFileSync(office.databaseFile)
    const preview = await office.command('backups.preview', { file: yesterday })
    expect(preview).toMatchObject({
      isDatabaseReadable: true,
      sentCount: 10,
      receivedCount: 3,
      changedCount: 1,
      isArchiveComplete: true,
      backup: { kind: 'regular', state: 'good' },
    })
    expect(preview.orders).toHaveLength(14)
    expect(preview.orders[0]).toMatchObject({ number: 'W0001', change: 'changed since' })
    expect(preview.orders.filter(({ change }) => change === 'sent since')).toHaveLength(10)
    expect(readFileSync(office.databaseFile).equals(before)).toBe(true)
    expect(readdirSync(join(office.workspace, 'backups'))).toHaveLength(1)
  })

  test('without the archive it is unknown what was sent, so every order that could be sent needs review', async () => {
    const { office, yesterday } = await officeWithTenSentSince()
    await office.readOrders(...orders(21, 22))
    await office.run('Write Order')
    pickUpFiles(office)
    rmSync(join(office.workspace, 'archive'), { recursive: true })
    await restore(office, yesterday)
    await resume(office)
    await syncAll(office)
    await syncAll(office)
    expect(office.files()).toEqual([])
    for (const { number } of [...orders(3, 12), ...orders(21, 22)]) {
      expect(await office.order(number)).toMatchObject({ status: 'Processing', syncState: 'needs review' })
    }
    // An order from after the restore is sent as usual.
    await office.readOrders(numberedOrder(50, { orderedAt: new Date(office.clock.now().getTime() + 1000).toISOString() }))
    await office.run('Write Order')
    expect(office.files()).toHaveLength(1)
  })

  test('a confirmation that comes after the restore still counts', async () => {
    const { office, yesterday } = await officeWithTenSentSince()
    await restore(office, yesterday)
    const [delivery] = (await office.order('W0003')).deliveries
    mkdirSync(join(office.dropFolder(), 'Success'), { recursive: true })
    writeFileSync(join(office.dropFolder(), 'Success', delivery?.fileName ?? ''), 'picked-up')
    await office.run('Read Answers')
    expect(await office.order('W0003')).toMatchObject({ syncState: 'confirmed' })
  })

  test('after restoring the wrong backup, returning to the replaced database sends nothing twice either', async () => {
    const { office, yesterday } = await officeWithTenSentSince()
    await restore(office, yesterday)
    const { backups } = await office.command('backups.list', {})
    const replaced = backups.find(({ kind }) => kind === 'replaced')
    expect(replaced).toMatchObject({ state: 'good' })
    office.clock.advance(60_000)
    await restore(office, replaced?.file ?? '')
    await resume(office)
    await syncAll(office)
    expect(office.files()).toEqual([])
    for (const { number } of orders(3, 12)) expect((await office.order(number)).syncState).not.toBe('waiting')
  })

  test('orders with the same number from two stores both need review', async () => {
    const { office, yesterday } = await officeWithTenSentSince()
    await restore(office, yesterday)
    await office.addSource('Second', PACKAGE)
    writeFileSync(join(office.intakeFolder('Second'), 'same.json'), toOrderJson([numberedOrder(5)]))
    await office.run('Read Orders')
    expect(office.query(`select syncState from orders where number = 'W0005'`)).toEqual([
      { syncState: 'needs review' },
      { syncState: 'needs review' },
    ])
  })
})

test('an order that was rejected, corrected and sent again since the backup needs review', async () => {
  const office = await Office.open()
  await office.readOrders(numberedOrder(1))
  await office.run('Write Order')
  const [first = ''] = pickUpFiles(office)
  const backup = await backUp(office)
  office.clock.advance(DAY_MS)
  mkdirSync(join(office.dropFolder(), 'Failure'), { recursive: true })
  renameSync(join(office.folder, 'picked-up', first), join(office.dropFolder(), 'Failure', first))
  writeFileSync(join(office.dropFolder(), 'Failure', first.replace(/\.[a-z]+$/, '.err')), 'Unknown customer')
  await office.run('Read Answers')
  const { id } = await office.order('W0001')
  await office.command('orders.changeStatus', { orderId: id, status: 'Pending', confirmResend: true })
  await office.run('Write Order')
  expect(pickUpFiles(office)).toHaveLength(1)
  await restore(office, backup)
  expect(await office.order('W0001')).toMatchObject({ syncState: 'needs review' })
  expect((await office.order('W0001')).deliveries).toHaveLength(2)
})

describe('a restore after the clock was wrong', () => {
  const YEAR_MS = 365 * DAY_MS

  /**
   * Receives two orders after the backup, restores the backup, reads orders, and returns each order's sync state, or
   * "lost".
   */
  async function statesAfterRestore(office: Office, backup: string): Promise<string[]> {
    await office.readOrders(...orders(11, 12))
    office.clock.advance(60_000)
    await restore(office, backup)
    await office.run('Read Orders')
    return Promise.all(
      orders(11, 12).map(
        async ({ number }) => (await office.command('orders.list', { filter: { search: number } })).rows[0]?.syncState ?? 'lost',
      ),
    )
  }

  test('by a year for a moment, long before the backup: orders received since the backup are read again', async () => {
    const office = await Office.open()
    office.clock.jump(YEAR_MS)
    await office.readOrders(numberedOrder(1))
    await office.run('Write Order')
    office.clock.jump(-YEAR_MS)
    expect(await statesAfterRestore(office, await backUp(office))).toEqual(['waiting', 'waiting'])
  })

  test('by a year while the backup was made: orders received since the backup are read again', async () => {
    const office = await Office.open()
    office.clock.jump(YEAR_MS)
    await office.readOrders(numberedOrder(1))
    await office.run('Write Order')
    const backup = await backUp(office)
    office.clock.jump(-YEAR_MS)
    expect(await statesAfterRestore(office, backup)).toEqual(['waiting', 'waiting'])
  })

  /** An office whose clock is the given number of days ahead of the clock of its file system. */
  async function officeAheadOfItsFiles(days: number) {
    const office = await Office.open({ clock: new ManualClock(new Date(Date.now() + days * DAY_MS).toISOString()) })
    await office.readOrders(numberedOrder(1))
    await office.run('Write Order')
    return { office, backup: await backUp(office) }
  }

  test('by days, so that file dates are older than the backup: orders received since the backup are read again', async () => {
    const { office, backup } = await officeAheadOfItsFiles(5)
    expect(await statesAfterRestore(office, backup)).toEqual(['waiting', 'waiting'])
  })

  test('by weeks: files dated weeks before the backup stay in Done', async () => {
    const { office, backup } = await officeAheadOfItsFiles(20)
    expect(await statesAfterRestore(office, backup)).toEqual(['lost', 'lost'])
  })

  test('by days: a file that was rejected before the backup is not reported again', async () => {
    const office = await Office.open({ clock: new ManualClock(new Date(Date.now() + 5 * DAY_MS).toISOString()) })
    office.receiveText('bad.json', '{')
    await office.run('Read Orders')
    const { problems } = await office.command('sync.problems', {})
    await office.command('sync.resolveProblems', {
      action: 'dismiss',
      selection: { keys: problems.map(({ key }) => key) },
      reason: 'Entered by hand',
    })
    const backup = await backUp(office)
    office.receiveText('worse.json', '[')
    await office.run('Read Orders')
    await restore(office, backup)
    expect(office.files(office.intakeFolder())).toEqual(['worse.json'])
    await office.run('Read Orders')
    const after = await office.command('sync.problems', {})
    expect(after.problems.filter(({ kind }) => kind === 'rejected file')).toEqual([
      expect.objectContaining({ title: expect.stringContaining('worse.json') }),
    ])
  })
})

test('new ids are higher than all ids assigned since the backup, even if the clock was set back', async () => {
  const office = await Office.open()
  await office.readOrders(...orders(1, 2))
  const backup = await backUp(office)
  office.clock.advance(DAY_MS)
  await office.run('Write Order')
  const highest = office.query<{ id: number }>('select max(id) id from delivery')[0]?.id ?? 0
  office.clock.jump(-30 * DAY_MS)
  await restore(office, backup)
  await office.readOrders(numberedOrder(9))
  expect((await office.order('W0009')).id).toBeGreaterThan(highest)
})

describe('an unusable backup is refused, and nothing changes', () => {
  async function refusal(damage: (file: string) => void) {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    const file = await backUp(office)
    damage(file)
    const refused = await office.refusal('backups.restore', { file })
    expect(readdirSync(office.workspace).filter((name) => /restor/.test(name))).toEqual([])
    await office.restart()
    expect(await office.order('W0001')).toMatchObject({ status: 'Pending' })
    return { refused, file, office }
  }

  test('garbage', async () => {
    const { refused, file } = await refusal((backup) => writeFileSync(backup, 'garbage'.repeat(1000)))
    expect(refused).toMatchObject({ code: 'backup-damaged', message: expect.stringContaining(file) })
  })

  test('a truncated file', async () => {
    const { refused, office, file } = await refusal((backup) => writeFileSync(backup, readFileSync(backup).subarray(0, 20_000)))
    expect(refused).toMatchObject({ code: 'backup-damaged' })
    expect(await office.refusal('backups.preview', { file })).toMatchObject({ code: 'backup-damaged' })
  })

  test('a file with an overwritten page or a missing table is also reported as damaged in the preview', async () => {
    const office = await Office.open()
    const file = await backUp(office)
    const good = readFileSync(file)
    for (const damage of [
      () => writeFileSync(file, Buffer.concat([good.subarray(0, 8192), Buffer.alloc(good.length - 8192)])),
      () => writeFileSync(file, good.toString('latin1').replaceAll('delivery', 'deXXvery'), 'latin1'),
    ]) {
      damage()
      expect(await office.refusal('backups.preview', { file })).toMatchObject({ code: 'backup-damaged' })
      expect((await office.command('backups.list', {})).backups).toHaveLength(1)
    }
  })

  test('a backup of a newer version', async () => {
    const { refused, office, file } = await refusal((backup) => {
      const sqlite = new SqliteDatabase(backup)
      sqlite.exec(`insert into kysely_migration (name, timestamp) values ('9990-from-the-future', '2030-01-01T00:00:00.000Z')`)
      sqlite.close()
    })
    expect(refused).toMatchObject({ code: 'backup-newer' })
    expect((await office.command('backups.list', {})).backups).toEqual([expect.objectContaining({ file, state: 'newer' })])
  })

  test('a missing file', async () => {
    const { refused } = await refusal((backup) => rmSync(backup))
    expect(refused).toMatchObject({ code: 'backup-missing' })
  })

  test('any backup, for a person who is not an administrator', async () => {
    const office = await Office.open()
    const file = await backUp(office)
    expect(await office.refusal('backups.restore', { file }, 'operator')).toMatchObject({ code: 'not-allowed' })
  })
})

test('a backup from an older version is migrated', async () => {
  const office = await Office.open()
  await office.readOrders(...orders(1, 3))
  const file = await backUp(office)
  const sqlite = new SqliteDatabase(file)
  sqlite.exec(
    `drop index deliveryPrepared; drop table stagingMark; drop table workspace;
     alter table delivery drop column settingsRevision; alter table destination drop column settingsRevision;
     drop table orderSearchTerm; drop table searchPlace; drop table forgottenDelivery; drop index documentByHash;
     alter table run drop column reviewCount;
     drop index ordersBySourceKey; drop index problemByOrder; drop table orderVersion; drop table takenFile;
     alter table orders drop column sourceOrderKey; alter table orders drop column storeModifiedAt; alter table orders drop column fileModifiedAt;
     alter table problem drop column orderId;
    delete from kysely_migration where name >= '0090-create-forgotten-deliveries'`,
  )
  sqlite.close()
  office.clock.advance(DAY_MS)
  await office.run('Write Order')
  expect(await office.command('backups.preview', { file })).toMatchObject({ sentCount: 3 })
  await restore(office, file)
  expect(await office.order('W0001')).toMatchObject({ syncState: 'needs review' })
})

test('emails that were waiting at the time of the backup are not sent, because they may have been sent since', async () => {
  const office = await Office.open()
  await office.readOrders(numberedOrder(1))
  const { id } = await office.order('W0001')
  office.tamper(`insert into notice (id, orderId, queuedAt, actor, address, subject, text, state, attempts)
    values (7, ${id}, '2026-04-07T00:00:00.000Z', 'Ann', 'a@example.com', 'Your order', 'Hello', 'waiting', 0)`)
  const backup = await backUp(office)
  await restore(office, backup)
  expect(office.query('select state, errorCode from notice')).toEqual([{ state: 'failed', errorCode: 'notice-unknown' }])
})

test('the write-ahead log of the replaced database is not applied to the restored one', async () => {
  const office = await Office.open()
  await office.readOrders(numberedOrder(1))
  const backup = await backUp(office)
  await office.readOrders(numberedOrder(2))
  await office.command('backups.restore', { file: backup })
  // Simulate a power failure: the log was not checkpointed into the file.
  const copies = ['', '-wal', '-shm'].map((suffix) => [suffix, readFileSync(`${office.databaseFile}${suffix}`)] as const)
  await office.stop()
  for (const [suffix, bytes] of copies) writeFileSync(`${office.databaseFile}${suffix}`, bytes)
  await office.start()
  expect(office.query('select number from orders')).toEqual([{ number: 'W0001' }])
  expect(existsSync(newestBackup(office))).toBe(true)
  const replacedFile = readdirSync(join(office.workspace, 'backups')).find((name) => /^replaced-.*\.db$/.test(name)) ?? ''
  const sqlite = new SqliteDatabase(join(office.workspace, 'backups', replacedFile), { readonly: true })
  expect(sqlite.prepare('select number from orders order by number').pluck().all()).toEqual(['W0001', 'W0002'])
  sqlite.close()
})
