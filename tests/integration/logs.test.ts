import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import electronLog from 'electron-log/node'
import { expect, test } from 'vitest'
import { createEngine, systemClock } from '../../src-main/engine/engine'
import { MAX_LOG_FILE_BYTES } from '../../src-main/engine/logs/log-files'
import { engineLog } from '../../src-main/log/engine-log'
import { configureLogFile, writeLogTo } from '../../src-main/log/log-file'
import type { LogLevel } from '../../src-shared/contract/contract'
import { numberedOrder, Office, unwritableOrder } from '../support/office'
import { temporaryFolder } from '../support/temporary-folder'

/** Opens an office that logs to files, as the program does. */
async function openLoggingOffice(): Promise<Office> {
  const folder = temporaryFolder()
  const log = engineLog(join(folder, 'workspace'))
  return Office.open({
    folder,
    log,
    onEvent: ({ name, event }) => {
      if (name === 'logLevel.changed') log.setLevel(event.level)
    },
  })
}

const setLevel = (office: Office, level: LogLevel) => office.command('log.setLevel', { level })

test('every line about an order has its number, and the run’s id if it belongs to a run', async () => {
  const office = await openLoggingOffice()
  await office.readOrders(numberedOrder(1), unwritableOrder(2))
  const { id } = await office.run('Write Order')
  const { entries, folder } = await office.command('log.list', { order: 'w0001' })
  expect(folder).toBe(join(office.workspace, 'logs'))
  expect(entries[0]).toMatchObject({ level: 'info', source: 'engine', runId: id, order: 'W0001', text: 'Processing, sent' })
  expect(entries).toHaveLength(2)
  const runEntries = (await office.command('log.list', { runId: id })).entries
  expect(runEntries.map((entry) => entry.text)).toEqual([
    'Write Order (Sync Now, Ann): some failed: 1 order written, 1 failed.',
    'Processing, failed: code-too-long',
    'Processing, sent',
  ])
})

test('no log file contains customers’ addresses or the mail server’s password', async () => {
  const office = await openLoggingOffice()
  await setLevel(office, 'debug')
  const [order] = await office.readOrders(numberedOrder(1))
  await office.run('Write Order')
  office.tamper(`create trigger fault before insert on document begin select raise(abort, 'no more'); end`)
  office.receive('2.json', numberedOrder(2))
  await office.run('Read Orders')
  await office.refusal('mail.save', { password: 'open-sesame-7' } as never)
  const text = readdirSync(join(office.workspace, 'logs'))
    .map((file) => readFileSync(join(office.workspace, 'logs', file), 'utf8'))
    .join('\n')
  expect(text).toContain('no more')
  for (const secret of [order?.customer.email, order?.billTo.line1, 'open-sesame-7']) {
    expect(secret).toBeTruthy()
    expect(text).not.toContain(secret)
  }
})

test('the log level can be changed on screen, is kept, and filters what is shown', async () => {
  const office = await openLoggingOffice()
  const before = (await office.command('log.list', {})).entries.length
  await office.command('orders.list', {})
  expect((await office.command('log.list', {})).entries).toHaveLength(before)
  await setLevel(office, 'debug')
  await office.command('orders.list', {})
  const { entries, level } = await office.command('log.list', { search: 'ORDERS.LIST' })
  expect(level).toBe('debug')
  expect(entries).toMatchObject([{ level: 'debug', text: 'orders.list by Ann' }])
  await setLevel(office, 'error')
  await office.restart()
  expect(office.lastEvent('logLevel.changed')).toEqual({ level: 'error' })
  await office.readOrders(numberedOrder(1))
  expect((await office.command('log.list', { order: 'W0001' })).entries).toEqual([])
  expect((await office.command('log.list', { level: 'warn' })).entries.every((entry) => entry.level !== 'info')).toBe(true)
  expect((await office.refusal('log.setLevel', { level: 'debug' }, 'operator')).code).toBe('not-allowed')
})

test('log files are rotated when they are large, and deleted when there are too many or they are too old', async () => {
  const folder = temporaryFolder()
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'engine.log')
  const log = electronLog.create({ logId: 'rotating' })
  log.transports.console.level = false
  configureLogFile(log)
  writeLogTo(log, path, 'info')
  for (let day = 10; day < 30; day++) writeFileSync(join(folder, `engine.2026-10-${day}T00-00-00.000Z.log`), '')
  for (let line = 0; line < 220; line++) log.info('x'.repeat(20_000))
  const files = readdirSync(folder).filter((file) => file !== 'engine.log')
  expect(files).toHaveLength(12)
  expect(files).not.toContain('engine.2026-10-10T00-00-00.000Z.log')
  expect(files.filter((file) => statSync(join(folder, file)).size > 0).length).toBeGreaterThan(1)
  for (const file of files) expect(statSync(join(folder, file)).size).toBeLessThan(2 * MAX_LOG_FILE_BYTES)
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0)
  const old = join(folder, 'engine.2020-01-01T00-00-00.000Z.log')
  writeFileSync(old, '')
  utimesSync(old, new Date('2020-01-01'), new Date('2020-01-01'))
  writeLogTo(log, path, 'info')
  expect(readdirSync(folder)).not.toContain('engine.2020-01-01T00-00-00.000Z.log')
})

test('a workspace whose logs cannot be written still opens', async () => {
  const folder = join(temporaryFolder(), 'workspace')
  mkdirSync(join(folder, 'logs', 'engine.log'), { recursive: true })
  const engine = await createEngine({ workspaceFolder: folder, canCreate: true, version: '0', clock: systemClock, log: engineLog(folder) })
  expect(await engine.execute('app.about', {}, { actor: 'Ann', role: 'viewer' })).toMatchObject({ ok: true })
  await engine.stop()
})
