const NAMES: Readonly<Record<string, string>> = {
  ' ': '·',
  '\t': '→\t',
  '\r': '␍',
  '\n': '␊\n',
  '\u00a0': '⍽',
  '\u007f': '␡',
}

/** The text with every character visible that otherwise is not: blanks, tabs, line ends, control and direction characters. */
export function showInvisible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zs}\u2028\u2029]/gu, (character) => {
    const known = NAMES[character]
    if (known !== undefined) return known
    const code = character.codePointAt(0) ?? 0
    // Control pictures stand at the same distance from their block's start as the characters do.
    if (code < 0x20) return String.fromCodePoint(0x2400 + code)
    return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`
  })
}
