import type { Work } from '../context/work'
import { insertDeliveries, unknownFileNames } from '../database/deliveries-store'
import { forgottenKeys, forgottenOf } from '../database/forgotten-deliveries-store'
import { findOrder, type StoredOrder } from '../database/orders-store'
import type { OrdersTable } from '../database/schema'
import { findDestination, readSetting } from '../database/settings-store'
import { numberKey } from '../files/file-name'
import { markForReview, type ReviewReason } from './mark-for-review'

/**
 * Setting, UTC ISO 8601: orders from before this time may have been sent without a trace in the database or the
 * archive.
 */
export const POSSIBLY_SENT_UNTIL = 'restoreDoubtUntil'

/** Setting: why orders from before `POSSIBLY_SENT_UNTIL` may have been sent. Not set if a backup was restored. */
export const POSSIBLY_SENT_REASON = 'restoreDoubtReason'

const RESTORED: ReviewReason = {
  code: 'sent-before-restore',
  remedy:
    'Check whether the order is in the accounting package. If it is, choose Mark as Imported. If it is not, set the order to Pending to send it again.',
}

/** The error message of an order if nothing shows whether it was sent after the backup. */
export const NO_EVIDENCE =
  'This order may have been sent before a backup was restored. The archive of sent files does not go back to that backup, so it cannot show whether it was.'

/**
 * If files of an order were sent after the restored backup was made, adds them as unknown deliveries and marks the
 * order for review. Returns false if there are none.
 */
export async function markForgottenForReview(work: Work, order: StoredOrder): Promise<boolean> {
  const files = await forgottenOf(work.db, numberKey(order.number))
  if (files.length === 0) return false
  // If two orders share a number key, the file is mentioned on both and stored as a delivery of the first.
  const names = files.map((file) => file.fileName)
  const unrecorded = new Set(await unknownFileNames(work.db, names))
  const folder = (await findDestination(work.db, order.destinationId))?.folder ?? ''
  await insertDeliveries(
    work.db,
    files
      .filter(({ fileName }) => unrecorded.has(fileName))
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
  const filesWere = names.length === 1 ? 'a file was' : `${names.length} files were`
  await markForReview(
    work,
    order,
    `After the restored backup was made, ${filesWere} sent for this order number: ${names.join(', ')}.`,
    RESTORED,
  )
  return true
}

/** Marks an order for review because it may have been sent, although nothing shows that it was. */
export async function markPossiblySentForReview(work: Work, order: StoredOrder, reason = NO_EVIDENCE): Promise<void> {
  await markForReview(work, order, reason, RESTORED)
}

/**
 * Checks orders that were just received, and marks for review those that may already have been received and sent
 * between the backup and its restore.
 */
export async function markForReviewIfSentBefore(
  work: Work,
  orders: readonly Pick<OrdersTable, 'id' | 'number' | 'orderedAt'>[],
): Promise<void> {
  if (orders.length === 0) return
  const forgotten = await forgottenKeys(
    work.db,
    orders.map(({ number }) => numberKey(number)),
  )
  const possiblySentUntil = await readSetting<string | null>(work.db, POSSIBLY_SENT_UNTIL, null)
  const reason = await readSetting(work.db, POSSIBLY_SENT_REASON, NO_EVIDENCE)
  for (const { id, number, orderedAt } of orders) {
    const mayHaveBeenSent = possiblySentUntil !== null && orderedAt < possiblySentUntil
    if (!mayHaveBeenSent && !forgotten.has(numberKey(number))) continue
    const order = await findOrder(work.db, id)
    if (order === undefined) continue
    if (!(await markForgottenForReview(work, order)) && mayHaveBeenSent) await markPossiblySentForReview(work, order, reason)
  }
}
