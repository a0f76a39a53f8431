/** Text whose lone surrogates are U+FFFD: SQLite and files hold UTF-8, which has no place for them. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD')
}
