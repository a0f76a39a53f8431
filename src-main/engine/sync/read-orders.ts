import { lstat, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SourceRow } from '../../../src-shared/contract'
import { type Failure, FailureError } from '../../../src-shared/failure'
import type { ReceivedOrder } from '../../../src-shared/order'
import type { EngineContext } from '../context'
import { deleteDocument, insertDocument } from '../database/documents-store'
import { closeProblem, saveProblem } from '../database/problems-store'
import { listSources } from '../database/settings-store'
import { sha256 } from '../delivery/archive'
import { errnoOf, folderFailure, isFileSystemError } from '../delivery/folder-failure'
import { freeName } from '../delivery/free-name'
import { SettledFiles } from '../delivery/settled-files'
import { importOrders } from '../importers/import-orders'
import { publishOrders } from '../orders/publish-orders'
import { type Received, receiveOrder } from '../orders/receive-order'
import { SYNC_ACTOR } from '../orders/timeline'
import { publishProblems } from '../settings/problems'
import type { RunReport, TaskWork } from './run-report'

/** Larger files are refused unread. */
const MOST_BYTES = 20 * 1024 * 1024

/** Below an intake folder: where files go once they were read, or could not be. */
const DONE = 'Done'
const REJECTED = 'Rejected'

/**
 * The sync task Read Orders: takes every file that lies still in an intake folder, stores its orders together with the file itself, and
 * moves it to Done; what cannot be read goes to Rejected with the reason beside it.
 */
export function readOrders(engine: EngineContext, settleMs: number): TaskWork {
  const files = new SettledFiles(engine.clock, settleMs)
  return async (report, signal) => {
    for (const source of await listSources(engine.db)) {
      if (signal.aborted) return
      try {
        await readSource(engine, source, files, report, signal)
        if (
          await closeProblem(engine.db, folderProblem(source), {
            at: engine.now(),
            actor: SYNC_ACTOR,
            reason: 'The folder can be reached again.',
          })
        ) {
          await publishProblems(engine)
        }
      } catch (error) {
        if (!(error instanceof FailureError) && !isFileSystemError(error)) throw error
        await reportFolder(engine, source, folderFailure(error, source.folder), report)
      }
    }
  }
}

function folderProblem(source: SourceRow): string {
  return `source-folder-${source.id}`
}

async function reportFolder(engine: EngineContext, source: SourceRow, failure: Failure, report: RunReport): Promise<void> {
  report.notes.push(failure.message)
  report.failedCount++
  await saveProblem(engine.db, {
    key: folderProblem(source),
    kind: 'folder',
    at: engine.now(),
    title: `Orders from ${source.name} cannot be read`,
    ...problemColumns(failure),
    folder: source.folder,
  })
  await publishProblems(engine)
}

function problemColumns({ code, message, remedy }: Failure) {
  return { code, message, remedy }
}

async function readSource(
  engine: EngineContext,
  source: SourceRow,
  files: SettledFiles,
  report: RunReport,
  signal: AbortSignal,
): Promise<void> {
  const { settled: names, unsettled } = await files.look(source.folder, isIntakeFile, signal)
  report.waitingCount += unsettled.length
  report.total = (report.total ?? 0) + names.length
  for (const name of names) {
    if (signal.aborted) return
    await readIntakeFile(engine, source, name, report)
    files.forget(source.folder, name)
    report.progressed()
  }
}

/** Half-written files (`.part`, `.tmp`, `~`) and our own notes are passed over. */
function isIntakeFile(name: string): boolean {
  return !/^[.~]|\.(part|tmp|crdownload|error\.txt)$/i.test(name)
}

async function readIntakeFile(engine: EngineContext, source: SourceRow, name: string, report: RunReport): Promise<void> {
  const path = join(source.folder, name)
  const bytes = await readWhole(path)
  if (bytes === null) return
  const imported = bytes instanceof FailureError ? { ok: false as const, failure: bytes } : importOrders(bytes, name)
  if (!imported.ok || bytes instanceof FailureError) {
    if (!imported.ok) await reject(engine, source, name, imported.failure, report)
    return
  }
  const received = await store(engine, source, name, bytes, imported.orders)
  await engine.onStep('stored')
  const done = join(source.folder, DONE)
  await rename(path, join(done, await freeName(done, name, engine.newId)))
  const changed = received.filter((one) => one.outcome !== 'unchanged')
  report.doneCount += changed.length
  engine.log.info(`${source.name}: ${name}: ${received.length} orders, ${changed.length} new or changed`)
  await publishOrders(
    engine,
    changed.map((one) => one.orderId),
  )
}

/** The file's bytes; a failure where it is too large; null where it is gone or held (then it is read next time). */
async function readWhole(path: string): Promise<Buffer | FailureError | null> {
  try {
    const { size } = await lstat(path)
    if (size <= MOST_BYTES) return await readFile(path)
    return new FailureError({
      code: 'too-large',
      message: `The file has ${Math.round(size / 1024 / 1024)} MB; at most ${MOST_BYTES / 1024 / 1024} MB can be read.`,
      remedy: 'Export the orders in several smaller files.',
    })
  } catch (error) {
    if (['ENOENT', 'EBUSY', 'EPERM', 'EACCES'].includes(errnoOf(error))) return null
    throw error
  }
}

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
    const received: Received[] = []
    for (const order of orders) received.push(await receiveOrder(engine, trx, source, document, order))
    if (received.every((one) => one.outcome === 'unchanged' || one.outcome === 'left alone')) await deleteDocument(trx, document.id)
    return received
  })
}

/** The reason is on record and beside the file before the file moves, so that a crash in between loses neither. */
async function reject(engine: EngineContext, source: SourceRow, name: string, failure: Failure, report: RunReport): Promise<void> {
  const folder = join(source.folder, REJECTED)
  const free = await freeName(folder, name, engine.newId)
  await writeFile(join(folder, `${free}.error.txt`), `${failure.message}\r\n\r\nWhat to do: ${failure.remedy}\r\n`)
  await saveProblem(engine.db, {
    key: `rejected-${source.id}-${free}`,
    kind: 'rejected file',
    at: engine.now(),
    title: `${name} from ${source.name} was rejected`,
    ...problemColumns(failure),
    folder,
  })
  await rename(join(source.folder, name), join(folder, free))
  report.failedCount++
  report.notes.push(`${name}: ${failure.message}`)
  engine.log.warn(`${source.name}: ${name} rejected: ${failure.code}`)
  await publishProblems(engine)
}
