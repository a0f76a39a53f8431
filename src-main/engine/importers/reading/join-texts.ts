/** Joins the non-empty texts. Takes an array, because a document may contain more texts than a call can have arguments. */
export function joinTexts(separator: string, texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join(separator)
}
