import fc from 'fast-check'
import { expect, test } from 'vitest'
import { searchWords } from '../../../../../src-main/engine/database/search-words'
import { arbitraryText } from '../../../../support/orders'

test.for([
  ['W-1234', ['w', '1234']],
  ['Müller & Söhne', ['muller', 'sohne']],
  ['jane@example.com', ['jane', 'example', 'com']],
  ['O’Brien', ['o', 'brien']],
  ['ﬁne ｗｉｄｅ №5', ['fine', 'wide', 'no5']],
  ['北京 товар', ['北京', 'товар']],
  ['"*<>\u0000\ud800', []],
] as const)('the words of %j are %j', ([text, words]) => {
  expect(searchWords(text)).toEqual(words)
})

test('words hold nothing that means something to the index, and are their own words', () => {
  fc.assert(
    fc.property(arbitraryText(), (text) => {
      const words = searchWords(text)
      for (const word of words) expect(word).toMatch(/^[\p{L}\p{N}]+$/u)
      expect(words.join(' ')).not.toMatch(/[A-Z"*]/)
    }),
  )
})
