import { hostname, userInfo } from 'node:os'
import anyAscii from 'any-ascii'
import { escapeUTF8 } from 'entities'

/** Replaces personal data in text and leaves the rest unchanged. */
export type Mask = (text: string) => string

/** Shorter values aren't masked, because they occur by chance in any text. */
const MIN_LENGTH = 3
/** Shorter values are replaced as whole words only; longer ones anywhere. */
const MIN_LENGTH_ANYWHERE = 5

/**
 * The shape of a string: letters become `x` or `X`, digits `9`, and all other characters `?`, except ASCII punctuation
 * and white space. The length doesn't change.
 */
export function shapeOf(text: string): string {
  return text
    .replaceAll(/\p{Lu}/gu, 'X')
    .replaceAll(/[^\P{L}X]/gu, 'x')
    .replaceAll(/\p{N}/gu, '9')
    .replaceAll(/[^\t\r\n\x20-\x7e]/gu, '?')
}

/**
 * Creates a mask for the values, including their escaped and transliterated forms, and for anything that looks like an
 * email address, a phone number or a user's folder.
 */
export function createMask(values: Iterable<string>): Mask {
  const forms = new Set<string>()
  for (const value of [...values, ...computerNames()]) {
    const trimmed = value.trim()
    for (const form of [trimmed, anyAscii(trimmed), escapeUTF8(trimmed), JSON.stringify(trimmed).slice(1, -1), encoded(trimmed)]) {
      if ([...form].length >= MIN_LENGTH && shapeOf(form) !== form) forms.add(form)
    }
  }
  // Longest first, so that no part of a longer value is left over.
  const patterns = [...forms].sort((left, right) => right.length - left.length).map(pattern)
  const anyForm = patterns.length === 0 ? null : new RegExp(patterns.join('|'), 'giu')
  return (text) => {
    const masked = anyForm === null ? text : text.replace(anyForm, shapeOf)
    return masked.replace(USER_FOLDER, '$1(user)').replace(EMAIL, shapeOf).replace(PHONE, shapeIfPhone)
  }
}

function pattern(value: string): string {
  const escaped = value.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll(/\s+/g, '\\s+')
  return value.length >= MIN_LENGTH_ANYWHERE ? escaped : `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`
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

/** A user's home folder. The first group is the path before the user name. */
export const USER_FOLDER = /((?:^|[\s"'(=])(?:[A-Za-z]:)?(?:[\\/]+)(?:Users|home|Documents and Settings)[\\/]+)[^\\/\s"']+/gi
const EMAIL = /[^\s<>"'(),:;=]+@[^\s<>"'(),:;=]+/gu
/** Digits that may be a phone number. `shapeIfPhone` excludes times and ids. */
const PHONE = /(?<![\p{L}\p{N}.:-])\+?\(?\d[\d ()./-]{6,18}\d(?![\p{L}\p{N}:])/gu

function shapeIfPhone(found: string): string {
  const digits = found.replaceAll(/\D/g, '')
  const isTime = /^\d{4}-\d\d-\d\d/.test(found)
  return isTime || digits.length < 8 || digits.length > 13 ? found : shapeOf(found)
}
