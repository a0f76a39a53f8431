import type { SourceRow } from '../../../src-shared/contract'
import type { Failure } from '../../../src-shared/failure'
import type { ReceivedOrder } from '../../../src-shared/order'
import type { EngineContext } from '../context'
import { deleteDocument, insertDocument, packDocument } from '../database/documents-store'
import type { DocumentTable } from '../database/schema'
import { listSources } from '../database/settings-store'
import { sha256 } from '../delivery/archive'
import { SettledFiles } from '../delivery/settled-files'
import { type Imported, importOrders } from '../importers/import-orders'
import { internalFailure } from '../internal-failure'
import { fileTag } from '../logs/file-tag'
import { publishOrders } from '../orders/publish-orders'
import { type Received, receiveOrders } from '../orders/receive-orders'
import type { RunReport, TaskWork } from './run-report'
import { type IntakeFile, isIntakeFile, type Taken, takeFiles } from './take-files'

const RECEIVED_WORDS: Readonly<Record<Received['outcome'], string>> = {
  new: 'New.',
  updated: 'Changed by the store.',
  'left alone': 'Changed by the store after it was handed over: left as it is.',
  unchanged: 'As it was.',
}

/** Files of this size are stored in one commit: some hundred orders, a fraction of a second. */
const BYTES_AT_ONCE = 1024 * 1024

/** The sync task Read Orders: takes every file in the intake folders and stores its orders together with the file itself. */
export function readOrders(engine: EngineContext, settleMs: number): TaskWork {
  const files = new SettledFiles(engine.clock, settleMs)
  return async (report, signal) => {
    for (const source of await listSources(engine.db)) {
      if (signal.aborted) return
      if (source.folder === '') continue
      const intake = {
        key: `source-${source.id}`,
        title: source.name,
        folder: source.folder,
        isWanted: isIntakeFile,
        bytesAtOnce: BYTES_AT_ONCE,
      }
      await takeFiles(engine, intake, files, report, signal, (read) => takeOrders(engine, source, read, report))
    }
  }
}

type NotImported = Extract<Imported, { ok: false }>

/** A file whose orders can be stored. */
interface ReadableFile {
  document: DocumentTable
  orders: readonly ReceivedOrder[]
}

async function takeOrders(engine: EngineContext, source: SourceRow, files: readonly IntakeFile[], report: RunReport): Promise<Taken[]> {
  const readable: ReadableFile[] = []
  const taken: Taken[] = []
  for (const { name, bytes } of files) {
    // Packed aside, while the file is read here.
    const packing = packDocument(bytes)
    const imported = importOrders(bytes, name)
    const packed = await packing
    taken.push(imported.ok ? { outcome: 'done' } : { outcome: 'rejected', failure: whyNot(engine, source, name, imported) })
    if (!imported.ok) continue
    const columns = { id: engine.newId(), fileName: name, sourceId: source.id, sha256: sha256(bytes), receivedAt: engine.now() }
    readable.push({ document: { ...columns, bytes: packed }, orders: imported.orders })
  }
  const changed = await store(engine, source, readable, report)
  report.doneCount += changed.length
  await publishOrders(engine, changed)
  return taken
}

/** What goes wrong in the program itself stands in the log, under the number that the person is told. */
function whyNot(engine: EngineContext, source: SourceRow, name: string, { failure, fault }: NotImported): Failure {
  if (fault === undefined) return failure
  const { message } = internalFailure(engine.log, `${source.name}: ${fileTag(name)}: reading`, fault)
  return { ...failure, message: `${failure.message} ${message}` }
}

/** The files, their orders and what the run tells of them in one transaction: never one without the other. Gives the orders that changed. */
async function store(engine: EngineContext, source: SourceRow, files: readonly ReadableFile[], report: RunReport): Promise<number[]> {
  const { orderIds, told } = await engine.db.transaction().execute(async (trx) => {
    const ids: number[] = []
    for (const { document, orders } of files) {
      await insertDocument(trx, document)
      const received = await receiveOrders(engine, trx, source, document, orders)
      if (received.every((one) => one.outcome === 'unchanged' || one.outcome === 'left alone')) await deleteDocument(trx, document.id)
      const changed = received.filter((one) => one.outcome !== 'unchanged')
      tellOf(engine, source, document.fileName, received.length, changed, report)
      ids.push(...changed.map((one) => one.orderId))
    }
    return { orderIds: ids, ...(await report.log.write(trx)) }
  })
  told()
  return orderIds
}

function tellOf(
  engine: EngineContext,
  source: SourceRow,
  fileName: string,
  count: number,
  changed: readonly Received[],
  report: RunReport,
): void {
  report.log.add({ level: 'info', text: `${source.name}: ${fileName}: ${count} orders read, ${changed.length} new or changed.` })
  engine.log.info(`${source.name}: ${fileTag(fileName)}: ${count} orders, ${changed.length} new or changed`)
  for (const { orderId, number, outcome } of changed) {
    report.log.add({ level: 'info', order: { id: orderId, number }, text: RECEIVED_WORDS[outcome] })
  }
}
