import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { renderOrder } from '../../src-main/engine/exporters/render-order'
import { toOrderJson } from '../../src-main/engine/importers/order-json/order-json-format'
import type { ReceivedOrder } from '../../src-shared/order'
import { type ProfileName, type ProfileSettings, parseProfileSettings } from '../../src-shared/profiles/profiles'
import { benchOrder } from './bench-order'
import { type BenchFolders, benchFolders, fillWorkspace, openBenchEngine } from './bench-workspace'

/** The maximum number of orders that the baseline writes in one group. */
const GROUP_SIZE = 50

/**
 * Measures Write Order, in orders per second. The baseline is a hand-written loop that writes the same bytes in groups,
 * with the same commits and fsyncs.
 */
export async function measureWriteOrder(
  root: string,
  profile: ProfileName,
  count: number,
  rounds: number,
): Promise<{ product: number[]; baseline: number[] }> {
  const prepared = benchFolders(join(root, `write-${profile}`))
  await fillWorkspace(prepared, profile, { count: 0, pending: count })
  const product: number[] = []
  const baseline: number[] = []
  for (let round = 0; round < rounds; round++) {
    product.push(count / (await onCopy(prepared, profile, (copy) => timeProduct(copy, profile, count))))
    baseline.push(count / (await onCopy(prepared, profile, (copy) => timeBaseline(copy, count))))
  }
  rmSync(prepared.root, { recursive: true, force: true })
  return { product, baseline }
}

/**
 * Runs `work` on a copy of a workspace whose destination points to the copy's own drop folder, then deletes the copy.
 */
export async function onCopy<Value>(
  from: BenchFolders,
  profile: ProfileName,
  work: (copy: BenchFolders) => Promise<Value>,
): Promise<Value> {
  const copy = benchFolders(`${from.root}-copy-${profile}`)
  cpSync(from.workspace, copy.workspace, { recursive: true })
  const sqlite = new SqliteDatabase(join(copy.workspace, 'ledgerdrop.db'))
  sqlite.prepare('update destination set folder = ?').run(copy.drop)
  sqlite.prepare('update source set folder = ?').run(copy.intake)
  // Without these records, the engine treats the copy as the original and doesn't wait for a person to confirm it.
  sqlite.exec('delete from stagingMark; delete from workspace')
  rmSync(join(copy.workspace, 'owner.json'), { force: true })
  sqlite.close()
  try {
    return await work(copy)
  } finally {
    rmSync(copy.root, { recursive: true, force: true })
  }
}

/** Measures one run of Write Order, in seconds. Throws if it doesn't write `count` orders. */
export async function timeProduct(copy: BenchFolders, profile: ProfileName, count: number): Promise<number> {
  const engine = await openBenchEngine(copy, profile)
  try {
    const startedAt = performance.now()
    const run = await engine.runTask('Write Order', { trigger: 'Sync Now', actor: 'Bench' })
    const seconds = (performance.now() - startedAt) / 1000
    if (run.doneCount !== count) throw new Error(`${run.doneCount} of ${count} written: ${run.summary}`)
    return seconds
  } finally {
    await engine.stop()
  }
}

async function timeBaseline(copy: BenchFolders, count: number): Promise<number> {
  const sqlite = new SqliteDatabase(join(copy.workspace, 'ledgerdrop.db'))
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('cache_size = -32000')
  sqlite.pragma('foreign_keys = ON')
  const staging = join(copy.drop, 'staging')
  const archive = join(copy.workspace, 'archive', 'bench')
  for (const folder of [staging, archive]) mkdirSync(folder, { recursive: true })
  const settings = readSettings(sqlite)
  try {
    const startedAt = performance.now()
    let written = 0
    const writeGroup = createGroupWriter(sqlite)
    for (;;) {
      const done = await writeGroup(settings, copy.drop, staging, archive)
      if (done === 0) break
      written += done
    }
    const seconds = (performance.now() - startedAt) / 1000
    if (written !== count) throw new Error(`${written} of ${count} written by hand`)
    return seconds
  } finally {
    sqlite.close()
  }
}

function readSettings(sqlite: SqliteDatabase.Database): ProfileSettings {
  const { settings } = sqlite.prepare<[], { settings: string }>('select settings from destination').get() ?? { settings: '{}' }
  return parseProfileSettings(JSON.parse(settings))
}

