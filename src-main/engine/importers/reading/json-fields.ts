import Big from 'big.js'
import { fromMinor } from '../../../../src-shared/money'
import { isWholeMinor, minorOf, plainDecimal } from './exact-amounts'
import { type ImportProblems, quoted } from './import-problems'
import { parseIsoTime } from './iso-time'
import { isJsonObject, JsonNumber, type JsonObject, type JsonValue, newJsonObject } from './json-reader'
import { IN_SCIENTIFIC_NOTATION } from './scientific-notation'

/**
 * The fields of one object in a store's document. Tolerant of what stores get wrong (null, false, an empty list or a number where text
 * belongs), but strict with amounts. Errors are added to the problems; the value returned is then a placeholder that is never used.
 */
export class JsonFields {
  readonly where: string
  private readonly source: JsonObject
  private readonly problems: ImportProblems

  constructor(object: JsonObject, where: string, problems: ImportProblems) {
    this.source = object
    this.where = where
    this.problems = problems
  }

  /** The same object, with another label for its problems. */
  at(where: string): JsonFields {
    return new JsonFields(this.source, where, this.problems)
  }

  has(key: string): boolean {
    return !isBlank(this.source[key])
  }

  isTrue(key: string): boolean {
    return this.source[key] === true
  }

  isFalse(key: string): boolean {
    return this.source[key] === false
  }

  /** A text; empty if there is none. */
  text(key: string): string {
    const value = this.source[key]
    if (typeof value === 'string') return value
    if (value instanceof JsonNumber) return plainNumber(value) ?? value.text
    if (isBlank(value)) return ''
    this.reportInvalid(`the ${key} is not text`)
    return ''
  }

  /** A text or number as text; empty for anything else, without reporting a problem. For fields that are only used in notes. */
  looseText(key: string): string {
    const value = this.source[key]
    return typeof value === 'string' || value instanceof JsonNumber ? this.text(key) : ''
  }

  /** A required text. */
  requiredText(key: string): string {
    const text = this.text(key)
    if (text.trim() === '') this.reportMissing(key)
    return text
  }

  /** The store's own id of an order. A JSON number in scientific notation has lost digits, so it is a problem. */
  requiredId(key: string): string {
    const value = this.source[key]
    if (value instanceof JsonNumber && /e/i.test(value.text))
      this.reportInvalid(`the ${key} ${quoted(value.text)} ${IN_SCIENTIFIC_NOTATION}`)
    return this.requiredText(key)
  }

  /** A decimal as text without unneeded zeros; null if there is none. */
  decimal(key: string): string | null {
    const value = this.source[key]
    if (isBlank(value)) return null
    const text = decimalText(value)
    if (text === null) this.reportInvalid(`the ${key} ${shownValue(value)} is not a number`)
    return text
  }

  /** A required decimal, zero or more. */
  requiredQuantity(key: string): string {
    const decimal = this.decimal(key)
    if (decimal === null) {
      if (!this.has(key)) this.reportMissing(key)
      return '1'
    }
    if (decimal.startsWith('-')) this.reportInvalid(`the ${key} ${quoted(decimal)} is below zero`)
    return decimal
  }

  /** An amount in minor units, rounded half up if it has more decimal places than the currency; null if there is none. */
  amount(key: string, currency: string): number | null {
    const text = this.decimal(key)
    if (text === null) return null
    const minor = minorOf(text, currency)
    if (minor === null) this.reportInvalid(`the ${key} ${quoted(text)} is not an amount that can be stored`)
    return minor
  }

  /** A required amount in minor units. */
  requiredAmount(key: string, currency: string): number {
    if (!this.has(key)) this.reportMissing(key)
    return this.amount(key, currency) ?? 0
  }

  /** A required amount. A fraction of a minor unit is a problem, because amounts are paid in whole minor units. */
  requiredWholeAmount(key: string, currency: string): number {
    const minor = this.requiredAmount(key, currency)
    const text = decimalText(this.source[key] ?? null)
    if (text !== null && !isWholeMinor(text, currency) && minorOf(text, currency) !== null) {
      this.reportInvalid(`the ${key} ${quoted(text)} has more decimals than ${currency} (nearest is ${fromMinor(minor, currency)})`)
    }
    return minor
  }

