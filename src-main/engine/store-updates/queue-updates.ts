import type { ParsedInput, TrackingEntry } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { OrderStatus } from '../../../src-shared/order'
import type { StoreConnection } from '../../../src-shared/stores'
import type { Work } from '../context/work'
import type { Database } from '../database/open-database'
import type { StoredOrder } from '../database/orders-store'
import { updateOrder } from '../database/orders-store'
import { requireOrder } from '../database/require-order'
import { listDestinations, listSources } from '../database/settings-store'
import {
  changeStoreUpdates,
  insertStoreUpdates,
  sourcesOfOrders,
  type UpdateContent,
  updatesOfOrder,
} from '../database/store-updates-store'
import { findStore, listStores } from '../database/stores-store'
import { findWorkspace } from '../database/workspace-store'
import { connectionFailure } from '../stores/connection/store-failures'
import { localTime } from '../time/local-time'

/** A file that was written for an order. */
interface WrittenFile {
  orderId: number
  destinationId: number
  fileName: string
}

/** An update to queue. */
interface NewUpdate {
  orderId: number
  sourceId: number
  content: UpdateContent
}

/** Adds updates to the outbox. Each gets the mark that the store will show: the workspace and the update's id. */
async function queue(work: Work, updates: readonly NewUpdate[]): Promise<void> {
  if (updates.length === 0) return
  const workspaceId = (await findWorkspace(work.db))?.id ?? ''
  const rows = updates.map((update) => {
    const id = work.newId()
    return { ...update, id, mark: `[Ledgerdrop ${workspaceId.slice(0, 8)}-${id}]`, queuedAt: work.now() }
  })
  await insertStoreUpdates(work.db, rows)
}

/** Queues what a store is told about files that were written, for each order whose source has it switched on. */
export async function queueSentUpdates(work: Work, files: readonly WrittenFile[]): Promise<void> {
  const stores = (await listStores(work.db)).filter(({ connection: { writeBack } }) => writeBack.note || writeBack.mark !== '')
  if (stores.length === 0 || files.length === 0) return
  const bySource = new Map(stores.map((store) => [store.sourceId, store.connection.writeBack]))
  const orderIds = files.map(({ orderId }) => orderId)
  const sourceOf = new Map((await sourcesOfOrders(work.db, orderIds)).map(({ id, sourceId }) => [id, sourceId]))
  const destinations = new Map((await listDestinations(work.db)).map(({ id, name }) => [id, name]))
  const updates = files.flatMap(({ orderId, destinationId, fileName }): NewUpdate[] => {
    const sourceId = sourceOf.get(orderId) ?? 0
    const writeBack = bySource.get(sourceId)
    if (writeBack === undefined) return []
    const contents: UpdateContent[] = []
    const now = work.now()
    const text = `Sent to ${destinations.get(destinationId) ?? ''} on ${localTime(now, now, true)}, file ${fileName}.`
    if (writeBack.note) contents.push({ kind: 'note', text })
    if (writeBack.mark !== '') contents.push({ kind: 'mark', name: writeBack.mark, value: now })
    return contents.map((content) => ({ orderId, sourceId, content }))
  })
  await queue(work, updates)
}

/**
 * Queues the store's status for an order whose status a person has changed, if the source has one for it. Replaces an earlier change that is still
 * waiting: the store emails the customer, and what was corrected in time should not be sent.
 */
export async function queueStatusUpdate(work: Work, { id, sourceId }: StoredOrder, orderStatus: OrderStatus): Promise<void> {
  const store = await findStore(work.db, sourceId)
  if (store === undefined) return
  await dropQueued(work, id, 'status')
  const status = statusFor(store.connection, orderStatus)
  if (status !== undefined) await queue(work, [{ orderId: id, sourceId, content: { kind: 'status', status, orderStatus } }])
}

function statusFor({ writeBack: { statuses } }: StoreConnection, orderStatus: OrderStatus): string | undefined {
  return Object.hasOwn(statuses, orderStatus) ? statuses[orderStatus as keyof typeof statuses] : undefined
}

/** Gives up an order's queued updates of a kind, in favour of a newer one. */
async function dropQueued(work: Work, orderId: number, kind: UpdateContent['kind']): Promise<void> {
  const queued = (await updatesOfOrder(work.db, orderId)).filter((update) => update.kind === kind && update.state === 'queued')
  await changeStoreUpdates(
    work.db,
    queued.map(({ id }) => id),
    { state: 'dropped' },
  )
}

/**
 * Queues the tracking number that staff entered. Throws FailureError `order-missing`, `store-missing`, `store-tracking-off`, and `nothing-to-change`
 * if it is the one that was entered last.
 */
export async function setTracking(work: Work, input: ParsedInput<'stores.setTracking'>, actor: string): Promise<void> {
  const { orderId, number, carrier } = input
  const order = await requireOrder(work.db, orderId)
  const source = (await listSources(work.db)).find(({ id }) => id === order.sourceId)
  if (source === undefined || source.store === null) throw notFromStore(order.number)
  if (!source.store.connection.writeBack.tracking) throw trackingOff(source.name)
  const { tracking } = await trackingOf(work.db, order)
  if (tracking?.number === number && tracking.carrier === carrier) throw sameNumber()
  await dropQueued(work, orderId, 'tracking')
  await queue(work, [{ orderId, sourceId: source.id, content: { kind: 'tracking', number, carrier } }])
  const text = `Tracking number ${number}${carrier === '' ? '' : ` (${carrier})`} entered. ${source.name} gets it at the next Update Store.`
  await work.addToTimeline([{ orderId, kind: 'store', actor, text }])
  await updateOrder(work.db, orderId, {})
  work.markOrderChanged(orderId)
}

/** Returns the tracking number that was entered last for an order, and whether one can be entered. */
export async function trackingOf(
  db: Database,
  { id, sourceId }: Pick<StoredOrder, 'id' | 'sourceId'>,
): Promise<{ canSetTracking: boolean; tracking: TrackingEntry | null }> {
  const store = await findStore(db, sourceId)
  if (store === undefined) return { canSetTracking: false, tracking: null }
  let tracking: TrackingEntry | null = null
  for (const { content, state } of await updatesOfOrder(db, id)) {
    if (content.kind !== 'tracking' || state === 'dropped') continue
    tracking = { number: content.number, carrier: content.carrier, state }
  }
  return { canSetTracking: store.connection.writeBack.tracking, tracking }
}

function notFromStore(number: string): FailureError {
  return connectionFailure(
    'store-missing',
    `Order ${number} did not come from a store that Ledgerdrop is connected to.`,
    'Enter the tracking number in the web store itself.',
  )
}

function trackingOff(name: string): FailureError {
  return connectionFailure(
    'store-tracking-off',
    `Tracking numbers are not written back to ${name}.`,
    `An administrator can switch that on in Orders > Sync Settings, under ${name}.`,
  )
}

function sameNumber(): FailureError {
  return new FailureError({
    code: 'nothing-to-change',
    message: 'This tracking number was already entered.',
    remedy: 'If it has not arrived in the store, Sync > Problems says why.',
    field: 'number',
  })
}
