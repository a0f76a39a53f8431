/** Replaces lone surrogates with U+FFFD, because UTF-8, which SQLite and files use, can't represent them. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD')
}
