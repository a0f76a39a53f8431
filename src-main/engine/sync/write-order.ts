import { readdir } from 'node:fs/promises'
import type { DestinationRow } from '../../../src-shared/contract'
import { type ExportProblem, type Failure, FailureError } from '../../../src-shared/failure'
import { PROFILE_INFO, type ProfileSettings, parseProfileSettings } from '../../../src-shared/profiles'
import { pauseLeftMs } from '../clock'
import type { EngineContext } from '../context'
import { insertDeliveries, openDeliveries } from '../database/deliveries-store'
import {
  claimOrders,
  countToWrite,
  endPauses,
  orderStates,
  releaseClaims,
  type StoredOrder,
  takeBackClaims,
  toReceivedOrder,
} from '../database/orders-store'
import type { DeliveryTable } from '../database/schema'
import { findDestination, listDestinations, NO_TROUBLE, updateDestination } from '../database/settings-store'
import { archivePath, keepInArchive, removeFromArchive, sha256 } from '../delivery/archive'
import {
  type DropFolder,
  discardFile,
  makeStagingFolder,
  openDropFolder,
  publishFile,
  stagedPath,
  syncFolder,
  writeDurably,
} from '../delivery/drop-folder'
import { deliveryFileName } from '../delivery/file-name'
import { folderFailure, isFileSystemError } from '../delivery/folder-failure'
import { errorCode } from '../logs/error-text'
import { publishOrders } from '../orders/publish-orders'
import { attemptLimit, publishSettings } from '../settings/publish-settings'
import { intakeFolders, refuseSharedFolder } from '../settings/shared-folder'
import { growingPause } from './growing-pause'
import { judgeDelivery } from './judge-delivery'
import type { RunReport, TaskWork } from './run-report'
import {
  type Dropped,
  failOrder,
  isOrderTrouble,
  LONGEST_ORDER_PAUSE_MS,
  markDropped,
  markUnknown,
  postponeOrder,
  settleDeliveries,
} from './settle-deliveries'
import { stagingName } from './staging-name'

/** Orders that go through the protocol's steps together: one commit for all, the rules hold per file. */
const GROUP_SIZE = 50
/** How often a claim may be lost to a crash before the order is taken to be its cause. */
const CRASH_LIMIT = 20

/** The sync task Write Order: every Pending order is dropped exactly once at its destination, or it is known why not. */
export function writeOrder(engine: EngineContext): TaskWork {
  return async (report, signal) => {
    await releaseClaims(engine.db)
    // A pause longer than any that is given comes from a clock that was wrong.
    await endPauses(engine.db, report.isAsked ? undefined : later(engine, LONGEST_ORDER_PAUSE_MS))
    report.total = await countToWrite(engine.db)
    const faults: unknown[] = []
    for (const destination of await listDestinations(engine.db)) {
      if (signal.aborted) break
      // A fault in the program at one destination does not hold back the others.
      await writeToDestination(engine, destination, report, signal).catch((error: unknown) => faults.push(error))
    }
    await releaseClaims(engine.db)
    if (faults.length > 0) throw faults[0]
  }
}

