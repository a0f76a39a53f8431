import Big from 'big.js'
import { minorDigits } from '../../../../src-shared/money'

/** A schema processor must hold 18 digits of a decimal and need not hold more (XML Schema 1.0 part 2, 3.2.3). [D] */
const MOST_DIGITS = 18
/** Prices with more decimals come from divisions; ten are more than any currency can tell apart. */
const MOST_PRICE_DECIMALS = 10

const DECIMAL = /^[+-]?(\d{1,40}\.?\d{0,40}|\.\d{1,40})$/

/** A decimal as plain digits (`+2.50` is `2.5`, `-0` is `0`), null where it is none or has more than 18 digits. */
export function plainDecimal(text: string): string | null {
  return DECIMAL.test(text) ? withinDigits(new Big(text.replace('+', ''))) : null
}

/** As `plainDecimal`, rounded to ten decimals. */
export function plainPrice(text: string): string | null {
  return DECIMAL.test(text) ? withinDigits(new Big(text.replace('+', '')).round(MOST_PRICE_DECIMALS, Big.roundHalfUp)) : null
}

function withinDigits(value: Big): string | null {
  const plain = value.toFixed().replace(/^-0$/, '0')
  return plain.replace(/[.-]/g, '').length > MOST_DIGITS ? null : plain
}

/** An amount in minor units, 0 where it is not a whole number (which `checkOrder` reports). */
export function exactMinor(minor: number): bigint {
  return Number.isSafeInteger(minor) ? BigInt(minor) : 0n
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
