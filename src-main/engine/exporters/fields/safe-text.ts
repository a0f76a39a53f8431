import anyAscii from 'any-ascii'
import iconv from 'iconv-lite'

/** A text made fit for a file, with what was done to it in plain words (empty: nothing). */
export interface SafeText {
  text: string
  reasons: string[]
}

/** Marks that change the direction of text: ALM, LRM, RLM, embeddings, overrides and isolates (UAX 9). */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
/** What XML 1.0 cannot hold (production 2, Char), and the other control characters with it. */
const NOT_FOR_XML = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu
const LINE_BREAK_OR_TAB = /\r\n|[\t\n\r\u2028\u2029]/gu
const ANY_BLANK = /\r\n|[\s\u0085]/gu
const INVISIBLE = /[\p{Cc}\p{Cs}\p{Cf}]/gu
const NOT_ASCII = /[^\p{ASCII}]/gu
/** After decoding once more, by whatever reads the file, these would be `<`, `>`, `"` or a control character. */
const NESTED_AMPERSAND = /&(?:amp;)+/gi
/** All ampersands in front are taken with it: one that stayed could start another coded character with what is left. */
const ENTITY = /&+(lt|gt|quot|apos|tab|newline|#\d+|#x[0-9a-f]+);/gi

/** Applies steps to a text and keeps the reasons of those that changed it. */
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

/** Free text for XML: what XML cannot hold becomes U+FFFD; line breaks and marks of direction stay. */
export function xmlText(text: string): SafeText {
  return new Steps(text).do('XML cannot hold control characters and broken characters', (t) => t.replace(NOT_FOR_XML, '\ufffd'))
}

/** A name or a code for XML, on one line: as `xmlText`, and without marks that make it look like another name. */
export function xmlName(text: string): SafeText {
  const steps = new Steps(text)
  steps.do('invisible marks that change the direction of text are left out', (t) => t.replace(BIDI, ''))
  steps.do('a name stands on one line', (t) => t.replace(LINE_BREAK_OR_TAB, ' '))
  steps.do('XML cannot hold control characters and broken characters', (t) => t.replace(NOT_FOR_XML, '\ufffd'))
  return steps.do('blanks at the ends are left out', (t) => t.trim())
}

const mappableByEncoding = new Map<string, ReadonlySet<string>>()

/** The characters beyond ASCII that a single-byte encoding has. */
function upperHalf(encoding: string): ReadonlySet<string> {
  const known = mappableByEncoding.get(encoding)
  if (known) return known
  const bytes = Uint8Array.from({ length: 128 }, (_, index) => index + 128)
  const set = new Set(iconv.decode(bytes, encoding))
  set.delete('\ufffd')
  mappableByEncoding.set(encoding, set)
  return set
}

/** How values are made safe for a package that replays them as key strokes. */
export interface KeyboardTarget {
  /** A single-byte encoding by iconv-lite's name, or `utf-8` for any character. */
  encoding: string
  /** The separator, where fields stand unquoted. */
  separator: string | null
}

/** The characters of a text that an encoding lacks, each once. */
export function unmappableCharacters(text: string, encoding: string): string[] {
  if (encoding === 'utf-8') return []
  const known = upperHalf(encoding)
  const visible = text.normalize('NFC').replace(ANY_BLANK, ' ').replace(INVISIBLE, '')
  return [...new Set(visible.match(NOT_ASCII))].filter((character) => !known.has(character))
}

const UNSAFE_LATIN = /[<>"&]/

/**
 * Text that presses no key: no `<`, `>`, `"`, line break, tab or control character, nor anything that a conversion between code
 * pages or a second decoding would turn into one. Characters that the encoding lacks are transliterated. Idempotent.
 */
export function keyboardText(text: string, target: KeyboardTarget): SafeText {
  const steps = new Steps(text)
  const known = target.encoding === 'utf-8' ? null : upperHalf(target.encoding)
  steps.do('letters and their accents are joined', (t) => t.normalize('NFC'))
  steps.do('line breaks and tabs would press Enter or Tab: written as blanks', (t) => t.replace(ANY_BLANK, ' '))
  steps.do('invisible characters are left out', (t) => t.replace(INVISIBLE, ''))
  steps.do('characters that Attaché cannot hold, or may take for another, are written in plain letters', (t) =>
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
  steps.do('a coded character such as &lt; could press a key in Attaché', (t) =>
    t.replace(NESTED_AMPERSAND, '&').replace(ENTITY, (_, name: string) => ENTITY_AS[name.toLowerCase()] ?? name),
  )
  const { separator } = target
  if (separator !== null) steps.do('the separator would begin another field', (t) => t.replaceAll(separator, ' '))
  return steps
    .do('invisible characters are left out', (t) => t.replace(ANY_BLANK, ' ').replace(INVISIBLE, ''))
    .do('blanks at the ends are left out', (t) => t.trim())
}

const ENTITY_AS: Readonly<Record<string, string>> = { lt: '(', gt: ')', quot: "'", apos: "'", tab: ' ', newline: ' ' }

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** How many characters a text has, a surrogate pair counting as one. */
export function characterCount(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}

/** The longest beginning of at most `max` characters that does not cut through a character as people see it. */
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

/** Spreads a text over fields of the given lengths (null: no limit), breaking at blanks where that loses little. `rest`: what found no room. */
export function wrapText(text: string, limits: readonly (number | null)[]): { parts: string[]; rest: string } {
  let rest = text
  const parts = limits.map((limit, index) => {
    let part = limit === null ? rest : cutText(rest, limit)
    if (part.length < rest.length && index < limits.length - 1 && !/^\s/.test(rest.slice(part.length))) {
      const blank = part.lastIndexOf(' ')
      if (blank > part.length / 2) part = part.slice(0, blank)
    }
    rest = rest.slice(part.length).trimStart()
    return part.trimEnd()
  })
  return { parts, rest }
}

/** A value inside a sentence: at most 40 characters, what cannot be seen written as U+0000. */
export function shown(value: string): string {
  const visible = cutText(value, 40).replace(
    /[\p{Cc}\p{Cs}\p{Cf}\u2028\u2029]/gu,
    (character) => `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  )
  return value.length > 40 ? `${visible}…` : visible
}
