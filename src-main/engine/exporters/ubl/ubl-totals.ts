import Big from 'big.js'
import type { CheckedOrder } from '../fields/check-order'
import { exactMinor, magnitude, plainDecimal } from '../fields/decimals'

/** One allowance (subtracted) or charge (added) of the whole order. The amount is in minor units and never negative. */
export interface UblAllowanceCharge {
  /** Its name in messages, e.g. `charge 1 (freight)`. */
  label: string
  isCharge: boolean
  /** UN/ECE 7161 or 5189 code; empty if none applies. */
  reasonCode: string
  reason: string
  amount: bigint
  /** Subtracted for an allowance and added for a charge, like the amount, but may be negative. */
  tax: bigint
  /** Percentage; null if not known. */
  rate: string | null
}

/** The tax of all lines and charges at one rate. `taxable` and `rate` are null for tax without a known rate. */
export interface UblTaxSubtotal {
  rate: string | null
  taxable: bigint | null
  tax: bigint
}

/** The document's totals in minor units. They add up exactly: see `ublTotals`. */
export interface UblTotals {
  allowanceCharges: UblAllowanceCharge[]
  lineExtension: bigint
  allowanceTotal: bigint
  chargeTotal: bigint
  taxExclusive: bigint
  tax: bigint
  taxInclusive: bigint
  rounding: bigint
  payable: bigint
  taxSubtotals: UblTaxSubtotal[]
}

/** The reason text of the allowance or charge that makes the parts equal to the total. */
export const DIFFERENCE_REASON = "Difference between the parts and the store's total"

/**
 * Returns the order's totals so that lineExtension - allowances + charges = taxExclusive, + tax = taxInclusive, + rounding = payable, and payable
 * is the store's total. A difference of at most one minor unit per line and charge is rounding; a larger one becomes a separate allowance or charge.
 */
export function ublTotals(checked: CheckedOrder): UblTotals {
  const { order } = checked
  const lineExtension = order.lines.reduce((sum, line) => sum + exactMinor(line.netMinor), 0n)
  const allowanceCharges = order.charges.flatMap((charge, index): UblAllowanceCharge[] => {
    const net = exactMinor(charge.netMinor)
    const tax = exactMinor(charge.taxMinor)
    if (net === 0n && tax === 0n) return []
    const isCharge = net === 0n ? charge.kind !== 'discount' : net > 0n
    const reason = charge.label.trim() === '' ? REASONS[charge.kind] : charge.label
    return [
      {
        label: `charge ${index + 1} (${charge.kind})`,
        isCharge,
        reasonCode: reasonCode(charge.kind, isCharge),
        reason,
        amount: magnitude(net),
        tax: isCharge ? tax : -tax,
        rate: plainRate(charge.taxRate),
      },
    ]
  })
  const tax = exactMinor(order.taxMinor)
  const stated = exactMinor(order.totalMinor)
  const parts = lineExtension + allowanceCharges.reduce((sum, part) => sum + (part.isCharge ? part.amount : -part.amount), 0n) + tax
  const difference = stated - parts
  const isRounding = magnitude(difference) <= BigInt(order.lines.length + order.charges.length)
  if (!isRounding) {
    const amount = magnitude(difference)
    const isCharge = difference > 0n
    const labels = { label: 'difference', reasonCode: '', reason: DIFFERENCE_REASON }
    allowanceCharges.push({ ...labels, isCharge, amount, tax: 0n, rate: null })
  }
  const total = (isCharge: boolean) => allowanceCharges.reduce((sum, part) => (part.isCharge === isCharge ? sum + part.amount : sum), 0n)
  const allowanceTotal = total(false)
  const chargeTotal = total(true)
  const taxExclusive = lineExtension - allowanceTotal + chargeTotal
  return {
    allowanceCharges,
    lineExtension,
    allowanceTotal,
    chargeTotal,
    taxExclusive,
    tax,
    taxInclusive: taxExclusive + tax,
    rounding: isRounding ? difference : 0n,
    payable: stated,
    taxSubtotals: taxSubtotals(checked, tax),
  }
}

/** Returns a tax rate as a plain percentage, so that `10` and `10.0` are the same rate; null if it is unknown or not from 0 to 100. */
export function plainRate(rate: string | null): string | null {
  const plain = rate === null ? null : plainDecimal(rate)
  return plain === null || new Big(plain).lt(0) || new Big(plain).gt(100) ? null : plain
}

const REASONS = { freight: 'Freight', fee: 'Fee', discount: 'Discount' } as const

/** Returns FC (UN/ECE 7161) for freight and 95 (UN/ECE 5189) for a discount: UBL 2.1 specifies these code lists for charges and allowances. */
function reasonCode(kind: 'freight' | 'fee' | 'discount', isCharge: boolean): string {
  if (isCharge) return kind === 'freight' ? 'FC' : ''
  return kind === 'discount' ? '95' : ''
}

/** Returns the tax per rate, which adds up to the order's tax; empty if no rate is known. */
function taxSubtotals(checked: CheckedOrder, tax: bigint): UblTaxSubtotal[] {
  const { lines, charges } = checked.order
  const parts = [...lines, ...charges]
  const byRate = new Map<string | null, { rate: string | null; taxable: bigint | null; tax: bigint }>()
  for (const part of parts) {
    const rate = plainRate(part.taxRate)
    const net = exactMinor(part.netMinor)
    const partTax = exactMinor(part.taxMinor)
    if (net === 0n && partTax === 0n) continue
    const group = byRate.get(rate) ?? { rate, taxable: 0n, tax: 0n }
    byRate.set(rate, { rate, taxable: (group.taxable ?? 0n) + net, tax: group.tax + partTax })
  }
  const known = [...byRate.values()].filter((group) => group.rate !== null)
  if (known.length === 0) return []
  known.sort((a, b) => new Big(b.rate ?? 0).cmp(a.rate ?? 0))
  const unknown = byRate.get(null)
  let remainder = tax - [...byRate.values()].reduce((sum, group) => sum + group.tax, 0n)
  const largest = known.reduce((largestSoFar, group) => (magnitude(group.tax) > magnitude(largestSoFar.tax) ? group : largestSoFar))
  if (largest.tax !== 0n && magnitude(remainder) <= BigInt(parts.length)) {
    largest.tax += remainder
    remainder = 0n
  }
  if (unknown) return [...known, { ...unknown, tax: unknown.tax + remainder }]
  return remainder === 0n ? known : [...known, { rate: null, taxable: null, tax: remainder }]
}
