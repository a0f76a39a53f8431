import { fromMinor, minorDigits, moneyText } from '../../src-shared/money'
import { LOCALE } from './dates'

const formats = new Map<string, Intl.NumberFormat | null>()

function formatOf(currency: string): Intl.NumberFormat | null {
  const known = formats.get(currency)
  if (known !== undefined) return known
  const digits = minorDigits(currency)
  let format: Intl.NumberFormat | null = null
  // Intl takes three letters only; anything else falls back to plain digits followed by the code.
  if (/^[A-Za-z]{3}$/.test(currency)) {
    format = new Intl.NumberFormat(LOCALE, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    })
  }
  formats.set(currency, format)
  return format
}

/** An amount with its currency, in the chosen locale: `$1,234.50`, `USD 20.00`. */
export function amountText(minor: number, currency: string): string {
  const format = formatOf(currency)
  return format === null ? moneyText(minor, currency) : format.format(fromMinor(minor, currency) as Intl.StringNumericLiteral)
}
