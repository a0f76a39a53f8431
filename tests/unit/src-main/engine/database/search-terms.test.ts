import fc from 'fast-check'
import { expect, test } from 'vitest'
import { searchTerms } from '../../../../../src-main/engine/database/search-terms'
import { arbitraryText } from '../../../../support/orders'

test.for([
  ['W-1234', ['w', '1234']],
  ['Müller & Söhne', ['muller', 'sohne']],
  ['jane@example.com', ['jane', 'example', 'com']],
  ['O’Brien', ['o', 'brien']],
  ['ﬁne ｗｉｄｅ №5', ['fine', 'wide', 'no5']],
  ['北京 товар', ['北京', 'товар']],
  ['"*<>\u0000\ud800', []],
] as const)('the search terms of %j are %j', ([text, terms]) => {
  expect(searchTerms(text)).toEqual(terms)
})

test('search terms contain no characters with a special meaning in the search index', () => {
  fc.assert(
    fc.property(arbitraryText(), (text) => {
      const terms = searchTerms(text)
      for (const term of terms) expect(term).toMatch(/^[\p{L}\p{N}]+$/u)
      expect(terms.join(' ')).not.toMatch(/[A-Z"*]/)
    }),
  )
})
