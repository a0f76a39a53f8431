const MAX_LENGTH = 120
const NUMBER_WIDTH = 15

/**
 * The key that lists sort text by. Letter case, accents and surrounding spaces make no difference, and digits compare
 * as numbers (`W9` comes before `W10`).
 */
export function sortKey(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .trim()
    .slice(0, MAX_LENGTH)
    .replaceAll(/\d+/g, (digits) => digits.padStart(NUMBER_WIDTH, '0'))
}
