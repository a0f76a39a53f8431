import anyAscii from 'any-ascii'
import iconv from 'iconv-lite'

/** A text made safe for a file, with the reasons for its changes (empty: unchanged). */
export interface SafeText {
  text: string
  reasons: string[]
}

/** Characters that change the direction of text: ALM, LRM, RLM, embeddings, overrides and isolates (UAX 9). */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
/** Characters that XML 1.0 does not allow (production 2, Char), and the other control characters. */
const NOT_FOR_XML = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu
const LINE_BREAK_OR_TAB = /\r\n|[\t\n\r\u2028\u2029]/gu
const ANY_WHITESPACE = /\r\n|[\s\u0085]/gu
const INVISIBLE = /[\p{Cc}\p{Cs}\p{Cf}]/gu
const NOT_ASCII = /[^\p{ASCII}]/gu
/** An ampersand that was escaped at least once. If the reader of the file decodes it once more, it can start an entity. */
const NESTED_AMPERSAND = /&(?:amp;)+/gi
/**
 * Entities that become `<`, `>`, a quotation mark or a control character if the reader of the file decodes them once more. Includes all preceding
 * ampersands: a remaining one could start another entity with the text that follows.
 */
const ENTITY = /&+(lt|gt|quot|apos|tab|newline|#\d+|#x[0-9a-f]+);/gi

/** Applies steps to a text and collects the reasons for those that changed it. */
class Steps {
  readonly reasons: string[] = []
  constructor(public text: string) {}

  do(reason: string, step: (text: string) => string): this {
    const after = step(this.text)
    if (after !== this.text) {
      this.text = after
      this.reasons.push(reason)
    }
    return this
  }
}

/** Returns free text for XML: disallowed characters become U+FFFD; line breaks and direction marks stay. */
export function xmlText(text: string): SafeText {
  return new Steps(text).do('XML does not allow control characters and broken characters', (t) => t.replace(NOT_FOR_XML, '\ufffd'))
}

/** Returns a name or code for XML on one line: disallowed characters become U+FFFD, and direction marks, which can disguise a name, are removed. */
export function xmlName(text: string): SafeText {
  const steps = new Steps(text)
  steps.do('invisible marks that change the direction of text were removed', (t) => t.replace(BIDI, ''))
  steps.do('a name must be on one line', (t) => t.replace(LINE_BREAK_OR_TAB, ' '))
  steps.do('XML does not allow control characters and broken characters', (t) => t.replace(NOT_FOR_XML, '\ufffd'))
  return steps.do('leading and trailing spaces were removed', (t) => t.trim())
}

const mappableByEncoding = new Map<string, ReadonlySet<string>>()

/** Returns the characters beyond ASCII that a single-byte encoding contains. */
function upperHalf(encoding: string): ReadonlySet<string> {
  const known = mappableByEncoding.get(encoding)
  if (known) return known
  const bytes = Uint8Array.from({ length: 128 }, (_, index) => index + 128)
  const set = new Set(iconv.decode(bytes, encoding))
  set.delete('\ufffd')
  mappableByEncoding.set(encoding, set)
  return set
}

/** The encoding and separator of a file whose values the package replays as keystrokes. */
export interface KeyboardTarget {
  /** iconv-lite's name of a single-byte encoding, or `utf-8` for any character. */
  encoding: string
  /** The separator of unquoted fields; null if fields are quoted. */
  separator: string | null
}

/** Returns the characters of a string that an encoding does not contain, without duplicates. */
export function unmappableCharacters(text: string, encoding: string): string[] {
  if (encoding === 'utf-8') return []
  const known = upperHalf(encoding)
  const visible = text.normalize('NFC').replace(ANY_WHITESPACE, ' ').replace(INVISIBLE, '')
  return [...new Set(visible.match(NOT_ASCII))].filter((character) => !known.has(character))
}

const UNSAFE_LATIN = /[<>"&]/

/**
 * Returns text that Attaché cannot mistake for a key: no `<`, `>`, `"`, line break, tab or control character, and
 * nothing that a conversion between code pages or a second decoding would turn into one. Characters that the encoding
 * does not contain are transliterated. Idempotent.
 */
export function keyboardText(text: string, target: KeyboardTarget): SafeText {
  const steps = new Steps(text)
  const known = target.encoding === 'utf-8' ? null : upperHalf(target.encoding)
  steps.do('letters were combined with their accents', (t) => t.normalize('NFC'))
  steps.do('line breaks and tabs would press Enter or Tab, so they were replaced by spaces', (t) => t.replace(ANY_WHITESPACE, ' '))
  steps.do('invisible characters were removed', (t) => t.replace(INVISIBLE, ''))
  steps.do('characters that Attaché cannot store, or could mistake for others, were written in plain letters', (t) =>
    t.replace(NOT_ASCII, (character) => {
      const latin = anyAscii(character)
      return (known !== null && !known.has(character)) || UNSAFE_LATIN.test(latin) ? latin : character
    }),
  )
  const keyCode = /<[^<>]{1,20}>/.exec(steps.text)?.[0]
  steps.do(keyCode === undefined ? '< and > could press a key in Attaché' : `"${keyCode}" could press a key in Attaché`, (t) =>
    t.replaceAll('<', '(').replaceAll('>', ')'),
  )
  steps.do('a quotation mark could end the field', (t) => t.replaceAll('"', "'"))
  steps.do('a character code such as &lt; could press a key in Attaché', (t) =>
    t.replace(NESTED_AMPERSAND, '&').replace(ENTITY, (_, name: string) => ENTITY_REPLACEMENTS[name.toLowerCase()] ?? name),
  )
  const { separator } = target
  if (separator !== null) steps.do('the separator would start another field', (t) => t.replaceAll(separator, ' '))
  return steps
    .do('invisible characters were removed', (t) => t.replace(ANY_WHITESPACE, ' ').replace(INVISIBLE, ''))
    .do('leading and trailing spaces were removed', (t) => t.trim())
}

const ENTITY_REPLACEMENTS: Readonly<Record<string, string>> = { lt: '(', gt: ')', quot: "'", apos: "'", tab: ' ', newline: ' ' }

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Returns the number of characters of a string. A surrogate pair counts as one. */
export function characterCount(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}

/** Cuts a string to at most `max` characters, without splitting a visible character. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text
  let end = 0
  let count = 0
  for (const { segment } of graphemes.segment(text)) {
    count += characterCount(segment)
    if (count > max) break
    end += segment.length
  }
  return text.slice(0, end)
}

/**
 * Splits a string into fields of the given lengths (null: no limit), at spaces unless that wastes much of a field. `rest`: the text that did not fit.
 */
export function wrapText(text: string, limits: readonly (number | null)[]): { parts: string[]; rest: string } {
  let rest = text
  const parts = limits.map((limit, index) => {
    let part = limit === null ? rest : cutText(rest, limit)
    if (part.length < rest.length && index < limits.length - 1 && !/^\s/.test(rest.slice(part.length))) {
      const space = part.lastIndexOf(' ')
      if (space > part.length / 2) part = part.slice(0, space)
    }
    rest = rest.slice(part.length).trimStart()
    return part.trimEnd()
  })
  return { parts, rest }
}

/**
 * Returns a value for use in a sentence: at most 40 characters, with invisible characters as code points such as
 * U+200B.
 */
export function printable(value: string): string {
  const visible = cutText(value, 40).replace(
    /[\p{Cc}\p{Cs}\p{Cf}\u2028\u2029]/gu,
    (character) => `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  )
  return value.length > 40 ? `${visible}…` : visible
}
