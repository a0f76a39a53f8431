import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { markText, rowsOf } from '../../../../src-renderer/preview/mark-text'

const text = '"CUST","W1"\r\n"A","2"\r\n'

describe('marks in a file', () => {
  test('a value is marked at its position, even after two-character line ends', () => {
    expect(markText(text, [{ line: 2, column: 2, length: 1 }, undefined])).toEqual([
      { text: '"CUST","W1"\r\n"', marks: [] },
      { text: 'A', marks: [0] },
      { text: '","2"\r\n', marks: [] },
    ])
  })

  test('text in two overlapping ranges has both marks', () => {
    const segments = markText('abcd', [
      { line: 1, column: 1, length: 3 },
      { line: 1, column: 2, length: 3 },
    ])
    expect(segments).toEqual([
      { text: 'a', marks: [0] },
      { text: 'bc', marks: [0, 1] },
      { text: 'd', marks: [1] },
    ])
  })

  test('a missing value is a mark without text', () => {
    expect(markText('""', [{ line: 1, column: 2, length: 0 }])).toEqual([
      { text: '"', marks: [] },
      { text: '', marks: [0] },
      { text: '"', marks: [] },
    ])
  })

  test('a range outside the file marks nothing', () => {
    expect(markText('ab', [{ line: 5, column: 1, length: 1 }])).toEqual([{ text: 'ab', marks: [] }])
  })

  test('rows keep their line ends, and a mark that spans two rows is in both', () => {
    const rows = rowsOf(markText(text, [{ line: 1, column: 8, length: 8 }]))
    expect(rows.map((row) => row.map((segment) => segment.text).join(''))).toEqual(['"CUST","W1"\r\n', '"A","2"\r\n'])
    expect(rows.map((row) => row.some((segment) => segment.marks.length > 0))).toEqual([true, true])
  })

  test('marks never change the text or its rows', () => {
    const range = fc.record({ line: fc.integer({ min: 1, max: 6 }), column: fc.integer({ min: 1, max: 12 }), length: fc.nat(10) })
    const someText = fc.string({ unit: fc.constantFrom('a', '"', '\r', '\n', '\r\n', 'é') })
    fc.assert(
      fc.property(someText, fc.array(range, { maxLength: 5 }), (file, ranges) => {
        const segments = markText(file, ranges)
        expect(segments.map((segment) => segment.text).join('')).toBe(file)
        const rows = rowsOf(segments).map((row) => row.map((segment) => segment.text).join(''))
        expect(rows.join('')).toBe(file)
        expect(rows.filter((row) => row !== '')).toEqual(file.match(/[^\r\n]*(\r\n|\r|\n)|[^\r\n]+$/g) ?? [])
      }),
      { numRuns: 2000 },
    )
  })
})
