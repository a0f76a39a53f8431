import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { parse } from 'csv-parse/sync'
import { toOrderJson } from '../../src-main/engine/importers/order-json/order-json-format'
import type { ReceivedOrder } from '../../src-shared/order'
import { benchOrder } from './bench-order'
import { type BenchFolders, benchFolders, openBenchEngine } from './bench-workspace'

const ORDERS_PER_FILE = 100
const PROFILE = 'attache-xmlkfi'

/**
 * Measures Read Orders, in orders per second. The baseline parses the same files and inserts one row per order in a
 * single transaction.
 */
export async function measureReadOrders(
  root: string,
  format: 'json' | 'csv',
  count: number,
  rounds: number,
): Promise<{ product: number[]; baseline: number[] }> {
  const sourceFolder = join(root, `read-${format}`)
  mkdirSync(sourceFolder, { recursive: true })
  for (let first = 1; first <= count; first += ORDERS_PER_FILE) {
    const orders = Array.from({ length: ORDERS_PER_FILE }, (_, index) => benchOrder(first + index))
    writeFileSync(
      join(sourceFolder, `orders-${String(first).padStart(7, '0')}.${format}`),
      format === 'json' ? toOrderJson(orders) : toCsv(orders),
    )
  }
  const product: number[] = []
  const baseline: number[] = []
  for (let round = 0; round < rounds; round++) {
    product.push(count / (await inNewWorkspace(root, (folders) => timeProduct(folders, sourceFolder, count))))
    baseline.push(count / (await inNewWorkspace(root, (folders) => timeBaseline(folders, sourceFolder, format))))
  }
  rmSync(sourceFolder, { recursive: true, force: true })
  return { product, baseline }
}

async function inNewWorkspace(root: string, work: (folders: BenchFolders) => Promise<number>): Promise<number> {
  const folders = benchFolders(join(root, 'read-workspace'))
  try {
    await (await openBenchEngine(folders, PROFILE)).stop()
    return await work(folders)
  } finally {
    rmSync(folders.root, { recursive: true, force: true })
  }
}

async function timeProduct(folders: BenchFolders, sourceFolder: string, count: number): Promise<number> {
  for (const name of readdirSync(sourceFolder)) writeFileSync(join(folders.intake, name), readFileSync(join(sourceFolder, name)))
  const engine = await openBenchEngine(folders, PROFILE)
  try {
    const startedAt = performance.now()
    const run = await engine.runTask('Read Orders', { trigger: 'Sync Now', actor: 'Bench' })
    const seconds = (performance.now() - startedAt) / 1000
    if (run.doneCount !== count) throw new Error(`${run.doneCount} of ${count} read: ${run.summary}`)
    return seconds
  } finally {
    await engine.stop()
  }
}

async function timeBaseline(folders: BenchFolders, sourceFolder: string, format: 'json' | 'csv'): Promise<number> {
  const sqlite = new SqliteDatabase(join(folders.workspace, 'ledgerdrop.db'))
  try {
    sqlite.pragma('journal_mode = WAL')
    sqlite.pragma('synchronous = FULL')
    sqlite.pragma('cache_size = -32000')
    const ids = sqlite
      .prepare<[], { source: number; destination: number }>('select id as source, destinationId as destination from source')
      .get()
    if (ids === undefined) throw new Error('The workspace has no source')
    sqlite.prepare(`insert into document values (1, ?, 'bench', '', '', x'')`).run(ids.source)
    const insert = sqlite.prepare(
      `insert into orders (id, sourceId, sourceOrderId, documentId, destinationId, number, orderedAt, receivedAt, currency, totalMinor, taxMinor,
        customerName, customerEmail, customerCode, status, isStatusByPerson, syncState, attempts, revision, contentRevision, receivedHash, body)
       values (?, ${ids.source}, ?, 1, ${ids.destination}, ?, ?, ?, ?, ?, 0, ?, ?, ?, 'Pending', 0, 'waiting', 0, 1, 1, '', ?)`,
    )
    const startedAt = performance.now()
    let id = 1
    sqlite.transaction(() => {
      for (const name of readdirSync(sourceFolder)) {
        const text = readFileSync(join(sourceFolder, name), 'utf8')
        for (const row of format === 'json' ? jsonRows(text) : csvRows(text)) insert.run(id++, ...row)
      }
    })()
    return (performance.now() - startedAt) / 1000
  } finally {
    sqlite.close()
  }
}

