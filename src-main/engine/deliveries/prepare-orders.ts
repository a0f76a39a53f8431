import type { DestinationRow } from '../../../src-shared/contract/contract'
import { type ExportProblem, type Failure, FailureError, type ValueChange } from '../../../src-shared/failure'
import { PROFILE_INFO, type ProfileSettings } from '../../../src-shared/profiles/profiles'
import type { EngineContext } from '../context/context'
import { insertDeliveries } from '../database/deliveries-store'
import { SupersededError } from '../database/fence'
import { orderStates, type StoredOrder, toReceivedOrder } from '../database/orders-store'
import type { DeliveryTable } from '../database/schema'
import { findDestination } from '../database/settings-store'
import { saveGeneration } from '../database/workspace-store'
import { deliveryFileName } from '../files/file-name'
import { folderFailure } from '../files/folder-failure'
import { sha256 } from '../files/sha256'
import { syncFolder } from '../files/sync-folder'
import { writeDurably } from '../files/write-durably'
import { errorCode } from '../logs/error-text'
import { failOrder } from '../orders/fail-order'
import { archivePath, removeFromArchive, saveToArchive } from './archive'
import { type DropFolder, discardFile, sealStaged, stagedPath } from './drop-folder'

/** A destination that can be written to. */
export interface WritableDestination {
  destination: DestinationRow
  drop: DropFolder
  settings: ProfileSettings
  /** The destination's `settingsRevision` at which `settings` were read. */
  settingsRevision: number
}

/** An order with its file, which is staged and saved to the archive. */
export interface StagedOrder {
  order: StoredOrder
  delivery: DeliveryTable
  bytes: Uint8Array
  changes: readonly ValueChange[]
}

/** An order that can't be written in its present state. */
interface RefusedOrder {
  order: StoredOrder
  failure: Failure
  /** Every problem, one per line. */
  details: string
}

/**
 * Takes claimed orders through the first steps of the drop protocol: renders them, stages the files on disk and commits
 * the deliveries as prepared. Orders that can't be written are failed in the same transaction. Returns `changed`, and
 * prepares nothing, if the destination changed in the meantime. If the folder fails, removes the staged files and
 * throws the folder's failure.
 */
export async function prepareOrders(
  engine: EngineContext,
  target: WritableDestination,
  orders: readonly StoredOrder[],
): Promise<{ prepared: StagedOrder[]; refused: RefusedOrder[] } | 'changed'> {
  const { staged, refused } = await render(engine, target, orders)
  await stageAll(engine, target, staged)
  await engine.onStep('staged')
  return commitPrepared(engine, target, staged, refused)
}

