import type { FieldChange } from '../../../src-shared/contract/contract'
import type { OrderStatus, ReceivedOrder } from '../../../src-shared/order'
import type { VersionTimes } from '../../../src-shared/order-identity'
import type { Work } from '../context/work'
import { deliveriesOf, POSSIBLY_TAKEN } from '../database/deliveries-store'
import { findDocument } from '../database/documents-store'
import type { Database } from '../database/open-database'
import {
  contentColumns,
  findOrder,
  type KnownOrder,
  NO_ERROR,
  type StoredOrder,
  toReceivedOrder,
  updateOrder,
} from '../database/orders-store'
import type { DocumentTable } from '../database/schema'
import type { StoredSource } from '../database/settings-store'
import { timelineOf } from '../database/timeline-store'
import { importOrders } from '../importers/import-orders'
import { orderChanges } from '../orders/order-changes'
import { keepCorrections } from './keep-corrections'
import { POSSIBLE_DUPLICATE } from './possible-duplicates'
import { closeStoreChange, reportStoreChange } from './store-change'

/** A newer version of a known order. */
export interface NewerVersion {
  order: ReceivedOrder
  hash: string
  times: VersionTimes
  /** True if this version was received before and left alone. */
  isNoted: boolean
  document: DocumentTable
  /** Stores the document unless it is already stored. */
  store(): Promise<void>
}

/**
 * Applies a newer version, except for fields that a person corrected. If a file of the order may have reached the accounting package, only records
 * the version on the timeline and on Sync > Problems. A file never changes the status of a cancelled order, or a status that a person set.
 */
export async function receiveChanged(
  work: Work,
  source: StoredSource,
  version: NewerVersion,
  { id }: KnownOrder,
): Promise<'updated' | 'left alone' | 'unchanged'> {
  const known = await findOrder(work.db, id)
  if (known === undefined) throw new Error(`Order ${id} is gone`)
  const isLeftAlone = await isHandedOver(work.db, known)
  if (!isLeftAlone) await applyVersion(work, source, version, known)
  else if (version.isNoted) return 'unchanged'
  else await leaveAlone(work, source, version, known)
  return isLeftAlone ? 'left alone' : 'updated'
}

/** True if a file of the order may have reached the accounting package, or if a person must find out whether it did. */
export async function isHandedOver(db: Database, { id, syncState, errorCode }: StoredOrder): Promise<boolean> {
  if (syncState === 'confirmed' || (syncState === 'needs review' && errorCode !== POSSIBLE_DUPLICATE)) return true
  return (await deliveriesOf(db, id)).some(({ state }) => state === 'prepared' || POSSIBLY_TAKEN.includes(state))
}

async function leaveAlone(work: Work, source: StoredSource, version: NewerVersion, known: StoredOrder): Promise<void> {
  const { order, times, document } = version
  const before = toReceivedOrder(known)
  const status = order.status !== known.status && order.status !== 'Pending' ? statusChange(known.status, order.status) : []
  const content = orderChanges(before, keepCodes(order, known))
  await updateOrder(work.db, known.id, {})
  const isSameInStore = times.storeModifiedAt !== null && times.storeModifiedAt === known.storeModifiedAt
  // The store didn't change the order. This release of Ledgerdrop reads the same document differently.
  if (isSameInStore && status.length === 0 && (source.store === null || (await isReadDifferently(work.db, known, order)))) return
  await work.addToTimeline([
    {
      orderId: known.id,
      kind: 'updated',
      text: `${source.name} sent a changed version (${document.fileName}) after this order had been sent. The order was not changed here.`,
      changes: [...status, ...content],
    },
  ])
  const isCancelledOrOnHold = order.status === 'Cancelled' || order.status === 'On Hold'
  const reportableChanges = [...(isCancelledOrOnHold ? status : []), ...content, ...newWarnings(before, order)]
  if (reportableChanges.length === 0) await closeStoreChange(work, known.id, 'The store changed it back.')
  else await reportStoreChange(work, source, known, { kind: 'left alone', changes: reportableChanges })
}

/**
 * True if the document that was received before, read by this release, has the same content as the new one. A store itself, unlike a file, may change
 * an order without changing its date.
 */
