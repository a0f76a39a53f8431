import type { DestinationRow } from '../../../src-shared/contract'
import { type Failure, FailureError, type ValueChange } from '../../../src-shared/failure'
import type { EngineContext } from '../context'
import { isDeliveryFileName, openDeliveries, updateDeliveries, updateDelivery } from '../database/deliveries-store'
import type { Database } from '../database/open-database'
import { findOrder, type StoredOrder, updateOrder, updateOrderStates } from '../database/orders-store'
import type { DeliveryTable } from '../database/schema'
import { addToTimeline } from '../database/timeline-store'
import { removeFromArchive } from '../delivery/archive'
import {
  type DropFolder,
  discardFile,
  isWithdrawn,
  openDropFolder,
  publishFile,
  stagedNames,
  syncFolder,
  withdrawFile,
} from '../delivery/drop-folder'
import { timeOf } from '../delivery/file-name'
import { needReview } from '../orders/need-review'
import { publishOrders } from '../orders/publish-orders'
import { timelineEntry } from '../orders/timeline'
import { attemptLimit } from '../settings/publish-settings'
import { growingPause } from './growing-pause'
import type { RunReport } from './run-report'
import { stagingName } from './staging-name'

/**
 * Finishes what a run before left half-way: every prepared delivery is published, found to have been published, or withdrawn, and
 * staged files that no delivery knows are deleted. At the start of every run at a destination, so a crash needs no other care.
 */
export async function settleDeliveries(
  engine: EngineContext,
  destination: DestinationRow,
  drop: DropFolder,
  report: RunReport,
): Promise<void> {
  for (const delivery of await openDeliveries(engine.db, destination.id, 'prepared')) {
    const order = await findOrder(engine.db, delivery.orderId)
    if (order === undefined) continue
    const at = delivery.folder === drop.folder ? drop : await formerFolder(engine, delivery)
    await settle(engine, delivery, order, at, report)
    await publishOrders(engine, [order.id])
  }
  await removeStrays(engine, destination, drop)
}

/** Removes staged files that no delivery knows, and their copies in the archive: their run ended before it committed them. */
async function removeStrays(engine: EngineContext, destination: DestinationRow, drop: DropFolder): Promise<void> {
  const prepared = await openDeliveries(engine.db, destination.id, 'prepared')
  const known = new Set(prepared.map((delivery) => delivery.fileName))
  for (const fileName of await stagedNames(drop)) {
    if (known.has(fileName)) continue
    // A taken-back or published file's name stays in use; only one that was never committed leaves no trace.
    if (!(await isDeliveryFileName(engine.db, fileName)))
      await removeFromArchive(engine.workspace.archiveFolder, { fileName, preparedAt: timeOf(fileName) })
    await discardFile(drop, fileName)
  }
}

/** The folder that the destination had when the file was staged; null where it is gone. */
async function formerFolder(engine: EngineContext, delivery: DeliveryTable): Promise<DropFolder | null> {
  try {
    return await openDropFolder(delivery.folder, stagingName(engine, delivery.destinationId), null)
  } catch (error) {
    if (error instanceof FailureError) return null
    throw error
  }
}

async function settle(
  engine: EngineContext,
  delivery: DeliveryTable,
  order: StoredOrder,
  drop: DropFolder | null,
  report: RunReport,
): Promise<void> {
  if (drop === null) return markUnknown(engine, delivery, order, 'The drop folder of that time cannot be reached any more.', report)
  const isStillWanted =
    order.status === 'Pending' && order.contentRevision === delivery.contentRevision && order.destinationId === delivery.destinationId
  try {
    await engine.onStep('settling')
    const isToPublish = isStillWanted && !(await isWithdrawn(drop, delivery.fileName))
    const outcome = isToPublish
      ? await publishFile(drop, delivery.fileName, 'found', engine.clock)
      : await withdrawFile(drop, delivery.fileName)
    if (outcome === 'unknown') return await markUnknown(engine, delivery, order, 'The folder with staged files was removed.', report)
    if (outcome === 'withdrawn') return await markWithdrawn(engine, delivery, order, drop, report)
    await syncFolder(drop.folder)
    await engine.onStep('settled')
    await markDropped(engine, [{ delivery, order, changes: [] }], report)
    report.doneCount++
  } catch (error) {
    if (!isOrderTrouble(error)) throw error
    await postponeOrder(engine, order, delivery, drop, error, report)
  }
}

/** Trouble of one file rather than of the whole folder. */
export function isOrderTrouble(error: unknown): error is FailureError {
  return error instanceof FailureError && (error.code === 'name-taken' || error.code === 'file-held')
}

/** A delivery whose file lies in the drop folder, with its order. */
export interface Dropped {
  delivery: DeliveryTable
  order: StoredOrder
  changes: readonly ValueChange[]
}

/** A value that the file has otherwise than the order, or as it is although something about it should be known. */
function changeText({ field, before, after, reason }: ValueChange): string {
  if (before === after) return `${field}: ${JSON.stringify(after)}: ${reason}.`
  return `${field}: ${JSON.stringify(before)} became ${JSON.stringify(after)}. ${reason}`
}

