import Big from 'big.js'

/** ISO 4217 currencies whose minor unit isn't one hundredth, with their number of decimals. Source: ISO 4217 list one. */
const MINOR_DIGITS: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLF: 4,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  UYW: 4,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
}

const DECIMAL = /^-?(\d+\.?\d*|\.\d+)$/

/** The number of decimals of a currency: 2 for AUD, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  return Object.hasOwn(MINOR_DIGITS, currency) ? (MINOR_DIGITS[currency] ?? 2) : 2
}

/** True for a plain decimal number such as `12.50`, at most 30 characters: no exponent, no grouping. */
export function isDecimal(text: string): boolean {
  return text.length <= 30 && DECIMAL.test(text)
}

/** Converts a decimal amount such as `29.35` to minor units (2935). Rounds half up. Throws RangeError if it isn't an amount. */
export function toMinor(amount: string, currency: string): number {
  if (!isDecimal(amount)) throw new RangeError(`"${amount}" is not an amount`)
  const digits = minorDigits(currency)
  const [whole = '', fraction = ''] = amount.split('.')
  // Fast path: nearly every amount has no more decimal places than its currency, so it is enough to move the decimal point.
  const minor = fraction.length <= digits ? Number(whole + fraction.padEnd(digits, '0')) : roundedMinor(amount, digits)
  if (!Number.isSafeInteger(minor)) throw new RangeError(`"${amount}" is too large an amount`)
  return minor === 0 ? 0 : minor
}

function roundedMinor(amount: string, digits: number): number {
  return Number(new Big(amount).times(new Big(10).pow(digits)).round(0, Big.roundHalfUp).toFixed(0))
}

/** Formats minor units as a plain decimal: 2935 AUD is `29.35`. Never grouped, never an exponent. */
export function fromMinor(minor: number | bigint, currency: string): string {
  const digits = minorDigits(currency)
  const text = BigInt(minor).toString()
  const sign = text.startsWith('-') ? '-' : ''
  const digitText = text.slice(sign.length).padStart(digits + 1, '0')
  const point = digitText.length - digits
  return digits === 0 ? text : `${sign}${digitText.slice(0, point)}.${digitText.slice(point)}`
}

/** Formats minor units for display: 123456 AUD is `1,234.56 AUD`. */
export function moneyText(minor: number, currency: string): string {
  const [whole = '0', fraction] = fromMinor(Math.abs(minor), currency).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${minor < 0 ? '-' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`} ${currency}`
}

/** Removes trailing zeros from a decimal: `2.50` is `2.5`, `2.00` is `2`. Throws RangeError if it isn't a decimal. */
export function trimDecimal(text: string): string {
  if (!isDecimal(text)) throw new RangeError(`"${text}" is not a number`)
  return new Big(text).toFixed()
}