async function writeToDestination(
  engine: EngineContext,
  destination: DestinationRow,
  report: RunReport,
  signal: AbortSignal,
): Promise<void> {
  const stored = await findDestination(engine.db, destination.id)
  if (stored === undefined) return
  if (isPausing(engine, stored.nextAttemptAt) && !report.isAsked) {
    report.waitingCount += await countToWrite(engine.db, destination.id)
    report.notes.push(stored.troubleMessage ?? '')
    report.log.add({ level: 'warning', text: `${destination.name} is not tried before its pause ends: ${stored.troubleMessage ?? ''}` })
    return
  }
  try {
    const found = await openDropFolder(stored.folder, stagingName(engine, destination.id), stored.volume)
    await settleDeliveries(engine, destination, found, report)
    if (!found.hadStaging) await doubtDropped(engine, destination, found)
    // The staging folder's presence proves that this was checked, so it costs nothing later.
    if (!found.hadStaging) await refuseSharedFolder(stored.folder, 'drop', await intakeFolders(engine.db))
    const drop = await makeStagingFolder(found)
    if (stored.volume !== drop.volume) await updateDestination(engine.db, destination.id, { volume: drop.volume })
    const site = { destination, drop, settings: parseProfileSettings(destination.settings) }
    const limit = await attemptLimit(engine)
    const first = { size: GROUP_SIZE, minAttempts: 0, maxAttempts: limit }
    const suspicious = { size: 1, minAttempts: limit, maxAttempts: CRASH_LIMIT }
    while (!signal.aborted && (await writeGroup(engine, site, first, report))) report.progressed()
    while (!signal.aborted && (await writeGroup(engine, site, suspicious, report))) report.progressed()
    if (!signal.aborted) await failCrashing(engine, destination.id, report)
    if (stored.troubleCode !== null) await endTrouble(engine, destination)
  } catch (error) {
    if (!(error instanceof FailureError) && !isFileSystemError(error)) throw error
    await takeBackClaims(engine.db, report.runId)
    const failure = folderFailure(error, stored.folder)
    report.waitingCount += await countToWrite(engine.db, destination.id)
    report.notes.push(failure.message)
    report.log.add({ level: 'error', text: `${destination.name}: ${failure.message}` })
    await beginTrouble(engine, destination, failure)
  }
}

/**
 * The folder was emptied or another took its place since files were dropped: what is not there may have been taken or not. Answers that
 * come all the same still count.
 */
async function doubtDropped(engine: EngineContext, destination: DestinationRow, drop: DropFolder): Promise<void> {
  const dropped = (await openDeliveries(engine.db, destination.id, 'dropped')).filter((delivery) => delivery.folder === drop.folder)
  if (dropped.length === 0) return
  const here = new Set((await readdir(drop.folder)).map((name) => name.toLowerCase()))
  const evidence = 'The folder was replaced or emptied: its own sub-folder .ledgerdrop was gone'
  for (const delivery of dropped.filter(({ fileName }) => !here.has(fileName))) {
    await judgeDelivery(engine, destination, delivery, { state: 'unknown', evidence, answerText: null })
    await publishOrders(engine, [delivery.orderId])
  }
}

interface Site {
  destination: DestinationRow
  drop: DropFolder
  settings: ProfileSettings
}

/** Which orders to claim together. */
interface Group {
  size: number
  minAttempts: number
  maxAttempts: number
}

/** A file that is staged and kept in the archive. */
type Staged = Dropped & { bytes: Uint8Array }

/** Takes one group of orders through the steps of the drop protocol (docs/exactly-once.md). False when no order was left to claim. */
async function writeGroup(engine: EngineContext, site: Site, group: Group, report: RunReport): Promise<boolean> {
  const claim = { ...group, limit: group.size, destinationId: site.destination.id, runId: report.runId, now: engine.now() }
  const orders = await claimOrders(engine.db, claim)
  if (orders.length === 0) return false
  await engine.onStep('claimed')

  const { staged, refused } = await render(engine, site, orders)
  await stageAll(engine, site, staged)
  await engine.onStep('staged')

  const prepared = await commitPrepared(engine, site, staged, refused)
  await engine.onStep('prepared')

  const { published, trouble } = await publishAll(engine, site, prepared, report)
  await engine.onStep('published')

  for (const { order, problems } of refused) report.log.add({ level: 'error', order, text: failureOf(problems).message })
  await markDropped(engine, published, report)
  await engine.onStep('dropped')

  report.doneCount += published.length
  report.failedCount += refused.length
  await publishOrders(
    engine,
    orders.map((order) => order.id),
  )
  if (trouble !== null) throw trouble
  return true
}

