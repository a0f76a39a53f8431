import type { OrderDetails, ParsedInput } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import { publishOrders } from '../changes/publish-orders'
import { timelineEntry } from '../changes/timeline'
import type { EngineContext } from '../context/context'
import { deliveryRowsOf } from '../database/deliveries-store'
import { type StoredOrder, updateOrder } from '../database/orders-store'
import { requireOrder } from '../database/require-order'
import { addToTimeline } from '../database/timeline-store'
import { queueNotice } from '../notices/queue-notice'
import { orderDetails, refuseWhileWriting, resendWarning } from './order-details'

/**
 * Change Order Status. Something is saved if the status changed, a comment was given, or an order with an error, or that needs review, is set
 * to Pending; otherwise FailureError `nothing-to-change`. Setting to Pending queues the order afresh: its error goes from the top of
 * the page and attempts count from zero. Where a file may have been taken before, it asks first: `confirm-resend`. Notify Customer queues the mail
 * in the same transaction; where none can be sent nothing is saved: `mail-not-configured`, `customer-email-missing`.
 */
export async function changeStatus(engine: EngineContext, input: ParsedInput<'orders.changeStatus'>, actor: string): Promise<OrderDetails> {
  await engine.db.transaction().execute((trx) => changeStatusInside({ ...engine, db: trx }, input, actor))
  await publishOrders(engine, [input.orderId])
  return orderDetails(engine, input.orderId)
}

/** Change Order Status inside the caller's transaction. Without Notify Customer it throws before anything is written, or not at all. */
export async function changeStatusInside(inside: EngineContext, input: ParsedInput<'orders.changeStatus'>, actor: string): Promise<void> {
  const order = await requireOrder(inside.db, input.orderId)
  refuseWhileWriting(order)
  const isRequeued = input.status === 'Pending' && !isQueued(order)
  const comments = input.comments.trim()
  if (input.status === order.status && comments === '' && !isRequeued) throw nothingToChange()
  const warning = isRequeued ? resendWarning(await deliveryRowsOf(inside.db, order.id), inside.now()) : null
  if (warning !== null && !input.confirmResend) throw confirmResend(warning)
  await updateOrder(inside.db, order.id, {
    status: input.status,
    ...(input.status === order.status ? {} : { isStatusByPerson: 1 }),
    ...(isRequeued ? QUEUED : {}),
  })
  const text =
    input.status === order.status ? (isRequeued ? 'Set to Pending again.' : 'Comment.') : `Status: ${order.status} became ${input.status}.`
  const kind = input.status === order.status && !isRequeued ? 'comment' : 'status'
  await addToTimeline(inside.db, [
    timelineEntry(inside, { orderId: order.id, kind, actor, text, details: comments }),
    ...(warning !== null
      ? [
          timelineEntry(inside, {
            orderId: order.id,
            kind: 'review',
            actor,
            text: 'Sending again was confirmed, knowing that the order may be entered twice.',
          }),
        ]
      : []),
  ])
  if (input.notifyCustomer)
    await queueNotice(inside, order, { status: input.status, comments: input.appendComments ? comments : '' }, actor)
}

/** True for an order that the next Write Order takes as it is: setting it to Pending changes nothing. */
export function isQueued(order: Pick<StoredOrder, 'status' | 'syncState' | 'errorCode'>): boolean {
  return order.status === 'Pending' && order.syncState === 'waiting' && order.errorCode === null
}

const QUEUED = {
  syncState: 'waiting',
  attempts: 0,
  nextAttemptAt: null,
  errorCode: null,
  errorMessage: null,
  errorRemedy: null,
} as const

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
