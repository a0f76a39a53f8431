import type { LineRecord, OrderRecord, ShippingRecord } from './order-record.ts'

/** What a part of an order costs, in cents. `paid` is after discount, and includes tax if the shop's prices do. */
export interface PartAmounts {
  paid: number
  discount: number
  tax: number
}

/** A line's amounts for its whole quantity, or for what is left of it. */
export function lineAmounts(order: OrderRecord, line: LineRecord, isCurrent: boolean): PartAmounts {
  const quantity = isCurrent ? line.current : line.quantity
  const discount = isCurrent ? Math.round((line.discountCents * quantity) / Math.max(1, line.quantity)) : line.discountCents
  const paid = line.priceCents * quantity - discount
  return { paid, discount, tax: line.isTaxed ? taxOf(order, paid) : 0 }
}

/** Amounts of shipping as it was placed, or as it is now. */
export function shippingAmounts(order: OrderRecord, shipping: ShippingRecord, isCurrent: boolean): PartAmounts {
  const paid = shipping.priceCents - shipping.discountCents - (isCurrent ? shipping.refundedCents : 0)
  return { paid, discount: shipping.discountCents, tax: taxOf(order, paid) }
}

function taxOf({ taxRate, taxesIncluded }: OrderRecord, paid: number): number {
  return Math.round(taxesIncluded ? (paid * taxRate) / (1 + taxRate) : paid * taxRate)
}

/** The order's totals in cents, as it was placed, or as it is now. */
export function totals(order: OrderRecord, isCurrent: boolean): { price: number; tax: number; discounts: number; duties: number } {
  const parts = [
    ...order.lines.map((line) => lineAmounts(order, line, isCurrent)),
    ...order.shipping.map((shipping) => shippingAmounts(order, shipping, isCurrent)),
  ]
  const sum = (key: keyof PartAmounts) => parts.reduce((total, part) => total + part[key], 0)
  const isGone = isCurrent && order.cancelledAt !== null
  const extras = isGone ? 0 : order.tipCents + order.dutiesCents + order.fees.reduce((total, { cents }) => total + cents, 0)
  return {
    price: sum('paid') + (order.taxesIncluded ? 0 : sum('tax')) + extras,
    tax: sum('tax'),
    discounts: sum('discount'),
    duties: isGone ? 0 : order.dutiesCents,
  }
}
