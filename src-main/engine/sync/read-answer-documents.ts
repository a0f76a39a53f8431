import { lstat, readFile, rename, writeFile } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import type { DestinationRow } from '../../../src-shared/contract'
import type { Failure } from '../../../src-shared/failure'
import type { EngineContext } from '../context'
import { deliveriesForNumber, insertAnswer, isDeliveryFileName } from '../database/deliveries-store'
import { saveProblem } from '../database/problems-store'
import { addToTimeline } from '../database/timeline-store'
import { sha256 } from '../delivery/archive'
import { errnoOf } from '../delivery/folder-failure'
import { freeName } from '../delivery/free-name'
import type { SettledFiles } from '../delivery/settled-files'
import { type AnswerOfDocument, readAnswerDocument } from '../importers/answer-document'
import { publishOrders } from '../orders/publish-orders'
import { timelineEntry } from '../orders/timeline'
import { judgeDelivery } from './judge-delivery'
import type { RunReport } from './run-report'

const MOST_BYTES = 10 * 1024 * 1024

/**
 * Reads the UBL answer documents in a destination's response folder, each once: what it says of an order goes to that order's newest delivery, the
 * file goes to Done. One that cannot be read, or names an order that was never sent here, goes to Rejected and is told.
 */
export async function readAnswerDocuments(
  engine: EngineContext,
  destination: DestinationRow,
  files: SettledFiles,
  report: RunReport,
  signal: AbortSignal,
): Promise<void> {
  const { responseFolder } = destination.policy
  if (responseFolder === null) return
  const folder = resolve(destination.folder, responseFolder)
  const names = await waitingDocuments(folder, !isAbsolute(responseFolder), files, signal)
  for (const name of names) {
    if (signal.aborted) return
    if (await isDeliveryFileName(engine.db, name)) continue
    await readOne(engine, destination, folder, name, report)
  }
}

async function waitingDocuments(folder: string, mayBeMissing: boolean, files: SettledFiles, signal: AbortSignal): Promise<string[]> {
  try {
    return (await files.look(folder, (name) => /\.xml$/i.test(name), signal)).settled
  } catch (error) {
    if (mayBeMissing && errnoOf(error) === 'ENOENT') return []
    throw error
  }
}

async function readOne(engine: EngineContext, destination: DestinationRow, folder: string, name: string, report: RunReport): Promise<void> {
  const path = join(folder, name)
  if ((await lstat(path)).size > MOST_BYTES) {
    return reject(engine, destination, folder, name, report, {
      code: 'too-large',
      message: `${name} is too large for an answer.`,
      remedy: LOOK,
    })
  }
  const bytes = await readFile(path)
  const read = readAnswerDocument(bytes)
  if (read.kind === 'foreign') return
  if (read.kind === 'unreadable') {
    return reject(engine, destination, folder, name, report, { code: read.code, message: `${name}: ${read.message}`, remedy: LOOK })
  }
  for (const answer of read.answers) {
    const failure = await apply(engine, destination, name, sha256(bytes), read.documentType, answer)
    if (failure !== null) return reject(engine, destination, folder, name, report, failure)
    report.doneCount++
  }
  const done = join(folder, 'Done')
  await rename(path, join(done, await freeName(done, name, engine.newId)))
}

const LOOK = 'Open the file and look what it says about which order; then set that order right by hand.'

/** Brings an answer to the delivery that it is about; a failure where that cannot be told. */
async function apply(
  engine: EngineContext,
  destination: DestinationRow,
  fileName: string,
  hash: string,
  documentType: string,
  answer: AnswerOfDocument,
): Promise<Failure | null> {
  const deliveries = await deliveriesForNumber(engine.db, destination.id, answer.orderNumber)
  const [newest] = deliveries
  if (newest === undefined) {
    const message = `${fileName} (${documentType}) is about order ${answer.orderNumber}, which was not sent to ${destination.name}.`
    return { code: 'order-not-sent', message, remedy: LOOK }
  }
  if (deliveries.some((delivery) => delivery.orderId !== newest.orderId)) {
    const message = `${fileName} (${documentType}) is about order ${answer.orderNumber}, and there are several orders of that number.`
    return { code: 'order-ambiguous', message, remedy: LOOK }
  }
  const isNew = await engine.db.transaction().execute(async (trx) => {
    const kept = { id: engine.newId(), deliveryId: newest.id, at: engine.now(), fileName, sha256: hash, text: answer.text }
    if (!(await insertAnswer(trx, kept))) return false
    if (answer.verdict === 'note') {
      const text = `${fileName} (${documentType}) came for ${newest.fileName}.`
      await addToTimeline(trx, [
        timelineEntry(engine, { orderId: newest.orderId, kind: 'answer', actor: destination.name, text, details: answer.text }),
      ])
    }
    return true
  })
  if (answer.verdict !== 'note') {
    const evidence = `${documentType} ${fileName}`
    await judgeDelivery(engine, destination, newest, { state: answer.verdict, evidence, answerText: answer.text || null })
  }
  if (isNew) await publishOrders(engine, [newest.orderId])
  return null
}

async function reject(
  engine: EngineContext,
  destination: DestinationRow,
  folder: string,
  name: string,
  report: RunReport,
  failure: Failure,
): Promise<void> {
  const rejected = join(folder, 'Rejected')
  const free = await freeName(rejected, name, engine.newId)
  await writeFile(join(rejected, `${free}.error.txt`), `${failure.message}\r\n\r\nWhat to do: ${failure.remedy}\r\n`)
  const { code, message, remedy } = failure
  await saveProblem(engine.db, {
    key: `answer-${destination.id}-${free}`,
    kind: 'rejected file',
    at: engine.now(),
    title: `An answer from ${destination.name} was not understood: ${name}`,
    code,
    message,
    remedy,
    folder: rejected,
  })
  await rename(join(folder, name), join(rejected, free))
  report.failedCount++
  report.notes.push(message)
}
