import { lstat } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import type { DestinationRow } from '../../../src-shared/contract/contract'
import type { Failure } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { deliveriesForNumber, insertAnswer, isDeliveryFileName, wasAnswerStored } from '../database/deliveries-store'
import { makeFolder } from '../files/make-folder'
import { sha256 } from '../files/sha256'
import { type DocumentAnswer, readAnswerDocument } from '../importers/answers/answer-document'
import type { SettledFiles } from '../intake/settled-files'
import { isIntakeFile, processOneByOne, takeFiles } from '../intake/take-files'
import { logOrder } from '../runs/log-order'
import type { RunReport } from '../runs/run-report'
import { applyVerdict } from './apply-verdict'

/**
 * Reads the UBL answer documents in a destination's response folder, each once. Each answer is applied to the newest delivery of its order, and the
 * file moves to Done. A document that cannot be read, or names an order that was never sent here, moves to Rejected and becomes a problem.
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
  // A response folder below the drop folder is created if it is missing. The drop folder and any other folder must exist.
  if (!isAbsolute(responseFolder)) await makeFolder(folder)
  const intake = {
    key: `answers-${destination.id}`,
    title: `${destination.name}, answers`,
    folder,
    isWanted: (name: string) => isIntakeFile(name) && /\.xml$/i.test(name),
    // The response folder may be the drop folder itself.
    canHoldSentFiles: true,
  }
  const take = processOneByOne(async (bytes, name) => {
    if (await isDeliveryFileName(engine.db, name)) return { outcome: 'leave' }
    const read = readAnswerDocument(bytes)
    if (read.kind === 'foreign') return { outcome: 'leave' }
    if (read.kind === 'unreadable') {
      return { outcome: 'rejected', failure: { code: read.code, message: `${name}: ${read.message}`, remedy: CHECK_BY_HAND } }
    }
    const file = { name, hash: sha256(bytes), type: read.documentType, writtenAt: (await lstat(join(folder, name))).mtime.toISOString() }
    for (const answer of read.answers) {
      const applied = await applyAnswer(engine, destination, file, answer)
      if ('message' in applied) return { outcome: 'rejected', failure: applied }
      if (!applied.isNew) continue
      report.doneCount++
      await logOrder(engine, applied.orderId, name, report)
    }
    return { outcome: 'done' }
  })
  await takeFiles(engine, intake, files, report, signal, take)
}

const CHECK_BY_HAND = 'Open the file, see which order it is about and what it says, then update that order by hand.'

/** The file of an answer document. */
interface AnswerFile {
  name: string
  hash: string
  /** E.g. `OrderResponseSimple`. */
  type: string
  /** UTC ISO 8601. */
  writtenAt: string
}

/** Applies an answer to the delivery that it is about, once, in one transaction. Returns a failure if that delivery cannot be determined. */
async function applyAnswer(
  engine: EngineContext,
  destination: DestinationRow,
  file: AnswerFile,
  answer: DocumentAnswer,
): Promise<Failure | { isNew: boolean; orderId: number }> {
  const title = `${file.name} (${file.type})`
  const deliveries = await deliveriesForNumber(engine.db, destination.id, answer.orderNumber)
  const [newest] = deliveries
  if (newest === undefined) {
    const message = `${title} is about order ${answer.orderNumber}, which was never sent to ${destination.name}.`
    return { code: 'order-not-sent', message, remedy: CHECK_BY_HAND }
  }
  if (deliveries.some((delivery) => delivery.orderId !== newest.orderId)) {
    const message = `${title} is about order ${answer.orderNumber}, but several orders have that number.`
    return { code: 'order-ambiguous', message, remedy: CHECK_BY_HAND }
  }
  const isNew = await engine.write(async (work) => {
    // If a processed file could not be moved away, it must not count as an answer to a delivery that was sent later.
    if (await wasAnswerStored(work.db, newest.orderId, file.name, file.hash, file.writtenAt)) return false
    const stored = { id: work.newId(), deliveryId: newest.id, at: work.now(), fileName: file.name, sha256: file.hash, text: answer.text }
    if (!(await insertAnswer(work.db, stored))) return false
    if (answer.verdict !== 'note') {
      const evidence = `${file.type} ${file.name}`
      await applyVerdict(work, destination, newest, { state: answer.verdict, evidence, answerText: answer.text || null })
      return true
    }
    const text = `${title} arrived for ${newest.fileName}.`
    await work.addToTimeline([{ orderId: newest.orderId, kind: 'answer', actor: destination.name, text, details: answer.text }])
    work.markOrderChanged(newest.orderId)
    return true
  })
  return { isNew, orderId: newest.orderId }
}
