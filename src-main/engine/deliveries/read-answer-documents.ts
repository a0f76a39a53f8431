import { lstat } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import type { DestinationRow } from '../../../src-shared/contract/contract'
import type { Failure } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { deliveriesForNumber, insertAnswer, isDeliveryFileName, wasAnswerKept } from '../database/deliveries-store'
import { makeFolder } from '../files/make-folder'
import { sha256 } from '../files/sha256'
import { type AnswerOfDocument, readAnswerDocument } from '../importers/answers/answer-document'
import type { SettledFiles } from '../intake/settled-files'
import { eachFile, isIntakeFile, takeFiles } from '../intake/take-files'
import { logOrder } from '../runs/log-order'
import type { RunReport } from '../runs/run-report'
import { judgeDelivery } from './judge-delivery'

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
  if (!isAbsolute(responseFolder)) await makeFolder(folder)
  const intake = {
    key: `answers-${destination.id}`,
    title: `${destination.name}, answers`,
    folder,
    isWanted: (name: string) => isIntakeFile(name) && /\.xml$/i.test(name),
    // The drop folder itself may be where answers arrive.
    mayHoldSentFiles: true,
  }
  const take = eachFile(async (bytes, name) => {
    if (await isDeliveryFileName(engine.db, name)) return { outcome: 'leave' }
    const read = readAnswerDocument(bytes)
    if (read.kind === 'foreign') return { outcome: 'leave' }
    if (read.kind === 'unreadable') {
      return { outcome: 'rejected', failure: { code: read.code, message: `${name}: ${read.message}`, remedy: LOOK } }
    }
    const file = { name, hash: sha256(bytes), type: read.documentType, writtenAt: (await lstat(join(folder, name))).mtime.toISOString() }
    for (const answer of read.answers) {
      const applied = await apply(engine, destination, file, answer)
      if ('message' in applied) return { outcome: 'rejected', failure: applied }
      if (!applied.isNew) continue
      report.doneCount++
      await logOrder(engine, applied.orderId, name, report)
    }
    return { outcome: 'done' }
  })
  await takeFiles(engine, intake, files, report, signal, take)
}

const LOOK = 'Open the file and look what it says about which order; then set that order right by hand.'

/** An answer document as a file. */
interface AnswerFile {
  name: string
  hash: string
  /** E.g. `OrderResponseSimple`. */
  type: string
  /** UTC ISO 8601. */
  writtenAt: string
}

/**
 * Brings an answer to the delivery that it is about, each answer once, in one transaction; a failure where it cannot be told which one that is.
 */
async function apply(
  engine: EngineContext,
  destination: DestinationRow,
  file: AnswerFile,
  answer: AnswerOfDocument,
): Promise<Failure | { isNew: boolean; orderId: number }> {
  const title = `${file.name} (${file.type})`
  const deliveries = await deliveriesForNumber(engine.db, destination.id, answer.orderNumber)
  const [newest] = deliveries
  if (newest === undefined) {
    const message = `${title} is about order ${answer.orderNumber}, which was not sent to ${destination.name}.`
    return { code: 'order-not-sent', message, remedy: LOOK }
  }
  if (deliveries.some((delivery) => delivery.orderId !== newest.orderId)) {
    const message = `${title} is about order ${answer.orderNumber}, and there are several orders of that number.`
    return { code: 'order-ambiguous', message, remedy: LOOK }
  }
  const isNew = await engine.write(async (work) => {
    // A file that could not be moved away and was answered before is no answer to what was sent again since.
    if (await wasAnswerKept(work.db, newest.orderId, file.name, file.hash, file.writtenAt)) return false
    const kept = { id: work.newId(), deliveryId: newest.id, at: work.now(), fileName: file.name, sha256: file.hash, text: answer.text }
    if (!(await insertAnswer(work.db, kept))) return false
    if (answer.verdict !== 'note') {
      const evidence = `${file.type} ${file.name}`
      await judgeDelivery(work, destination, newest, { state: answer.verdict, evidence, answerText: answer.text || null })
      return true
    }
    const text = `${title} came for ${newest.fileName}.`
    await work.addToTimeline([{ orderId: newest.orderId, kind: 'answer', actor: destination.name, text, details: answer.text }])
    work.changed(newest.orderId)
    return true
  })
  return { isNew, orderId: newest.orderId }
}