type Row = { id: number; body: string; destinationId: number } & Pick<
  ReceivedOrder,
  'sourceOrderId' | 'number' | 'orderedAt' | 'currency' | 'status' | 'taxMinor' | 'totalMinor'
>

/** Prepares the SQL statements and returns a function that writes one group of orders. */
function createGroupWriter(sqlite: SqliteDatabase.Database) {
  const claim = sqlite.prepare<[], Row>(
    `update orders set claimedBy = 1, attempts = attempts + 1 where id in (
      select id from orders where status = 'Pending' and syncState = 'waiting' and claimedBy is null order by orderedAt, id limit ${GROUP_SIZE}
    ) returning id, destinationId, sourceOrderId, number, orderedAt, currency, status, taxMinor, totalMinor, body`,
  )
  const prepare = sqlite.prepare(
    `insert into delivery (id, orderId, destinationId, attempt, state, folder, fileName, sizeBytes, sha256, contentRevision, preparedAt)
     values (?, ?, ?, 1, 'prepared', ?, ?, ?, ?, 1, ?)`,
  )
  const drop = sqlite.prepare(`update delivery set state = 'dropped', droppedAt = ? where id = ?`)
  const send = sqlite.prepare(
    `update orders set status = 'Processing', syncState = 'sent', claimedBy = null, revision = revision + 1 where id = ?`,
  )
  const addTimelineEntry = sqlite.prepare(
    `insert into timeline (id, orderId, at, kind, actor, text, details) values (?, ?, ?, 'delivery', 'Sync', ?, '')`,
  )
  let nextId = 9_000_000_000_000
  return async (settings: ProfileSettings, folder: string, staging: string, archive: string): Promise<number> => {
    const orders = claim.all()
    const now = new Date().toISOString()
    const files = orders.map((row) => {
      const rendered = renderOrder({ ...row, ...(JSON.parse(row.body) as Omit<ReceivedOrder, keyof Row>) }, settings)
      if (!rendered.ok) throw new Error(`Order ${row.number} is not writable: ${rendered.problems[0]?.message}`)
      const id = nextId++
      const sha256 = createHash('sha256').update(rendered.bytes).digest('hex')
      return { row, id, sha256, bytes: rendered.bytes, name: `${now.replaceAll(/[:.]/g, '')}-${row.number}-${id}.xml` }
    })
    await Promise.all(
      files.map(async ({ name, bytes }) => {
        await writeSynced(join(staging, name), bytes)
        await writeSynced(join(archive, name), bytes)
      }),
    )
    await syncFolder(staging)
    await syncFolder(archive)
    sqlite.transaction(() => {
      for (const { id, row, name, bytes, sha256 } of files)
        prepare.run(id, row.id, row.destinationId, folder, name, bytes.byteLength, sha256, now)
    })()
    for (const { name } of files) await rename(join(staging, name), join(folder, name))
    await syncFolder(folder)
    sqlite.transaction(() => {
      for (const { id, row, name } of files) {
        drop.run(now, id)
        send.run(row.id)
        addTimelineEntry.run(nextId++, row.id, now, `Written as ${name} into ${folder}.`)
      }
    })()
    return orders.length
  }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx')
  await file.writeFile(bytes)
  await file.sync()
  await file.close()
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync()
  await handle.close()
}

/** Measures Write Order in a workspace that already has many finished orders, in milliseconds per order. */
export async function measureCostPerOrder(cached: BenchFolders, count: number, firstNumber: number): Promise<number> {
  const profile = 'attache-xmlkfi'
  return onCopy(cached, profile, async (copy) => {
    await addPending(copy, count, firstNumber)
    return ((await timeProduct(copy, profile, count)) * 1000) / count
  })
}

async function addPending(copy: BenchFolders, count: number, firstNumber: number): Promise<void> {
  for (let first = 0; first < count; first += 100) {
    const orders = Array.from({ length: Math.min(100, count - first) }, (_, index) => benchOrder(firstNumber + first + index))
    writeFileSync(join(copy.intake, `more-${first}.json`), toOrderJson(orders))
  }
  const engine = await openBenchEngine(copy, 'attache-xmlkfi')
  try {
    const run = await engine.runTask('Read Orders', { trigger: 'Sync Now', actor: 'Bench' })
    if (run.doneCount !== count) throw new Error(`${run.doneCount} of ${count} read: ${run.summary}`)
  } finally {
    await engine.stop()
  }
}
