import { readdir } from 'node:fs/promises'
import type { DestinationRow } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { deliveriesInState } from '../database/deliveries-store'
import type { DeliveryTable } from '../database/schema'
import { findStagingMark, type StagingMark, saveStagingMark } from '../database/workspace-store'
import { askAboutFolder } from '../ownership/ownership-question'
import type { RunReport } from '../runs/run-report'
import { intakeFolders, refuseSharedFolder } from '../settings/shared-folder'
import { applyVerdict } from './apply-verdict'
import { claimStaging, type DropFolder, openDropFolder, setAside, takeOver } from './drop-folder'
import { recordOutcomes } from './record-outcomes'
import type { StagingKey, StagingState } from './staging-folder'
import { stagingKey } from './staging-key'

/**
 * Takes over a drop folder for this start, and moves files that earlier starts staged into this start's epoch folder.
 * If the folder isn't as this database left it, there is no way to know what happened to the files: their orders need
 * review, and the staging folder is set aside. Returns null if a person must first decide which copy of the workspace
 * is the real one. Throws FailureError if the folder can't be used.
 */
export async function takeOverFolder(
  engine: EngineContext,
  destination: DestinationRow,
  folder: string,
  volume: string | null,
  report: RunReport,
): Promise<DropFolder | null> {
  const key = await stagingKey(engine, destination.id, folder)
  let found = await openDropFolder(folder, key, volume)
  const stored = await findStagingMark(engine.db, destination.id, folder)
  const isForfeited = stored?.isForfeited === 1
  if (found.staging.history === 'foreign' && !isForfeited) {
    await askAboutFolder(engine, folder, found.staging.owner, found.staging.epoch)
    return null
  }
  if (found.staging.history !== 'ours' || isForfeited) {
    await markPreparedUnknown(engine, destination, folder, EVIDENCE[found.staging.history], report)
    if (!isForfeited) await markDroppedUnknown(engine, destination, folder, EVIDENCE[found.staging.history])
    if (found.staging.history !== 'missing') await setAside(found, key)
    found = { ...found, staging: NOTHING_STAGED }
  }
  // Checked only once: if the staging folder exists, this was checked when it was created.
  if (found.staging.history === 'missing') await refuseSharedFolder('folder', folder, 'drop', await intakeFolders(engine.db))
  const drop = await claim(engine, destination.id, found, key)
  await takeOver(drop, key)
  return drop
}

const NOTHING_STAGED: StagingState = { history: 'missing', epoch: 0, owner: null, generation: 0 }

const EVIDENCE: Readonly<Record<DropFolder['staging']['history'], string>> = {
  ours: 'The database was restored to an older state',
  foreign: 'The database was restored to an older state, or another copy of the workspace has used the folder',
  missing: 'The folder was replaced or emptied: its subfolder .ledgerdrop was gone',
  older: 'The folder was restored to an older state, for example from a backup',
}

/**
 * Marks the folder with this start. The mark is announced in the database before it is made, so that after a crash in
 * between, the next start recognises it. Every mark is kept until a later one is certain, because a folder that is
 * restored to an older state may contain any of them.
 */
async function claim(engine: EngineContext, destinationId: number, found: DropFolder, key: StagingKey): Promise<DropFolder> {
  const { epoch, token } = key.owner
  const { mark } = key
  const generation = Math.max(mark?.generation ?? 0, found.staging.generation)
  const before = { destinationId, folder: found.folder, generation, isForfeited: 0 as const }
  const isOurs = found.staging.history === 'ours'
  if (isOurs && mark?.epoch === epoch && mark.token === token && found.staging.epoch === epoch) return found
  const save = (stagingMark: StagingMark) => engine.write(({ db }) => saveStagingMark(db, stagingMark))
  // Read from the folder, not the database: an earlier start may have stopped between making its mark and recording it.
  const owner = isOurs ? found.staging.owner : null
  const last = { epoch: owner === null ? null : found.staging.epoch, token: owner?.token ?? null }
  const recorded = mark?.epoch == null || mark.token === null ? [] : [{ epoch: mark.epoch, token: mark.token }]
  const later = [...recorded, ...(mark?.announced ?? [])].filter((other) => other.token !== token && other.epoch > (last.epoch ?? 0))
  await save({ ...before, ...last, announced: [...later, { epoch, token }] })
  await engine.onStep('announced folder')
  const drop = await claimStaging(found, key)
  await engine.onStep('claimed folder')
  await save({ ...before, epoch, token, announced: [] })
  return drop
}

/** Records that the outcome of the deliveries prepared in this folder is unknown. */
async function markPreparedUnknown(
  engine: EngineContext,
  destination: DestinationRow,
  folder: string,
  evidence: string,
  report: RunReport,
): Promise<void> {
  const prepared = (await deliveriesInState(engine.db, destination.id, 'prepared')).filter((delivery) => delivery.folder === folder)
  await recordOutcomes(
    engine,
    prepared.map((delivery) => ({ outcome: 'unknown', delivery, evidence: `${evidence}.` })),
    report,
  )
}

/** Records that the outcome of dropped files that are now missing is unknown: they may or may not have been taken. Later answers still count. */
async function markDroppedUnknown(engine: EngineContext, destination: DestinationRow, folder: string, evidence: string): Promise<void> {
  const dropped = (await deliveriesInState(engine.db, destination.id, 'dropped')).filter((delivery) => delivery.folder === folder)
  if (dropped.length === 0) return
  const here = new Set((await readdir(folder)).map((name) => name.toLowerCase()))
  const gone = dropped.filter(({ fileName }: DeliveryTable) => !here.has(fileName))
  const verdict = { state: 'unknown' as const, evidence, answerText: null }
  for (const delivery of gone) await engine.write((work) => applyVerdict(work, destination, delivery, verdict))
}
