import type { OrderDetails } from '../../src-shared/contract'
import type { OrderStatus } from '../../src-shared/order'

/** What the form Change Order Status holds. */
export interface StatusChange {
  status: OrderStatus
  comments: string
  notifyCustomer: boolean
  appendComments: boolean
}

type ChangedOrder = Pick<OrderDetails, 'status' | 'syncState' | 'destinationName'>

/** True where Update Status would save something: the same rule as the engine's. */
export function changesSomething(order: ChangedOrder, change: StatusChange): boolean {
  return change.status !== order.status || change.comments.trim() !== '' || queuesAgain(order, change.status)
}

/** True where the status puts the order into the queue, afresh or for the first time. */
export function queuesAgain(order: ChangedOrder, status: OrderStatus): boolean {
  return status === 'Pending' && !(order.status === 'Pending' && order.syncState === 'waiting')
}

/** What Update Status will do, in sentences. */
export function changeSentences(order: ChangedOrder, change: StatusChange): string {
  if (!changesSomething(order, change)) return 'Nothing to change.'
  const sentences: string[] = []
  if (queuesAgain(order, change.status)) sentences.push(`The next sync sends this order to ${order.destinationName}.`)
  else if (change.status !== order.status) sentences.push(`The order becomes ${change.status}: the sync ignores it.`)
  else sentences.push(`The status stays ${order.status}.`)
  if (change.comments.trim() !== '') sentences.push('The comment goes into the timeline.')
  if (!change.notifyCustomer) sentences.push('The customer gets no e-mail.')
  else {
    const comment = change.appendComments && change.comments.trim() !== '' ? ', with the comment' : ''
    sentences.push(`The customer gets an e-mail${comment}; the timeline says when the mail server has taken it.`)
  }
  return sentences.join(' ')
}
