import { type ImportFailure, type ImportFailureCode, quoted } from './import-problems'
import { LIMITS } from './order-limits'
import { wellFormed } from './well-formed'

/** A JSON number as written: `29.10` keeps its zero, and no digits are lost to floating point. */
export class JsonNumber {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** An object without a prototype, so `__proto__` is an ordinary key. */
export interface JsonObject {
  readonly [key: string]: JsonValue
}

/** Creates objects without a prototype. Reading and filling them is faster than with `Object.create(null)`. */
const BareObject = function BareObject() {} as unknown as new () => Record<string, JsonValue>
BareObject.prototype = Object.create(null)

/** A new, empty object. */
export function newJsonObject(): Record<string, JsonValue> {
  return new BareObject()
}

/** True for a JSON object, not a list or a number. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber)
}

/** A JSON value as read. */
export type JsonValue = null | boolean | string | JsonNumber | readonly JsonValue[] | JsonObject

/** The value of a JSON text, or why it is not valid, with line and column. */
export type ReadJson = { ok: true; value: JsonValue } | { ok: false; failure: ImportFailure }

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
/**
 * Matches the end of a run of plain characters in a string: a quote, an escape, or a control character, which RFC 8259
 * section 7 forbids.
 */
const PLAIN_STRING_END = /["\\]|[^ -\uFFFF]/g
const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/**
 * Reads JSON strictly (RFC 8259). Unlike JSON.parse, it keeps numbers as written, refuses an object with a duplicate key (because either
 * value may be the right one), limits the depth and the number of values, and reports line and column. Lone surrogates become U+FFFD.
 */
export function readJson(text: string): ReadJson {
  try {
    return { ok: true, value: new JsonReader(text).read() }
  } catch (error) {
    if (error instanceof JsonRefusedError) return { ok: false, failure: error.failure }
    throw error
  }
}

class JsonRefusedError extends Error {
  readonly failure: ImportFailure
  constructor(failure: ImportFailure) {
    super(failure.message)
    this.failure = failure
  }
}

class JsonReader {
  private readonly text: string
  private at = 0
  private valueCount = 0

  constructor(text: string) {
    this.text = text
  }

  read(): JsonValue {
    const value = this.value(1)
    this.skipSpace()
    if (this.at < this.text.length) this.refuse('there is text after the end of the document')
    return value
  }

  private value(depth: number): JsonValue {
    this.skipSpace()
    this.valueCount += 1
    if (this.valueCount > LIMITS.jsonValues) this.refuse(`it contains more than ${LIMITS.jsonValues} values`, 'too-complex')
    switch (this.text.charCodeAt(this.at)) {
      case 0x7b:
        return this.object(depth)
      case 0x5b:
        return this.list(depth)
      case 0x22:
        return this.string()
      case 0x74:
        return this.literal('true', true)
      case 0x66:
        return this.literal('false', false)
      case 0x6e:
        return this.literal('null', null)
      default:
        return this.number()
    }
  }

  private object(depth: number): JsonObject {
    this.checkDepth(depth)
    this.at += 1
    const object = newJsonObject()
    this.skipSpace()
    if (this.accept('}')) return object
    for (;;) {
      this.skipSpace()
      if (this.text[this.at] !== '"') this.refuse('a key in double quotes is missing')
      const keyAt = this.at
      const key = this.string()
      if (key in object) {
        this.at = keyAt
        this.refuse(`the key ${quoted(key)} appears twice`, 'duplicate-key')
      }
      this.skipSpace()
      if (!this.accept(':')) this.refuse('a colon is missing')
      object[key] = this.value(depth + 1)
      this.skipSpace()
      if (this.accept(',')) continue
      if (this.accept('}')) return object
      this.refuse('a comma or a closing brace is missing')
    }
  }

  private list(depth: number): JsonValue[] {
    this.checkDepth(depth)
    this.at += 1
    const list: JsonValue[] = []
    this.skipSpace()
    if (this.accept(']')) return list
    for (;;) {
      list.push(this.value(depth + 1))
      this.skipSpace()
      if (this.accept(',')) continue
      if (this.accept(']')) return list
      this.refuse('a comma or a closing bracket is missing')
    }
  }

  private string(): string {
    const text = this.text
    let at = this.at + 1
    let value = ''
    let hasUnicodeEscape = false
    for (;;) {
      PLAIN_STRING_END.lastIndex = at
      const end = PLAIN_STRING_END.exec(text)?.index ?? text.length
      value += text.slice(at, end)
      const stop = text[end]
      if (stop === '"') {
        this.at = end + 1
        return hasUnicodeEscape ? wellFormed(value) : value
      }
      this.at = end
      if (stop === undefined) this.refuse('a string has no closing quote')
      if (stop !== '\\') this.refuse('a string contains a control character or a line break')
      const letter = text[end + 1] ?? ''
      const plain = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined
      if (plain !== undefined) {
        value += plain
        at = end + 2
      } else {
        const digits = text.slice(end + 2, end + 6)
        if (letter !== 'u' || !/^[0-9a-fA-F]{4}$/.test(digits)) this.refuse('a string contains an invalid escape sequence')
        value += String.fromCharCode(Number.parseInt(digits, 16))
        hasUnicodeEscape = true
        at = end + 6
      }
    }
  }

  private number(): JsonNumber {
    NUMBER.lastIndex = this.at
    const number = NUMBER.exec(this.text)?.[0]
    if (number === undefined) this.refuse(this.at < this.text.length ? 'this is not a JSON value' : 'the document ends too early')
    this.at += number.length
    return new JsonNumber(number)
  }

  private literal<Value>(keyword: string, value: Value): Value {
    if (!this.text.startsWith(keyword, this.at)) this.refuse('this is not a JSON value')
    this.at += keyword.length
    return value
  }

  /** Skips the character if it is next. Returns whether it was. */
  private accept(character: string): boolean {
    if (this.text[this.at] !== character) return false
    this.at += 1
    return true
  }

  private skipSpace(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.at += 1
    }
  }

  private checkDepth(depth: number): void {
    if (depth > LIMITS.depth) this.refuse(`objects and lists are nested more than ${LIMITS.depth} deep`, 'too-deep')
  }

  private refuse(detail: string, code: ImportFailureCode = 'not-json'): never {
    const before = this.text.slice(0, this.at)
    const line = before.split('\n').length
    const column = this.at - before.lastIndexOf('\n')
    throw new JsonRefusedError({
      code,
      message: `${code === 'not-json' ? 'The file is not valid JSON' : 'The file cannot be read'}: line ${line}, column ${column}: ${detail}.`,
      remedy:
        'Export the order again from the store. If the file was edited by hand, correct it there. No orders were read from this file.',
    })
  }
}
