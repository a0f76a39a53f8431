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
  const taxLines = part.list('tax_lines', 'tax line')
  if (taxLines.length === 0) return { minor: 0, rate: part.isFalse('taxable') ? '0' : null }
  let minor = 0
  const rates: string[] = []
  for (const taxLine of taxLines) {
    const amount = taxLine.requiredAmount('price', currency)
    minor += amount
    const rate = taxLine.decimal('rate')
    // A rate that was not charged (an exempt customer) doesn't apply to this line.
    if (rate !== null && (amount !== 0 || isZero(rate))) rates.push(new Big(rate).times(100).toFixed())
    else if (rate === null) return { minor: taxLines.reduce((sum, line) => sum + (line.amount('price', currency) ?? 0), 0), rate: null }
  }
  return { minor, rate: rates.length === 0 && minor === 0 ? '0' : sumOfDecimals(rates) }
}

/** The share of the order's discounts that belongs to a line or to shipping, in minor units. */
export function allocatedDiscount(part: JsonFields, currency: string): number {
  return part.list('discount_allocations', 'discount').reduce((sum, entry) => sum + entry.requiredAmount('amount', currency), 0)
}
