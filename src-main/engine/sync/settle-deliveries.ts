import type { DestinationRow } from '../../../src-shared/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context'
import { isDeliveryFileName, openDeliveries } from '../database/deliveries-store'
import { orderStates } from '../database/orders-store'
import type { DeliveryTable } from '../database/schema'
import { removeFromArchive } from '../delivery/archive'
import {
  type DropFolder,
  discardFile,
  isWithdrawn,
  openDropFolder,
  type Published,
  publishFile,
  stagedNames,
  syncFolder,
  withdrawFile,
} from '../delivery/drop-folder'
import { timeOf } from '../delivery/file-name'
import { publishOrders } from '../orders/publish-orders'
import { concludeDeliveries, isWanted } from './conclude-deliveries'
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
    const at = delivery.folder === drop.folder ? drop : await formerFolder(engine, delivery)
    await settle(engine, delivery, at, report)
    await publishOrders(engine, [delivery.orderId])
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

async function settle(engine: EngineContext, delivery: DeliveryTable, drop: DropFolder | null, report: RunReport): Promise<void> {
  if (drop === null) {
    const evidence = 'The drop folder of that time cannot be reached any more.'
    return concludeDeliveries(engine, [{ outcome: 'unknown', delivery, evidence }], report)
  }
  await engine.onStep('settling')
  // Read as late as possible: what a person decides after this is seen when the outcome is written.
  const [order] = await orderStates(engine.db, [delivery.orderId])
  const isToPublish = order !== undefined && isWanted(order, delivery) && !(await isWithdrawn(drop, delivery.fileName))
  try {
    const outcome = isToPublish
      ? await publishFile(drop, delivery.fileName, 'found', engine.clock)
      : await withdrawFile(drop, delivery.fileName, 'found')
    await concludeAt(engine, drop, delivery, outcome, report)
  } catch (error) {
    if (!isOrderTrouble(error)) throw error
    await putOff(engine, drop, delivery, 'found', error, report)
  }
}

/** Trouble of one file rather than of the whole folder. */
export function isOrderTrouble(error: unknown): error is FailureError {
  return error instanceof FailureError && (error.code === 'name-taken' || error.code === 'file-held')
}

/**
 * One file could not be published: it is taken back, and its order tried again later under another name. If it turns out to have been published
 * all the same, that is what counts. A file that cannot be taken back either stays prepared for the next run.
 */
export async function putOff(
  engine: EngineContext,
  drop: DropFolder,
  delivery: DeliveryTable,
  history: 'fresh' | 'found',
  failure: FailureError,
  report: RunReport,
): Promise<void> {
  await concludeAt(engine, drop, delivery, await withdrawFile(drop, delivery.fileName, history), report, failure)
}

/** Writes what publishing a file, or taking it back, came to. */
async function concludeAt(
  engine: EngineContext,
  drop: DropFolder,
  delivery: DeliveryTable,
  outcome: Published | 'withdrawn',
  report: RunReport,
  failure?: FailureError,
): Promise<void> {
  if (outcome === 'published') {
    await syncFolder(drop.folder)
    await engine.onStep('settled')
    return concludeDeliveries(engine, [{ outcome: 'dropped', delivery }], report)
  }
  if (outcome === 'unknown') return concludeDeliveries(engine, [{ outcome, delivery, evidence: STAGING_GONE }], report)
  await engine.onStep('withdrawn')
  await removeFromArchive(engine.workspace.archiveFolder, delivery)
  await concludeDeliveries(engine, [{ outcome, delivery, ...(failure && { failure }) }], report)
  await discardFile(drop, delivery.fileName)
}

const STAGING_GONE = 'The staged file disappeared.'
