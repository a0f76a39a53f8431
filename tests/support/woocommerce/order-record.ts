/**
 * The statuses that the recorded 400 lists for an order. `trash` isn't one of them: an order gets there only by being
 * trashed.
 */
export const ORDER_STATUSES = [
  'auto-draft',
  'pending',
  'processing',
  'on-hold',
  'completed',
  'cancelled',
  'refunded',
  'failed',
  'checkout-draft',
] as const

/** An order's status in the store. */
export type StoreOrderStatus = (typeof ORDER_STATUSES)[number] | 'trash'

/** An amount in millionths of the currency's unit. WooCommerce keeps six decimals and rounds when it answers. */
export type Micros = number

/** Millionths per cent. */
export const MICROS_PER_CENT = 10_000

/** A billing or shipping address. Only a billing address has an email. */
export interface Address {
  first_name: string
  last_name: string
  company: string
  address_1: string
  address_2: string
  city: string
  state: string
  postcode: string
  country: string
  email?: string
  phone: string
}

/** A meta field of an order, a line or a refund. */
export interface MetaField {
  id: number
  key: string
  value: unknown
}

/** A product line. `subtotal` is before discounts, `total` after them; both without tax. */
export interface LineRecord {
  id: number
  name: string
  productId: number
  variationId: number
  quantity: number
  isTaxed: boolean
  subtotal: Micros
  subtotalTax: Micros
  total: Micros
  totalTax: Micros
  meta: MetaField[]
  sku: string
}

/** A shipping or fee line. */
export interface ChargeRecord {
  id: number
  title: string
  total: Micros
  totalTax: Micros
}

/** A coupon and what it took off. */
export interface CouponRecord {
  id: number
  code: string
  /** Percent or cents. */
  kind: 'percent' | 'fixed_cart'
  nominalAmount: number
  discount: Micros
  discountTax: Micros
}

/** A refund. `quantities` has the refunded quantity per line id; it is empty if only an amount was refunded. */
export interface RefundRecord {
  id: number
  createdAt: number
  amount: Micros
  tax: Micros
  reason: string
  meta: MetaField[]
  lines: (LineRecord & { refundedLineId: number })[]
}

/** A note on an order. */
export interface NoteRecord {
  id: number
  createdAt: number
  text: string
  isForCustomer: boolean
  author: string
}

/** An order as the stand-in stores it. Times are in seconds since 1970. */
export interface OrderRecord {
  id: number
  number: string
  status: StoreOrderStatus
  currency: string
  pricesIncludeTax: boolean
  createdAt: number
  modifiedAt: number
  completedAt: number | null
  paidAt: number | null
  customerId: number
  orderKey: string
  billing: Address
  shipping: Address
  paymentMethod: string
  paymentTitle: string
  transactionId: string
  createdVia: string
  customerNote: string
  cartHash: string
  meta: MetaField[]
  lines: LineRecord[]
  shippingLines: ChargeRecord[]
  fees: ChargeRecord[]
  coupons: CouponRecord[]
  taxLineId: number
  refunds: RefundRecord[]
  notes: NoteRecord[]
  /** Fields that replace those of the answer, for answers that no real store should give. */
  override: Record<string, unknown>
}

/** The next ids of one store. As in WordPress, orders and refunds share a sequence, and so do all kinds of lines. */
export class IdSequences {
  private readonly last = { post: 11, item: 3, meta: 36, note: 100 }

  next(kind: 'post' | 'item' | 'meta' | 'note'): number {
    this.last[kind] += 1
    return this.last[kind]
  }

  /** Makes the next order's id greater than this one. */
  skipPost(id: number): void {
    this.last.post = Math.max(this.last.post, id)
  }
}
