import Big from 'big.js'
import type { ProfileSettings } from '../../../../src-shared/profiles/profiles'
import { plainDecimal } from './decimals'
import type { Findings } from './findings'

type TaxCodes = ProfileSettings['taxCodes']

/** Returns the package's tax code for the tax rate of a line or charge; empty if it is untaxed, null if the settings have none. */
export function taxCodeFor(part: { taxRate: string | null; taxMinor: number }, taxCodes: TaxCodes): string | null {
  const rate = plainDecimal(part.taxRate ?? '')
  const known = rate === null ? undefined : Object.entries(taxCodes).find(([each]) => new Big(each).eq(rate))
  return known?.[1] ?? (rate === null && part.taxMinor === 0 ? '' : null)
}

/** Adds the problem that a line or charge has no tax code. `rate` is empty if the order does not state it. */
export function reportUnknownTax(label: string, rate: string, taxCodes: TaxCodes, findings: Pick<Findings, 'addProblem'>): void {
  const rates = Object.keys(taxCodes).map((each) => `${each}%`)
  const known = rates.length === 0 ? 'no tax codes' : `tax codes for ${rates.join(', ')}`
  findings.addProblem({
    code: 'tax-unknown',
    field: `${label}: tax code`,
    value: rate,
    message:
      rate === ''
        ? `The order does not state the tax rate of ${label}, so it has no tax code.`
        : `There is no tax code for ${rate}%, the tax rate of ${label}. The profile has ${known}.`,
    remedy:
      "Add the rate to the tax codes of the destination's profile, or correct the order in the store and read it again, then set it to Pending.",
  })
}

/** Returns the tax code of a line or charge; empty if the settings have no tax codes at all. Finding: `tax-unknown`. */
export function requiredTaxCode(
  part: { taxRate: string | null; taxMinor: number },
  label: string,
  taxCodes: TaxCodes,
  findings: Pick<Findings, 'addProblem'>,
): string {
  if (Object.keys(taxCodes).length === 0) return ''
  const code = taxCodeFor(part, taxCodes)
  if (code === null) reportUnknownTax(label, plainDecimal(part.taxRate ?? '') ?? '', taxCodes, findings)
  return code ?? ''
}
