import type { DestinationRow } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { isDeliveryFileName, openDeliveries } from '../database/deliveries-store'
import { SupersededError } from '../database/fence'
import { orderStates } from '../database/orders-store'
import type { DeliveryTable, DestinationTable } from '../database/schema'
import { timeOf } from '../files/file-name'
import type { RunReport } from '../runs/run-report'
import { removeFromArchive } from './archive'
import { concludeDeliveries, isWanted } from './conclude-deliveries'
import { concludeFile, isFileTrouble, putOff } from './conclude-file'
import { type DropFolder, discardFile, isWithdrawn, publishFile, stagedNames, withdrawFile } from './drop-folder'
import { takeOverFolder } from './take-over-folder'

/**
 * Finishes what a run before left half-way, this start's or an earlier one's: every prepared delivery is published, found to have been published, or
 * withdrawn, and staged files that no delivery knows are deleted. At the start of every run at a destination, so a crash needs no other care. Gives the
 * destination's folder, ready to be written to; null if a person has to decide first. Throws the folder's failure.
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
  for (const delivery of await openDeliveries(engine.db, destination.id, 'prepared')) {
    if (!folders.has(delivery.folder)) {
      folders.set(delivery.folder, await formerFolder(engine, destination, delivery.folder, report))
      // Taking it over may have settled what was prepared there; or nothing may be done before a person has decided.
      if (engine.question !== null) return null
    }
    await recover(engine, delivery, stored, folders.get(delivery.folder) ?? null, report)
  }
  for (const at of folders.values()) if (at !== null) await removeStrays(engine, destination, at)
  return drop
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

/** The folder that the destination had when files were staged there; null if it is gone. */
async function formerFolder(
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
    const evidence = 'The drop folder of that time cannot be reached any more.'
    return concludeDeliveries(engine, [{ outcome: 'unknown', delivery, evidence }], report)
  }
  await engine.onStep('settling')
  // Read as late as possible: what a person decides after this is seen when the outcome is written.
  const [order] = await orderStates(engine.db, [delivery.orderId])
  // What was rendered for another folder or with other settings is rendered again: it may be meant for another company by now.
  const isCurrent = delivery.folder === folder && delivery.settingsRevision === settingsRevision
  const isToPublish = isCurrent && order !== undefined && isWanted(order, delivery) && !(await isWithdrawn(drop, delivery.fileName))
  try {
    const outcome = isToPublish
      ? await publishFile(drop, delivery.fileName, 'found', engine.clock)
      : await withdrawFile(drop, delivery.fileName, 'found')
    await concludeFile(engine, drop, delivery, outcome, report)
  } catch (error) {
    if (!isFileTrouble(error)) throw error
    await putOff(engine, drop, delivery, 'found', error, report)
  }
}
