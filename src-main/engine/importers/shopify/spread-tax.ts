import Big from 'big.js'
import type { OrderCharge } from '../../../../src-shared/order'

/** A line or charge whose share of the order's tax is not stated; amounts have the tax in them where prices do. */
export interface TaxedPart {
  kind: 'line' | OrderCharge['kind']
  paidMinor: number
  isTaxable: boolean
}

/** Tax per part, adding up to the order's. */
export interface SpreadTax {
  parts: { taxMinor: number; rate: string | null }[]
  /** False where the rate does not explain the tax: then it stands with the taxable lines in proportion, without a rate. */
  isExact: boolean
}

/**
 * Gives every part its tax where only the order's whole tax is known. Stores tax freight and take discounts off before tax in different ways: the first
 * way in which the rate comes to the stated tax, to a minor unit per part, counts.
 */
export function spreadTax(parts: readonly TaxedPart[], taxMinor: number, rate: string | null, isIncluded: boolean): SpreadTax {
  if (taxMinor === 0) return { parts: parts.map(() => ({ taxMinor: 0, rate: '0' })), isExact: true }
  if (rate !== null) {
    for (const [freight, discount] of [
      [true, true],
      [false, true],
      [true, false],
      [false, false],
    ]) {
      const isTaxed = (part: TaxedPart) => part.isTaxable && (part.kind !== 'freight' || freight) && (part.kind !== 'discount' || discount)
      const taxes = parts.map((part) => (isTaxed(part) ? taxOf(part.paidMinor, rate, isIncluded) : 0))
      const left = taxMinor - taxes.reduce((sum, tax) => sum + tax, 0)
      if (Math.abs(left) > parts.length) continue
      const largest = taxes.indexOf(Math.max(...taxes))
      return {
        parts: parts.map((part, index) => ({
          taxMinor: (taxes[index] ?? 0) + (index === largest ? left : 0),
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
  const whole = parts.reduce((sum, part) => sum + weight(part), 0)
  let weightBefore = 0
  let given = 0
  return parts.map((part, index) => {
    const isOnly = whole === 0 && index === 0
    if (weight(part) === 0 && !isOnly) return { taxMinor: 0, rate: part.isTaxable ? null : '0' }
    weightBefore += weight(part)
    // Shares of what was passed so far, so that the last one brings the sum to the tax exactly.
    const due = whole === 0 ? taxMinor : Number(new Big(taxMinor).times(weightBefore).div(whole).round(0, Big.roundHalfUp).toFixed(0))
    const share = due - given
    given = due
    return { taxMinor: share, rate: null }
  })
}