type Columns = [string, string, string, string, string, number, string, string, string, string]

interface JsonOrder {
  id: string
  number: string
  orderedAt: string
  currency: string
  total: string
  customer: { name: string; email: string; code: string }
}

function jsonRows(text: string): Columns[] {
  const { orders } = JSON.parse(text) as { orders: JsonOrder[] }
  return orders.map((order) => [
    order.id,
    order.number,
    order.orderedAt,
    order.orderedAt,
    order.currency,
    Math.round(Number(order.total) * 100),
    order.customer.name,
    order.customer.email,
    order.customer.code,
    JSON.stringify(order),
  ])
}

function csvRows(text: string): Columns[] {
  const rows = parse(text, { columns: true }) as Record<string, string>[]
  const orders = new Map<string, Record<string, string>[]>()
  for (const row of rows) {
    const number = row.orderNumber ?? ''
    const orderRows = orders.get(number)
    if (orderRows === undefined) orders.set(number, [row])
    else orderRows.push(row)
  }
  return [...orders].map(([number, orderRows]) => {
    const first = orderRows[0] ?? {}
    return [
      number,
      number,
      first.orderedAt ?? '',
      first.orderedAt ?? '',
      first.currency ?? '',
      Math.round(Number(first.orderTotal) * 100),
      first.customerName ?? '',
      first.customerEmail ?? '',
      first.customerCode ?? '',
      JSON.stringify(orderRows),
    ]
  })
}

/** Returns the orders in Ledgerdrop's CSV format, which docs/formats/order-csv.md describes. */
function toCsv(orders: readonly ReceivedOrder[]): string {
  const addressFields = ['name', 'company', 'line1', 'line2', 'city', 'region', 'postcode', 'country', 'phone', 'email'] as const
  const columnName = (owner: string, field: string) => `${owner}${field.charAt(0).toUpperCase()}${field.slice(1)}`
  const headings = [
    ...['orderNumber', 'orderedAt', 'currency', 'customerCode', 'customerName', 'customerEmail', 'reference', 'note', 'orderTotal'],
    ...['billTo', 'shipTo'].flatMap((owner) => addressFields.map((field) => columnName(owner, field))),
    ...['kind', 'sku', 'name', 'unit', 'quantity', 'unitPrice', 'net', 'tax', 'taxRate'],
  ]
  const rows: string[][] = [headings]
  for (const order of orders) {
    const head = [
      ...[order.number, order.orderedAt, order.currency, order.customer.code, order.customer.name, order.customer.email],
      ...[order.reference, order.note, formatMinor(order.totalMinor)],
      ...[order.billTo, order.shipTo].flatMap((address) => addressFields.map((field) => address[field])),
    ]
    const laterHead = [order.number, ...head.slice(1).map(() => '')]
    for (const [index, line] of order.lines.entries()) {
      const row = [
        'line',
        line.sku,
        line.name,
        line.unit,
        line.quantity,
        line.unitPrice,
        formatMinor(line.netMinor),
        formatMinor(line.taxMinor),
        line.taxRate ?? '',
      ]
      rows.push([...(index === 0 ? head : laterHead), ...row])
    }
    for (const charge of order.charges) {
      rows.push([
        ...laterHead,
        charge.kind,
        '',
        charge.label,
        '',
        '',
        '',
        formatMinor(charge.netMinor),
        formatMinor(charge.taxMinor),
        charge.taxRate ?? '',
      ])
    }
  }
  return rows.map((row) => row.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')).join('\r\n')
}

function formatMinor(minor: number): string {
  return (minor / 100).toFixed(2)
}
