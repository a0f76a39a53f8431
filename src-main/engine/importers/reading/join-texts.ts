/** Texts that are not empty, joined. A list and not arguments: a document may hold more of them than a call can take. */
export function joinTexts(separator: string, texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join(separator)
}
