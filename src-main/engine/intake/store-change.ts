import type { FieldChange } from '../../../src-shared/contract/contract'
import type { OrderStatus } from '../../../src-shared/order'
import type { Work } from '../context/work'
import type { StoredOrder } from '../database/orders-store'
import type { ProblemText } from '../database/problems-store'
import type { StoredSource } from '../database/settings-store'

/** A change in the store that Ledgerdrop did not apply. */
export type StoreChange = { kind: 'left alone'; changes: readonly FieldChange[] } | { kind: 'status kept'; status: OrderStatus }

const MAX_CHANGES = 6
const MAX_VALUE_LENGTH = 80

/** Reports a store change that was not applied, on Sync > Problems and at the top of the order. It replaces an earlier report for the order. */
export async function reportStoreChange(work: Work, source: StoredSource, order: StoredOrder, change: StoreChange): Promise<void> {
  await work.saveProblem({
    key: keyOf(order.id),
    kind: 'changed in store',
    ...(change.kind === 'left alone' ? changedTooLate(source, order, change.changes) : statusKept(source, order, change.status)),
    folder: null,
    orderId: order.id,
  })
}

/** Closes the report of a store change for the order, if one is open. */
export async function closeStoreChange(work: Work, orderId: number, reason: string): Promise<void> {
  await work.closeProblem(keyOf(orderId), reason)
}

function keyOf(orderId: number): string {
  return `store-change-${orderId}`
}

function changedTooLate({ name }: StoredSource, { number, syncState }: StoredOrder, changes: readonly FieldChange[]): ProblemText {
  const isCancelled = changes.some(({ field, after }) => field === 'Status in the store' && after === 'Cancelled')
  const when = syncState === 'needs review' ? 'while it needs review' : 'after it was sent'
  return {
    title: `Order ${number} was ${isCancelled ? 'cancelled' : 'changed'} in the store ${when}`,
    code: isCancelled ? 'cancelled-after-sending' : 'changed-after-sending',
    message: `${name} changed this order ${when}. ${changesText(changes)}. The order was not changed here.`,
    remedy: isCancelled
      ? 'Cancel the order in the accounting package, or check with the store. Then dismiss this problem.'
      : 'Compare the order with the store, and correct it in the accounting package. Then dismiss this problem.',
  }
}

function statusKept({ name }: StoredSource, { number, status }: StoredOrder, newStatus: OrderStatus): ProblemText {
  if (newStatus === 'Cancelled') {
    return {
      title: `Order ${number} was cancelled in the store`,
      code: 'cancelled-in-store',
      message: `${name} cancelled this order, but its status had been set to ${status} here. That status was kept.`,
      remedy: 'If the order should not be sent, open it and set it to Cancelled. Then dismiss this problem.',
    }
  }
  return {
    title: `Order ${number} is no longer cancelled in the store`,
    code: 'reinstated-in-store',
    message: `${name} had cancelled this order and now says ${newStatus}. It is still Cancelled here, because a file never reinstates a cancelled order.`,
    remedy: 'If the order should be sent, open it and set it to Pending. Otherwise dismiss this problem.',
  }
}

function changesText(changes: readonly FieldChange[]): string {
  const texts = changes.slice(0, MAX_CHANGES).map(({ field, before, after }) => {
    if (field === 'New') return shorten(after, 300)
    return `${field}: ${shorten(before) || '(none)'} → ${shorten(after) || '(none)'}`
  })
  const rest = changes.length - texts.length
  if (rest > 0) texts.push(`and ${rest} more, see the timeline`)
  return texts.join('; ').replace(/\.$/, '')
}

function shorten(text: string, max = MAX_VALUE_LENGTH): string {
  const characters = Array.from(text.slice(0, 2 * max))
  return characters.length <= max && text.length <= 2 * max ? text : `${characters.slice(0, max - 1).join('')}…`
}
