import type { PickUpPolicy } from '../../../src-shared/profiles/pick-up-policy'
import { BASE_NAME, DELIVERY_ID_WIDTH } from '../files/file-name'

/** A file name that matched a companion pattern, with the base name or the id of the delivery that the companion is about. */
export interface CompanionMatch {
  verdict: PickUpPolicy['companions'][number]['verdict']
  base: string | null
  idText: string | null
}

/** Returns a function that matches a file name against the companion patterns, ignoring case. */
export function companionMatcher(companions: PickUpPolicy['companions']): (fileName: string) => CompanionMatch | null {
  const compiled = companions.map(({ pattern, verdict }) => ({ expression: compile(pattern), verdict }))
  return (fileName) => {
    for (const { expression, verdict } of compiled) {
      const found = expression.exec(fileName)
      if (found === null) continue
      const { base = null, id = null } = found.groups ?? {}
      return { verdict, base: base?.toLowerCase() ?? null, idText: id?.toLowerCase() ?? null }
    }
    return null
  }
}

/**
 * Turns a companion pattern into a regular expression. Only the first `{base}` and the first `{id}` are placeholders.
 * `*` matches anything, and all other text is literal. No part can cause catastrophic backtracking.
 */
function compile(pattern: string): RegExp {
  const seen = new Set<string>()
  const source = pattern.split(/(\{base\}|\{id\}|\*+)/).map((part) => {
    if (part === '{base}' && !seen.has(part)) return seen.add(part) && `(?<base>${BASE_NAME})`
    if (part === '{id}' && !seen.has(part)) return seen.add(part) && `(?<id>[0-9a-z]{${DELIVERY_ID_WIDTH}})`
    if (part.startsWith('*')) return '[^\\\\/]*'
    return part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${source.join('')}$`, 'i')
}
