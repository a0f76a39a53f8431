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
import { archivePath, keepInArchive, removeFromArchive } from './archive'
import { type DropFolder, discardFile, sealStaged, stagedPath } from './drop-folder'

/** A destination that can be written to. */
export interface Site {
  destination: DestinationRow
  drop: DropFolder
  settings: ProfileSettings
  /** The destination's `settingsRevision` that these are. */
  settingsRevision: number
}

/** An order's file, staged and kept in the archive. */
export interface Staged {
  order: StoredOrder
  delivery: DeliveryTable
  bytes: Uint8Array
  changes: readonly ValueChange[]
}

/** An order that can't be written as it is. */
interface Refused {
  order: StoredOrder
  failure: Failure
  /** Every problem, one per line. */
  details: string
}

/**
 * Takes claimed orders through the first steps of the drop protocol: rendered, staged on disk, committed as prepared. Orders that can't be written
 * are failed in the same transaction. `changed`: the destination was changed meanwhile, and nothing was prepared. Throws the folder's failure; then
 * nothing is staged.
 */
export async function prepareOrders(
  engine: EngineContext,
  site: Site,
  orders: readonly StoredOrder[],
): Promise<{ prepared: Staged[]; refused: Refused[] } | 'changed'> {
  const { staged, refused } = await render(engine, site, orders)
  await stageAll(engine, site, staged)
  await engine.onStep('staged')
  return commitPrepared(engine, site, staged, refused)
}

async function render(
  engine: EngineContext,
  site: Site,
  orders: readonly StoredOrder[],
): Promise<{ staged: Staged[]; refused: Refused[] }> {
  const staged: Staged[] = []
  const refused: Refused[] = []
  const preparedAt = engine.now()
  const { renderOrders } = await import('../orders/render-orders')
  const outcomes = await renderOrders(engine.db, orders.map(toReceivedOrder), site.settings)
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
      destinationId: site.destination.id,
      state: 'prepared',
      folder: site.drop.folder,
      fileName: deliveryFileName(name, order.number, PROFILE_INFO[site.settings.profile].extension),
      sizeBytes: rendered.bytes.byteLength,
      sha256: sha256(rendered.bytes),
      contentRevision: order.contentRevision,
      settingsRevision: site.settingsRevision,
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
  try {
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
    await sealStaged(site.drop, engine.newId())
  } catch (error) {
    await unstage(engine, site, staged)
    throw error
  }
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
  refused: readonly Refused[],
): Promise<{ prepared: Staged[]; refused: Refused[] } | 'changed'> {
  const committed = await engine
    .write(async (work) => {
      if ((await findDestination(work.db, site.destination.id))?.settingsRevision !== site.settingsRevision) return 'changed'
      const ids = [...staged, ...refused].map(({ order }) => order.id)
      const states = new Map((await orderStates(work.db, ids)).map((state) => [state.id, state]))
      const isSame = ({ order }: { order: StoredOrder }) => {
        const now = states.get(order.id)
        return now?.status === 'Pending' && now.claimedBy === order.claimedBy && now.contentRevision === order.contentRevision
      }
      const same = { prepared: staged.filter(isSame), refused: refused.filter(isSame) }
      await insertDeliveries(
        work.db,
        same.prepared.map((item) => item.delivery),
      )
      await saveGeneration(work.db, site.destination.id, site.drop.folder, site.drop.staging.generation)
      for (const { order, failure, details } of same.refused) await failOrder(work, order, failure, details)
      return same
    })
    .catch(async (error: unknown) => {
      // Certainly not committed, and nobody else knows these copies. After any other error only the next run can tell.
      if (error instanceof SupersededError) await unstage(engine, site, staged)
      throw error
    })
  const prepared = new Set(committed === 'changed' ? [] : committed.prepared)
  await unstage(
    engine,
    site,
    staged.filter((item) => !prepared.has(item)),
  )
  return committed
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
