import type { ProblemRow } from '../../../src-shared/contract/contract'

/** What a notification says. */
export interface ProblemNote {
  title: string
  body: string
}

const MOST_TITLES = 3

/** Knows which problems a person was told of: each once, as long as it lasts. */
export class NewProblems {
  private told: Set<string> | null = null

  /** What to say of the problems as they are now; null where none is new. `isSilent`: they are seen anyway, and count as told. */
  note(problems: readonly Pick<ProblemRow, 'key' | 'title' | 'failure'>[], isSilent: boolean): ProblemNote | null {
    const fresh = problems.filter(({ key }) => this.told?.has(key) !== true)
    this.told = new Set(problems.map(({ key }) => key))
    const [first] = fresh
    if (first === undefined || isSilent) return null
    if (fresh.length === 1) return { title: first.title, body: `${first.failure.message} ${first.failure.remedy}` }
    // Many orders that fail for one reason are one piece of news.
    const titles = fresh.slice(0, MOST_TITLES).map(({ title }) => title)
    const more = fresh.length > MOST_TITLES ? ` and ${fresh.length - MOST_TITLES} more` : ''
    const isOneCause = fresh.every(({ failure }) => failure.code === first.failure.code)
    return {
      title: `${fresh.length} problems need you`,
      body: `${titles.join(', ')}${more}.${isOneCause ? ` ${first.failure.message}` : ''}`,
    }
  }
}