async function render(
  engine: EngineContext,
  target: WritableDestination,
  orders: readonly StoredOrder[],
): Promise<{ staged: StagedOrder[]; refused: RefusedOrder[] }> {
  const staged: StagedOrder[] = []
  const refused: RefusedOrder[] = []
  const preparedAt = engine.now()
  const { renderOrders } = await import('../orders/render-orders')
  const outcomes = await renderOrders(engine.db, orders.map(toReceivedOrder), target.settings)
  for (const [index, order] of orders.entries()) {
    const rendered = outcomes[index]
    if (rendered === undefined) throw new Error(`Order ${order.id} was not rendered`)
    if (!rendered.ok) {
      refused.push({ order, failure: failureOf(rendered.problems), details: detailsOf(rendered.problems) })
      continue
    }
    const name = { id: engine.newId(), attempt: order.attempts, preparedAt }
    const delivery: DeliveryTable = {
      ...name,
      orderId: order.id,
      destinationId: target.destination.id,
      state: 'prepared',
      folder: target.drop.folder,
      fileName: deliveryFileName(name, order.number, PROFILE_INFO[target.settings.profile].extension),
      sizeBytes: rendered.bytes.byteLength,
      sha256: sha256(rendered.bytes),
      contentRevision: order.contentRevision,
      settingsRevision: target.settingsRevision,
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

/** Writes every file to the staging folder and the archive. Files and names are synced to disk before anything is committed. */
async function stageAll(engine: EngineContext, target: WritableDestination, staged: readonly StagedOrder[]): Promise<void> {
  if (staged.length === 0) return
  const outcomes = await Promise.allSettled(
    staged.map(async ({ delivery, bytes }) => {
      // Stage the file first: an archive copy without a delivery then always has a staged file, so recovery can find and remove it.
      await writeDurably(stagedPath(target.drop, delivery.fileName), bytes)
      await archiveCopy(engine, delivery, bytes)
    }),
  )
  try {
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
    await sealStaged(target.drop, engine.newId())
  } catch (error) {
    await unstage(engine, target, staged)
    throw error
  }
  for (const folder of new Set(
    staged.map(({ delivery }) => archivePath(engine.workspace.archiveFolder, delivery).slice(0, -delivery.fileName.length)),
  )) {
    await syncFolder(folder)
  }
}

async function archiveCopy(engine: EngineContext, delivery: DeliveryTable, bytes: Uint8Array): Promise<void> {
  try {
    await saveToArchive(engine.workspace.archiveFolder, delivery, bytes)
  } catch (error) {
    const failure = folderFailure(error, engine.workspace.archiveFolder)
    throw new FailureError(
      {
        code: 'archive-unusable',
        message: `The file was not sent, because its copy could not be saved. ${failure.message}`,
        remedy: failure.remedy,
      },
      { cause: error },
    )
  }
}

/** Removes files that were staged but not committed. The next run removes any that can't be removed now. */
async function unstage(engine: EngineContext, target: WritableDestination, staged: readonly StagedOrder[]): Promise<void> {
  for (const { delivery } of staged) {
    try {
      await removeFromArchive(engine.workspace.archiveFolder, delivery)
      await discardFile(target.drop, delivery.fileName)
    } catch (error) {
      engine.log.warn(`${delivery.fileName} will be removed by the next run: ${errorCode(error)}`)
    }
  }
}

/**
 * Commits the prepared deliveries and the failures. An order that changed in the meantime is left out and its file is
 * removed.
 */
async function commitPrepared(
  engine: EngineContext,
  target: WritableDestination,
  staged: readonly StagedOrder[],
  refused: readonly RefusedOrder[],
): Promise<{ prepared: StagedOrder[]; refused: RefusedOrder[] } | 'changed'> {
  const committed = await engine
    .write(async (work) => {
      if ((await findDestination(work.db, target.destination.id))?.settingsRevision !== target.settingsRevision) return 'changed'
      const ids = [...staged, ...refused].map(({ order }) => order.id)
      const states = new Map((await orderStates(work.db, ids)).map((state) => [state.id, state]))
      const isUnchanged = ({ order }: { order: StoredOrder }) => {
        const now = states.get(order.id)
        return now?.status === 'Pending' && now.claimedBy === order.claimedBy && now.contentRevision === order.contentRevision
      }
      const unchanged = { prepared: staged.filter(isUnchanged), refused: refused.filter(isUnchanged) }
      await insertDeliveries(
        work.db,
        unchanged.prepared.map((item) => item.delivery),
      )
      await saveGeneration(work.db, target.destination.id, target.drop.folder, target.drop.staging.generation)
      for (const { order, failure, details } of unchanged.refused) await failOrder(work, order, failure, details)
      return unchanged
    })
    .catch(async (error: unknown) => {
      // Nothing was committed, and nothing else refers to these files. After any other error, the commit may have succeeded,
      // so the files stay for the next run to check.
      if (error instanceof SupersededError) await unstage(engine, target, staged)
      throw error
    })
  const prepared = new Set(committed === 'changed' ? [] : committed.prepared)
  await unstage(
    engine,
    target,
    staged.filter((item) => !prepared.has(item)),
  )
  return committed
}

/** Combines all problems of an order into the one failure that its error bar shows. */
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
