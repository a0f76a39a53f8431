/**
 * The search terms in the text, in the form in which they are indexed and searched: lower case, without accents, with compatibility forms such as ligatures
 * and full-width letters resolved. Terms contain only letters and digits, so the index's ASCII tokenizer treats each as one token, in every script.
 */
export function searchTerms(text: string): string[] {
  return (
    text
      .normalize('NFKD')
      .replaceAll(/\p{M}+/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}
