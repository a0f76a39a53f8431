import type { SourceRow } from '../../../src-shared/contract/contract'
import type { Failure } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { internalFailure } from '../context/internal-failure'
import { compressDocument } from '../database/documents-store'
import { listSources } from '../database/settings-store'
import { sha256 } from '../files/sha256'
import { type ImportResult, importOrders } from '../importers/import-orders'
import { fileTag } from '../logs/file-tag'
import type { RunLine } from '../runs/run-log'
import type { RunReport, TaskWork } from '../runs/run-report'
import { type DocumentResult, type Received, type ReceivedDocument, receiveOrders } from './receive-orders'
import { SettledFiles } from './settled-files'
import { type IntakeFile, type IntakeResult, isIntakeFile, takeFiles } from './take-files'

const OUTCOME_TEXTS: Readonly<Record<Received['outcome'], string>> = {
  new: 'New.',
  updated: 'Updated from the store.',
  'left alone': 'Changed in the store after it was sent. The order was not changed here.',
  unchanged: 'Unchanged.',
  'earlier version': 'Ignored, because a newer version was received before.',
}

/** How many bytes of files are stored in one commit. They contain a few hundred orders, which take a fraction of a second. */
const BATCH_BYTES = 1024 * 1024

/** The sync task Read Orders: reads every file in the intake folders and stores its orders together with the file itself. */
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
        batchBytes: BATCH_BYTES,
      }
      await takeFiles(engine, intake, files, report, signal, (read) => takeOrders(engine, source, read, report))
    }
  }
}

type FailedImport = Extract<ImportResult, { ok: false }>

/** Stores the orders of the files. Returns an outcome for each: done, or rejected because it can't be read or conflicts with a stored order. */
async function takeOrders(
  engine: EngineContext,
  source: SourceRow,
  files: readonly IntakeFile[],
  report: RunReport,
): Promise<IntakeResult[]> {
  const readable: (ReceivedDocument & { index: number })[] = []
  const outcomes: IntakeResult[] = files.map(() => ({ outcome: 'done' }))
  for (const [index, { name, bytes, modifiedAt }] of files.entries()) {
    // Compressed in the background while the file is parsed here.
    const compressing = compressDocument(bytes)
    const imported = importOrders(bytes, name)
    const compressed = await compressing
    if (!imported.ok) {
      outcomes[index] = { outcome: 'rejected', failure: importFailure(engine, source, name, imported) }
      continue
    }
    const columns = { id: engine.newId(), fileName: name, sourceId: source.id, sha256: sha256(bytes), receivedAt: engine.now() }
    readable.push({ index, document: { ...columns, bytes: compressed }, fileModifiedAt: modifiedAt, orders: imported.orders })
  }
  const results = await storeOrders(engine, source, readable, report)
  for (const [position, { index, document }] of readable.entries()) {
    const result = results[position]
    if (result?.ok === false) outcomes[index] = { outcome: 'rejected', failure: result.failure }
    if (result?.ok !== true) continue
    const changedCount = changedOnly(result.received).length
    report.doneCount += changedCount
    engine.log.info(`${source.name}: ${fileTag(document.fileName)}: ${result.received.length} orders, ${changedCount} new or changed`)
  }
  return outcomes
}

/**
 * Returns why a file was rejected. An error in the program is logged, and the message includes the number to find it
 * by.
 */
function importFailure(engine: EngineContext, source: SourceRow, name: string, { failure, fault }: FailedImport): Failure {
  if (fault === undefined) return failure
  const { message } = internalFailure(engine.log, `${source.name}: ${fileTag(name)}: reading`, fault)
  return { ...failure, message: `${failure.message} ${message}` }
}

/** Stores the files, their orders and the run's log lines in one write, so that they are saved together or not at all. */
async function storeOrders(
  engine: EngineContext,
  source: SourceRow,
  files: readonly ReceivedDocument[],
  report: RunReport,
): Promise<DocumentResult[]> {
  return engine.write(async (work) => {
    const results = await receiveOrders(work, source, files)
    const lines = files.flatMap(({ document }, index) => logLinesOf(source, document.fileName, results[index]))
    await report.log.write(work, lines)
    return results
  })
}

function logLinesOf(source: SourceRow, fileName: string, result: DocumentResult | undefined): RunLine[] {
  if (result?.ok !== true) return []
  const { received } = result
  const changed = changedOnly(received)
  const text = `${source.name}: ${fileName}: ${received.length} orders read, ${changed.length} new or changed.`
  const toLogLine = ({ orderId, number, outcome }: Received): RunLine => {
    return { level: 'info', order: { id: orderId, number }, text: OUTCOME_TEXTS[outcome] }
  }
  return [{ level: 'info', text }, ...changed.map(toLogLine)]
}

/** Returns the orders with any outcome other than `unchanged`. */
function changedOnly(received: readonly Received[]): Received[] {
  return received.filter(({ outcome }) => outcome !== 'unchanged')
}
