import fc from 'fast-check'

/** Values that are known to break parsers. */
const HOSTILE_VALUES = [
  '',
  ' ',
  '0',
  '-0',
  '-1',
  '1e400',
  '1E-400',
  'NaN',
  'Infinity',
  '0x10',
  '9'.repeat(400),
  '9007199254740993',
  '1.005',
  '1,000.00',
  '1.2.3',
  '--1',
  '+1',
  'null',
  'true',
  '[]',
  '{}',
  '""',
  '"__proto__"',
  '"constructor"',
  '"toString"',
  '"\\ud800"',
  '"\\u0000"',
  "'",
  '"',
  '\\',
  ';',
  ',',
  '\t',
  '\r',
  '\n',
  '\r\n',
  '<',
  '>',
  '&',
  '&amp;',
  '&#0;',
  '&#x110000;',
  '&lol;',
  '<!DOCTYPE a [<!ENTITY a "b">]>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<?xml version="1.0"?>',
  '<a xmlns="">',
  '\u0000',
  '\u001b[2J',
  '\u202e',
  '\ufeff',
  '\ud800',
  '\udfff',
  '\u{1f4a9}',
  'İ',
  'ß'.repeat(50),
  'e\u0301'.repeat(100),
  '%00',
  '../../x',
  'CON',
  'x'.repeat(30_000),
  '2026-02-30',
  '0000-00-00',
  '9999-12-31T23:59:60Z',
  '2026-04-03T12:00:00+99:99',
  'AUD',
  'XXX',
  '=1+1',
  '@SUM(A1)',
] as const

const TOKEN = /<[^>]*>|"(?:[^"\\]|\\.)*"|[\p{L}\p{N}_.+-]+|\s+|./gsu

type Change = {
  kind: 'replace' | 'insert' | 'delete' | 'repeat' | 'reverse' | 'truncate' | 'nest'
  /** Where the changed tokens start, as a fraction of the document. */
  start: number
  /** How many tokens are changed, as a fraction of the maximum. */
  length: number
  /** The text that is inserted. */
  value: string
  /** How often tokens or the inserted text are repeated. */
  times: number
}

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('replace', 'replace', 'insert', 'delete', 'repeat', 'reverse', 'truncate', 'nest'),
  start: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.double({ min: 0, max: 1, noNaN: true }),
  value: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...HOSTILE_VALUES) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  ),
  times: fc.constantFrom(1, 2, 3, 70, 1000),
})

/**
 * Generates real documents with a few of their tokens (elements, quoted texts, words) changed, moved, repeated or
 * nested.
 */
export function mutated(documents: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...documents), fc.array(change, { minLength: 1, maxLength: 6 }))
    .map(([document, changes]) => changes.reduce(applyChange, document.match(TOKEN) ?? []).join(''))
}

/** Generates damaged documents: with changed bytes, truncated, or in another encoding; or random bytes. */
export function damaged(documents: readonly string[]): fc.Arbitrary<Uint8Array> {
  const bytesChanged = fc.tuple(mutated(documents), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 })).map(([text, changes]) => {
    const bytes = Buffer.from(text)
    if (bytes.length > 0) for (const [offset, value] of changes) bytes[offset % bytes.length] = value
    return bytes
  })
  const utf16 = mutated(documents).map((text) => Buffer.from(`\ufeff${text}`, 'utf16le'))
  const latin1 = mutated(documents).map((text) => Buffer.from(text, 'latin1'))
  return fc.oneof(
    { weight: 6, arbitrary: mutated(documents).map((text) => Buffer.from(text)) },
    { weight: 2, arbitrary: bytesChanged },
    { weight: 1, arbitrary: utf16 },
    { weight: 1, arbitrary: latin1 },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 2000 }) },
    { weight: 1, arbitrary: fc.json({ maxDepth: 6 }).map((text) => Buffer.from(text)) },
  )
}

/**
 * Generates text that a person or a page could enter, but no path outside the test folder: a command could write there.
 */
export const hostileText: fc.Arbitrary<string> = fc
  .oneof(fc.constantFrom(...HOSTILE_VALUES), fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 40 }))
  .map((text) => text.replace(/^[\s/\\~]+|\.\.|:/g, ''))

/** Limits how often tokens are repeated, because bombs() covers large documents, and here many small ones find more. */
function limitRepeats(times: number, tokens: readonly string[]): number {
  return Math.max(1, Math.min(times, Math.floor(200_000 / (1 + tokens.join('').length))))
}

function applyChange(tokens: string[], { kind, start, length, value, times }: Change): string[] {
  if (tokens.length === 0) return [value]
  const first = Math.min(Math.floor(start * tokens.length), tokens.length - 1)
  const last = Math.min(first + Math.floor(length * 12), tokens.length - 1)
  const [before, middle, after] = [tokens.slice(0, first), tokens.slice(first, last + 1), tokens.slice(last + 1)]
  switch (kind) {
    case 'replace':
      return [
        ...before,
        middle[0]?.startsWith('"') === true && !value.startsWith('"') ? JSON.stringify(value) : value,
        ...middle.slice(1),
        ...after,
      ]
    case 'insert':
      return [...before, value.repeat(value.length > 100 ? 1 : times), ...middle, ...after]
    case 'delete':
      return [...before, ...after]
    case 'repeat':
      return [...before, ...Array.from({ length: limitRepeats(times, middle) }, () => middle).flat(), ...after]
    case 'reverse':
      return [...before, ...middle.reverse(), ...after]
    case 'truncate':
      return before
    case 'nest':
      return [...before, '['.repeat(times), '<a>'.repeat(times), ...middle, '</a>'.repeat(times), ']'.repeat(times), ...after]
  }
}
