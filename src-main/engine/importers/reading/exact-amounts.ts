import Big from 'big.js'
import { fromMinor, isDecimal, minorDigits, toMinor, trimDecimal } from '../../../../src-shared/money'

/** Maximum decimal places of a computed unit price. */
const PRICE_DECIMALS = 6

/** A plain decimal without a `+` sign or unneeded zeros; `-0` becomes `0`. Null if the text isn't a decimal. */
export function plainDecimal(text: string): string | null {
  if (!isDecimal(text)) return null
  // big.js doesn't accept a leading plus.
  const decimal = new Big(text.replace(/^\+/, ''))
  return decimal.eq(0) ? '0' : decimal.toFixed()
}

/** A decimal amount in minor units, rounded half up; null if it isn't an amount or is too large. */
export function minorOf(text: string, currency: string): number | null {
  if (!isDecimal(text)) return null
  try {
    return toMinor(text, currency)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** True if an amount has no fraction of a minor unit: `29.350` USD is whole, `29.355` is not. */
export function isWholeMinor(text: string, currency: string): boolean {
  const [, fraction = ''] = text.split('.')
  return fraction.replace(/0+$/, '').length <= minorDigits(currency)
}

/** Price of one unit: amount divided by quantity, to six decimal places, without trailing zeros. `quantity` must not be zero. */
export function unitPriceOf(amount: string, quantity: string): string {
  return trimDecimal(new Big(amount).div(quantity).round(PRICE_DECIMALS, Big.roundHalfUp).toFixed())
}

/** Price of one unit, as `unitPriceOf` returns it, from an amount in minor units. */
export function unitPriceOfMinor(minor: number, quantity: string, currency: string): string {
  return unitPriceOf(fromMinor(minor, currency), quantity)
}

/** Price times quantity in minor units, rounded half up; null if it is too large. */
export function productMinor(price: string, quantity: string, currency: string): number | null {
  const scaled = new Big(price).times(quantity).times(new Big(10).pow(minorDigits(currency)))
  const minor = Number(scaled.round(0, Big.roundHalfUp).toFixed(0))
  return Number.isSafeInteger(minor) ? minor : null
}

/** A percentage of an amount, in minor units, rounded half up. */
export function percentOfMinor(minor: number, percent: string): number {
  return Number(new Big(minor).times(percent).div(100).round(0, Big.roundHalfUp).toFixed(0))
}

/** `minor * part / whole` in minor units, rounded half up. `whole` must not be zero. */
export function shareOfMinor(minor: number, part: number, whole: number): number {
  return Number(new Big(minor).times(part).div(whole).round(0, Big.roundHalfUp).toFixed(0))
}

/** The sum of decimals, as a decimal text. */
export function sumOfDecimals(decimals: readonly string[]): string {
  return decimals.reduce((sum, decimal) => sum.plus(decimal), new Big(0)).toFixed()
}

/** True if a decimal text is zero. */
export function isZero(decimal: string): boolean {
  return new Big(decimal).eq(0)
}
