import type { Address, StoreOrderStatus } from './order-record.ts'

/** A line to generate. */
export interface LineSpec {
  sku?: string
  name?: string
  productId?: number
  variationId?: number
  quantity?: number
  /** The price of one, in cents. It includes tax if the order's prices do. */
  priceCents?: number
  isTaxed?: boolean
  meta?: Record<string, unknown>
}

/** A shipping or fee line to generate. */
export interface ChargeSpec {
  title?: string
  /** In cents. It includes tax if the order's prices do. A fee may be negative. */
  priceCents: number
  isTaxed?: boolean
}

/** An order to generate. What isn't given is drawn from `seed`, so the same spec always gives the same order. */
export interface WooOrderSpec {
  seed?: number
  id?: number
  /** A custom order number, as a plugin sets it. By default the id. */
  number?: string
  status?: Exclude<StoreOrderStatus, 'trash'>
  currency?: string
  pricesIncludeTax?: boolean
  /** Times in ISO format. By default, the store's current time. */
  createdAt?: string
  modifiedAt?: string
  paidAt?: string | null
  lines?: LineSpec[]
  /** null: no shipping line. */
  shipping?: ChargeSpec | null
  fees?: ChargeSpec[]
  /** Takes off a percentage, or an amount in cents that includes tax if the order's prices do. */
  coupon?: { code: string; percent: number } | { code: string; amountCents: number }
  billing?: Partial<Address>
  shippingAddress?: Partial<Address>
  customerId?: number
  customerNote?: string
  paymentMethod?: string
  paymentTitle?: string
  transactionId?: string
  createdVia?: string
  meta?: Record<string, unknown>
  /** Fields that replace those of the answer, e.g. a wrong total or a value of the wrong type. */
  override?: Record<string, unknown>
}
