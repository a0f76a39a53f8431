import type { ParsedInput } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { Work } from '../context/work'
import { deliveryRowsOf } from '../database/deliveries-store'
import { NO_ERROR, type StoredOrder, updateOrder } from '../database/orders-store'
import { requireOrder } from '../database/require-order'
import { queueNotice } from '../notices/queue-notice'
import { refuseWhileWriting, resendWarning } from './order-details'

/**
 * Changes the status of an order (Change Order Status). Saves if the status changed, a comment was entered, or an order
 * with an error or in review is set to Pending; otherwise it throws FailureError `nothing-to-change`. Setting an order
 * to Pending queues it again, clears its error and resets its attempts. If an earlier file may have been taken, this
 * needs confirmation: `confirm-resend`. Notify Customer queues the email in the same transaction; if no email can be
 * sent, nothing is saved: `mail-not-configured`, `customer-email-missing`. Without Notify Customer, every failure is
 * thrown before anything is written.
 */
export async function changeStatus(work: Work, input: ParsedInput<'orders.changeStatus'>, actor: string): Promise<void> {
  const order = await requireOrder(work.db, input.orderId)
  refuseWhileWriting(order)
  const isRequeued = input.status === 'Pending' && !isQueued(order)
  const comments = input.comments.trim()
  if (input.status === order.status && comments === '' && !isRequeued) throw nothingToChange()
  const warning = isRequeued ? resendWarning(await deliveryRowsOf(work.db, order.id), work.now()) : null
  if (warning !== null && !input.confirmResend) throw resendNotConfirmed(warning)
  await updateOrder(work.db, order.id, {
    status: input.status,
    ...(input.status === order.status ? {} : { isStatusByPerson: 1 }),
    ...(isRequeued ? QUEUED : {}),
  })
  const text =
    input.status === order.status
      ? isRequeued
        ? 'Set to Pending again.'
        : 'Comment.'
      : `Status changed from ${order.status} to ${input.status}.`
  const kind = input.status === order.status && !isRequeued ? 'comment' : 'status'
  await work.addToTimeline([{ orderId: order.id, kind, actor, text, details: comments }])
  if (warning !== null) await work.addToTimeline([{ orderId: order.id, kind: 'review', actor, text: CONFIRMED }])
  work.markOrderChanged(order.id)
  if (input.notifyCustomer) await queueNotice(work, order, { status: input.status, comments: input.appendComments ? comments : '' }, actor)
}

/** True for an order that the next Write Order takes, so that setting it to Pending changes nothing. */
export function isQueued(order: Pick<StoredOrder, 'status' | 'syncState' | 'errorCode'>): boolean {
  return order.status === 'Pending' && order.syncState === 'waiting' && order.errorCode === null
}

const QUEUED = { ...NO_ERROR, syncState: 'waiting', attempts: 0, nextAttemptAt: null } as const

const CONFIRMED = 'Confirmed sending this order again, although it may be entered twice.'

function nothingToChange(): FailureError {
  return new FailureError({
    code: 'nothing-to-change',
    message: 'Nothing to change.',
    remedy: 'Choose another status or enter a comment, then click Update Status.',
  })
}

function resendNotConfirmed(warning: string): FailureError {
  return new FailureError({
    code: 'confirm-resend',
    message: warning,
    remedy: 'Check the accounting package first. Confirm only if the order is not there.',
  })
}
