import type { DestinationRow } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { idAt } from '../context/ids'
import { deliveriesAwaitingAnswer, insertAnswer, updateDelivery } from '../database/deliveries-store'
import type { DeliveryTable } from '../database/schema'
import { listDestinations } from '../database/settings-store'
import { folderFailure, isFileSystemError } from '../files/folder-failure'
import { sha256 } from '../files/sha256'
import { SettledFiles } from '../intake/settled-files'
import { logOrder } from '../runs/log-order'
import type { RunReport, TaskWork } from '../runs/run-report'
import { capAtNow } from '../time/clock'
import { applyVerdict, markOverdue, type Verdict } from './apply-verdict'
import { type FolderView, type SeenCompanion, viewFolder } from './folder-view'
import { readAnswerDocuments } from './read-answer-documents'

/** How many days after a file was dropped an answer to it is still read. */
const ANSWER_WINDOW_DAYS = 30

/** The sync task Read Answers: checks what happened to every dropped file, as specified in "The closed loop" (docs/exactly-once.md). */
export function readAnswers(engine: EngineContext, settleMs: number): TaskWork {
  const files = new SettledFiles(engine.clock, settleMs)
  return async (report, signal) => {
    for (const destination of await listDestinations(engine.db)) {
      if (signal.aborted) return
      await readResponses(engine, destination, files, report, signal)
      await readFolders(engine, destination, files, report, signal)
    }
  }
}

/**
 * Reads a destination's answer documents. An unreachable drop folder is only noted in the run, because Write Order
 * reports it.
 */
async function readResponses(
  engine: EngineContext,
  destination: DestinationRow,
  files: SettledFiles,
  report: RunReport,
  signal: AbortSignal,
): Promise<void> {
  try {
    await readAnswerDocuments(engine, destination, files, report, signal)
  } catch (error) {
    if (!isFileSystemError(error)) throw error
    report.notes.push(`${destination.name}: ${folderFailure(error, destination.folder).message}`)
  }
}

/**
 * Checks the deliveries that await an answer, folder by folder. If a folder that the destination no longer uses can't be
 * reached, the outcome of its overdue deliveries becomes unknown.
 */
async function readFolders(
  engine: EngineContext,
  destination: DestinationRow,
  files: SettledFiles,
  report: RunReport,
  signal: AbortSignal,
): Promise<void> {
  const since = idAt(engine.clock.now().getTime() - ANSWER_WINDOW_DAYS * 86_400_000)
  const awaiting: DeliveryTable[] = []
  for (const delivery of await deliveriesAwaitingAnswer(engine.db, destination.id, since))
    awaiting.push(await capFutureTimes(engine, delivery))
  for (const folder of new Set(awaiting.map((delivery) => delivery.folder))) {
    const deliveries = awaiting.filter((delivery) => delivery.folder === folder)
    try {
      const view = await viewFolder(engine, destination, folder, deliveries, files, signal)
      if (signal.aborted) return
      for (const delivery of deliveries) {
        await countIfNew(engine, delivery, report, checkDelivery(engine, destination, delivery, view))
      }
    } catch (error) {
      if (!isFileSystemError(error)) throw error
      const failure = folderFailure(error, folder)
      const dropped = deliveries.filter(({ state }) => state === 'dropped')
      if (dropped.length === 0) continue
      report.notes.push(`${destination.name}: ${failure.message}`)
      report.waitingCount++
      if (folder === destination.folder) continue
      // The destination now uses another folder, and the former one may never come back.
      for (const delivery of dropped.filter((candidate) => isOverdue(engine, destination, candidate))) {
        const verdict = {
          state: 'unknown' as const,
          evidence: `The former ${failure.message.replace(/^The /, '').replace(/\.$/, '')}`,
          answerText: null,
        }
        const applying = engine.write((work) => applyVerdict(work, destination, delivery, verdict))
        await countIfNew(engine, delivery, report, applying)
      }
    }
  }
}

/**
 * Replaces times in the future with the current time and saves them. Otherwise, the file would not become overdue until
 * the wrong time has passed.
 */
async function capFutureTimes(engine: EngineContext, delivery: DeliveryTable): Promise<DeliveryTable> {
  const now = engine.now()
  const cap = (time: string | null) => (time === null ? null : capAtNow(now, time))
  const droppedAt = cap(delivery.droppedAt)
  const missingSince = cap(delivery.missingSince)
  if (droppedAt === delivery.droppedAt && missingSince === delivery.missingSince) return delivery
  await engine.write(({ db }) => updateDelivery(db, delivery.id, { droppedAt, missingSince }))
  return { ...delivery, droppedAt, missingSince }
}

async function countIfNew(engine: EngineContext, delivery: DeliveryTable, report: RunReport, check: Promise<boolean>): Promise<void> {
  if (await check) {
    report.doneCount++
    await logOrder(engine, delivery.orderId, delivery.fileName, report)
  }
  await report.log.flush()
  report.reportProgress()
}

