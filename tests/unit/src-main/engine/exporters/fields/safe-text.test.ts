import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  characterCount,
  cutText,
  keyboardText,
  printable,
  wrapText,
  xmlName,
  xmlText,
} from '../../../../../../src-main/engine/exporters/fields/safe-text'
import { arbitraryText } from '../../../../../support/orders'

const windows1252 = { encoding: 'windows-1252', separator: null }
const text = () => fc.array(arbitraryText(), { maxLength: 4 }).map((parts) => parts.join(''))

describe('text for a keyboard', () => {
  test.each([
    ['<F9>', '(F9)'],
    ['＜F9＞', '(F9)'],
    ['‹F9›', '(F9)'],
    ['&lt;F9&gt;', '(F9)'],
    ['&amp;amp;lt;F9&amp;gt;', '(F9)'],
    ['＆lt；F9', '(F9'],
    ['&#60;F9&#x3E;', '#60F9#x3E'],
    ['&&#60;;F9&&#62;;', '#60;F9#62;'],
    ['&&lt;', '('],
    ['a&Tab;b&NewLine;c', 'a b c'],
    ['3" “pipe”', "3' 'pipe'"],
    ['a\r\nb\tc\u2028d', 'a b c d'],
    ['\u0000a\u001b\u009b', 'a'],
    ['e\u0301', 'é'],
    ['Zoë – 5 €', 'Zoë – 5 €'],
    ['AT&T; R&D', 'AT&T; R&D'],
    [' x ', 'x'],
  ])('%j is typed as %j', (before, after) => {
    expect(keyboardText(before, windows1252).text).toBe(after)
  })

  test('is safe, does not change a second time, and has a reason for every change', () => {
    fc.assert(
      fc.property(
        text(),
        fc.constantFrom('windows-1252', 'cp850', 'utf-8'),
        fc.constantFrom(null, ',', ';', '\t'),
        (before, encoding, separator) => {
          const target = { encoding, separator }
          const { text: after, reasons } = keyboardText(before, target)
          expect(after).not.toMatch(/[<>"\p{Cc}\p{Cf}\p{Cs}]|&(amp|lt|gt|quot|#\d+|#x[\da-f]+);/iu)
          if (separator !== null) expect(after).not.toContain(separator)
          expect(keyboardText(after, target)).toMatchObject({ text: after, reasons: [] })
          expect(reasons.length > 0).toBe(after !== before)
        },
      ),
      { numRuns: 2000 },
    )
  })
})

/** Generates text with character references: nested, encoded more than once, whole or split. */
const nestedEntity = (): fc.Arbitrary<string> =>
  fc.letrec<{ text: string }>((tie) => ({
    text: fc.oneof(
      { depthSize: 'large' },
      fc.constantFrom(
        '&',
        ';',
        '#',
        'amp',
        'amp;',
        'lt',
        'gt',
        'quot',
        'Tab',
        '#60',
        '#x3e',
        '#38',
        '<F9>',
        '\uff06',
        '\u2264',
        '\u200b',
        ' ',
        'a',
      ),
      fc.tuple(tie('text'), tie('text')).map((parts) => parts.join('')),
      tie('text').map((inner) => `&${inner};`),
      tie('text').map((inner) => `&#${inner};`),
      tie('text').map((inner) => inner.replaceAll('&', '&amp;')),
      fc.tuple(tie('text'), fc.nat(4)).map(([inner, at]) => `${inner.slice(0, at)}&lt;${inner.slice(at)}`),
    ),
  })).text

describe('a nested character reference', () => {
  test('presses no key even if the file is decoded several times, and does not change a second time', () => {
    fc.assert(
      fc.property(
        nestedEntity(),
        fc.constantFrom('windows-1252', 'cp850', 'utf-8'),
        fc.constantFrom(null, ',', ';', '\t'),
        (before, encoding, separator) => {
          const target = { encoding, separator }
          const { text: after } = keyboardText(before, target)
          expect(after).not.toMatch(/[<>"]|&(amp|lt|gt|quot|apos|tab|newline|#\d+|#x[\da-f]+);/iu)
          expect(keyboardText(after, target)).toEqual({ text: after, reasons: [] })
        },
      ),
      { numRuns: 5000 },
    )
  })
})

describe('text for XML', () => {
  test('has only characters that XML 1.0 allows, and a reason for every change', () => {
    fc.assert(
      fc.property(text(), (before) => {
        for (const safe of [xmlText(before), xmlName(before)]) {
          // Production 2 of XML 1.0.
          expect(safe.text).toMatch(/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u)
          expect(safe.reasons.length > 0).toBe(safe.text !== before)
        }
        expect(xmlName(before).text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\n\r\t]/)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('cutting text', () => {
  test('never splits a visible character', () => {
    expect(cutText('ae\u0301b', 2)).toBe('a')
    expect(cutText('a👩‍👩‍👧b', 4)).toBe('a')
    expect(cutText('😀😀', 1)).toBe('😀')
  })

  test('into fields loses only spaces at the breaks', () => {
    fc.assert(
      fc.property(text(), fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 }), (whole, limits) => {
        const { parts, rest } = wrapText(whole, limits)
        parts.forEach((part, index) => {
          expect(characterCount(part)).toBeLessThanOrEqual(limits[index] ?? 0)
        })
        expect([...parts, rest].join('').replace(/\s/g, '')).toBe(whole.replace(/\s/g, ''))
      }),
      { numRuns: 1000 },
    )
  })

  test('breaks between words if possible', () => {
    expect(wrapText('leave at the side gate please', [14, 10])).toEqual({ parts: ['leave at the', 'side gate'], rest: 'please' })
  })
})

test('a value in a message is shortened, with invisible characters made visible', () => {
  expect(printable('a\u0000\u202eb')).toBe('aU+0000U+202Eb')
  expect(printable('x'.repeat(100))).toHaveLength(41)
})
