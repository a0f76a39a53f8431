import { quoted } from '../reading/import-problems'
import type { UblFields } from './ubl-fields'

/** The amount of an AllowanceCharge in minor units: negative for an allowance, positive for a charge. */
export function signedAmount(allowanceCharge: UblFields, currency: string): number {
  const amount = allowanceCharge.requiredAmount('Amount', currency)
  const indicator = allowanceCharge.text('ChargeIndicator').toLowerCase()
  if (indicator === 'true' || indicator === '1') return amount
  if (indicator === '') allowanceCharge.reportMissing('ChargeIndicator')
  else if (indicator !== 'false' && indicator !== '0') {
    allowanceCharge.reportInvalid(`the ChargeIndicator ${quoted(indicator)} is neither true nor false`)
  }
  return 0 - amount
}