/** Checks one delivery and records what is new. Returns true if it recorded anything. */
async function checkDelivery(
  engine: EngineContext,
  destination: DestinationRow,
  delivery: DeliveryTable,
  view: FolderView,
): Promise<boolean> {
  const companions = view.companionsOf(delivery)
  let hasRecorded = false
  for (const note of companions.filter(({ verdict }) => verdict === 'note')) {
    hasRecorded = (await saveNote(engine, destination, delivery, note)) || hasRecorded
  }
  const verdict = decide(engine, destination, delivery, view, companions)
  if (typeof verdict === 'object') return (await engine.write((work) => applyVerdict(work, destination, delivery, verdict))) || hasRecorded
  const setMissing = (missingSince: string | null) => engine.write(({ db }) => updateDelivery(db, delivery.id, { missingSince }))
  if (verdict === 'missing' && delivery.missingSince === null) await setMissing(engine.now())
  if (verdict === 'there' && delivery.missingSince !== null) await setMissing(null)
  if (verdict === 'overdue' && delivery.isOverdue === 0) {
    await engine.write((work) => markOverdue(work, destination, delivery))
    return true
  }
  return hasRecorded
}

/** Returns the verdict on a delivery, or its current situation if there is no verdict yet. */
function decide(
  engine: EngineContext,
  destination: DestinationRow,
  delivery: DeliveryTable,
  view: FolderView,
  companions: readonly SeenCompanion[],
): Verdict | 'there' | 'overdue' | 'missing' | 'waiting' {
  const { policy } = destination
  const rejecting = companions.filter(({ verdict }) => verdict === 'rejected')
  const accepting = companions.filter(({ verdict }) => verdict === 'accepted')
  const answerFolder = view.answerFolderOf(delivery)
  if (answerFolder?.kind === 'success' || (answerFolder === null && accepting.length > 0)) {
    const evidence = answerFolder === null ? `Reported by ${namesOf(accepting)}` : `Found in ${answerFolder.name}`
    if (rejecting.length === 0) return { state: 'accepted', evidence, answerText: textOf(accepting) }
    return { state: 'held', evidence: `${evidence}, but ${namesOf(rejecting)} says that it was rejected`, answerText: textOf(rejecting) }
  }
  if (answerFolder?.kind === 'failure' || answerFolder?.kind === 'notProcessed') {
    if (view.hasUnsettledCompanion(delivery)) return 'waiting'
    if (rejecting.length === 0 && !isGraceOver(engine, destination, delivery)) return 'missing'
    const errorText = rejecting.length === 0 ? ' without an error text' : ` with ${namesOf(rejecting)}`
    return { state: 'rejected', evidence: `Found in ${answerFolder.name}${errorText}`, answerText: textOf(rejecting) }
  }
  if (rejecting.length > 0) return { state: 'rejected', evidence: `Reported by ${namesOf(rejecting)}`, answerText: textOf(rejecting) }
  if (answerFolder?.kind === 'hold') return { state: 'held', evidence: `Found in ${answerFolder.name}`, answerText: null }
  if (delivery.state !== 'dropped' || view.hasUnsettledCompanion(delivery)) return 'waiting'
  if (view.isInDropFolder(delivery)) return isOverdue(engine, destination, delivery) ? 'overdue' : 'there'
  if (!view.canConcludeGone) return 'waiting'
  if (policy.goneMeans === 'picked up')
    return { state: 'picked up', evidence: `The file was gone from ${delivery.folder}`, answerText: null }
  if (!isGraceOver(engine, destination, delivery)) return 'missing'
  return {
    state: 'unknown',
    evidence: `The file was gone from ${delivery.folder} and is in none of the answer folders`,
    answerText: null,
  }
}

function isOverdue(engine: EngineContext, destination: DestinationRow, delivery: DeliveryTable): boolean {
  const droppedMs = Date.parse(delivery.droppedAt ?? delivery.preparedAt)
  return engine.clock.now().getTime() - droppedMs >= destination.policy.overdueMinutes * 60_000
}

/** True if the file has been gone for longer than the grace period for an answer. */
function isGraceOver(engine: EngineContext, destination: DestinationRow, delivery: DeliveryTable): boolean {
  const { graceMinutes } = destination.policy
  if (graceMinutes === 0) return true
  if (delivery.missingSince === null) return false
  return engine.clock.now().getTime() - Date.parse(delivery.missingSince) >= graceMinutes * 60_000
}

function namesOf(companions: readonly SeenCompanion[]): string {
  return companions.map(({ fileName }) => fileName).join(', ')
}

function textOf(companions: readonly SeenCompanion[]): string | null {
  return companions.length === 0 ? null : companions.map(({ text }) => text).join('\n')
}

/** Adds a companion without a verdict to the timeline, once. Returns false if it is already there. */
async function saveNote(
  engine: EngineContext,
  destination: DestinationRow,
  delivery: DeliveryTable,
  note: SeenCompanion,
): Promise<boolean> {
  return engine.write(async (work) => {
    const answer = {
      id: work.newId(),
      deliveryId: delivery.id,
      at: work.now(),
      fileName: note.fileName,
      sha256: sha256(note.text),
      text: note.text,
    }
    if (!(await insertAnswer(work.db, answer))) return false
    const text = `${note.fileName} arrived for ${delivery.fileName}.`
    await work.addToTimeline([{ orderId: delivery.orderId, kind: 'answer', actor: destination.name, text, details: note.text }])
    work.markOrderChanged(delivery.orderId)
    return true
  })
}
