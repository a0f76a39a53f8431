import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { archivePath } from '../../src-main/engine/deliveries/archive'
import type { PickedUpFile } from '../support/stand-in'
import { EDITED_CODE_PREFIX, PERSON } from './crash-engine-options'

/** The result of a kill test. */
export interface KillTestResult {
  kills: number
  /** Kills during the drop protocol. */
  inside: number
  orders: number
  bad: number
  files: number
  /** Files that were staged and then withdrawn. */
  withdrawn: number
  lost: number
  duplicated: number
  halfWritten: number
  temporary: number
  /** A sentence for each violated expectation. */
  deviations: string[]
}

interface DeliveryRow {
  id: number
  orderId: number
  sourceOrderId: string
  state: string
  fileName: string
  sha256: string
  sizeBytes: number
  preparedAt: string
}

interface OrderRow {
  id: number
  sourceOrderId: string
  status: string
  syncState: string
  errorCode: string | null
}

const EDITED_CODE = new RegExp(`${EDITED_CODE_PREFIX}\\d+`)

interface TimelineRow {
  orderId: number
  kind: string
  actor: string
  text: string
  /** The changed fields, as JSON. */
  changes: string
}

/** Compares the files that the accounting packages took with the database, the archive and the timeline. */
export function compare(input: {
  workspace: string
  drops: readonly string[]
  goodIds: ReadonlySet<string>
  badIds: ReadonlySet<string>
  seen: readonly PickedUpFile[]
  /**
   * False if staging folders were restored from older copies. An order may then be missing, but only if it needs
   * review.
   */
  isStagingIntact?: boolean
}): Omit<KillTestResult, 'kills' | 'inside'> {
  const { workspace, drops, goodIds, badIds, seen, isStagingIntact = true } = input
  const deviations: string[] = []
  const sqlite = new SqliteDatabase(join(workspace, 'ledgerdrop.db'), { readonly: true })
  const rows = <Row>(sql: string) => sqlite.prepare<[], Row>(sql).all()
  try {
    const integrity = JSON.stringify(sqlite.pragma('integrity_check'))
    if (integrity !== '[{"integrity_check":"ok"}]') deviations.push(`integrity_check: ${integrity}`)
    const broken = sqlite.pragma('foreign_key_check') as unknown[]
    if (broken.length > 0) deviations.push(`foreign_key_check: ${JSON.stringify(broken)}`)

    const orders = rows<OrderRow>('select id, sourceOrderId, status, syncState, errorCode from orders')
    const deliveries = rows<DeliveryRow>(
      'select d.id, d.orderId, o.sourceOrderId, d.state, d.fileName, d.sha256, d.sizeBytes, d.preparedAt from delivery d join orders o on o.id = d.orderId',
    )
    const byName = new Map(deliveries.map((delivery) => [delivery.fileName, delivery]))
    const writtenAs = new Map<string, number>()
    for (const { text } of rows<{ text: string }>(`select text from timeline where kind = 'delivery' and text like 'Written as %'`)) {
      const name = text.split(' ')[2] ?? ''
      writtenAs.set(name, (writtenAs.get(name) ?? 0) + 1)
    }

    const unknownTexts = rows<{ text: string }>(`select text from timeline where text like '%It is not known whether %'`).map(
      ({ text }) => text,
    )

    let temporary = 0
    let halfWritten = 0
    const takenCounts = new Map<string, number>()
    for (const { name, subfolder, sha256, sizeBytes, isTemporary } of seen) {
      if (isTemporary) {
        temporary++
        deviations.push(`temporary file seen: ${join(subfolder, name)}`)
        continue
      }
      const delivery = byName.get(name)
      if (delivery === undefined) {
        deviations.push(`taken, but no delivery has this file name: ${name}`)
        continue
      }
      takenCounts.set(delivery.sourceOrderId, (takenCounts.get(delivery.sourceOrderId) ?? 0) + 1)
      if (sha256 !== delivery.sha256) {
        halfWritten++
        deviations.push(`${name}: taken with ${sizeBytes} bytes, delivered with ${delivery.sizeBytes}`)
      }
      const copy = readOrNull(archivePath(join(workspace, 'archive'), delivery))
      if (copy === null) deviations.push(`${name}: no copy in the archive`)
      else if (createHash('sha256').update(copy).digest('hex') !== delivery.sha256) deviations.push(`${name}: the archive's copy differs`)
      // Ledgerdrop couldn't tell that this file was taken, so the order needed review, at least until an answer came.
      if (!isStagingIntact && unknownTexts.some((text) => text.includes(name))) continue
      if (writtenAs.get(name) !== 1) deviations.push(`${name}: taken once, ${writtenAs.get(name) ?? 0} times on the timeline`)
      if (delivery.state === 'prepared' || delivery.state === 'withdrawn') deviations.push(`${name}: taken, but ${delivery.state}`)
    }
    const seenNames = new Set(seen.map(({ name }) => name))
    for (const name of writtenAs.keys()) if (!seenNames.has(name)) deviations.push(`${name}: on the timeline, but never taken`)

    let lost = 0
    let duplicated = 0
    const known = new Map(orders.map((order) => [order.sourceOrderId, order]))
    for (const id of goodIds) {
      const count = takenCounts.get(id) ?? 0
      const order = known.get(id)
      if (count === 0 && !isStagingIntact && order?.syncState === 'needs review') continue
      if (count === 0) lost++
      if (count > 1) duplicated++
      if (count !== 1) deviations.push(`${id}: taken ${count} times; ${JSON.stringify(order ?? 'never read')}`)
      if (order?.status === 'Pending' || order?.syncState === 'waiting') deviations.push(`${id}: still ${order.status}, ${order.syncState}`)
    }
    for (const id of badIds) {
      const order = known.get(id)
      if (takenCounts.has(id)) deviations.push(`${id}: bad, but taken`)
      if (order?.syncState !== 'failed' || order.errorCode === null)
        deviations.push(`${id}: bad, but ${JSON.stringify(order ?? 'never read')}`)
    }
    if (orders.length !== goodIds.size + badIds.size) deviations.push(`${orders.length} orders stored, ${goodIds.size + badIds.size} sent`)

    const timeline = rows<TimelineRow>(
      "select orderId, kind, actor, text, changes from timeline where kind in ('status', 'edited', 'delivery', 'review') order by id",
    )
    const copies = new Map(deliveries.map((delivery) => [delivery.fileName, archivePath(join(workspace, 'archive'), delivery)]))
    for (const order of orders) {
      const entries = timeline.filter(({ orderId }) => orderId === order.id)
      deviations.push(...lostDecisions(order, entries, (name) => readOrNull(copies.get(name) ?? '')?.toString('latin1') ?? ''))
    }

    const open = deliveries.filter(({ state }) => state === 'prepared')
    for (const { fileName } of open) deviations.push(`${fileName}: still prepared`)
    const claimed = rows<{ id: number }>('select id from orders where claimedBy is not null')
    if (claimed.length > 0) deviations.push(`${claimed.length} orders are still claimed`)
    const staged = drops
      .flatMap((folder) => filesBelow(join(folder, '.ledgerdrop')))
      .filter((path) => isStagingIntact || !path.includes('-aside-'))
      .filter((path) => !/^(owner\.json|generation-\d+)$/.test(basename(path)))
    for (const path of staged) deviations.push(`left in staging: ${path}`)
    const archived = filesBelow(join(workspace, 'archive'))
    const sent = new Set(deliveries.filter(({ state }) => state !== 'withdrawn').map(({ fileName }) => fileName))
    for (const path of archived) {
      const name = basename(path)
      // Recovery deletes the archive copy of a file that was staged but never committed. To find the copy, it needs the
      // staged file, which an older copy of the staging folder may not contain.
      if (isStagingIntact && !sent.has(name)) deviations.push(`a copy in the archive of a file that was never sent: ${name}`)
    }
    return {
      orders: goodIds.size,
      bad: badIds.size,
      files: seen.length - temporary,
      withdrawn: deliveries.filter(({ state }) => state === 'withdrawn').length,
      lost,
      duplicated,
      halfWritten,
      temporary,
      deviations,
    }
  } finally {
    sqlite.close()
  }
}

