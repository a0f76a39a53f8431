import type { SourceRow } from '../../../src-shared/contract/contract'
import type { Failure } from '../../../src-shared/failure'
import { publishOrders } from '../changes/publish-orders'
import type { EngineContext } from '../context/context'
import { internalFailure } from '../context/internal-failure'
import { packDocument } from '../database/documents-store'
import { listSources } from '../database/settings-store'
import { sha256 } from '../files/sha256'
import { type Imported, importOrders } from '../importers/import-orders'
import { fileTag } from '../logs/file-tag'
import { publishProblems } from '../problems/problems'
import type { RunReport, TaskWork } from '../runs/run-report'
import { type Received, type ReceivedDocument, type ReceivedFrom, receiveOrders } from './receive-orders'
import { SettledFiles } from './settled-files'
import { type IntakeFile, isIntakeFile, type Taken, takeFiles } from './take-files'

const RECEIVED_WORDS: Readonly<Record<Received['outcome'], string>> = {
  new: 'New.',
  updated: 'Changed by the store.',
  'left alone': 'Changed by the store after it was handed over: left as it is.',
  unchanged: 'As it was.',
  'earlier version': 'An earlier version than the one that is here: ignored.',
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

/** Gives an outcome for each file: Done, or rejected because it can't be read or because it clashes with what is known. */
async function takeOrders(engine: EngineContext, source: SourceRow, files: readonly IntakeFile[], report: RunReport): Promise<Taken[]> {
  const readable: (ReceivedDocument & { index: number })[] = []
  const taken: Taken[] = files.map(() => ({ outcome: 'done' }))
  for (const [index, { name, bytes, modifiedAt }] of files.entries()) {
    // Packed aside, while the file is read here.
    const packing = packDocument(bytes)
    const imported = importOrders(bytes, name)
    const packed = await packing
    if (!imported.ok) {
      taken[index] = { outcome: 'rejected', failure: whyNot(engine, source, name, imported) }
      continue
    }
    const columns = { id: engine.newId(), fileName: name, sourceId: source.id, sha256: sha256(bytes), receivedAt: engine.now() }
    readable.push({ index, document: { ...columns, bytes: packed }, fileModifiedAt: modifiedAt, orders: imported.orders })
  }
  const { results, changed, hasChanges } = await store(engine, source, readable, report)
  for (const [at, { index }] of readable.entries()) {
    const result = results[at]
    if (result?.ok === false) taken[index] = { outcome: 'rejected', failure: result.failure }
  }
  report.doneCount += changed.length
  await publishOrders(engine, changed)
  if (hasChanges) await publishProblems(engine)
  return taken
}

/** What goes wrong in the program itself stands in the log, under the number that the person is told. */
function whyNot(engine: EngineContext, source: SourceRow, name: string, { failure, fault }: NotImported): Failure {
  if (fault === undefined) return failure
  const { message } = internalFailure(engine.log, `${source.name}: ${fileTag(name)}: reading`, fault)
  return { ...failure, message: `${failure.message} ${message}` }
}

/** The files, their orders and the run's log lines in one transaction: never one without the others. `changed`: the orders that are different now; `hasChanges`: some of them were here before. */
async function store(
  engine: EngineContext,
  source: SourceRow,
  files: readonly ReceivedDocument[],
  report: RunReport,
): Promise<{ results: ReceivedFrom[]; changed: number[]; hasChanges: boolean }> {
  const { told, ...stored } = await engine.db.transaction().execute(async (trx) => {
    const results = await receiveOrders(engine, trx, source, files)
    const changed: number[] = []
    let hasChanges = false
    for (const [index, { document }] of files.entries()) {
      const result = results[index]
      if (result?.ok !== true) continue
      const news = result.received.filter((one) => one.outcome !== 'unchanged')
      logReceived(engine, source, document.fileName, result.received.length, news, report)
      changed.push(...news.map((one) => one.orderId))
      hasChanges ||= result.received.some(({ outcome }) => outcome !== 'new')
    }
    return { results, changed, hasChanges, ...(await report.log.write(trx)) }
  })
  told()
  return stored
}

function logReceived(
  engine: EngineContext,
  source: SourceRow,
  fileName: string,
  count: number,
  news: readonly Received[],
  report: RunReport,
): void {
  report.log.add({ level: 'info', text: `${source.name}: ${fileName}: ${count} orders read, ${news.length} new or changed.` })
  engine.log.info(`${source.name}: ${fileTag(fileName)}: ${count} orders, ${news.length} new or changed`)
  for (const { orderId, number, outcome } of news) {
    report.log.add({ level: 'info', order: { id: orderId, number }, text: RECEIVED_WORDS[outcome] })
  }
}