/** Commits "dropped": the orders are sent. One transaction for all. Give it only what was published and whose folder was synced. */
export async function markDropped(engine: EngineContext, dropped: readonly Dropped[], { log }: RunReport): Promise<void> {
  const now = engine.now()
  const { told } = await engine.db.transaction().execute(async (trx) => {
    const ids = dropped.map(({ delivery }) => delivery.id)
    await updateDeliveries(trx, ids, { state: 'dropped', droppedAt: now })
    await addToTimeline(
      trx,
      dropped.map(({ delivery, order, changes }) =>
        timelineEntry(engine, {
          orderId: order.id,
          kind: 'delivery',
          text: writtenText(delivery),
          details: changes.map(changeText).join('\n'),
        }),
      ),
    )
    const sent: number[] = []
    for (const { delivery, order } of dropped) {
      if (order.status !== 'Pending')
        await needReview(engine, trx, order, `The file was dropped before the order was set to ${order.status}.`)
      else if (order.contentRevision !== delivery.contentRevision)
        await needReview(
          engine,
          trx,
          order,
          'The file was dropped before the order was edited: the accounting package may have it as it was.',
        )
      else sent.push(order.id)
      log.add({ level: 'info', order, text: writtenText(delivery) })
    }
    await updateOrderStates(trx, sent, { ...SENT, status: 'Processing' })
    return log.write(trx)
  })
  told()
}

function writtenText({ fileName, folder }: DeliveryTable): string {
  return `Written as ${fileName} into ${folder}.`
}

const NO_ERROR = { errorCode: null, errorMessage: null, errorRemedy: null } as const
const SENT = { ...NO_ERROR, syncState: 'sent', claimedBy: null, nextAttemptAt: null } as const

/** Commits that nobody knows what became of a file: a person decides. */
export async function markUnknown(
  engine: EngineContext,
  delivery: DeliveryTable,
  order: StoredOrder,
  evidence: string,
  { log }: RunReport,
): Promise<void> {
  const message = `It is not known whether ${delivery.fileName} reached ${delivery.folder}. ${evidence}`
  await engine.db.transaction().execute(async (trx) => {
    await updateDelivery(trx, delivery.id, { state: 'unknown', answeredAt: engine.now(), evidence })
    await needReview(engine, trx, order, message)
  })
  log.add({ level: 'warning', order, text: `Needs review: ${message}` })
}

async function markWithdrawn(
  engine: EngineContext,
  delivery: DeliveryTable,
  order: StoredOrder,
  drop: DropFolder,
  { log }: RunReport,
): Promise<void> {
  await engine.onStep('withdrawn')
  await removeFromArchive(engine.workspace.archiveFolder, delivery)
  await engine.db.transaction().execute(async (trx) => {
    await updateDelivery(trx, delivery.id, { state: 'withdrawn', evidence: 'Taken back before it was published.' })
    await addToTimeline(trx, [
      timelineEntry(engine, { orderId: order.id, kind: 'delivery', text: `${delivery.fileName} was taken back before it was published.` }),
    ])
  })
  log.add({ level: 'info', order, text: `${delivery.fileName} was taken back before it was published.` })
  await discardFile(drop, delivery.fileName)
}

/** The order was not taken: red, with the reason, and ignored by the sync until a person sets it to Pending. A status that a person gave stays. */
export async function failOrder(engine: EngineContext, db: Database, order: StoredOrder, failure: Failure, details = ''): Promise<void> {
  await updateOrder(db, order.id, {
    status: order.status === 'Pending' ? 'Processing' : order.status,
    syncState: 'failed',
    needsPersonSince: engine.now(),
    claimedBy: null,
    nextAttemptAt: null,
    errorCode: failure.code,
    errorMessage: failure.message,
    errorRemedy: failure.remedy,
  })
  await addToTimeline(db, [
    timelineEntry(engine, { orderId: order.id, kind: 'error', text: `Sync error: ${failure.message}`, details: details || failure.remedy }),
  ])
}

/** No order pauses longer. */
export const LONGEST_ORDER_PAUSE_MS = 60 * 60_000

/**
 * One file could not be published: it is taken back, and its order tried again later under a new name; after the last attempt it is
 * failed. A file that cannot be taken back either stays prepared and is settled by the next run.
 */
export async function postponeOrder(
  engine: EngineContext,
  order: StoredOrder,
  delivery: DeliveryTable,
  drop: DropFolder,
  failure: FailureError,
  report: RunReport,
): Promise<void> {
  if ((await withdrawFile(drop, delivery.fileName)) !== 'withdrawn') throw failure
  await engine.onStep('withdrawn')
  await removeFromArchive(engine.workspace.archiveFolder, delivery)
  const isLast = order.attempts >= (await attemptLimit(engine))
  await engine.db.transaction().execute(async (trx) => {
    await updateDelivery(trx, delivery.id, { state: 'withdrawn', evidence: failure.message })
    if (isLast) return failOrder(engine, trx, order, failure)
    await updateOrder(trx, order.id, {
      claimedBy: null,
      nextAttemptAt: new Date(engine.clock.now().getTime() + growingPause(order.attempts, LONGEST_ORDER_PAUSE_MS)).toISOString(),
      errorCode: failure.code,
      errorMessage: failure.message,
      errorRemedy: failure.remedy,
    })
    await addToTimeline(trx, [
      timelineEntry(engine, {
        orderId: order.id,
        kind: 'error',
        text: `Attempt ${order.attempts}: ${failure.message}`,
        details: failure.remedy,
      }),
    ])
  })
  await discardFile(drop, delivery.fileName)
  if (isLast) report.failedCount++
  else report.waitingCount++
  const text = isLast ? failure.message : `Attempt ${order.attempts}, tried again later: ${failure.message}`
  report.log.add({ level: isLast ? 'error' : 'warning', order, text })
}
