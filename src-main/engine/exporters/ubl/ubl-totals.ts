import Big from 'big.js'
import type { CheckedOrder } from '../fields/check-order'
import { exactMinor, magnitude, plainDecimal } from '../fields/decimals'

/** One allowance (taken off) or charge (added) of the whole order; the amount is never negative, in minor units. */
export interface UblAllowanceCharge {
  /** How messages call it, e.g. `charge 1 (freight)`. */
  label: string
  isCharge: boolean
  /** UN/ECE 7161 or 5189 where one fits, else empty. */
  reasonCode: string
  reason: string
  amount: bigint
  /** Same sign convention as the amount. */
  tax: bigint
  /** Per cent, null where not known. */
  rate: string | null
}

/** Tax of all lines and charges at one rate; `taxable` and `rate` are null for tax that belongs to no known rate. */
export interface UblTaxSubtotal {
  rate: string | null
  taxable: bigint | null
  tax: bigint
}

/** The document's arithmetic in minor units. Adds up exactly: see `ublTotals`. */
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

/** The reason of the one allowance or charge that makes parts and total agree. */
export const DIFFERENCE_REASON = "Difference between the parts and the store's total"

/**
 * The order's totals so that lineExtension - allowances + charges = taxExclusive, + tax = taxInclusive, + rounding = payable, and payable is
 * what the store states. A difference of at most one minor unit per line and charge is rounding; a larger one is an allowance or charge of its own.
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
    const named = { label: 'difference', reasonCode: '', reason: DIFFERENCE_REASON }
    allowanceCharges.push({ ...named, isCharge, amount, tax: 0n, rate: null })
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

/** A tax rate as plain per cent, so that `10` and `10.0` are one rate; null where it is unknown or no number from 0 to 100. */
export function plainRate(rate: string | null): string | null {
  const plain = rate === null ? null : plainDecimal(rate)
  return plain === null || new Big(plain).lt(0) || new Big(plain).gt(100) ? null : plain
}

const REASONS = { freight: 'Freight', fee: 'Fee', discount: 'Discount' } as const

/** UN/ECE 7161 FC freight service, 5189 95 discount: the code lists that UBL 2.1 names for allowances and charges. */
function reasonCode(kind: 'freight' | 'fee' | 'discount', isCharge: boolean): string {
  if (isCharge) return kind === 'freight' ? 'FC' : ''
  return kind === 'discount' ? '95' : ''
}

/** Tax per known rate, adding up to the order's tax. None where no rate is known. */
function taxSubtotals(checked: CheckedOrder, tax: bigint): UblTaxSubtotal[] {
  const { lines, charges } = checked.order
  const parts = [...lines, ...charges]
  const byRate = new Map<string | null, { rate: string | null; taxable: bigint | null; tax: bigint }>()
  for (const part of parts) {
    const rate = plainRate(part.taxRate)
    const net = exactMinor(part.netMinor)
    const own = exactMinor(part.taxMinor)
    if (net === 0n && own === 0n) continue
    const group = byRate.get(rate) ?? { rate, taxable: 0n, tax: 0n }
    byRate.set(rate, { rate, taxable: (group.taxable ?? 0n) + net, tax: group.tax + own })
  }
  const known = [...byRate.values()].filter((group) => group.rate !== null)
  if (known.length === 0) return []
  known.sort((a, b) => new Big(b.rate ?? 0).cmp(a.rate ?? 0))
  const unknown = byRate.get(null)
  let left = tax - [...byRate.values()].reduce((sum, group) => sum + group.tax, 0n)
  const largest = known.reduce((most, group) => (magnitude(group.tax) > magnitude(most.tax) ? group : most))
  if (largest.tax !== 0n && magnitude(left) <= BigInt(parts.length)) {
    largest.tax += left
    left = 0n
  }
  if (unknown) return [...known, { ...unknown, tax: unknown.tax + left }]
  return left === 0n ? known : [...known, { rate: null, taxable: null, tax: left }]
}
