/**
 * The words of a text, as they are stored and as they are looked for: lower case, without accents, widths and ligatures resolved. Only
 * letters and digits, so that the index's ASCII tokenizer takes each for one word, in every script.
 */
export function searchWords(text: string): string[] {
  return (
    text
      .normalize('NFKD')
      .replaceAll(/\p{M}+/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}
