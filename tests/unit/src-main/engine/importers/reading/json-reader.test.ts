import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isJsonObject, JsonNumber, type JsonValue, readJson } from '../../../../../../src-main/engine/importers/reading/json-reader'

/** Converts a value to what JSON.parse would return. */
function plain(value: JsonValue): unknown {
  if (value instanceof JsonNumber) return Number(value.text)
  if (Array.isArray(value)) return value.map((item: JsonValue) => plain(item))
  if (!isJsonObject(value)) return value
  const object: Record<string, unknown> = {}
  for (const [key, item] of Object.entries(value))
    Object.defineProperty(object, key, { value: plain(item), enumerable: true, configurable: true, writable: true })
  return object
}

const failure = (text: string) => {
  const read = readJson(text)
  if (read.ok) throw new Error('The text was accepted.')
  return read.failure
}

describe('JSON', () => {
  test('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), fc.constantFrom(undefined, 1, '\t'), (text, indent) => {
        const expected = JSON.parse(text)
        const read = readJson(JSON.stringify(expected, null, indent))
        expect(read.ok && plain(read.value)).toEqual(expected)
      }),
      { numRuns: 1000 },
    )
  })

  test('that is damaged is refused if and only if JSON.parse refuses it', () => {
    const damaged = fc
      .tuple(
        fc.json(),
        fc.nat(),
        fc.nat(3),
        fc.constantFrom('', '"', '\\', ',', '}', ']', '[', '{', ':', '0', '1e', '-', '.', '\n', '\u0001', 'nul', '\\u12', ' '),
      )
      .map(([text, at, cut, put]) => text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + cut))
    let refused = 0
    fc.assert(
      fc.property(damaged, (text) => {
        let isJson = true
        try {
          JSON.parse(text)
        } catch {
          isJson = false
          refused += 1
        }
        const read = readJson(text)
        // JSON.parse accepts duplicate keys; we don't.
        if (!read.ok && read.failure.code === 'duplicate-key') return
        expect(read.ok).toBe(isJson)
      }),
      { numRuns: 3000 },
    )
    expect(refused).toBeGreaterThan(500)
  })

  test('keeps numbers as written', () => {
    const read = readJson('[29.10, 1e400, -0, 12345678901234567890.12]')
    expect(read.ok && (read.value as JsonNumber[]).map((number) => number.text)).toEqual([
      '29.10',
      '1e400',
      '-0',
      '12345678901234567890.12',
    ])
  })

  test.each([
    ['{"total":"1","total":"9"}', 'duplicate-key', 'line 1, column 14: the key "total" appears twice'],
    ['{"a":1,\n "b":}', 'not-json', 'line 2, column 6: this is not a JSON value'],
    ['{"a":NaN}', 'not-json', 'line 1, column 6: this is not a JSON value'],
    ['[1,2', 'not-json', 'line 1, column 5: a comma or a closing bracket is missing'],
    ['{"a" 1}', 'not-json', 'line 1, column 6: a colon is missing'],
    ['{a:1}', 'not-json', 'line 1, column 2: a key in double quotes is missing'],
    ['["a', 'not-json', 'a string has no closing quote'],
    ['["a\nb"]', 'not-json', 'a string contains a control character or a line break'],
    ['["\\x"]', 'not-json', 'a string contains an invalid escape sequence'],
    ['[1] 2', 'not-json', 'line 1, column 5: there is text after the end of the document'],
    ['[1', 'not-json', 'closing bracket'],
    ['[', 'not-json', 'the document ends too early'],
    ['['.repeat(65), 'too-deep', 'line 1, column 65'],
    ['{"a":'.repeat(65), 'too-deep', 'nested more than 64 deep'],
  ])('%s is refused, with the line and column', (text, code, message) => {
    expect(failure(text)).toMatchObject({ code })
    expect(failure(text).message).toContain(message)
  })

  test('nested 64 levels deep is read', () => {
    expect(readJson('['.repeat(64) + ']'.repeat(64)).ok).toBe(true)
  })
})
