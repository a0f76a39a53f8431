const LONGEST = 120
const DIGITS = 15

/**
 * A text as lists are sorted by it: letter case, accents and the blanks around it make no difference, and digits count as a number
 * (`W9` comes before `W10`).
 */
export function sortKey(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .trim()
    .slice(0, LONGEST)
    .replaceAll(/\d+/g, (digits) => digits.padStart(DIGITS, '0'))
}
