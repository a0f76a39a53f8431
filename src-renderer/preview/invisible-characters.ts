const REPLACEMENTS: Readonly<Record<string, string>> = {
  ' ': '·',
  '\t': '→\t',
  '\r': '[CR]',
  '\n': '[LF]\n',
}

/** Makes invisible characters visible: spaces, tabs, line breaks, and control and formatting characters. */
export function showInvisible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zs}\u2028\u2029]/gu, (character) => {
    const replacement = REPLACEMENTS[character]
    if (replacement !== undefined) return replacement
    return `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`
  })
}
