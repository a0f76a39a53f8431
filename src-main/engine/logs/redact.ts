import { pathTag } from './file-tag'
import { USER_FOLDER } from './mask-text'

const HIDDEN = '[hidden]'

/**
 * Patterns that must not appear in a log, with their replacements. All repetitions are bounded, so that the time is
 * linear in the text's length.
 */
const RULES: readonly (readonly [RegExp, string | ((found: string) => string)])[] = [
  // An email address keeps its first letter and its domain, enough to distinguish two customers.
  [/([\p{L}\p{N}])[\p{L}\p{N}._%+'-]{0,63}@((?:[\p{L}\p{N}-]{1,63}\.){1,8}[\p{L}\p{N}-]{1,63})/gu, '$1…@$2'],
  [/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/:@]{1,200}:[^\s/@]{1,200}@/gi, `$1${HIDDEN}@`],
  [
    /(["']?\b(?:pass(?:word|phrase|wd)?|pwd|secret|token|authorization)\b["']?\s*[=:]\s*)("[^"]*"|'[^']*'|\S+(?: [A-Za-z0-9+/=_-]{12,})?)/gi,
    `$1${HIDDEN}`,
  ],
  [/\b(AUTH (?:PLAIN|LOGIN|XOAUTH2) )\S+/gi, `$1${HIDDEN}`],
  // Phone numbers: digits with a plus or a leading zero, and spaces or dashes in between. Ids, amounts and times have neither.
  [/(?<![\p{L}\p{N}._:/-])(?:\+\d{1,3}|\(?0\d{1,4}\)?)(?:[ ().-]{1,2}\d{1,5}){2,6}(?![\p{L}\p{N}:])/gu, HIDDEN],
  [/(?<![\p{L}\p{N}._:/-])(?:\+\d{8,14}|0\d{8,10})(?![\p{L}\p{N}:._-])/gu, HIDDEN],
  [USER_FOLDER, '$1(user)'],
  // Paths in quotes come from the system. Names of files that Ledgerdrop didn't create become tags.
  [/(?<=['"])(?:[A-Za-z]:[\\/]|[\\/])[^'"\n]{1,1000}(?=['"])/g, pathTag],
  [/(["']?\b(?:street|line1|line2|address1|address2|phone|postcode)\b["']?\s*[=:]\s*)("[^"]*"|'[^']*')/gi, `$1${HIDDEN}`],
]

/**
 * Returns a text without passwords, full email addresses, phone numbers, users' folders and file names, for logs that
 * may be sent to support.
 */
export function redact(text: string): string {
  return RULES.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement as string), text)
}
