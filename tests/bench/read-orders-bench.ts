import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { parse } from 'csv-parse/sync'
import { toOrderJson } from '../../src-main/engine/importers/order-json/order-json-format'
import type { ReceivedOrder } from '../../src-shared/order'
import { type BenchFolders, benchFolders, openBenchEngine } from './bench-workspace'
import { manyOrder } from './many-orders'

const ORDERS_PER_FILE = 100
const PROFILE = 'attache-xmlkfi'

/** Orders per second of Read Orders, and of parsing the same files and inserting one prepared row per order in one transaction. */
export async function readOrdersSpeeds(
  root: string,
  format: 'json' | 'csv',
  count: number,
  rounds: number,
): Promise<{ product: number[]; baseline: number[] }> {
  const files = join(root, `read-${format}`)
  mkdirSync(files, { recursive: true })
  for (let first = 1; first <= count; first += ORDERS_PER_FILE) {
    const orders = Array.from({ length: ORDERS_PER_FILE }, (_, index) => manyOrder(first + index))
    writeFileSync(
      join(files, `orders-${String(first).padStart(7, '0')}.${format}`),
      format === 'json' ? toOrderJson(orders) : toCsv(orders),
    )
  }
  const product: number[] = []
  const baseline: number[] = []
  for (let round = 0; round < rounds; round++) {
    product.push(count / (await inNewWorkspace(root, (folders) => timeProduct(folders, files, count))))
    baseline.push(count / (await inNewWorkspace(root, (folders) => timeBaseline(folders, files, format))))
  }
  rmSync(files, { recursive: true, force: true })
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

async function timeProduct(folders: BenchFolders, files: string, count: number): Promise<number> {
  for (const name of readdirSync(files)) writeFileSync(join(folders.intake, name), readFileSync(join(files, name)))
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

async function timeBaseline(folders: BenchFolders, files: string, format: 'json' | 'csv'): Promise<number> {
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
      for (const name of readdirSync(files)) {
        const text = readFileSync(join(files, name), 'utf8')
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

/** Ledgerdrop's order CSV, as docs/formats/order-csv.md describes it. */
function toCsv(orders: readonly ReceivedOrder[]): string {
  const address = ['name', 'company', 'line1', 'line2', 'city', 'region', 'postcode', 'country', 'phone', 'email'] as const
  const columnName = (owner: string, part: string) => `${owner}${part.charAt(0).toUpperCase()}${part.slice(1)}`
  const headings = [
    ...['orderNumber', 'orderedAt', 'currency', 'customerCode', 'customerName', 'customerEmail', 'reference', 'note', 'orderTotal'],
    ...['billTo', 'shipTo'].flatMap((owner) => address.map((part) => columnName(owner, part))),
    ...['kind', 'sku', 'name', 'unit', 'quantity', 'unitPrice', 'net', 'tax', 'taxRate'],
  ]
  const rows: string[][] = [headings]
  for (const order of orders) {
    const head = [
      ...[order.number, order.orderedAt, order.currency, order.customer.code, order.customer.name, order.customer.email],
      ...[order.reference, order.note, money(order.totalMinor)],
      ...[order.billTo, order.shipTo].flatMap((one) => address.map((part) => one[part])),
    ]
    const later = [order.number, ...head.slice(1).map(() => '')]
    for (const [index, one] of order.lines.entries()) {
      const row = [
        'line',
        one.sku,
        one.name,
        one.unit,
        one.quantity,
        one.unitPrice,
        money(one.netMinor),
        money(one.taxMinor),
        one.taxRate ?? '',
      ]
      rows.push([...(index === 0 ? head : later), ...row])
    }
    for (const one of order.charges) {
      rows.push([...later, one.kind, '', one.label, '', '', '', money(one.netMinor), money(one.taxMinor), one.taxRate ?? ''])
    }
  }
  return rows.map((row) => row.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')).join('\r\n')
}

function money(minor: number): string {
  return (minor / 100).toFixed(2)
}