  /** A required currency code of three letters. */
  requiredCurrency(key: string): string {
    const text = this.requiredText(key).trim()
    if (text !== '' && !/^[A-Za-z]{3}$/.test(text)) this.reportInvalid(`the ${key} ${quoted(text)} is not a three-letter currency code`)
    return /^[A-Za-z]{3}$/.test(text) ? text.toUpperCase() : 'XXX'
  }

  /** A time in UTC; null if there is none. */
  time(key: string): { utc: string; hasZone: boolean } | null {
    const text = this.text(key).trim()
    if (text === '') return null
    const time = parseIsoTime(text)
    if (time === null) this.reportInvalid(`the ${key} ${quoted(text)} is not a time`)
    return time
  }

  /** A time in UTC, for a field that isn't essential; null for anything else, without reporting a problem. */
  looseTime(key: string): string | null {
    return parseIsoTime(this.looseText(key))?.utc ?? null
  }

  /** The fields of a nested object; no fields if there is no such object. */
  object(key: string): JsonFields {
    const value = this.source[key]
    if (isJsonObject(value)) return new JsonFields(value, this.where, this.problems)
    if (!isBlank(value)) this.reportInvalid(`the ${key} is not an object`)
    return new JsonFields(newJsonObject(), this.where, this.problems)
  }

  /** The objects of a list, each labelled `<label> <n>` in problems; empty if there is no list. */
  list(key: string, label: string): JsonFields[] {
    const value = this.source[key]
    if (isBlank(value)) return []
    if (!Array.isArray(value)) {
      this.reportInvalid(`the ${key} is not a list`)
      return []
    }
    const fields: JsonFields[] = []
    value.forEach((item: JsonValue, index) => {
      const where = `${this.where}, ${label} ${index + 1}`
      if (isJsonObject(item)) fields.push(new JsonFields(item, where, this.problems))
      else this.problems.add('field-invalid', where, `an entry of ${key} is not an object`)
    })
    return fields
  }

  /** The objects of a list that is only used in notes; anything else is ignored. PHP writes some lists as objects. */
  looseList(key: string): JsonFields[] {
    const value = this.source[key]
    const items = Array.isArray(value) ? (value as readonly JsonValue[]) : isJsonObject(value) ? Object.values(value) : []
    return items.filter(isJsonObject).map((item) => new JsonFields(item, this.where, this.problems))
  }

  /** The objects of a required list, labelled as by `list`. A missing list is a problem. */
  requiredList(key: string, label: string): JsonFields[] {
    if (this.source[key] === undefined || this.source[key] === null) this.reportMissing(key)
    return this.list(key, label)
  }

  /** Adds a problem for a missing field. */
  reportMissing(key: string): void {
    this.problems.add('field-missing', this.where, `the field ${quoted(key)} is missing`)
  }

  /** Adds a problem for a field's value. */
  reportInvalid(detail: string): void {
    this.problems.add('field-invalid', this.where, detail)
  }
}

/** True if there is no value. PHP programs write false or an empty list for that. */
function isBlank(value: JsonValue | undefined): boolean {
  return (
    value === undefined ||
    value === null ||
    value === false ||
    (typeof value === 'string' && value.trim() === '') ||
    (Array.isArray(value) && value.length === 0)
  )
}

function decimalText(value: JsonValue | undefined): string | null {
  if (value instanceof JsonNumber) return plainNumber(value)
  if (typeof value !== 'string') return null
  return plainDecimal(value.trim())
}

/** A JSON number as a plain decimal; null if it is too large or too precise, such as `1e400`. */
function plainNumber(number: JsonNumber): string | null {
  const [mantissa = '', exponent = '0'] = number.text.toLowerCase().split('e')
  if (mantissa.length > 40 || exponent.length > 4 || Math.abs(Number(exponent)) > 30) return null
  return plainDecimal(new Big(number.text).toFixed())
}

function shownValue(value: JsonValue | undefined): string {
  if (typeof value === 'string') return quoted(value)
  if (value instanceof JsonNumber) return quoted(value.text)
  return typeof value === 'boolean' ? quoted(String(value)) : ''
}
