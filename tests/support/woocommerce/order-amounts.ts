import { type LineRecord, MICROS_PER_CENT, type Micros, type OrderRecord, type RefundRecord } from './order-record.ts'

/** The tax rate of the recordings: GST, 10 percent. */
export const TAX_RATE = { id: 1, code: 'AU-GST-1', label: 'GST', percent: 10 }

/** An amount without tax and its tax. */
export interface TaxedAmount {
  net: Micros
  tax: Micros
}

/**
 * Splits a price in cents. A price that includes tax keeps six decimals, e.g. 18.181818 and 1.818182, as WooCommerce
 * stores it: rounded to cents, the two always add up to the price. The tax on a price without tax is rounded to cents.
 */
export function taxedAmount(cents: number, { includesTax, isTaxed }: { includesTax: boolean; isTaxed: boolean }): TaxedAmount {
  const micros = cents * MICROS_PER_CENT
  if (!isTaxed) return { net: micros, tax: 0 }
  if (!includesTax) return { net: micros, tax: Math.round((cents * TAX_RATE.percent) / 100) * MICROS_PER_CENT }
  const net = Math.round((micros * 100) / (100 + TAX_RATE.percent))
  return { net, tax: micros - net }
}

/** Rounds to cents, away from zero at the half. */
export function toCents(amount: Micros): number {
  return Math.sign(amount) * Math.round(Math.abs(amount) / MICROS_PER_CENT)
}

/** An amount with `dp` decimals, as `wc_format_decimal` writes it. */
export function decimal(amount: Micros, dp: number): string {
  const scale = 10 ** Math.max(0, 6 - dp)
  const scaled = Math.round(Math.abs(amount) / scale) * scale
  return `${amount < 0 && scaled > 0 ? '-' : ''}${(scaled / 1_000_000).toFixed(dp)}`
}

/** An amount as it is stored: `taxes[].total` and the discounts of coupons ignore `dp`. */
export function storedDecimal(amount: Micros): string {
  return amount % MICROS_PER_CENT === 0 ? decimal(amount, 2) : String(amount / 1_000_000)
}

/**
 * The totals of an order in millionths. Each is a sum of amounts that are rounded to cents, so the order adds up to the
 * cent.
 */
export interface OrderTotals {
  discount: Micros
  discountTax: Micros
  shipping: Micros
  shippingTax: Micros
  cartTax: Micros
  total: Micros
  totalTax: Micros
}

/** Adds up an order. Refunds don't change its total. */
export function orderTotals(order: OrderRecord): OrderTotals {
  const sum = (amounts: Micros[]): Micros => amounts.reduce((total, amount) => total + toCents(amount), 0) * MICROS_PER_CENT
  const net = sum([...order.lines, ...order.fees].map(({ total }) => total))
  const cartTax = sum([...order.lines, ...order.fees].map(({ totalTax }) => totalTax))
  const shipping = sum(order.shippingLines.map(({ total }) => total))
  const shippingTax = sum(order.shippingLines.map(({ totalTax }) => totalTax))
  const before = (amount: 'subtotal' | 'subtotalTax') => sum(order.lines.map((line) => line[amount]))
  return {
    discount: before('subtotal') - sum(order.lines.map(({ total }) => total)),
    discountTax: before('subtotalTax') - sum(order.lines.map(({ totalTax }) => totalTax)),
    shipping,
    shippingTax,
    cartTax,
    total: net + cartTax + shipping + shippingTax,
    totalTax: cartTax + shippingTax,
  }
}

/** What can still be refunded. */
export function refundable(order: OrderRecord): Micros {
  return orderTotals(order).total - order.refunds.reduce((sum, { amount }) => sum + amount, 0)
}

/** Changes a line's quantity and its amounts with it. */
export function setQuantity(line: LineRecord, quantity: number): void {
  for (const amount of ['subtotal', 'subtotalTax', 'total', 'totalTax'] as const)
    line[amount] = Math.round((line[amount] * quantity) / line.quantity)
  line.quantity = quantity
}

/** The part of a line that a refund takes back, with negative amounts. */
export function refundedLine(line: LineRecord, quantity: number, id: number): RefundRecord['lines'][number] {
  const refunded = { ...line, id, meta: [], refundedLineId: line.id }
  setQuantity(refunded, -quantity)
  return refunded
}
