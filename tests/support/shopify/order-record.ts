/** A line of an order. Amounts are in cents, and include tax if the shop's prices do. */
export interface LineRecord {
  id: number
  sku: string
  title: string
  variantTitle: string | null
  quantity: number
  /** What is left after removals and refunds. */
  current: number
  priceCents: number
  /** On the whole quantity. */
  discountCents: number
  isTaxed: boolean
  attributes: Record<string, string>
}

export interface ShippingRecord {
  title: string
  priceCents: number
  discountCents: number
  refundedCents: number
}

export interface RefundRecord {
  id: number
  createdAt: number
  cents: number
  note: string
}

export interface TransactionRecord {
  kind: 'SALE' | 'REFUND' | 'AUTHORIZATION'
  status: 'SUCCESS' | 'FAILURE'
  processedAt: number
}

export interface FulfillmentOrderRecord {
  id: number
  locationId: number
  status: 'OPEN' | 'CLOSED' | 'ON_HOLD'
}

export interface FulfillmentRecord {
  id: number
  status: 'SUCCESS' | 'CANCELLED'
  tracking: { number: string; company: string | null } | null
  /** True if the store would have emailed the customer. */
  isCustomerNotified: boolean
}

export type FinancialStatus =
  | 'AUTHORIZED'
  | 'EXPIRED'
  | 'PAID'
  | 'PARTIALLY_PAID'
  | 'PARTIALLY_REFUNDED'
  | 'PENDING'
  | 'REFUNDED'
  | 'VOIDED'

/** An order as the store has it. Times are in seconds since 1970. */
export interface OrderRecord {
  id: number
  name: string
  createdAt: number
  updatedAt: number
  cancelledAt: number | null
  isClosed: boolean
  isTest: boolean
  isEdited: boolean
  financialStatus: FinancialStatus
  taxesIncluded: boolean
  taxRate: number
  currency: string
  email: string | null
  note: string | null
  poNumber: string | null
  customerId: number | null
  discountCode: string | null
  tags: string[]
  attributes: Record<string, string>
  address: Record<'firstName' | 'lastName' | 'company' | 'address1' | 'city' | 'provinceCode' | 'zip' | 'countryCodeV2' | 'phone', string>
  lines: LineRecord[]
  shipping: ShippingRecord[]
  tipCents: number
  dutiesCents: number
  fees: { name: string; cents: number }[]
  refunds: RefundRecord[]
  transactions: TransactionRecord[]
  fulfillmentOrders: FulfillmentOrderRecord[]
  fulfillments: FulfillmentRecord[]
}

/** A line of a new order. */
export type LineSpec = Partial<Omit<LineRecord, 'id' | 'current'>>

/** A new order. What it doesn't say is made up. Times are in ISO format. */
export interface ShopifyOrderSpec
  extends Partial<Omit<OrderRecord, 'id' | 'createdAt' | 'updatedAt' | 'lines' | 'shipping' | 'fulfillmentOrders' | 'transactions'>> {
  createdAt?: string
  updatedAt?: string
  lines?: LineSpec[]
  shipping?: Partial<ShippingRecord>[]
  /** The discount of the code, spread over the lines. */
  discountCents?: number
  /** The locations that the order is sent from. */
  locations?: number[]
}
