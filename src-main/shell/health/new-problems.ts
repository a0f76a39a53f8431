import type { ProblemRow } from '../../../src-shared/contract/contract'

/** The text of a notification about problems. */
export interface ProblemNotification {
  title: string
  body: string
}

const MAX_TITLES = 3

/** Remembers which problems have been reported, so that each is notified once while it lasts. */
export class NewProblems {
  private reported: Set<string> | null = null

  /**
   * The notification about new problems; null if there are none. `isSilent`: the problems are already visible, so they
   * only count as reported.
   */
  notificationFor(problems: readonly Pick<ProblemRow, 'key' | 'title' | 'failure'>[], isSilent: boolean): ProblemNotification | null {
    const fresh = problems.filter(({ key }) => this.reported?.has(key) !== true)
    this.reported = new Set(problems.map(({ key }) => key))
    const [first] = fresh
    if (first === undefined || isSilent) return null
    if (fresh.length === 1) return { title: first.title, body: `${first.failure.message} ${first.failure.remedy}` }
    // Orders that fail for the same reason share one explanation.
    const titles = fresh.slice(0, MAX_TITLES).map(({ title }) => title)
    const more = fresh.length > MAX_TITLES ? ` and ${fresh.length - MAX_TITLES} more` : ''
    const hasOneCause = fresh.every(({ failure }) => failure.code === first.failure.code)
    return {
      title: `${fresh.length} problems need attention`,
      body: `${titles.join(', ')}${more}.${hasOneCause ? ` ${first.failure.message}` : ''}`,
    }
  }
}