/**
 * Returns a sentence for each decision by a person that the program has lost. If a file was published after the order
 * was put on hold, or with the content from before an edit, the order must need review. An order on hold must stay on
 * hold. `textOf` returns the content of a file.
 */
function lostDecisions(order: OrderRow, entries: readonly TimelineRow[], textOf: (fileName: string) => string): string[] {
  const lost: string[] = []
  const name = `${order.sourceOrderId} (${order.status}, ${order.syncState})`
  let isHeld = false
  let code: string | null = null
  for (const [index, { kind, actor, text, changes }] of entries.entries()) {
    if (kind === 'status' && actor === PERSON) isHeld = text.endsWith('On Hold.')
    if (kind === 'edited') {
      const edit = (JSON.parse(changes) as { after: string }[]).find(({ after }) => after.startsWith(EDITED_CODE_PREFIX))
      code = edit?.after ?? code
    }
    if (kind !== 'delivery' || !text.startsWith('Written as ')) continue
    if (entries.slice(index).some((later) => later.kind === 'review')) continue
    const written = textOf(text.split(' ')[2] ?? '').match(EDITED_CODE)?.[0]
    if (isHeld) lost.push(`${name}: written although a person had put it on hold, and not marked for review`)
    if (code !== null && written !== code)
      lost.push(
        `${name}: written with ${written ?? 'its first product code'} although a person had changed it to ${code}, and not marked for review`,
      )
  }
  if (isHeld && order.status !== 'On Hold') lost.push(`${name}: a person had put it on hold, but it is not on hold`)
  return lost
}

function readOrNull(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
