import type { FieldChange, SourceRow } from '../../../src-shared/contract/contract'
import type { OrderStatus, ReceivedOrder } from '../../../src-shared/order'
import type { VersionTimes } from '../../../src-shared/order-identity'
import type { Work } from '../context/work'
import { deliveriesOf, POSSIBLY_TAKEN } from '../database/deliveries-store'
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
import { timelineOf } from '../database/timeline-store'
import { orderChanges } from '../orders/order-changes'
import { keepCorrections } from './keep-corrections'
import { LOOK_ALIKE } from './look-alikes'
import { closeStoreChange, reportStoreChange } from './store-change'

/** A newer version of a known order. */
export interface NewerVersion {
  order: ReceivedOrder
  hash: string
  times: VersionTimes
  /** True if it came in before and was left alone. */
  isNoted: boolean
  document: DocumentTable
  /** Stores the document, if it isn't stored yet. */
  store(): Promise<void>
}

/**
 * Takes a newer version over as long as no file of the order may have reached the accounting package, except for what a person corrected. Otherwise
 * notes it on the timeline and on Sync > Problems. A file never sets a cancelled order to anything else, and never a status that a person set.
 */
export async function receiveChanged(
  work: Work,
  source: SourceRow,
  version: NewerVersion,
  { id }: KnownOrder,
): Promise<'updated' | 'left alone' | 'unchanged'> {
  const known = await findOrder(work.db, id)
  if (known === undefined) throw new Error(`Order ${id} is gone`)
  const isLeftAlone = await isHandedOver(work.db, known)
  if (!isLeftAlone) await takeOver(work, source, version, known)
  else if (version.isNoted) return 'unchanged'
  else await leaveAlone(work, source, version, known)
  return isLeftAlone ? 'left alone' : 'updated'
}

/** True if a file of the order may have reached the accounting package, or a person has to find out. */
async function isHandedOver(db: Database, { id, syncState, errorCode }: StoredOrder): Promise<boolean> {
  if (syncState === 'confirmed' || (syncState === 'needs review' && errorCode !== LOOK_ALIKE)) return true
  return (await deliveriesOf(db, id)).some(({ state }) => state === 'prepared' || POSSIBLY_TAKEN.includes(state))
}

async function leaveAlone(work: Work, source: SourceRow, version: NewerVersion, known: StoredOrder): Promise<void> {
  const { order, times, document } = version
  const before = toReceivedOrder(known)
  const status = order.status !== known.status && order.status !== 'Pending' ? statusChange(known.status, order.status) : []
  const content = orderChanges(before, keepCodes(order, known))
  await updateOrder(work.db, known.id, {})
  const isSameInStore = times.storeModifiedAt !== null && times.storeModifiedAt === known.storeModifiedAt
  // The store didn't touch it: this program reads the same document differently.
  if (isSameInStore && status.length === 0) return
  await work.addToTimeline([
    {
      orderId: known.id,
      kind: 'updated',
      text: `${source.name} sent a changed order (${document.fileName}), but this one was handed over already: left as it is.`,
      changes: [...status, ...content],
    },
  ])
  const isStatusNews = order.status === 'Cancelled' || order.status === 'On Hold'
  const news = [...(isStatusNews ? status : []), ...content, ...newWarnings(before, order)]
  if (news.length === 0) await closeStoreChange(work, known.id, 'The store changed it back.')
  else await reportStoreChange(work, source, known, { kind: 'left alone', changes: news })
}

async function takeOver(work: Work, source: SourceRow, version: NewerVersion, known: StoredOrder): Promise<void> {
  const { order, hash, times, document } = version
  const before = toReceivedOrder(known)
  const isStatusFree = canTakeStatus(known, order.status)
  // How the id and the number are spelled stays as it first was.
  const incoming = { ...keepCodes(order, known), number: known.number }
  const { order: merged, kept } = keepCorrections(before, incoming, await timelineOf(work.db, known.id))
  const after = kept.length === 0 ? merged : { ...merged, warnings: [...merged.warnings, ...kept.map(keptWarning)] }
  await version.store()
  await updateOrder(work.db, known.id, {
    ...contentColumns(after),
    ...(isStatusFree ? { status: order.status } : {}),
    documentId: document.id,
    receivedHash: hash,
    ...times,
    contentRevision: known.contentRevision + 1,
    ...(known.syncState === 'waiting' ? { ...NO_ERROR, attempts: 0, nextAttemptAt: null } : {}),
  })
  const isRefused = !isStatusFree && isStatusNews(known, order.status)
  const status = order.status !== known.status && (isStatusFree || isRefused || order.status !== 'Pending')
  await work.addToTimeline([
    {
      orderId: known.id,
      kind: 'updated',
      text: `Updated from ${document.fileName} (${source.name}).${kept.length === 0 ? '' : ' What a person had corrected was kept.'}`,
      changes: [...(status ? statusChange(known.status, order.status) : []), ...orderChanges(before, after), ...kept],
    },
  ])
  if (isRefused) await reportStoreChange(work, source, known, { kind: 'status kept', status: order.status })
  else await closeStoreChange(work, known.id, 'The order was updated from the store.')
}

/** Whether a file may set the order's status. */
function canTakeStatus({ syncState, status, isStatusByPerson }: StoredOrder, newStatus: OrderStatus): boolean {
  if (isStatusByPerson === 1 || status === 'Cancelled') return false
  return syncState === 'waiting' || (syncState === 'failed' && newStatus === 'Cancelled')
}

/** Whether a person has to know that the store's status was not taken: it cancels the order, or takes back that it cancelled it. */
function isStatusNews({ status, isStatusByPerson }: StoredOrder, newStatus: OrderStatus): boolean {
  if (newStatus === status) return false
  return newStatus === 'Cancelled' || (status === 'Cancelled' && isStatusByPerson === 0)
}

/** Codes that a person gave stay if the source has none of its own. */
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

/** What the store says about the order now and didn't say before, e.g. that a part of it was refunded. */
function newWarnings(before: ReceivedOrder, after: ReceivedOrder): FieldChange[] {
  const added = after.warnings.filter((warning) => !before.warnings.includes(warning))
  return added.map((warning) => ({ field: 'New', before: '', after: warning, isKept: false }))
}

function keptWarning({ field, after }: FieldChange): string {
  return `${field}: the store changed it to "${after}" after a person had corrected it. The correction was kept: check it before the order is sent.`
}
