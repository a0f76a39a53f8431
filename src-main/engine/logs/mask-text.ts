import { hostname, userInfo } from 'node:os'
import anyAscii from 'any-ascii'
import { escapeUTF8 } from 'entities'

/** Replaces what names a person, and leaves the rest as it is. */
export type Mask = (text: string) => string

/** Shorter values are no secret: they stand in every text. */
const SHORTEST = 3
/** Shorter values are replaced as whole words only; longer ones wherever they stand. */
const SHORTEST_ANYWHERE = 5

/** A text with its letters as x and X, its digits as 9, and everything else that is not plain punctuation as ?. Its length and its line ends stay. */
export function shapeOf(text: string): string {
  return text
    .replaceAll(/\p{Lu}/gu, 'X')
    .replaceAll(/[^\P{L}X]/gu, 'x')
    .replaceAll(/\p{N}/gu, '9')
    .replaceAll(/[^\t\r\n\x20-\x7e]/gu, '?')
}

/** A mask for these values, however they are escaped or transliterated, and for whatever looks like an e-mail address, a phone number or a user's folder. */
export function createMask(values: Iterable<string>): Mask {
  const forms = new Set<string>()
  for (const value of [...values, ...computerNames()]) {
    const trimmed = value.trim()
    for (const form of [trimmed, anyAscii(trimmed), escapeUTF8(trimmed), JSON.stringify(trimmed).slice(1, -1), encoded(trimmed)]) {
      if ([...form].length >= SHORTEST && shapeOf(form) !== form) forms.add(form)
    }
  }
  // The longest first, so that a street does not leave its number behind.
  const found = [...forms].sort((left, right) => right.length - left.length).map(pattern)
  const known = found.length === 0 ? null : new RegExp(found.join('|'), 'giu')
  return (text) => {
    const named = known === null ? text : text.replace(known, shapeOf)
    return named.replace(USER_FOLDER, '$1(user)').replace(EMAIL, shapeOf).replace(PHONE, shapeIfPhone)
  }
}

function pattern(value: string): string {
  const escaped = value.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll(/\s+/g, '\\s+')
  return value.length >= SHORTEST_ANYWHERE ? escaped : `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`
}

function encoded(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Cs}/gu, '\ufffd'))
}

function computerNames(): string[] {
  try {
    return [userInfo().username, hostname()].filter((name) => name !== 'root' && name !== 'localhost')
  } catch {
    // Accounts without an entry in the system's user list have no name.
    return [hostname()]
  }
}

/** A person's own folder, up to their name. */
export const USER_FOLDER = /((?:^|[\s"'(=])(?:[A-Za-z]:)?(?:[\\/]+)(?:Users|home|Documents and Settings)[\\/]+)[^\\/\s"']+/gi
const EMAIL = /[^\s<>"'(),:;=]+@[^\s<>"'(),:;=]+/gu
/** Digits as phones have them. Times and ids are told apart below. */
const PHONE = /(?<![\p{L}\p{N}.:-])\+?\(?\d[\d ()./-]{6,18}\d(?![\p{L}\p{N}:])/gu

function shapeIfPhone(found: string): string {
  const digits = found.replaceAll(/\D/g, '')
  const isTime = /^\d{4}-\d\d-\d\d/.test(found)
  return isTime || digits.length < 8 || digits.length > 13 ? found : shapeOf(found)
}
