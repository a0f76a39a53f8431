import type { DigestOrder } from '../database/digest-store'

/** Orders and their money, in one currency. */
export interface Sum {
  count: number
  totalMinor: number
}

/** Where an order came from, and what became of it: each order of a day counts in one of the first two and in one of the next four. */
export const ENTRIES = ['received', 'carriedOver'] as const
export const EXITS = ['written', 'failed', 'waiting', 'closed'] as const
/** Beside the sum: orders of this or an earlier day. */
export const ASIDE = ['confirmed', 'troubled'] as const
export type Part = (typeof ENTRIES)[number] | (typeof EXITS)[number] | (typeof ASIDE)[number]

/** The day at one destination, in one currency: received + carried over = written + failed + waiting + closed. */
export interface Reconciliation extends Record<Part, Sum> {
  destination: string
  currency: string
}

/** A day, reconciled. */
export interface DayReport {
  reconciliations: Reconciliation[]
  /** Numbers of orders that failed or need review, and still do. */
  failedNumbers: string[]
}

type Exit = (typeof EXITS)[number]

/** Reconciles a day. */
export function reconcile(
  orders: readonly DigestOrder[],
  confirmed: readonly (Sum & { destination: string; currency: string })[],
  day: { from: string; to: string },
): DayReport {
  const byKey = new Map<string, Reconciliation>()
  const of = ({ destination, currency }: { destination: string; currency: string }) => {
    const key = JSON.stringify([destination, currency])
    const found = byKey.get(key) ?? { destination, currency, ...empty() }
    byKey.set(key, found)
    return found
  }
  const failedNumbers: string[] = []
  for (const order of orders) {
    const isTroubled = needsPerson(order, day.to)
    const exit = exitOf(order, day)
    if (exit === 'before') {
      if (!isTroubled) continue
    } else {
      add(of(order)[order.receivedAt >= day.from ? 'received' : 'carriedOver'], order)
      add(of(order)[exit], order)
    }
    if (isTroubled) failedNumbers.push(order.number)
    // Its file went out, so it counts as written, on this day or on one before.
    if (isTroubled && exit !== 'failed') add(of(order).troubled, order)
  }
  for (const sum of confirmed) add(of(sum).confirmed, sum, sum.count)
  const reconciliations = [...byKey.values()].sort(
    (a, b) => a.destination.localeCompare(b.destination) || a.currency.localeCompare(b.currency),
  )
  return { reconciliations, failedNumbers }
}

/** What had become of an order when the day ended; `before`: it was settled on an earlier day. */
function exitOf(order: DigestOrder, { from, to }: { from: string; to: string }): Exit | 'before' {
  if (order.writtenAt !== null && order.writtenAt < to) return order.writtenAt < from ? 'before' : 'written'
  const closedAt = order.writtenAt === null ? closedSince(order) : null
  if (closedAt !== null && closedAt < to) return closedAt < from ? 'before' : 'closed'
  return needsPerson(order, to) ? 'failed' : 'waiting'
}

/** An order without a file that no sync will write: it was cancelled, completed, put on hold, or found in the accounting package. */
function closedSince({ syncState, status, statusAt, receivedAt }: DigestOrder): string | null {
  const isClosed = syncState === 'confirmed' || (syncState === 'waiting' && status !== 'Pending')
  return isClosed ? (statusAt ?? receivedAt) : null
}

function needsPerson({ syncState, needsPersonSince }: DigestOrder, to: string): boolean {
  return (syncState === 'failed' || syncState === 'needs review') && (needsPersonSince === null || needsPersonSince < to)
}

function add(sum: Sum, { totalMinor }: { totalMinor: number }, count = 1): void {
  sum.count += count
  sum.totalMinor += totalMinor
}

function empty(): Record<Part, Sum> {
  const none = () => ({ count: 0, totalMinor: 0 })
  return {
    received: none(),
    carriedOver: none(),
    written: none(),
    failed: none(),
    waiting: none(),
    closed: none(),
    confirmed: none(),
    troubled: none(),
  }
}
