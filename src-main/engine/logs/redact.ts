const HIDDEN = '[hidden]'

/** What must not stand in a log, and what stands there in its place. Every repetition has a limit: a text of any length takes time in proportion. */
const RULES: readonly (readonly [RegExp, string])[] = [
  // An address keeps its first letter and its domain: enough to tell two customers apart.
  [/([\p{L}\p{N}])[\p{L}\p{N}._%+'-]{0,63}@((?:[\p{L}\p{N}-]{1,63}\.){1,8}[\p{L}\p{N}-]{1,63})/gu, '$1…@$2'],
  [/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/:@]{1,200}:[^\s/@]{1,200}@/gi, `$1${HIDDEN}@`],
  [
    /(["']?\b(?:pass(?:word|phrase|wd)?|pwd|secret|token|authorization)\b["']?\s*[=:]\s*)("[^"]*"|'[^']*'|\S+(?: [A-Za-z0-9+/=_-]{12,})?)/gi,
    `$1${HIDDEN}`,
  ],
  [/\b(AUTH (?:PLAIN|LOGIN|XOAUTH2) )\S+/gi, `$1${HIDDEN}`],
  [/(["']?\b(?:street|line1|line2|address1|address2|phone|postcode)\b["']?\s*[=:]\s*)("[^"]*"|'[^']*')/gi, `$1${HIDDEN}`],
]

/** A text without passwords and without full addresses, fit for a log that is sent to a support person. */
export function redact(text: string): string {
  return RULES.reduce((left, [what, instead]) => left.replaceAll(what, instead), text)
}
