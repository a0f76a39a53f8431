import Big from 'big.js'
import { minorDigits } from '../../../src-shared/money'

/** XML Schema processors need to hold no more than 18 digits (XSD 1.0 part 2, 5.1 says 18; libxml2 takes 24). */
const MOST_DIGITS = 18

/** A decimal as plain digits (`+2.50` is `2.5`, `-0` is `0`), null where it is none or has more than 18 digits. */
export function plainDecimal(text: string): string | null {
  if (!/^[+-]?(\d{1,40}\.?\d{0,40}|\.\d{1,40})$/.test(text)) return null
  const plain = new Big(text.replace('+', '')).toFixed().replace(/^-0$/, '0')
  return plain.replace(/[.-]/g, '').length > MOST_DIGITS ? null : plain
}

/** An amount in minor units, 0 where it is not a whole number (which `checkOrder` reports). */
export function exactMinor(minor: number): bigint {
  return Number.isSafeInteger(minor) ? BigInt(minor) : 0n
}

/** Minor units as a plain decimal with the currency's decimals: 2935n AUD is `29.35`. */
export function amountText(minor: bigint, currency: string): string {
  const digits = minorDigits(currency)
  return new Big(minor.toString()).div(new Big(10).pow(digits)).toFixed(digits)
}

/** Quantity times price in minor units, half a unit rounded up. */
export function timesPrice(quantity: string, price: string, currency: string): bigint {
  const minor = new Big(quantity).times(price).times(new Big(10).pow(minorDigits(currency)))
  return BigInt(minor.round(0, Big.roundHalfUp).toFixed(0))
}

/** The absolute value. */
export function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value
}
