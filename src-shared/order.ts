/** Order statuses. Pending: the next Write Order takes it. Every other status: the sync ignores it. */
export const ORDER_STATUSES = ['Pending', 'Processing', 'On Hold', 'Dispatched', 'Completed', 'Cancelled'] as const
export type OrderStatus = (typeof ORDER_STATUSES)[number]

/** What the sync knows of an order, apart from its status. */
export const SYNC_STATES = ['waiting', 'sent', 'confirmed', 'failed', 'needs review'] as const
export type SyncState = (typeof SYNC_STATES)[number]

/**
 * Where a delivery stands. `prepared`: its bytes are staged and committed, not yet published. `dropped`: the file lies in the
 * drop folder under its final name. `withdrawn`: it was never published and never will be. The others are answers.
 */
export const DELIVERY_STATES = ['prepared', 'dropped', 'picked up', 'accepted', 'rejected', 'held', 'unknown', 'withdrawn'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/** A postal address as the source gave it; an unknown part is an empty string. `country` is an ISO 3166 alpha-2 code where known. */
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

/** Who bought. `code` is the customer's code in the accounting package, `storeId` the store's own id; both may be empty. */
export interface Customer {
  code: string
  storeId: string
  name: string
  company: string
  email: string
  phone: string
}

/** One product of an order. Amounts exclude tax. */
export interface OrderLine {
  /** Product code, as the accounting package knows it; empty where the store has none. */
  sku: string
  name: string
  /** Options, engraving and the like, as text. */
  note: string
  /** Unit of measure as the source named it (UN/ECE Recommendation 20 where known), empty where it did not. */
  unit: string
  /** Decimal text, e.g. `2` or `0.75`. */
  quantity: string
  /** Decimal text, price of one unit before discount, without tax; may have more decimals than the currency. */
  unitPrice: string
  /** Discount on the whole line, zero or more, in minor units. */
  discountMinor: number
  /** The line's amount after discount, without tax, in minor units. */
  netMinor: number
  taxMinor: number
  /** Tax in per cent as decimal text (`10`), null where the source does not say. */
  taxRate: string | null
}

/** Freight, a fee or an order-level discount. Added to the order's total as it stands: a discount is negative. */
export interface OrderCharge {
  kind: 'freight' | 'fee' | 'discount'
  label: string
  netMinor: number
  taxMinor: number
  taxRate: string | null
}

/** An order as an importer read it, complete and plain. */
export interface ReceivedOrder {
  /** The source's own id: with the source, it says whether an order was seen before. */
  sourceOrderId: string
  /** The number people know the order by. */
  number: string
  /** UTC, ISO 8601 with milliseconds. */
  orderedAt: string
  /** When the store last changed it by its own clock, UTC as `orderedAt`; null if the document doesn't say. */
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
  /** `YYYY-MM-DD`, null where not asked for. */
  deliveryDate: string | null
  lines: OrderLine[]
  charges: OrderCharge[]
  /** The whole order's tax as the document states it. */
  taxMinor: number
  /** What the customer pays as the document states it. */
  totalMinor: number
  /** What looked odd while reading, in plain sentences ("The lines add up to ..."). */
  warnings: string[]
}

/** An address with every part empty. */
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

/** What lines, charges and tax add up to, in minor units; a sound order's `totalMinor` equals it. */
export function sumOfParts(order: Pick<ReceivedOrder, 'lines' | 'charges' | 'taxMinor'>): number {
  let sum = order.taxMinor
  for (const line of order.lines) sum += line.netMinor
  for (const charge of order.charges) sum += charge.netMinor
  return sum
}
