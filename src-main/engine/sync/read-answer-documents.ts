import { mkdir } from 'node:fs/promises'
import { isAbsolute, resolve } from 'node:path'
import type { DestinationRow } from '../../../src-shared/contract'
import type { Failure } from '../../../src-shared/failure'
import type { EngineContext } from '../context'
import { deliveriesForNumber, insertAnswer, isDeliveryFileName } from '../database/deliveries-store'
import { addToTimeline } from '../database/timeline-store'
import { sha256 } from '../delivery/archive'
import { errnoOf } from '../delivery/folder-failure'
import type { SettledFiles } from '../delivery/settled-files'
import { type AnswerOfDocument, readAnswerDocument } from '../importers/answer-document'
import { publishOrders } from '../orders/publish-orders'
import { timelineEntry } from '../orders/timeline'
import { judgeDelivery } from './judge-delivery'
import type { RunReport } from './run-report'
import { isIntakeFile, takeFiles } from './take-files'

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
  // A folder of ours below the drop folder is made, but never the drop folder itself; any other must be there.
  if (!isAbsolute(responseFolder)) await mkdirIfMissing(folder)
  const intake = {
    key: `answers-${destination.id}`,
    title: `${destination.name}, answers`,
    folder,
    isWanted: (name: string) => isIntakeFile(name) && /\.xml$/i.test(name),
  }
  await takeFiles(engine, intake, files, report, signal, async (bytes, name) => {
    if (await isDeliveryFileName(engine.db, name)) return { outcome: 'leave' }
    const read = readAnswerDocument(bytes)
    if (read.kind === 'foreign') return { outcome: 'leave' }
    if (read.kind === 'unreadable') {
      return { outcome: 'rejected', failure: { code: read.code, message: `${name}: ${read.message}`, remedy: LOOK } }
    }
    for (const answer of read.answers) {
      const failure = await apply(engine, destination, name, sha256(bytes), read.documentType, answer)
      if (failure !== null) return { outcome: 'rejected', failure }
      report.doneCount++
    }
    return { outcome: 'done' }
  })
}

async function mkdirIfMissing(folder: string): Promise<void> {
  try {
    await mkdir(folder)
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error
  }
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
