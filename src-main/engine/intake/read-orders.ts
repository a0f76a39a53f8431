import type { EngineContext } from '../context/context'
import { compressDocument } from '../database/documents-store'
import { listSources, type StoredSource } from '../database/settings-store'
import { sha256 } from '../files/sha256'
import { importOrders } from '../importers/import-orders'
import { fileTag } from '../logs/file-tag'
import type { RunLine } from '../runs/run-log'
import type { RunReport, TaskWork } from '../runs/run-report'
import { importFailure } from './import-failure'
import { OUTCOME_TEXTS } from './outcome-texts'
import { readStore } from './read-store'
import { type DocumentResult, type Received, type ReceivedDocument, receiveOrders } from './receive-orders'
import { isStoreSource } from './receive-store-orders'
import { SettledFiles } from './settled-files'
import { type IntakeFile, type IntakeResult, isIntakeFile, takeFiles } from './take-files'

/** How often the intake folders are read again while stores are being read. */
const FOLDERS_AGAIN_MS = 30_000

/** How many bytes of files are stored in one commit. They contain a few hundred orders, which take a fraction of a second. */
const BATCH_BYTES = 1024 * 1024

/** The sync task Read Orders: reads every file in the intake folders and every change in the stores. Each order is stored with its document. */
export function readOrders(engine: EngineContext, settleMs: number): TaskWork {
  const files = new SettledFiles(engine.clock, settleMs)
  return async (report, signal) => {
    const sources = await listSources(engine.db)
    const folders = sources.filter(({ folder }) => folder !== '')
    const readFolders = async () => {
      for (const source of folders) if (!signal.aborted) await readFolder(engine, source, files, report, signal)
    }
    await readFolders()
    const stores = sources.filter(isStoreSource)
    if (stores.length === 0 || signal.aborted) return
    // Stores are read while the other tasks run, because they may be slow. The folders don't wait for them either.
    report.releaseOthers()
    const reading = Promise.all(stores.map((source) => readStore(engine, source, report, signal)))
    const ended = reading.then(
      () => true,
      () => true,
    )
    while (!(await Promise.race([ended, engine.clock.tick(FOLDERS_AGAIN_MS, signal).then(() => false)]))) {
      if (!signal.aborted) await readFolders()
    }
    await reading
  }
}

async function readFolder(
  engine: EngineContext,
  source: StoredSource,
  files: SettledFiles,
  report: RunReport,
  signal: AbortSignal,
): Promise<void> {
  const { id, name: title, folder } = source
  const intake = { key: `source-${id}`, title, folder, isWanted: isIntakeFile, batchBytes: BATCH_BYTES }
  await takeFiles(engine, intake, files, report, signal, (read) => takeOrders(engine, source, read, report))
}

/** Stores the orders of the files. Returns an outcome for each: done, or rejected because it can't be read or conflicts with a stored order. */
async function takeOrders(
  engine: EngineContext,
  source: StoredSource,
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

/** Stores the files, their orders and the run's log lines in one write, so that they are saved together or not at all. */
async function storeOrders(
  engine: EngineContext,
  source: StoredSource,
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

function logLinesOf(source: StoredSource, fileName: string, result: DocumentResult | undefined): RunLine[] {
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
