import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { ORDER_SORTS, type OrderFilter } from '../../src-shared/contract/contract'
import { numberedOrder } from '../support/office'
import { PackageOffice } from '../support/package-office'
import { collectStatements, queryPlan } from '../support/statements'
import { temporaryFolder } from '../support/temporary-folder'

/** What grows with the years. */
const GROWING = [
  'orders',
  'timeline',
  'delivery',
  'document',
  'answer',
  'run',
  'runEntry',
  'notice',
  'destinationChange',
  'forgottenDelivery',
]

/** Statements that may walk through a table that grows, and why. */
const ALLOWED: { statement: RegExp; why: string }[] = [
  {
    statement: /^select orders\.id, .* where true\s+order by .* limit \?$/s,
    why: 'a page of a list: the walk along the index ends with the page',
  },
  { statement: /^select \* from "run" order by "id" desc limit \?$/, why: 'the newest runs: the walk ends with the page' },
  { statement: /from orders indexed by ordersByProblem/, why: 'the index holds only orders that need a person' },
]

const FILTERS: OrderFilter[] = [
  {},
  { status: 'Processing' },
  { syncState: 'failed' },
  { status: 'Processing', syncState: 'sent' },
  { from: '2026-01-01T00:00:00.000Z', to: '2027-01-01T00:00:00.000Z' },
  { search: 'W0001' },
  { search: 'Example', status: 'Processing' },
]

/** A day of an office, from the start to the start of the next, with everything that people do in between. */
async function day(package_: PackageOffice): Promise<void> {
  const { office } = package_
  await office.readIn(...[1, 2, 3, 4, 5, 6].map((n) => numberedOrder(n)))
  await office.readIn(numberedOrder(1), numberedOrder(2, { note: 'Changed' }))
  await office.run('Write Order')
  await package_.moves('Success', undefined, { n: 1 })
  await package_.moves('Failure', 'Customer not found', { n: 2 })
  await package_.moves('Hold', undefined, { n: 3 })
  await package_.takes(4)
  await package_.looksUntilSure()
  await package_.sendsAgain(2)
  await office.command('orders.markImported', { orderId: (await package_.order(3)).id, reason: 'Seen there' })
  await office.readIn(numberedOrder(7))
  const seventh = await package_.order(7)
  await office.command('orders.preview', { orderId: seventh.id })
  await office.command('orders.edit', { orderId: seventh.id, revision: seventh.revision, reference: 'By phone' })
  await office.command('orders.sentFile', { deliveryId: (await package_.delivery(1)).id })
  await office.run('Write Order', 'schedule')
  await lookAtOrders(package_)
  await changeMany(package_)
  const customers = temporaryFolder()
  await office.command('settings.saveCodeFolders', { customers, products: null })
  writeFileSync(join(customers, 'customers.csv'), 'Code,Name\r\nCUST0001,Example\r\n')
  await office.command('mail.save', { host: '127.0.0.1', port: 1, security: 'none', fromAddress: 'sales@gardens.example' })
  await office.command('mail.saveDigest', { isOn: true, time: '00:00', addresses: ['boss@gardens.example'] })
  for (const task of ['Read Customers', 'Read Products', 'Send Notices', 'Back Up'] as const) await office.run(task)
  await office.command('codes.list', { kind: 'customer', search: 'CUST' })
  await office.restart()
  await package_.looks()
}

async function lookAtOrders({ office }: PackageOffice): Promise<void> {
  for (const filter of FILTERS) {
    for (const by of ORDER_SORTS) {
      for (const isDescending of [true, false]) {
        const { next } = await office.command('orders.list', { filter, sort: { by, isDescending }, limit: 1 })
        await office.command('orders.list', { filter, sort: { by, isDescending }, after: next, limit: 1 })
        await office.command('orders.ids', { filter, sort: { by, isDescending }, after: next, limit: 1 })
      }
    }
    await office.command('orders.count', { filter })
  }
  await office.command('orders.counts', {})
  await office.command('sync.status', {})
  await office.command('sync.activity', {})
  await office.command('sync.problems', {})
  const { runs } = await office.command('sync.history', {})
  await office.command('sync.history', { task: 'Write Order', before: runs.at(-1)?.id ?? null })
  for (const onlyTrouble of [true, false]) await office.command('sync.runLog', { runId: runs[0]?.id ?? 0, onlyTrouble })
}

async function changeMany({ office }: PackageOffice): Promise<void> {
  const { newestId } = await office.command('orders.count', { filter: {} })
  const selection = { filter: { syncState: 'failed' as const }, newestId, except: [] }
  await office.command('orders.planStatusOfMany', { selection, status: 'On Hold' })
  await office.command('orders.changeStatusOfMany', { selection, status: 'On Hold' })
  await expect.poll(async () => (await office.command('orders.job', {})).job?.state).toBe('done')
  await office.command('orders.exportTo', {
    selection: { filter: {}, newestId, except: [] },
    sort: { by: 'date', isDescending: true },
    columns: ['number', 'date'],
    path: join(temporaryFolder(), 'orders.csv'),
  })
  await expect.poll(async () => (await office.command('orders.job', {})).job?.state).toBe('done')
}

test('no statement of a whole day walks through a table that grows', async () => {
  const package_ = await PackageOffice.open('attache-unattended')
  await package_.office.stop()
  const statements = collectStatements()
  await package_.office.start()
  // Lists choose their index by how many orders there are, as the database counts them.
  await package_.office.readIn(...[11, 12, 13, 14, 15, 16, 17].map((n) => numberedOrder(n)))
  package_.office.tamper('update orderCount set count = count + 1000000')
  await day(package_)
  const sqlite = new SqliteDatabase(package_.office.databaseFile, { readonly: true })
  onTestFinished(() => void sqlite.close())
  const asked = [...statements].filter((text) => /^\s*(select|insert|update|delete|with)/i.test(text))
  expect(asked.length).toBeGreaterThan(100)
  const scan = new RegExp(`^SCAN (${GROWING.join('|')})\\b`)
  const walks = asked.flatMap((text) => {
    const plan = queryPlan(sqlite, text)
    const isSorted = plan.some((step) => step.startsWith('USE TEMP B-TREE FOR ORDER BY'))
    const isAllowed = !isSorted && ALLOWED.some(({ statement }) => statement.test(text))
    return isAllowed || !plan.some((step) => scan.test(step)) ? [] : [`${plan.join('; ')}: ${text}`]
  })
  expect(walks).toEqual([])
  // The plans are those of every office: the product never gathers statistics, by which SQLite would plan otherwise in a large one.
  expect(asked.filter((text) => /\banalyze\b|sqlite_stat/i.test(text))).toEqual([])
})
