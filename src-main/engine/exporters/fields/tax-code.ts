import Big from 'big.js'
import type { ProfileSettings } from '../../../../src-shared/profiles/profiles'
import { plainDecimal } from './decimals'
import type { Findings } from './findings'

type TaxCodes = ProfileSettings['taxCodes']

/** The package's tax code for what is taxed at a rate in per cent; empty where nothing is taxed, null where the settings name none. */
export function taxCodeFor(part: { taxRate: string | null; taxMinor: number }, taxCodes: TaxCodes): string | null {
  const rate = plainDecimal(part.taxRate ?? '')
  const known = rate === null ? undefined : Object.entries(taxCodes).find(([each]) => new Big(each).eq(rate))
  return known?.[1] ?? (rate === null && part.taxMinor === 0 ? '' : null)
}

/** Notes that there is no tax code for a line or charge; `rate` is empty where the order does not say one. */
export function taxUnknown(label: string, rate: string, taxCodes: TaxCodes, findings: Pick<Findings, 'problem'>): void {
  const rates = Object.keys(taxCodes).map((each) => `${each} %`)
  findings.problem({
    code: 'tax-unknown',
    field: `${label}: tax code`,
    value: rate,
    message:
      rate === ''
        ? `The order does not say at which rate ${label} is taxed, so it has no tax code.`
        : `There is no tax code for ${rate} %, the tax rate of ${label}; the profile has codes for ${rates.join(', ') || 'no rate'}.`,
    remedy:
      "Add the rate to the tax codes of the destination's profile, or correct the order in the store and read it again, then set it to Pending.",
  })
}

/** The tax code of a line or charge for a format that carries one only where the settings name any; notes one that is not known. */
export function requiredTaxCode(
  part: { taxRate: string | null; taxMinor: number },
  label: string,
  taxCodes: TaxCodes,
  findings: Pick<Findings, 'problem'>,
): string {
  if (Object.keys(taxCodes).length === 0) return ''
  const code = taxCodeFor(part, taxCodes)
  if (code === null) taxUnknown(label, plainDecimal(part.taxRate ?? '') ?? '', taxCodes, findings)
  return code ?? ''
}
