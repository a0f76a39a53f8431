import Big from 'big.js'
import type { OrderCharge } from '../../../../src-shared/order'

/** A line or charge whose share of the order's tax isn't stated. Amounts include tax if prices do. */
export interface TaxedPart {
  kind: 'line' | OrderCharge['kind']
  paidMinor: number
  isTaxable: boolean
}

/** Tax per part, adding up to the order's tax. */
export interface SpreadTax {
  parts: { taxMinor: number; rate: string | null }[]
  /** False if the rate doesn't explain the tax. The tax is then spread over the taxable lines in proportion, without a rate. */
  isExact: boolean
}

/**
 * Computes each part's tax if only the order's total tax is known. Stores differ in whether they tax freight and
 * whether they deduct discounts before tax. Uses the first combination for which the rate results in the stated tax, to
 * within one minor unit per part.
 */
export function spreadTax(parts: readonly TaxedPart[], taxMinor: number, rate: string | null, isIncluded: boolean): SpreadTax {
  if (taxMinor === 0) return { parts: parts.map(() => ({ taxMinor: 0, rate: '0' })), isExact: true }
  if (rate !== null) {
    for (const [isFreightTaxed, isDiscountTaxed] of [
      [true, true],
      [false, true],
      [true, false],
      [false, false],
    ]) {
      const isTaxed = (part: TaxedPart) =>
        part.isTaxable && (part.kind !== 'freight' || isFreightTaxed) && (part.kind !== 'discount' || isDiscountTaxed)
      const taxes = parts.map((part) => (isTaxed(part) ? taxOf(part.paidMinor, rate, isIncluded) : 0))
      const differenceMinor = taxMinor - taxes.reduce((sum, tax) => sum + tax, 0)
      if (Math.abs(differenceMinor) > parts.length) continue
      const largest = taxes.indexOf(Math.max(...taxes))
      return {
        parts: parts.map((part, index) => ({
          taxMinor: (taxes[index] ?? 0) + (index === largest ? differenceMinor : 0),
          rate: isTaxed(part) ? rate : '0',
        })),
        isExact: true,
      }
    }
  }
  return { parts: inProportion(parts, taxMinor), isExact: parts.length === 1 }
}

function taxOf(paidMinor: number, rate: string, isIncluded: boolean): number {
  const percent = new Big(rate)
  const tax = isIncluded ? new Big(paidMinor).times(percent).div(percent.plus(100)) : new Big(paidMinor).times(percent).div(100)
  return Number(tax.round(0, Big.roundHalfUp).toFixed(0))
}

function inProportion(parts: readonly TaxedPart[], taxMinor: number): SpreadTax['parts'] {
  const weight = (part: TaxedPart) => (part.kind === 'line' && part.isTaxable ? Math.max(0, part.paidMinor) : 0)
  const totalWeight = parts.reduce((sum, part) => sum + weight(part), 0)
  let weightBefore = 0
  let allocated = 0
  return parts.map((part, index) => {
    // If no line is taxable, the first part gets all the tax.
    const hasAllTax = totalWeight === 0 && index === 0
    if (weight(part) === 0 && !hasAllTax) return { taxMinor: 0, rate: part.isTaxable ? null : '0' }
    weightBefore += weight(part)
    // Each share is computed from the running total, so that the shares add up to the tax exactly.
    const due =
      totalWeight === 0 ? taxMinor : Number(new Big(taxMinor).times(weightBefore).div(totalWeight).round(0, Big.roundHalfUp).toFixed(0))
    const share = due - allocated
    allocated = due
    return { taxMinor: share, rate: null }
  })
}