async function isReadDifferently(db: Database, { documentId }: StoredOrder, order: ReceivedOrder): Promise<boolean> {
  const document = await findDocument(db, documentId)
  const read = document === undefined ? null : importOrders(document.bytes, document.fileName, { statusOf: () => order.status })
  if (!read?.ok) return false
  const content = (one: ReceivedOrder | undefined) => JSON.stringify({ ...one, modifiedAt: null, status: null })
  return content(read.orders.find(({ sourceOrderId }) => sourceOrderId === order.sourceOrderId)) === content(order)
}

async function applyVersion(work: Work, source: StoredSource, version: NewerVersion, known: StoredOrder): Promise<void> {
  const { order, hash, times, document } = version
  const before = toReceivedOrder(known)
  const isStatusApplied = canApplyStatus(known, order.status)
  // The id and the number keep their original spelling.
  const incoming = { ...keepCodes(order, known), number: known.number }
  const { order: merged, kept } = keepCorrections(before, incoming, await timelineOf(work.db, known.id))
  const after = kept.length === 0 ? merged : { ...merged, warnings: [...merged.warnings, ...kept.map(keptWarning)] }
  await version.store()
  await updateOrder(work.db, known.id, {
    ...contentColumns(after),
    ...(isStatusApplied ? { status: order.status } : {}),
    documentId: document.id,
    receivedHash: hash,
    ...times,
    contentRevision: known.contentRevision + 1,
    ...(known.syncState === 'waiting' ? { ...NO_ERROR, attempts: 0, nextAttemptAt: null } : {}),
  })
  const isStatusRefused = !isStatusApplied && isStatusWorthReporting(known, order.status)
  const isStatusMentioned = order.status !== known.status && (isStatusApplied || isStatusRefused || order.status !== 'Pending')
  await work.addToTimeline([
    {
      orderId: known.id,
      kind: 'updated',
      text: `Updated from ${document.fileName} (${source.name}).${kept.length === 0 ? '' : ' Corrections made here were kept.'}`,
      changes: [...(isStatusMentioned ? statusChange(known.status, order.status) : []), ...orderChanges(before, after), ...kept],
    },
  ])
  if (isStatusRefused) await reportStoreChange(work, source, known, { kind: 'status kept', status: order.status })
  else await closeStoreChange(work, known.id, 'The order was updated from the store.')
}

/** True if a file may set the order's status. */
function canApplyStatus({ syncState, status, isStatusByPerson }: StoredOrder, newStatus: OrderStatus): boolean {
  if (isStatusByPerson === 1 || status === 'Cancelled') return false
  return syncState === 'waiting' || (syncState === 'failed' && newStatus === 'Cancelled')
}

/**
 * True if a person must be told that the store's status was not applied: the store cancelled the order, or reinstated
 * it.
 */
function isStatusWorthReporting({ status, isStatusByPerson }: StoredOrder, newStatus: OrderStatus): boolean {
  if (newStatus === status) return false
  return newStatus === 'Cancelled' || (status === 'Cancelled' && isStatusByPerson === 0)
}

/** Keeps the codes that a person entered if the source has none of its own. */
function keepCodes(order: ReceivedOrder, known: StoredOrder): ReceivedOrder {
  const lines = order.lines.map((line, index) => {
    const before = known.body.lines[index]
    return line.sku === '' && before?.name === line.name ? { ...line, sku: before.sku } : line
  })
  return { ...order, lines, customer: { ...order.customer, code: order.customer.code || known.customerCode } }
}

function statusChange(before: OrderStatus, after: OrderStatus): FieldChange[] {
  return [{ field: 'Status in the store', before, after, isKept: false }]
}

/** Returns warnings that the earlier version didn't have, e.g. that a part of the order was refunded. */
function newWarnings(before: ReceivedOrder, after: ReceivedOrder): FieldChange[] {
  const added = after.warnings.filter((warning) => !before.warnings.includes(warning))
  return added.map((warning) => ({ field: 'New', before: '', after: warning, isKept: false }))
}

function keptWarning({ field, after }: FieldChange): string {
  return `${field}: the store changed it to "${after}" after it was corrected here. The correction was kept. Check it before the order is sent.`
}
