import type { SourceRow } from '../../../src-shared/contract/contract'
import type { Failure } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { internalFailure } from '../context/internal-failure'
import { packDocument } from '../database/documents-store'
import { listSources } from '../database/settings-store'
import { sha256 } from '../files/sha256'
import { type Imported, importOrders } from '../importers/import-orders'
import { fileTag } from '../logs/file-tag'
import type { RunLine } from '../runs/run-log'
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
  const results = await store(engine, source, readable, report)
  for (const [at, { index, document }] of readable.entries()) {
    const result = results[at]
    if (result?.ok === false) taken[index] = { outcome: 'rejected', failure: result.failure }
    if (result?.ok !== true) continue
    const newsCount = newsOf(result.received).length
    report.doneCount += newsCount
    engine.log.info(`${source.name}: ${fileTag(document.fileName)}: ${result.received.length} orders, ${newsCount} new or changed`)
  }
  return taken
}

/** What goes wrong in the program itself stands in the log, under the number that the person is told. */
function whyNot(engine: EngineContext, source: SourceRow, name: string, { failure, fault }: NotImported): Failure {
  if (fault === undefined) return failure
  const { message } = internalFailure(engine.log, `${source.name}: ${fileTag(name)}: reading`, fault)
  return { ...failure, message: `${failure.message} ${message}` }
}

/** Stores the files, their orders and the run's log lines in one write: never one without the others. */
async function store(
  engine: EngineContext,
  source: SourceRow,
  files: readonly ReceivedDocument[],
  report: RunReport,
): Promise<ReceivedFrom[]> {
  return engine.write(async (work) => {
    const results = await receiveOrders(work, source, files)
    const lines = files.flatMap(({ document }, index) => linesOf(source, document.fileName, results[index]))
    await report.log.write(work, lines)
    return results
  })
}

function linesOf(source: SourceRow, fileName: string, result: ReceivedFrom | undefined): RunLine[] {
  if (result?.ok !== true) return []
  const { received } = result
  const news = newsOf(received)
  const text = `${source.name}: ${fileName}: ${received.length} orders read, ${news.length} new or changed.`
  const about = ({ orderId, number, outcome }: Received): RunLine => {
    return { level: 'info', order: { id: orderId, number }, text: RECEIVED_WORDS[outcome] }
  }
  return [{ level: 'info', text }, ...news.map(about)]
}

/** The orders that are new or different now. */
function newsOf(received: readonly Received[]): Received[] {
  return received.filter((one) => one.outcome !== 'unchanged')
}
