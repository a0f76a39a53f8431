import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import type { DeliveryTable } from '../database/schema'
import { syncFolder } from '../files/sync-folder'
import type { RunReport } from '../runs/run-report'
import { removeFromArchive } from './archive'
import { concludeDeliveries } from './conclude-deliveries'
import { type DropFolder, discardFile, type History, type Outcome, withdrawFile } from './drop-folder'

/** Writes what publishing a file, or taking it back, came to. */
export async function concludeFile(
  engine: EngineContext,
  drop: DropFolder,
  delivery: DeliveryTable,
  outcome: Outcome,
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

/**
 * One file could not be published: it is taken back, and its order tried again later under another name. If it turns out to have been published
 * all the same, that is what counts. A file that cannot be taken back either stays prepared for the next run.
 */
export async function putOff(
  engine: EngineContext,
  drop: DropFolder,
  delivery: DeliveryTable,
  history: History,
  failure: FailureError,
  report: RunReport,
): Promise<void> {
  await concludeFile(engine, drop, delivery, await withdrawFile(drop, delivery.fileName, history), report, failure)
}

/** Trouble of one file rather than of the whole folder. */
export function isFileTrouble(error: unknown): error is FailureError {
  return error instanceof FailureError && (error.code === 'name-taken' || error.code === 'file-held')
}
