import type { SourceRow } from '../../../src-shared/contract'
import type { ReceivedOrder } from '../../../src-shared/order'
import type { EngineContext } from '../context'
import { deleteDocument, insertDocument } from '../database/documents-store'
import { listSources } from '../database/settings-store'
import { sha256 } from '../delivery/archive'
import { SettledFiles } from '../delivery/settled-files'
import { importOrders } from '../importers/import-orders'
import { internalFailure } from '../internal-failure'
import { fileTag } from '../logs/file-tag'
import { publishOrders } from '../orders/publish-orders'
import { type Received, receiveOrders } from '../orders/receive-orders'
import type { TaskWork } from './run-report'
import { isIntakeFile, takeFiles } from './take-files'

const RECEIVED_WORDS: Readonly<Record<Received['outcome'], string>> = {
  new: 'New.',
  updated: 'Changed by the store.',
  'left alone': 'Changed by the store after it was handed over: left as it is.',
  unchanged: 'As it was.',
}

/** The sync task Read Orders: takes every file in the intake folders and stores its orders together with the file itself. */
export function readOrders(engine: EngineContext, settleMs: number): TaskWork {
  const files = new SettledFiles(engine.clock, settleMs)
  return async (report, signal) => {
    for (const source of await listSources(engine.db)) {
      if (signal.aborted) return
      if (source.folder === '') continue
      const intake = { key: `source-${source.id}`, title: source.name, folder: source.folder, isWanted: isIntakeFile }
      await takeFiles(engine, intake, files, report, signal, async (bytes, name) => {
        const imported = importOrders(bytes, name)
        if (!imported.ok) {
          const { failure, fault } = imported
          if (fault === undefined) return { outcome: 'rejected', failure }
          const { message } = internalFailure(engine.log, `${source.name}: ${fileTag(name)}: reading`, fault)
          return { outcome: 'rejected', failure: { ...failure, message: `${failure.message} ${message}` } }
        }
        const received = await store(engine, source, name, bytes, imported.orders)
        const changed = received.filter((one) => one.outcome !== 'unchanged')
        report.doneCount += changed.length
        report.log.add({
          level: 'info',
          text: `${source.name}: ${name}: ${received.length} orders read, ${changed.length} new or changed.`,
        })
        engine.log.info(`${source.name}: ${fileTag(name)}: ${received.length} orders, ${changed.length} new or changed`)
        for (const { orderId, number, outcome } of changed)
          report.log.add({ level: 'info', order: { id: orderId, number }, text: RECEIVED_WORDS[outcome] })
        await publishOrders(
          engine,
          changed.map((one) => one.orderId),
        )
        return { outcome: 'done' }
      })
    }
  }
}

/** The file and its orders in one transaction: never one without the other. */
async function store(
  engine: EngineContext,
  source: SourceRow,
  name: string,
  bytes: Buffer,
  orders: readonly ReceivedOrder[],
): Promise<Received[]> {
  const document = { id: engine.newId(), fileName: name }
  return engine.db.transaction().execute(async (trx) => {
    const columns = { ...document, sourceId: source.id, sha256: sha256(bytes), receivedAt: engine.now() }
    await insertDocument(trx, columns, bytes)
    const received = await receiveOrders(engine, trx, source, document, orders)
    if (received.every((one) => one.outcome === 'unchanged' || one.outcome === 'left alone')) await deleteDocument(trx, document.id)
    return received
  })
}
