import type { DestinationRow } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { deliveriesInState, isDeliveryFileName } from '../database/deliveries-store'
import { SupersededError } from '../database/fence'
import { orderStates } from '../database/orders-store'
import type { DeliveryTable, DestinationTable } from '../database/schema'
import { preparedAtOf } from '../files/file-name'
import type { RunReport } from '../runs/run-report'
import { removeFromArchive } from './archive'
import { type DropFolder, discardFile, isWithdrawn, publishFile, stagedNames, withdrawFile } from './drop-folder'
import { isFileFailure, postponeFile, recordFileOutcome } from './record-file-outcome'
import { isWanted, recordOutcomes } from './record-outcomes'
import { takeOverFolder } from './take-over-folder'

/**
 * Finishes what an earlier run left incomplete, even before the last restart: every prepared delivery is published,
 * found to have been published, or withdrawn, and staged files without a delivery are deleted. This happens at the
 * start of every run at a destination, so a crash needs no other recovery. Returns the destination's folder, ready to
 * write to, or null if a person must first decide which copy of the workspace is the real one. Throws FailureError if
 * the folder can't be used.
 */
export async function recoverDeliveries(
  engine: EngineContext,
  destination: DestinationRow,
  stored: Pick<DestinationTable, 'folder' | 'volume' | 'settingsRevision'>,
  report: RunReport,
): Promise<DropFolder | null> {
  const drop = await takeOverFolder(engine, destination, stored.folder, stored.volume, report)
  if (drop === null) return null
  const folders = new Map<string, DropFolder | null>([[stored.folder, drop]])
  for (const delivery of await deliveriesInState(engine.db, destination.id, 'prepared')) {
    if (!folders.has(delivery.folder)) {
      folders.set(delivery.folder, await openFormerFolder(engine, destination, delivery.folder, report))
      // Taking it over may have raised a question that a person must answer before anything else is done.
      if (engine.question !== null) return null
    }
    await recover(engine, delivery, stored, folders.get(delivery.folder) ?? null, report)
  }
  for (const dropFolder of folders.values()) if (dropFolder !== null) await removeStrays(engine, destination, dropFolder)
  return drop
}

/** Removes staged files without a delivery, and their copies in the archive: their run ended before it committed them. */
async function removeStrays(engine: EngineContext, destination: DestinationRow, drop: DropFolder): Promise<void> {
  const prepared = await deliveriesInState(engine.db, destination.id, 'prepared')
  const known = new Set(prepared.map((delivery) => delivery.fileName))
  for (const fileName of await stagedNames(drop)) {
    if (known.has(fileName)) continue
    // If a delivery has this name, its archived copy stays: the file may have been sent.
    if (!(await isDeliveryFileName(engine.db, fileName)))
      await removeFromArchive(engine.workspace.archiveFolder, { fileName, preparedAt: preparedAtOf(fileName) })
    await discardFile(drop, fileName)
  }
}

/** Returns a folder that the destination used before and in which files are staged; null if it cannot be used. */
async function openFormerFolder(
  engine: EngineContext,
  destination: DestinationRow,
  folder: string,
  report: RunReport,
): Promise<DropFolder | null> {
  try {
    return await takeOverFolder(engine, destination, folder, null, report)
  } catch (error) {
    if (error instanceof FailureError && !(error instanceof SupersededError)) return null
    throw error
  }
}

async function recover(
  engine: EngineContext,
  delivery: DeliveryTable,
  { folder, settingsRevision }: Pick<DestinationTable, 'folder' | 'settingsRevision'>,
  drop: DropFolder | null,
  report: RunReport,
): Promise<void> {
  if (drop === null) {
    const evidence = 'The drop folder used at that time can no longer be reached.'
    return recordOutcomes(engine, [{ outcome: 'unknown', delivery, evidence }], report)
  }
  await engine.onStep('settling')
  // Read as late as possible. A decision that a person makes after this is seen when the outcome is recorded.
  const [order] = await orderStates(engine.db, [delivery.orderId])
  // A file rendered for another folder or with other settings is withdrawn and rendered again: the destination may now belong to another company.
  const isCurrent = delivery.folder === folder && delivery.settingsRevision === settingsRevision
  const canPublish = isCurrent && order !== undefined && isWanted(order, delivery) && !(await isWithdrawn(drop, delivery.fileName))
  try {
    const outcome = canPublish
      ? await publishFile(drop, delivery.fileName, 'found', engine.clock)
      : await withdrawFile(drop, delivery.fileName, 'found')
    await recordFileOutcome(engine, drop, delivery, outcome, report)
  } catch (error) {
    if (!isFileFailure(error)) throw error
    await postponeFile(engine, drop, delivery, 'found', error, report)
  }
}
