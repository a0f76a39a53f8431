import type { Work } from '../context/work'
import { insertDeliveries, unknownFileNames } from '../database/deliveries-store'
import { forgottenKeys, forgottenOf } from '../database/forgotten-deliveries-store'
import { findOrder, type StoredOrder } from '../database/orders-store'
import type { OrdersTable } from '../database/schema'
import { findDestination, readSetting } from '../database/settings-store'
import { numberKey } from '../files/file-name'
import { needReview, type ReviewReason } from './need-review'

/** Setting: until when orders may have been sent although neither database nor archive knows, UTC ISO 8601. */
export const DOUBT_UNTIL = 'restoreDoubtUntil'

/** Setting: why they may have been sent; left out after a restore. */
export const DOUBT_REASON = 'restoreDoubtReason'

const RESTORED: ReviewReason = {
  code: 'sent-before-restore',
  remedy:
    'Look in the accounting package whether the order is there. If it is, choose Mark as Imported. If it is not, set the order to Pending: it is sent again then.',
}

/** What an order's error says where nothing tells whether it was sent since the backup. */
export const NO_EVIDENCE =
  'A backup was restored, and the archive of sent files does not go back to it: this order may have been sent before the restore.'

/** An order that may have been sent after the backup that was restored: its files become deliveries of which nothing more is known, and a person decides. */
export async function reviewForgotten(work: Work, order: StoredOrder): Promise<boolean> {
  const files = await forgottenOf(work.db, numberKey(order.number))
  if (files.length === 0) return false
  // Where two orders share a number key the file is told on both, and kept as a delivery of the first.
  const names = files.map((file) => file.fileName)
  const free = new Set(await unknownFileNames(work.db, names))
  const folder = (await findDestination(work.db, order.destinationId))?.folder ?? ''
  await insertDeliveries(
    work.db,
    files
      .filter(({ fileName }) => free.has(fileName))
      .map(({ numberKey: _, ...file }) => ({
        ...file,
        orderId: order.id,
        destinationId: order.destinationId,
        state: 'unknown' as const,
        folder,
        contentRevision: order.contentRevision,
        settingsRevision: 0,
        droppedAt: null,
        answeredAt: null,
        answerText: null,
        isOverdue: 0 as const,
        missingSince: null,
      })),
  )
  const many = names.length === 1 ? 'a file was' : `${names.length} files were`
  await needReview(work, order, `After the backup that was restored, ${many} sent for this order number: ${names.join(', ')}.`, RESTORED)
  return true
}

/** The order may have been sent, and nothing can tell: a person decides. */
export async function reviewWithoutEvidence(work: Work, order: StoredOrder, reason = NO_EVIDENCE): Promise<void> {
  await needReview(work, order, reason, RESTORED)
}

/** Looks at orders that have just come in: they may have been received and sent before, between the backup that was restored and the restore. */
export async function reviewIfSentBefore(work: Work, orders: readonly Pick<OrdersTable, 'id' | 'number' | 'orderedAt'>[]): Promise<void> {
  if (orders.length === 0) return
  const forgotten = await forgottenKeys(
    work.db,
    orders.map(({ number }) => numberKey(number)),
  )
  const doubtUntil = await readSetting<string | null>(work.db, DOUBT_UNTIL, null)
  const reason = await readSetting(work.db, DOUBT_REASON, NO_EVIDENCE)
  for (const { id, number, orderedAt } of orders) {
    const isDoubtful = doubtUntil !== null && orderedAt < doubtUntil
    if (!isDoubtful && !forgotten.has(numberKey(number))) continue
    const order = await findOrder(work.db, id)
    if (order === undefined) continue
    if (!(await reviewForgotten(work, order)) && isDoubtful) await reviewWithoutEvidence(work, order, reason)
  }
}
