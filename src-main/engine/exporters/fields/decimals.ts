import Big from 'big.js'
import { minorDigits } from '../../../../src-shared/money'

/** A schema processor must support 18 digits of a decimal, but need not support more (XML Schema 1.0 part 2, 3.2.3). */
const MAX_DIGITS = 18
/** No currency needs more than ten decimals. A price has more only if it was calculated by a division. */
const MAX_PRICE_DECIMALS = 10

const DECIMAL = /^[+-]?(\d{1,40}\.?\d{0,40}|\.\d{1,40})$/

/** Returns a decimal as plain digits (`+2.50` is `2.5`, `-0` is `0`); null if it is not a decimal or has more than 18 digits. */
export function plainDecimal(text: string): string | null {
  return DECIMAL.test(text) ? withinDigits(new Big(text.replace('+', ''))) : null
}

/** Returns a decimal as plain digits, rounded to ten decimals; null if it is not a decimal or has more than 18 digits. */
export function plainPrice(text: string): string | null {
  return DECIMAL.test(text) ? withinDigits(new Big(text.replace('+', '')).round(MAX_PRICE_DECIMALS, Big.roundHalfUp)) : null
}

function withinDigits(value: Big): string | null {
  const plain = value.toFixed().replace(/^-0$/, '0')
  return plain.replace(/[.-]/g, '').length > MAX_DIGITS ? null : plain
}

/** Returns an amount in minor units; 0 if it is not a whole number, which `checkOrder` reports. */
export function exactMinor(minor: number): bigint {
  return Number.isSafeInteger(minor) ? BigInt(minor) : 0n
}

/** Returns quantity times price in minor units, with half a unit rounded up. */
export function quantityTimesPrice(quantity: string, price: string, currency: string): bigint {
  const minor = new Big(quantity).times(price).times(new Big(10).pow(minorDigits(currency)))
  return BigInt(minor.round(0, Big.roundHalfUp).toFixed(0))
}

/** Returns the absolute value. */
export function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value
}
