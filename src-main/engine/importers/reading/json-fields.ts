import Big from 'big.js'
import { fromMinor } from '../../../../src-shared/money'
import { isWholeMinor, minorOf, plainDecimal } from './exact-amounts'
import { IN_EXPONENT_FORM } from './exponent-form'
import { type ImportProblems, quoted } from './import-problems'
import { parseIsoTime } from './iso-time'
import { isJsonObject, JsonNumber, type JsonObject, type JsonValue, newJsonObject } from './json-reader'

/**
 * The fields of one object of a store's document. Tolerant where stores are sloppy (null, false or an empty list for a text, a number for a
 * text), strict for amounts. What is wrong goes to the problems; the value given back then is a placeholder that nobody will see.
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

  /** The same object, named otherwise in problems. */
  at(where: string): JsonFields {
    return new JsonFields(this.source, where, this.problems)
  }

  has(key: string): boolean {
    return !isNothing(this.source[key])
  }

  isTrue(key: string): boolean {
    return this.source[key] === true
  }

  isFalse(key: string): boolean {
    return this.source[key] === false
  }

  /** A text; empty where there is none. */
  text(key: string): string {
    const value = this.source[key]
    if (typeof value === 'string') return value
    if (value instanceof JsonNumber) return plainNumber(value) ?? value.text
    if (isNothing(value)) return ''
    this.reportInvalid(`the ${key} is not a text`)
    return ''
  }

  /** A text or number as text; empty for everything else, without a problem: for fields that only add to notes. */
  looseText(key: string): string {
    const value = this.source[key]
    return typeof value === 'string' || value instanceof JsonNumber ? this.text(key) : ''
  }

  /** A text that must be there. */
  requiredText(key: string): string {
    const text = this.text(key)
    if (text.trim() === '') this.reportMissing(key)
    return text
  }

  /** The store's own id of an order. A JSON number in exponent form has lost digits on its way, so it is a problem. */
  requiredId(key: string): string {
    const value = this.source[key]
    if (value instanceof JsonNumber && /e/i.test(value.text)) this.reportInvalid(`the ${key} ${quoted(value.text)} ${IN_EXPONENT_FORM}`)
    return this.requiredText(key)
  }

  /** A decimal as text without needless zeros; null where there is none. */
  decimal(key: string): string | null {
    const value = this.source[key]
    if (isNothing(value)) return null
    const text = decimalText(value)
    if (text === null) this.reportInvalid(`the ${key} ${shownValue(value)} is not a number`)
    return text
  }

  /** A decimal, zero or more, that must be there. */
  requiredQuantity(key: string): string {
    const decimal = this.decimal(key)
    if (decimal === null) {
      if (!this.has(key)) this.reportMissing(key)
      return '1'
    }
    if (decimal.startsWith('-')) this.reportInvalid(`the ${key} ${quoted(decimal)} is below zero`)
    return decimal
  }

  /** An amount in minor units, rounded half up where the document has more decimals than the currency; null where there is none. */
  amount(key: string, currency: string): number | null {
    const text = this.decimal(key)
    if (text === null) return null
    const minor = minorOf(text, currency)
    if (minor === null) this.reportInvalid(`the ${key} ${quoted(text)} is not an amount that can be kept`)
    return minor
  }

  /** An amount that must be there. */
  requiredAmount(key: string, currency: string): number {
    if (!this.has(key)) this.reportMissing(key)
    return this.amount(key, currency) ?? 0
  }

  /** An amount that must be there and whole in minor units: what somebody paid. */
  requiredWholeAmount(key: string, currency: string): number {
    const minor = this.requiredAmount(key, currency)
    const text = decimalText(this.source[key] ?? null)
    if (text !== null && !isWholeMinor(text, currency) && minorOf(text, currency) !== null) {
      this.reportInvalid(`the ${key} ${quoted(text)} has more decimals than ${currency} (nearest is ${fromMinor(minor, currency)})`)
    }
    return minor
  }

  /** A currency code of three letters that must be there. */
  requiredCurrency(key: string): string {
    const text = this.requiredText(key).trim()
    if (text !== '' && !/^[A-Za-z]{3}$/.test(text)) this.reportInvalid(`the ${key} ${quoted(text)} is not a currency code of three letters`)
    return /^[A-Za-z]{3}$/.test(text) ? text.toUpperCase() : 'XXX'
  }

  /** A time in UTC; null where there is none. */
  time(key: string): { utc: string; hasZone: boolean } | null {
    const text = this.text(key).trim()
    if (text === '') return null
    const time = parseIsoTime(text)
    if (time === null) this.reportInvalid(`the ${key} ${quoted(text)} is not a time`)
    return time
  }

  /** A time with its zone, or in UTC, for a field that only helps; null for anything else, without a problem. */
  looseTime(key: string): string | null {
    return parseIsoTime(this.looseText(key))?.utc ?? null
  }

  /** An object's fields; an empty one where there is none. */
  object(key: string): JsonFields {
    const value = this.source[key]
    if (isJsonObject(value)) return new JsonFields(value, this.where, this.problems)
    if (!isNothing(value)) this.reportInvalid(`the ${key} is not an object`)
    return new JsonFields(newJsonObject(), this.where, this.problems)
  }

  /** Objects of a list, each named `<place> <n>` in problems; empty where there is no list. */
  list(key: string, place: string): JsonFields[] {
    const value = this.source[key]
    if (isNothing(value)) return []
    if (!Array.isArray(value)) {
      this.reportInvalid(`the ${key} is not a list`)
      return []
    }
    const fields: JsonFields[] = []
    value.forEach((item: JsonValue, index) => {
      const where = `${this.where}, ${place} ${index + 1}`
      if (isJsonObject(item)) fields.push(new JsonFields(item, where, this.problems))
      else this.problems.add('field-invalid', where, `an entry of ${key} is not an object`)
    })
    return fields
  }

  /** Objects of a list that only adds to notes: whatever else stands there is passed over. PHP writes some lists as objects. */
  looseList(key: string): JsonFields[] {
    const value = this.source[key]
    const items = Array.isArray(value) ? (value as readonly JsonValue[]) : isJsonObject(value) ? Object.values(value) : []
    return items.filter(isJsonObject).map((item) => new JsonFields(item, this.where, this.problems))
  }

  /** As `list`; its absence is a problem. */
  requiredList(key: string, place: string): JsonFields[] {
    if (this.source[key] === undefined || this.source[key] === null) this.reportMissing(key)
    return this.list(key, place)
  }

  /** Adds a problem about a field that is not there. */
  reportMissing(key: string): void {
    this.problems.add('field-missing', this.where, `the field ${quoted(key)} is missing`)
  }

  /** Adds a problem about a field's value. */
  reportInvalid(what: string): void {
    this.problems.add('field-invalid', this.where, what)
  }
}

/** PHP writes an empty list or false where it has no value. */
function isNothing(value: JsonValue | undefined): boolean {
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

/** A JSON number as a plain decimal; null where it is beyond what a decimal may be (`1e400`). */
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
