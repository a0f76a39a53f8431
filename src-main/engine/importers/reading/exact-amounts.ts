import Big from 'big.js'
import { fromMinor, isDecimal, minorDigits, toMinor, trimDecimal } from '../../../../src-shared/money'

/** Decimals that a computed unit price has at most. */
const PRICE_DECIMALS = 6

/** A plain decimal without sign `+` and needless zeros, `-0` being `0`; null where the text is no decimal. */
export function plainDecimal(text: string): string | null {
  if (!isDecimal(text)) return null
  // big.js takes no leading plus.
  const decimal = new Big(text.replace(/^\+/, ''))
  return decimal.eq(0) ? '0' : decimal.toFixed()
}

/** A decimal amount in minor units, rounded half up; null where it is no amount or too large. */
export function minorOf(text: string, currency: string): number | null {
  if (!isDecimal(text)) return null
  try {
    return toMinor(text, currency)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** True where an amount has no fraction of a minor unit: `29.350` USD is whole, `29.355` is not. */
export function isWholeMinor(text: string, currency: string): boolean {
  const [, fraction = ''] = text.split('.')
  return fraction.replace(/0+$/, '').length <= minorDigits(currency)
}

/** Price of one unit: amount through quantity, to six decimals, without needless zeros. `quantity` must not be zero. */
export function unitPriceOf(amount: string, quantity: string): string {
  return trimDecimal(new Big(amount).div(quantity).round(PRICE_DECIMALS, Big.roundHalfUp).toFixed())
}

/** As `unitPriceOf`, for an amount in minor units. */
export function unitPriceOfMinor(minor: number, quantity: string, currency: string): string {
  return unitPriceOf(fromMinor(minor, currency), quantity)
}

/** Price times quantity in minor units, rounded half up; null where that is too large. */
export function productMinor(price: string, quantity: string, currency: string): number | null {
  const scaled = new Big(price).times(quantity).times(new Big(10).pow(minorDigits(currency)))
  const minor = Number(scaled.round(0, Big.roundHalfUp).toFixed(0))
  return Number.isSafeInteger(minor) ? minor : null
}

/** Per cent of an amount in minor units, rounded half up. */
export function percentOfMinor(minor: number, percent: string): number {
  return Number(new Big(minor).times(percent).div(100).round(0, Big.roundHalfUp).toFixed(0))
}

/** `minor * part / whole` in minor units, rounded half up. `whole` must not be zero. */
export function shareOfMinor(minor: number, part: number, whole: number): number {
  return Number(new Big(minor).times(part).div(whole).round(0, Big.roundHalfUp).toFixed(0))
}

/** Sum of decimals as decimal text. */
export function sumOfDecimals(decimals: readonly string[]): string {
  return decimals.reduce((sum, decimal) => sum.plus(decimal), new Big(0)).toFixed()
}

/** True where the decimal text is zero. */
export function isZero(decimal: string): boolean {
  return new Big(decimal).eq(0)
}
