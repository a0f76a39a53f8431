import type { WriteBack } from '../../../src-shared/stores'
import type { Work } from '../context/work'
import { updateOrder } from '../database/orders-store'
import { listSources } from '../database/settings-store'
import { changeStoreUpdates, openUpdatesOfSource, type UpdateContent, type UpdateOfOrder } from '../database/store-updates-store'
import { storedFailure } from '../database/stored-failure'
import { parseUpdateProblem } from '../stores/store-problems'
import { endUpdateOutage, isKeyFailure } from './record-updates'
import { closeOrderProblem } from './update-problems'
import { subjectOf } from './update-texts'

/** Queues what a problem is about again. Returns false if the problem isn't about updates of a store. */
export async function retryUpdates(work: Work, key: string, actor: string): Promise<boolean> {
  const about = parseUpdateProblem(key)
  if (about === null) return false
  const { sourceId, updateId } = about
  if (updateId === null) {
    await endUpdateOutage(work, sourceId, 'Tried again.', actor)
    return true
  }
  const update = await failedUpdate(work, sourceId, updateId)
  if (update === undefined) return false
  await changeStoreUpdates(work.db, [updateId], { state: 'queued', attempts: 0, nextAttemptAt: null, failure: null })
  await closeOrderProblem(work, sourceId, updateId, 'Tried again.', actor)
  await note(work, update, `${subjectOf(update.content)} is queued again for the store.`, actor)
  return true
}

/** Gives up what a problem is about. Returns false if the problem isn't about updates of a store. What is still waiting stays queued. */
export async function dismissUpdates(work: Work, key: string, reason: string, actor: string): Promise<boolean> {
  const about = parseUpdateProblem(key)
  if (about === null) return false
  const { sourceId, updateId } = about
  const failed = await openUpdatesOfSource(work.db, sourceId, 'failed')
  const isMeant = (update: UpdateOfOrder) => (updateId === null ? isKeyFailure({ code: failureCodeOf(update) }) : update.id === updateId)
  const isClosed = await work.closeProblem(key, reason, actor)
  await drop(work, failed.filter(isMeant), 'the problem was dismissed', { actor, details: reason })
  return isClosed
}

/** Gives up the updates that a source no longer wants after its settings were saved, and queues those again that failed because of its key. */
export async function dropUnwantedUpdates(work: Work, sourceId: number, writeBack: WriteBack, actor: string): Promise<void> {
  const open = [...(await openUpdatesOfSource(work.db, sourceId, 'queued')), ...(await openUpdatesOfSource(work.db, sourceId, 'failed'))]
  const unwanted = open.filter(({ content }) => !isWanted(content, writeBack))
  await drop(work, unwanted, 'writing it back was switched off', { actor })
  await endUpdateOutage(work, sourceId, 'The connection was saved again.', actor)
}

/** Gives up everything that is queued, because the original of this workspace writes it. */
export async function dropAllUpdates(work: Work, reason: string): Promise<void> {
  for (const { id, store } of await listSources(work.db)) {
    if (store !== null) await drop(work, await openUpdatesOfSource(work.db, id, 'queued'), reason, {})
  }
}

function isWanted(content: UpdateContent, writeBack: WriteBack): boolean {
  switch (content.kind) {
    case 'note':
      return writeBack.note
    case 'mark':
      return writeBack.mark === content.name
    case 'status':
      return Object.entries(writeBack.statuses).some(([orderStatus, status]) => {
        return orderStatus === content.orderStatus && status === content.status
      })
    case 'tracking':
      return writeBack.tracking
  }
}

async function drop(
  work: Work,
  updates: readonly UpdateOfOrder[],
  why: string,
  { actor, details }: { actor?: string; details?: string },
): Promise<void> {
  const ids = updates.map(({ id }) => id)
  await changeStoreUpdates(work.db, ids, { state: 'dropped', nextAttemptAt: null })
  for (const update of updates) {
    await closeOrderProblem(work, update.sourceId, update.id, `Not written: ${why}.`, actor)
    await note(work, update, `${subjectOf(update.content)} is not written to the store, because ${why}.`, actor, details)
  }
}

async function note(work: Work, { orderId }: UpdateOfOrder, text: string, actor?: string, details?: string): Promise<void> {
  await work.addToTimeline([{ orderId, kind: 'store', text, ...(actor && { actor }), ...(details && { details }) }])
  await updateOrder(work.db, orderId, {})
  work.markOrderChanged(orderId)
}

async function failedUpdate(work: Work, sourceId: number, id: number): Promise<UpdateOfOrder | undefined> {
  return (await openUpdatesOfSource(work.db, sourceId, 'failed')).find((update) => update.id === id)
}

function failureCodeOf({ errorCode, errorMessage, errorRemedy }: UpdateOfOrder) {
  return storedFailure(errorCode ?? '', errorMessage, errorRemedy).code
}