async function render(engine: EngineContext, site: Site, orders: readonly StoredOrder[]) {
  const staged: Staged[] = []
  const refused: { order: StoredOrder; problems: readonly ExportProblem[] }[] = []
  const preparedAt = engine.now()
  const { renderOrders } = await import('../orders/render-orders')
  const outcomes = await renderOrders(engine.db, orders.map(toReceivedOrder), site.settings)
  for (const [index, order] of orders.entries()) {
    const rendered = outcomes[index]
    if (rendered === undefined) throw new Error(`Order ${order.id} was not rendered`)
    if (!rendered.ok) {
      refused.push({ order, problems: rendered.problems })
      continue
    }
    const name = { id: engine.newId(), attempt: order.attempts, preparedAt }
    const delivery: DeliveryTable = {
      ...name,
      orderId: order.id,
      destinationId: site.destination.id,
      state: 'prepared',
      folder: site.drop.folder,
      fileName: deliveryFileName(name, order.number, PROFILE_INFO[site.settings.profile].extension),
      sizeBytes: rendered.bytes.byteLength,
      sha256: sha256(rendered.bytes),
      contentRevision: order.contentRevision,
      droppedAt: null,
      answeredAt: null,
      evidence: null,
      answerText: null,
      isOverdue: 0,
      missingSince: null,
    }
    staged.push({ order, delivery, bytes: rendered.bytes, changes: rendered.changes })
  }
  return { staged, refused }
}

/** Puts every file into the archive and the staging folder, on disk with its name before anything is committed. */
async function stageAll(engine: EngineContext, site: Site, staged: readonly Staged[]): Promise<void> {
  if (staged.length === 0) return
  const outcomes = await Promise.allSettled(
    staged.map(async ({ delivery, bytes }) => {
      // In this order, so that a copy that no delivery stands for is known by its staged file, and removed with it.
      await writeDurably(stagedPath(site.drop, delivery.fileName), bytes)
      await keepCopy(engine, delivery, bytes)
    }),
  )
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed !== undefined) {
    await unstage(engine, site, staged)
    throw failed.reason
  }
  await syncFolder(site.drop.stagingFolder)
  for (const folder of new Set(
    staged.map(({ delivery }) => archivePath(engine.workspace.archiveFolder, delivery).slice(0, -delivery.fileName.length)),
  )) {
    await syncFolder(folder)
  }
}

async function keepCopy(engine: EngineContext, delivery: DeliveryTable, bytes: Uint8Array): Promise<void> {
  try {
    await keepInArchive(engine.workspace.archiveFolder, delivery, bytes)
  } catch (error) {
    const failure = folderFailure(error, engine.workspace.archiveFolder)
    throw new FailureError(
      {
        code: 'archive-unusable',
        message: `No copy of the file could be kept, so it was not sent. ${failure.message}`,
        remedy: failure.remedy,
      },
      { cause: error },
    )
  }
}

/** Removes what was staged but not committed. What cannot be removed now is removed as a stray file by the next run. */
async function unstage(engine: EngineContext, site: Site, staged: readonly Staged[]): Promise<void> {
  for (const { delivery } of staged) {
    try {
      await removeFromArchive(engine.workspace.archiveFolder, delivery)
      await discardFile(site.drop, delivery.fileName)
    } catch (error) {
      engine.log.warn(`${delivery.fileName} is left to the next run: ${errorCode(error)}`)
    }
  }
}

/** Commits the group's deliveries and failures. An order that was changed meanwhile is left out, its file taken back. */
async function commitPrepared(
  engine: EngineContext,
  site: Site,
  staged: readonly Staged[],
  refused: readonly { order: StoredOrder; problems: readonly ExportProblem[] }[],
): Promise<Staged[]> {
  const prepared: Staged[] = []
  const outdated: Staged[] = []
  await engine.db.transaction().execute(async (trx) => {
    const ids = staged.map(({ order }) => order.id)
    const states = new Map((await orderStates(trx, ids)).map((state) => [state.id, state]))
    for (const item of staged) {
      const now = states.get(item.order.id)
      const isSame =
        now?.status === 'Pending' && now.claimedBy === item.order.claimedBy && now.contentRevision === item.order.contentRevision
      ;(isSame ? prepared : outdated).push(item)
    }
    await insertDeliveries(
      trx,
      prepared.map((item) => item.delivery),
    )
    for (const { order, problems } of refused) await failOrder(engine, trx, order, failureOf(problems), detailsOf(problems))
  })
  await unstage(engine, site, outdated)
  return prepared
}

