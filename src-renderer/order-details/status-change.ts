import type { OrderDetails } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import type { OrderStatus } from '../../src-shared/order'
import { orderDetailsText } from '../text/order-details-text'

const text = orderDetailsText.sentence

/** The values of the Change Order Status form. */
export interface StatusChange {
  status: OrderStatus
  comments: string
  notifyCustomer: boolean
  appendComments: boolean
}

type ChangedOrder = Pick<OrderDetails, 'status' | 'syncState' | 'syncError' | 'destinationName'>

/** The conditions outside the form that affect what Update Status will do. */
export interface ChangeContext {
  /** True if automatic sync or Write Order is paused. */
  isPaused: boolean
  /** True if the order's destination cannot be written to. */
  isUnreachable: boolean
  /** Why no email can be sent to the customer; null if it can be sent, or if this is not known yet. */
  mailFailure: Failure | null
}

/** True if Update Status would save something. The engine applies the same rule. */
export function hasChanges(order: ChangedOrder, change: StatusChange): boolean {
  return change.status !== order.status || change.comments.trim() !== '' || putsInQueue(order, change.status)
}

/** True if saving this status puts the order in the queue, either again or for the first time. */
export function putsInQueue(order: ChangedOrder, status: OrderStatus): boolean {
  return status === 'Pending' && !(order.status === 'Pending' && order.syncState === 'waiting' && order.syncError === null)
}

/** Describes in sentences what Update Status will do. */
export function changeSummary(order: ChangedOrder, change: StatusChange, context: ChangeContext): string {
  if (!hasChanges(order, change)) return text.nothing
  if (change.notifyCustomer && context.mailFailure !== null) return text.refused(context.mailFailure.message)
  const sentences: string[] = []
  if (putsInQueue(order, change.status)) sentences.push(sendingText(order, context))
  else if (change.status !== order.status) sentences.push(text.ignored(change.status))
  else sentences.push(text.stays(order.status))
  const hasComment = change.comments.trim() !== ''
  if (hasComment) sentences.push(text.comment)
  if (!change.notifyCustomer) sentences.push(text.noMail)
  else sentences.push(change.appendComments && hasComment ? text.mailWithComment : text.mail)
  return sentences.join(' ')
}

function sendingText({ destinationName }: ChangedOrder, { isPaused, isUnreachable }: ChangeContext): string {
  const sentences = [text.sends(destinationName)]
  if (isUnreachable) sentences.push(text.unreachable(destinationName))
  if (isPaused) sentences.push(text.paused)
  return sentences.join(' ')
}
