import fc from 'fast-check'
import { expect, test } from 'vitest'
import { showInvisible } from '../../../../src-renderer/preview/invisible-characters'

test.each([
  ['a b', 'a·b'],
  ['a\tb', 'a→\tb'],
  ['a\r\nb\n', 'a[CR][LF]\nb[LF]\n'],
  ['a\u00a0b', 'a[U+00A0]b'],
  ['a\u202eb\u200bc', 'a[U+202E]b[U+200B]c'],
  ['\ufeff<x/>', '[U+FEFF]<x/>'],
  ['\u0000', '[U+0000]'],
])('%j is shown as %j', (text, shown) => {
  expect(showInvisible(text)).toBe(shown)
})

test('only marked line ends and tabs remain as invisible characters', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
      (text) => {
        const rest = showInvisible(text).replaceAll('[LF]\n', '').replaceAll('→\t', '')
        return !/[\p{Cc}\p{Cf}\p{Zs}\u2028\u2029]/u.test(rest)
      },
    ),
    { numRuns: 1000 },
  )
})
