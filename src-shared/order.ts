/** Order statuses. Pending: the next Write Order takes it. Every other status: the sync ignores it. */
export const ORDER_STATUSES = ['Pending', 'Processing', 'On Hold', 'Dispatched', 'Completed', 'Cancelled'] as const
export type OrderStatus = (typeof ORDER_STATUSES)[number]

/** What the sync knows about an order, independent of its status. */
export const SYNC_STATES = ['waiting', 'sent', 'confirmed', 'failed', 'needs review'] as const
export type SyncState = (typeof SYNC_STATES)[number]

/**
 * The state of a delivery. `prepared`: its bytes are staged and committed, but not yet published. `dropped`: the file is in the
 * drop folder under its final name. `withdrawn`: it was never published and never will be. The other states are answers.
 */
export const DELIVERY_STATES = ['prepared', 'dropped', 'picked up', 'accepted', 'rejected', 'held', 'unknown', 'withdrawn'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/** A postal address as the source gave it. Unknown values are empty strings; `country` is an ISO 3166 alpha-2 code if known. */
export interface Address {
  name: string
  company: string
  line1: string
  line2: string
  city: string
  region: string
  postcode: string
  country: string
  phone: string
  email: string
}

/** The customer. `code` is their code in the accounting package, `storeId` the store's own id; both may be empty. */
export interface Customer {
  code: string
  storeId: string
  name: string
  company: string
  email: string
  phone: string
}

/** An order line for one product. Amounts exclude tax. */
export interface OrderLine {
  /** Product code in the accounting package; empty if the store has none. */
  sku: string
  name: string
  /** Options such as engraving, as text. */
  note: string
  /** Unit of measure as the source gave it (UN/ECE Recommendation 20 if known); empty if it gave none. */
  unit: string
  /** Decimal text, e.g. `2` or `0.75`. */
  quantity: string
  /** Decimal text: the price of one unit before discount, without tax. May have more decimals than the currency. */
  unitPrice: string
  /** Discount on the whole line, zero or more, in minor units. */
  discountMinor: number
  /** The line's amount after discount, without tax, in minor units. */
  netMinor: number
  taxMinor: number
  /** Tax rate as a percentage, in decimal text (`10`); null if the source doesn't say. */
  taxRate: string | null
}

/** Freight, a fee or an order-level discount. Its signed amount is added to the total, so a discount is negative. */
export interface OrderCharge {
  kind: 'freight' | 'fee' | 'discount'
  label: string
  netMinor: number
  taxMinor: number
  taxRate: string | null
}

/** An order as returned by an importer. */
export interface ReceivedOrder {
  /** The source's own id. Together with the source, it identifies the order. */
  sourceOrderId: string
  /** The order number that people use. */
  number: string
  /** UTC, ISO 8601 with milliseconds. */
  orderedAt: string
  /**
   * When the store last changed the order, by the store's clock; in the format of `orderedAt`. Null if the document
   * doesn't say.
   */
  modifiedAt: string | null
  /** ISO 4217. */
  currency: string
  /** The status that the order starts with. */
  status: OrderStatus
  customer: Customer
  billTo: Address
  shipTo: Address
  /** The customer's own reference (purchase order number). */
  reference: string
  /** What the customer wrote with the order. */
  note: string
  /** The requested date as `YYYY-MM-DD`; null if none was requested. */
  deliveryDate: string | null
  lines: OrderLine[]
  charges: OrderCharge[]
  /** The tax on the whole order, as stated in the document. */
  taxMinor: number
  /** The total that the customer pays, as stated in the document. */
  totalMinor: number
  /** Things to check, in plain sentences ("The lines add up to ..."). */
  warnings: string[]
}

/** An address with empty values. */
export const EMPTY_ADDRESS: Address = {
  name: '',
  company: '',
  line1: '',
  line2: '',
  city: '',
  region: '',
  postcode: '',
  country: '',
  phone: '',
  email: '',
}

/** The sum of lines, charges and tax in minor units. Equals `totalMinor` in a consistent order. */
export function calculatedTotal(order: Pick<ReceivedOrder, 'lines' | 'charges' | 'taxMinor'>): number {
  let sum = order.taxMinor
  for (const line of order.lines) sum += line.netMinor
  for (const charge of order.charges) sum += charge.netMinor
  return sum
}
