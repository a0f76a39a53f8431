import fc from 'fast-check'
import { expect, test } from 'vitest'
import { windowsWord } from '../../../../../src-main/shell/system/windows-words'

test.for([
  [String.raw`--workspace=C:\Users\Office User\Orders`, String.raw`"--workspace=C:\Users\Office User\Orders"`],
  [String.raw`C:\Program Files\Ledgerdrop\Ledgerdrop.exe`, String.raw`"C:\Program Files\Ledgerdrop\Ledgerdrop.exe"`],
  ['--workspace=D:\\', String.raw`"--workspace=D:\\"`],
  [String.raw`\\server\share\a$ 100%`, String.raw`"\\server\share\a$ 100%"`],
  ['say "no"', String.raw`"say \"no\""`],
  [String.raw`a\"b`, String.raw`"a\\\"b"`],
  ['--hidden', '"--hidden"'],
  ['', '""'],
])('Windows starts the program with %j as one word', ([word, quoted]) => {
  expect(windowsWord(word ?? '')).toBe(quoted)
})

test('whatever is in the words, Windows reads back the same ones', () => {
  const characters = fc.constantFrom('a', ' ', '\\', '"', '%', '$', '^', '&', 'ü', '店', '\t')
  const words = fc.array(fc.string({ unit: characters, maxLength: 12 }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(words, (given) => {
      expect(readCommandLine(given.map(windowsWord).join(' '))).toEqual(given)
    }),
    { numRuns: 2000 },
  )
})

/** Microsoft's rules ("Parsing C command-line arguments"): 2n backslashes and a quote are n and a delimiter, 2n+1 are n and the quote itself. */
function readCommandLine(line: string): string[] {
  const words: string[] = []
  let word: string | null = null
  let isQuoted = false
  for (const [, backslashes = '', character] of line.matchAll(/(\\*)([^\\]|$)/g)) {
    const isDelimiter = character === '"' && backslashes.length % 2 === 0
    const kept = character === '"' ? backslashes.slice(0, Math.floor(backslashes.length / 2)) : backslashes
    if (kept !== '') word = (word ?? '') + kept
    if (isDelimiter) {
      isQuoted = !isQuoted
      word ??= ''
    } else if (!isQuoted && (character === ' ' || character === '\t' || character === '')) {
      if (word !== null) words.push(word)
      word = null
    } else word = (word ?? '') + character
  }
  return words
}
