import type { StoreOrderStatus } from './order-record.ts'

/** An email that a real WooCommerce would have sent. */
export interface StoreEmail {
  orderId: number
  /** WooCommerce's name for it, as its note says: "Completed order". */
  name: string
  audience: 'customer' | 'shop'
  /** The number of the request that caused it. null: somebody in the shop did. */
  requestNumber: number | null
  /** When, by the store's clock. */
  sentAt: string
}

interface StatusEmail {
  name: string
  audience: StoreEmail['audience']
  from: readonly StoreOrderStatus[] | 'any'
  to: readonly StoreOrderStatus[]
}

const UNPAID = ['pending', 'failed', 'cancelled'] as const

/**
 * The emails that a change of status sends. Measured and recorded: "Completed order", and "New order" and "Processing
 * order" when Pending payment becomes Processing. The others are recalled from WooCommerce's list of email actions.
 */
const STATUS_EMAILS: readonly StatusEmail[] = [
  { name: 'New order', audience: 'shop', from: UNPAID, to: ['processing', 'on-hold', 'completed'] },
  { name: 'Processing order', audience: 'customer', from: [...UNPAID, 'on-hold'], to: ['processing'] },
  { name: 'Order on-hold', audience: 'customer', from: UNPAID, to: ['on-hold'] },
  { name: 'Completed order', audience: 'customer', from: 'any', to: ['completed'] },
  { name: 'Refunded order', audience: 'customer', from: 'any', to: ['refunded'] },
  { name: 'Cancelled order', audience: 'shop', from: ['processing', 'on-hold'], to: ['cancelled'] },
  { name: 'Failed order', audience: 'shop', from: ['pending', 'on-hold'], to: ['failed'] },
]

/** The name of the email that a note for the customer sends. Recorded. */
export const CUSTOMER_NOTE_EMAIL = 'Customer note'

/**
 * The emails that a change of status sends. Call it only if the status differs: a repeated
 * `completed` sends nothing.
 */
export function statusEmails(from: StoreOrderStatus, to: StoreOrderStatus): Pick<StoreEmail, 'name' | 'audience'>[] {
  return STATUS_EMAILS.filter((email) => email.to.includes(to) && (email.from === 'any' || email.from.includes(from)))
}

const STATUS_NAMES: Record<StoreOrderStatus, string> = {
  'auto-draft': 'Draft',
  'checkout-draft': 'Draft',
  pending: 'Pending payment',
  processing: 'Processing',
  'on-hold': 'On hold',
  completed: 'Completed',
  cancelled: 'Cancelled',
  refunded: 'Refunded',
  failed: 'Failed',
  trash: 'Trash',
}

/** The note that a change of status adds. */
export function statusNote(from: StoreOrderStatus, to: StoreOrderStatus): string {
  return `Order status changed from ${STATUS_NAMES[from]} to ${STATUS_NAMES[to]}.`
}
