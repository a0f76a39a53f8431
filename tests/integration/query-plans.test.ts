import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { ORDER_SORTS, type OrderFilter } from '../../src-shared/contract/contract'
import { numberedOrder } from '../support/office'
import { PackageOffice } from '../support/package-office'
import { collectStatements, queryPlan } from '../support/statements'
import { startStore } from '../support/store-office'
import { temporaryFolder } from '../support/temporary-folder'

/** The tables that grow over the years. */
const GROWING_TABLES = [
  'orders',
  'timeline',
  'delivery',
  'document',
  'answer',
  'run',
  'runEntry',
  'notice',
  'storeUpdate',
  'destinationChange',
  'forgottenDelivery',
]

/** The statements that may scan a growing table, and the reasons. */
const ALLOWED: { statement: RegExp; reason: string }[] = [
  {
    statement: /^select orders\.id, .* where true\s+order by .* limit \?$/s,
    reason: 'a page of a list: the index scan ends with the page',
  },
  { statement: /^select \* from "run" order by "id" desc limit \?$/, reason: 'the newest runs: the scan ends with the page' },
  {
    statement: /^insert into "source" /,
    why: 'saving a source: SQLite looks for rows that refer to it only if the transaction has violated a foreign key before',
  },
  { statement: /from orders indexed by ordersByProblem/, reason: 'the index contains only orders that need attention' },
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

/** Simulates a day in an office, with everything that people do, and the start of the next day. */
async function simulateDay(packageOffice: PackageOffice): Promise<void> {
  const { office } = packageOffice
  await office.readOrders(...[1, 2, 3, 4, 5, 6].map((n) => numberedOrder(n)))
  await office.readOrders(numberedOrder(1), numberedOrder(2, { note: 'Changed' }))
  await office.run('Write Order')
  await packageOffice.moveFile('Success', undefined, { n: 1 })
  await packageOffice.moveFile('Failure', 'Customer not found', { n: 2 })
  await packageOffice.moveFile('Hold', undefined, { n: 3 })
  await packageOffice.takeFile(4)
  await packageOffice.readAnswersUntilCertain()
  await packageOffice.resend(2)
  await office.command('orders.markImported', { orderId: (await packageOffice.order(3)).id, reason: 'Seen there' })
  await office.readOrders(numberedOrder(7))
  const seventh = await packageOffice.order(7)
  await office.command('orders.preview', { orderId: seventh.id })
  await office.command('orders.edit', { orderId: seventh.id, revision: seventh.revision, reference: 'By phone' })
  await office.command('orders.sentFile', { deliveryId: (await packageOffice.delivery(1)).id })
  await office.run('Write Order', 'schedule')
  await viewOrders(packageOffice)
  await changeMany(packageOffice)
  const customers = temporaryFolder()
  await office.command('settings.saveCodeFolders', { customers, products: null })
  writeFileSync(join(customers, 'customers.csv'), 'Code,Name\r\nCUST0001,Example\r\n')
  await office.command('mail.save', { host: '127.0.0.1', port: 1, security: 'none', fromAddress: 'sales@gardens.example' })
  await office.command('mail.saveDigest', { isOn: true, time: '00:00', addresses: ['boss@gardens.example'] })
  for (const task of ['Read Customers', 'Read Products', 'Send Notices', 'Back Up'] as const) await office.run(task)
  await office.command('codes.list', { kind: 'customer', search: 'CUST' })
  await updateStore(packageOffice)
  await office.restart()
  await packageOffice.readAnswers()
}

async function updateStore({ office }: PackageOffice): Promise<void> {
  const store = await startStore()
  const writeBack = { note: true, mark: 'sent', statuses: { Completed: 'completed' }, tracking: true }
  const account = { kind: 'woocommerce', address: store.url, signIn: 'application password', account: store.password.user } as const
  await office.addStore('Web Shop', store, { account, secret: { from: 'input', text: store.password.password }, writeBack })
  const [id = 0, gone = 0] = store.control.addOrders(2)
  await office.run('Read Orders')
  for (const number of [String(id), String(gone)]) {
    const { id: orderId } = await office.order(number)
    const change = { orderId, comments: '', notifyCustomer: false, appendComments: false } as const
    await office.command('orders.changeStatus', { ...change, status: 'Completed' })
    await office.command('stores.setTracking', { orderId, number: 'T1' })
  }
  store.control.deleteOrder(gone)
  const run = await office.run('Update Store', 'schedule')
  expect(run).toMatchObject({ doneCount: 2, failedCount: 2 })
  await office.run('Read Orders')
  await office.command('sync.resolveProblems', { action: 'retry', selection: { filter: { kind: 'store' } } })
}

async function viewOrders({ office }: PackageOffice): Promise<void> {
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
  for (const onlyProblems of [true, false]) await office.command('sync.runLog', { runId: runs[0]?.id ?? 0, onlyProblems })
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

test('no statement that runs during a whole day scans a growing table', async () => {
  const packageOffice = await PackageOffice.open('attache-unattended')
  await packageOffice.office.stop()
  const statements = collectStatements()
  await packageOffice.office.start()
  // Lists choose their index according to the number of orders, which the database counts.
  await packageOffice.office.readOrders(...[11, 12, 13, 14, 15, 16, 17].map((n) => numberedOrder(n)))
  packageOffice.office.tamper('update orderCount set count = count + 1000000')
  await simulateDay(packageOffice)
  const sqlite = new SqliteDatabase(packageOffice.office.databaseFile, { readonly: true })
  onTestFinished(() => void sqlite.close())
  const executed = [...statements].filter((text) => /^\s*(select|insert|update|delete|with)/i.test(text))
  expect(executed.length).toBeGreaterThan(100)
  const scan = new RegExp(`^SCAN (${GROWING_TABLES.join('|')})\\b`)
  const scans = executed.flatMap((text) => {
    const plan = queryPlan(sqlite, text)
    const isSorted = plan.some((step) => step.startsWith('USE TEMP B-TREE FOR ORDER BY'))
    const isAllowed = !isSorted && ALLOWED.some(({ statement }) => statement.test(text))
    return isAllowed || !plan.some((step) => scan.test(step)) ? [] : [`${plan.join('; ')}: ${text}`]
  })
  expect(scans).toEqual([])
  // Every office has the same plans, because the product never gathers statistics, which could change SQLite's plans.
  expect(executed.filter((text) => /\banalyze\b|sqlite_stat/i.test(text))).toEqual([])
})
