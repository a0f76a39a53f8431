import type { OrderDetails } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import type { OrderStatus } from '../../src-shared/order'
import { orderDetailsText } from '../text/order-details-text'

const text = orderDetailsText.sentence

/** What the form Change Order Status holds. */
export interface StatusChange {
  status: OrderStatus
  comments: string
  notifyCustomer: boolean
  appendComments: boolean
}

type ChangedOrder = Pick<OrderDetails, 'status' | 'syncState' | 'syncError' | 'destinationName'>

/** What beside the form decides what will happen. */
export interface Circumstances {
  /** True where automatic Write Order is paused. */
  isPaused: boolean
  /** True where the order's destination cannot be written to. */
  isUnreachable: boolean
  /** Why the customer cannot get an e-mail; null where they can, or nothing is known yet. */
  mailFailure: Failure | null
}

/** True where Update Status would save something: the same rule as the engine's. */
export function changesSomething(order: ChangedOrder, change: StatusChange): boolean {
  return change.status !== order.status || change.comments.trim() !== '' || queuesAgain(order, change.status)
}

/** True where the status puts the order into the queue, afresh or for the first time. */
export function queuesAgain(order: ChangedOrder, status: OrderStatus): boolean {
  return status === 'Pending' && !(order.status === 'Pending' && order.syncState === 'waiting' && order.syncError === null)
}

/** What Update Status will do, in sentences. */
export function changeSentences(order: ChangedOrder, change: StatusChange, circumstances: Circumstances): string {
  if (!changesSomething(order, change)) return text.nothing
  if (change.notifyCustomer && circumstances.mailFailure !== null) return text.refused(circumstances.mailFailure.message)
  const sentences: string[] = []
  if (queuesAgain(order, change.status)) sentences.push(sendingSentence(order, circumstances))
  else if (change.status !== order.status) sentences.push(text.ignored(change.status))
  else sentences.push(text.stays(order.status))
  const hasComment = change.comments.trim() !== ''
  if (hasComment) sentences.push(text.comment)
  if (!change.notifyCustomer) sentences.push(text.noMail)
  else sentences.push(change.appendComments && hasComment ? text.mailWithComment : text.mail)
  return sentences.join(' ')
}

function sendingSentence({ destinationName }: ChangedOrder, { isPaused, isUnreachable }: Circumstances): string {
  const sentences = [text.sends(destinationName)]
  if (isUnreachable) sentences.push(text.unreachable(destinationName))
  if (isPaused) sentences.push(text.paused)
  return sentences.join(' ')
}
