import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import type { DeliveryTable } from '../database/schema'
import { syncFolder } from '../files/sync-folder'
import type { RunReport } from '../runs/run-report'
import { removeFromArchive } from './archive'
import { type DropFolder, discardFile, type History, type PublishOutcome, withdrawFile } from './drop-folder'
import { recordOutcomes } from './record-outcomes'

/** Records the outcome of publishing or withdrawing a file. */
export async function recordFileOutcome(
  engine: EngineContext,
  drop: DropFolder,
  delivery: DeliveryTable,
  outcome: PublishOutcome,
  report: RunReport,
  failure?: FailureError,
): Promise<void> {
  if (outcome === 'published') {
    await syncFolder(drop.folder)
    await engine.onStep('settled')
    return recordOutcomes(engine, [{ outcome: 'dropped', delivery }], report)
  }
  if (outcome === 'unknown') return recordOutcomes(engine, [{ outcome, delivery, evidence: STAGING_GONE }], report)
  await engine.onStep('withdrawn')
  await removeFromArchive(engine.workspace.archiveFolder, delivery)
  await recordOutcomes(engine, [{ outcome, delivery, ...(failure && { failure }) }], report)
  await discardFile(drop, delivery.fileName)
}

const STAGING_GONE = 'The staged file disappeared.'

/**
 * Withdraws a file that could not be published, so that its order is retried later under another file name. If it turns
 * out that the file was published after all, it is recorded as published. If the file cannot be withdrawn, its delivery
 * stays prepared for the next run.
 */
export async function postponeFile(
  engine: EngineContext,
  drop: DropFolder,
  delivery: DeliveryTable,
  history: History,
  failure: FailureError,
  report: RunReport,
): Promise<void> {
  await recordFileOutcome(engine, drop, delivery, await withdrawFile(drop, delivery.fileName, history), report, failure)
}

/** True for a failure of one file rather than the whole folder. */
export function isFileFailure(error: unknown): error is FailureError {
  return error instanceof FailureError && (error.code === 'name-taken' || error.code === 'file-held')
}
