import fc from 'fast-check'
import { expect, test } from 'vitest'
import { windowsArgument } from '../../../../../src-main/shell/system/windows-argument'

test.for([
  [String.raw`--workspace=C:\Users\Office User\Orders`, String.raw`"--workspace=C:\Users\Office User\Orders"`],
  [String.raw`C:\Program Files\Ledgerdrop\Ledgerdrop.exe`, String.raw`"C:\Program Files\Ledgerdrop\Ledgerdrop.exe"`],
  ['--workspace=D:\\', String.raw`"--workspace=D:\\"`],
  [String.raw`\\server\share\a$ 100%`, String.raw`"\\server\share\a$ 100%"`],
  ['say "no"', String.raw`"say \"no\""`],
  [String.raw`a\"b`, String.raw`"a\\\"b"`],
  ['--hidden', '"--hidden"'],
  ['', '""'],
])('%j is quoted as one argument', ([argument, quoted]) => {
  expect(windowsArgument(argument ?? '')).toBe(quoted)
})

test('Windows parses any quoted arguments to the same values', () => {
  const characters = fc.constantFrom('a', ' ', '\\', '"', '%', '$', '^', '&', 'ü', '店', '\t')
  const argumentLists = fc.array(fc.string({ unit: characters, maxLength: 12 }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(argumentLists, (args) => {
      expect(readCommandLine(args.map(windowsArgument).join(' '))).toEqual(args)
    }),
    { numRuns: 2000 },
  )
})

/** Parses a command line by Microsoft's rules ("Parsing C command-line arguments"): 2n backslashes before a quote mean n backslashes, and 2n+1 also escape the quote. */
function readCommandLine(line: string): string[] {
  const args: string[] = []
  let argument: string | null = null
  let isQuoted = false
  for (const [, backslashes = '', character] of line.matchAll(/(\\*)([^\\]|$)/g)) {
    const isDelimiter = character === '"' && backslashes.length % 2 === 0
    const backslashText = character === '"' ? backslashes.slice(0, Math.floor(backslashes.length / 2)) : backslashes
    if (backslashText !== '') argument = (argument ?? '') + backslashText
    if (isDelimiter) {
      isQuoted = !isQuoted
      argument ??= ''
    } else if (!isQuoted && (character === ' ' || character === '\t' || character === '')) {
      if (argument !== null) args.push(argument)
      argument = null
    } else argument = (argument ?? '') + character
  }
  return args
}
