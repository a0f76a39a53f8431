import Big from 'big.js'
import { isZero, sumOfDecimals } from '../reading/exact-amounts'
import type { JsonFields } from '../reading/json-fields'

/** Tax of a line or of shipping. */
export interface LineTax {
  minor: number
  rate: string | null
}

/** Tax of a line or of shipping: the sums of its tax lines' amounts and rates; no rate if the document doesn't state one. */
export function readTax(part: JsonFields, currency: string): LineTax {
  return sumOfTaxes(part.list('tax_lines', 'tax line'), (taxLine) => taxLine.requiredAmount('price', currency), part.isFalse('taxable'))
}

/** Same as `readTax`, but for GraphQL documents. */
export function readGraphqlTax(part: JsonFields, currency: string): LineTax {
  return sumOfTaxes(part.list('taxLines', 'tax line'), (taxLine) => requiredMoney(taxLine, 'priceSet', currency), part.isFalse('taxable'))
}

function sumOfTaxes(taxLines: readonly JsonFields[], amountOf: (taxLine: JsonFields) => number, isUntaxed: boolean): LineTax {
  if (taxLines.length === 0) return { minor: 0, rate: isUntaxed ? '0' : null }
  const stated = taxLines.map((taxLine) => ({ amount: amountOf(taxLine), rate: taxLine.decimal('rate') }))
  const minor = stated.reduce((sum, { amount }) => sum + amount, 0)
  const rates: string[] = []
  for (const { amount, rate } of stated) {
    if (rate === null) return { minor, rate: null }
    // A rate that was not charged (an exempt customer) doesn't apply to this line.
    if (amount !== 0 || isZero(rate)) rates.push(new Big(rate).times(100).toFixed())
  }
  return { minor, rate: rates.length === 0 && minor === 0 ? '0' : sumOfDecimals(rates) }
}

/** The share of the order's discounts that belongs to a line or to shipping, in minor units. */
export function allocatedDiscount(part: JsonFields, currency: string): number {
  return part.list('discount_allocations', 'discount').reduce((sum, entry) => sum + entry.requiredAmount('amount', currency), 0)
}

/** Same as `allocatedDiscount`, but for GraphQL documents. */
export function allocatedGraphqlDiscount(part: JsonFields, currency: string): number {
  const entries = part.list('discountAllocations', 'discount')
  return entries.reduce((sum, entry) => sum + requiredMoney(entry, 'allocatedAmountSet', currency), 0)
}

/** A MoneyBag's amount in the shop's currency, in minor units; null if there is none. */
export function money(fields: JsonFields, key: string, currency: string): number | null {
  return fields.has(key) ? requiredMoney(fields, key, currency) : null
}

/** A required amount of a MoneyBag in the shop's currency, in minor units. */
export function requiredMoney(fields: JsonFields, key: string, currency: string): number {
  return shopMoney(fields, key).requiredAmount('amount', currency)
}

/** A MoneyBag's fields in the shop's currency, labelled with its key. */
export function shopMoney(fields: JsonFields, key: string): JsonFields {
  return fields.object(key).object('shopMoney').at(`${fields.where}, ${key}`)
}
