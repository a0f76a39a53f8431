import type { ParsedInput } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { Work } from '../context/work'
import { deliveryRowsOf } from '../database/deliveries-store'
import { NO_ERROR, type StoredOrder, updateOrder } from '../database/orders-store'
import { requireOrder } from '../database/require-order'
import { queueNotice } from '../notices/queue-notice'
import { refuseWhileWriting, resendWarning } from './order-details'

/**
 * Change Order Status. Something is saved if the status changed, a comment was given, or an order with an error, or that needs review, is set
 * to Pending; otherwise FailureError `nothing-to-change`. Setting to Pending queues the order afresh: its error goes from the top of
 * the page and attempts count from zero. Where a file may have been taken before, it asks first: `confirm-resend`. Notify Customer queues the mail
 * in the same transaction; where none can be sent nothing is saved: `mail-not-configured`, `customer-email-missing`. Without Notify Customer it throws
 * before anything is written, or not at all.
 */
export async function changeStatus(work: Work, input: ParsedInput<'orders.changeStatus'>, actor: string): Promise<void> {
  const order = await requireOrder(work.db, input.orderId)
  refuseWhileWriting(order)
  const isRequeued = input.status === 'Pending' && !isQueued(order)
  const comments = input.comments.trim()
  if (input.status === order.status && comments === '' && !isRequeued) throw nothingToChange()
  const warning = isRequeued ? resendWarning(await deliveryRowsOf(work.db, order.id), work.now()) : null
  if (warning !== null && !input.confirmResend) throw confirmResend(warning)
  await updateOrder(work.db, order.id, {
    status: input.status,
    ...(input.status === order.status ? {} : { isStatusByPerson: 1 }),
    ...(isRequeued ? QUEUED : {}),
  })
  const text =
    input.status === order.status ? (isRequeued ? 'Set to Pending again.' : 'Comment.') : `Status: ${order.status} became ${input.status}.`
  const kind = input.status === order.status && !isRequeued ? 'comment' : 'status'
  await work.addToTimeline([{ orderId: order.id, kind, actor, text, details: comments }])
  if (warning !== null) await work.addToTimeline([{ orderId: order.id, kind: 'review', actor, text: CONFIRMED }])
  work.changed(order.id)
  if (input.notifyCustomer) await queueNotice(work, order, { status: input.status, comments: input.appendComments ? comments : '' }, actor)
}

/** True for an order that the next Write Order takes as it is: setting it to Pending changes nothing. */
export function isQueued(order: Pick<StoredOrder, 'status' | 'syncState' | 'errorCode'>): boolean {
  return order.status === 'Pending' && order.syncState === 'waiting' && order.errorCode === null
}

const QUEUED = { ...NO_ERROR, syncState: 'waiting', attempts: 0, nextAttemptAt: null } as const

const CONFIRMED = 'Sending again was confirmed, knowing that the order may be entered twice.'

function nothingToChange(): FailureError {
  return new FailureError({
    code: 'nothing-to-change',
    message: 'Nothing to change.',
    remedy: 'Choose another status or write a comment, then click Update Status.',
  })
}

function confirmResend(warning: string): FailureError {
  return new FailureError({
    code: 'confirm-resend',
    message: warning,
    remedy: 'Look in the accounting package first. Confirm only if the order is not there.',
  })
}
