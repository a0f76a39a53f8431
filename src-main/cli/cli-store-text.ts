import type { StoreCounts, StoreFacts } from '../../src-shared/contract/contract'
import type { StatusMeaning } from '../../src-shared/stores'
import { plain, table } from './cli-text'

/** A store that was connected, and from which date. */
export interface ConnectedStore {
  name: string
  facts: StoreFacts
  /** The orders since `since`; null if none were asked for. */
  counts: StoreCounts | null
  /** UTC ISO 8601; null: the time when the store was connected. */
  since: string | null
  /** True if orders since `since` are sent. */
  isSent: boolean
}

/** From which date orders are read, and what happens to the past ones. */
export function startText({ counts, since, isSent }: ConnectedStore): string {
  if (counts === null || since === null) return 'Orders that are placed from now on are read and sent.'
  const limit = counts.since > since ? ` The store gives none before ${counts.since}.` : ''
  const past = isSent
    ? `${counts.ready} of them are ready and will be sent.`
    : 'They count as already handled, so they are not sent. Orders placed from now on are.'
  return `${counts.total} orders since ${since}: ${past}${limit}`
}

/** What Test Connection shows. `statuses` says what each of the store's statuses means here. */
export function storeFactsText(name: string, facts: StoreFacts, statuses: Readonly<Record<string, StatusMeaning>>): string {
  const lines = [`${plain(name)}: ${plain(facts.shopName)}, ${plain(facts.version)}`, clockText(facts.clockDifferenceMs)]
  const ready = readyCount(facts, statuses)
  if (ready !== null) lines.push(`Orders ready: ${ready}`)
  if (facts.earliest !== null) lines.push(`The store gives no orders before ${facts.earliest}.`)
  if (facts.canWrite === false) lines.push('The key may not write to the store.')
  const rows = facts.statuses.map(({ status, title, count }) => [
    plain(title),
    plain(status),
    count === null ? '' : String(count),
    meaningOf(status, statuses),
  ])
  return rows.length === 0 ? lines.join('\n') : `${lines.join('\n')}\n\n${table([['Status', 'Id', 'Orders', 'Here'], ...rows])}`
}

/** How many of the store's orders have a status that means Pending; null if the store doesn't say. */
export function readyCount({ statuses: counts }: StoreFacts, statuses: Readonly<Record<string, StatusMeaning>>): number | null {
  if (counts.every(({ count }) => count === null)) return null
  return counts.reduce((sum, { status, count }) => sum + (meaningOf(status, statuses) === 'Pending' ? (count ?? 0) : 0), 0)
}

function meaningOf(status: string, statuses: Readonly<Record<string, StatusMeaning>>): string {
  return Object.hasOwn(statuses, status) ? (statuses[status] ?? '') : 'On Hold, until you choose'
}

function clockText(differenceMs: number): string {
  const seconds = Math.round(Math.abs(differenceMs) / 1000)
  if (seconds < 2) return "The store's clock and this computer's agree."
  return `The store's clock is ${seconds} seconds ${differenceMs > 0 ? 'ahead of' : 'behind'} this computer's.`
}
