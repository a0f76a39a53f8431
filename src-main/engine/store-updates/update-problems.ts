import type { Failure } from '../../../src-shared/failure'
import type { Work } from '../context/work'
import type { UpdateOfOrder } from '../database/store-updates-store'
import { findStore } from '../database/stores-store'
import { updateProblemKey } from '../stores/store-problems'

/** A source that is a store, as problems name it. */
export interface NamedSource {
  id: number
  name: string
}

/**
 * Saves the problem that nothing can be written to a store. If its orders can't be read either, the problem that says so is enough, so that each
 * outage is reported once.
 */
export async function saveSourceProblem(work: Work, { id, name }: NamedSource, { code, message, remedy }: Failure): Promise<void> {
  if ((await findStore(work.db, id))?.failureCode !== null) return
  const title = `Nothing can be written to ${name}`
  await work.saveProblem({ key: updateProblemKey(id), kind: 'store', title, code, message, remedy, folder: null })
}

/** Saves the problem that an order can't be updated in its store. */
export async function saveOrderProblem(
  work: Work,
  { id, name }: NamedSource,
  update: UpdateOfOrder,
  { code, message, remedy }: Failure,
): Promise<void> {
  await work.saveProblem({
    key: updateProblemKey(id, update.id),
    kind: 'store',
    title: `Order ${update.number} was not updated in ${name}`,
    code,
    message,
    remedy: `${remedy} Then try again, or dismiss this problem if the order should stay as it is in the store.`,
    folder: null,
    orderId: update.orderId,
  })
}

/** Closes the problem that an order can't be updated, if it is open. */
export async function closeOrderProblem(work: Work, sourceId: number, updateId: number, reason: string, actor?: string): Promise<void> {
  await work.closeProblem(updateProblemKey(sourceId, updateId), reason, actor)
}