/** All problems of an order as the one that its error bar shows. */
function failureOf(problems: readonly ExportProblem[]): Failure {
  const [first] = problems
  return {
    code: first?.code ?? 'not-writable',
    message: problems.map((problem) => problem.message).join(' '),
    remedy: [...new Set(problems.map((problem) => problem.remedy))].join(' '),
  }
}

function detailsOf(problems: readonly ExportProblem[]): string {
  return problems.map((problem) => `${problem.field}: ${problem.message} ${problem.remedy}`).join('\n')
}

/** Publishes one file after the other. At trouble of the folder it stops: the rest stays prepared for the next run. */
async function publishAll(
  engine: EngineContext,
  site: Site,
  prepared: readonly Staged[],
  report: RunReport,
): Promise<{ published: Staged[]; trouble: FailureError | null }> {
  const published: Staged[] = []
  let trouble: FailureError | null = null
  for (const item of prepared) {
    try {
      const outcome = await publishFile(site.drop, item.delivery.fileName, 'fresh', engine.clock)
      if (outcome === 'published') published.push(item)
      else await markUnknown(engine, item.delivery, item.order, 'The staged file vanished before it was published.', report)
    } catch (error) {
      if (!isOrderTrouble(error)) {
        trouble = folderFailure(error, site.drop.folder)
        break
      }
      await postponeOrder(engine, item.order, item.delivery, site.drop, error, report)
    }
    await engine.onStep('renamed')
  }
  if (published.length > 0) await syncFolder(site.drop.folder)
  return { published, trouble }
}

/** An order whose claims were all lost to crashes is taken to be their cause and shown to a person. */
async function failCrashing(engine: EngineContext, destinationId: number, report: RunReport): Promise<void> {
  const claim = {
    destinationId,
    runId: report.runId,
    now: engine.now(),
    limit: 1,
    minAttempts: CRASH_LIMIT,
    maxAttempts: Number.MAX_SAFE_INTEGER,
  }
  for (let [order] = await claimOrders(engine.db, claim); order !== undefined; [order] = await claimOrders(engine.db, claim)) {
    await failOrder(engine, engine.db, order, {
      code: 'writing-crashed',
      message: `Ledgerdrop stopped ${order.attempts - 1} times while it wrote this order.`,
      remedy: 'Set it to Pending to try once more. If it stops again, send us the order and the log.',
    })
    report.failedCount++
    report.log.add({ level: 'error', order, text: 'Ledgerdrop stopped again and again while it wrote this order.' })
    await publishOrders(engine, [order.id])
  }
}

/** Tries of a folder are never further apart. */
const LONGEST_FOLDER_PAUSE_MS = 15 * 60_000

function isPausing(engine: EngineContext, until: string | null): boolean {
  return until !== null && pauseLeftMs(engine.clock.now(), until, LONGEST_FOLDER_PAUSE_MS) > 0
}

function later(engine: EngineContext, ms: number): string {
  return new Date(engine.clock.now().getTime() + ms).toISOString()
}

/** The folder's trouble is told once for all its orders, which stay Pending. */
async function beginTrouble(engine: EngineContext, destination: DestinationRow, failure: Failure): Promise<void> {
  const before = await findDestination(engine.db, destination.id)
  const count = (before?.troubleCount ?? 0) + 1
  await updateDestination(engine.db, destination.id, {
    troubleCode: failure.code,
    troubleMessage: failure.message,
    troubleRemedy: failure.remedy,
    troubleSince: before?.troubleSince ?? engine.now(),
    troubleCount: count,
    nextAttemptAt: later(engine, growingPause(count, LONGEST_FOLDER_PAUSE_MS)),
  })
  engine.log.warn(`Destination ${destination.name}: ${failure.code}`)
  await publishSettings(engine)
}

async function endTrouble(engine: EngineContext, destination: DestinationRow): Promise<void> {
  await updateDestination(engine.db, destination.id, NO_TROUBLE)
  engine.log.info(`Destination ${destination.name}: the folder can be used again`)
  await publishSettings(engine)
}
