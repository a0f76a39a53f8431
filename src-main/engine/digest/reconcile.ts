import type { DigestOrder } from '../database/digest-store'

/** A number of orders and their total, in one currency. */
export interface Sum {
  count: number
  totalMinor: number
}

/** Categories of a day's orders: each order counts in one INCOMING and in one OUTCOMES category. */
export const INCOMING = ['received', 'carriedOver'] as const
export const OUTCOMES = ['written', 'failed', 'waiting', 'closed'] as const
/** Categories that are not part of the balance. They may include orders of earlier days. */
export const ADDITIONAL = ['confirmed', 'writtenWithProblem'] as const
export type Category = (typeof INCOMING)[number] | (typeof OUTCOMES)[number] | (typeof ADDITIONAL)[number]

/** A day's orders for one destination, in one currency: received + carried over = written + failed + waiting + closed. */
export interface Reconciliation extends Record<Category, Sum> {
  destination: string
  currency: string
}

/** The reconciliation of a day. */
export interface DayReport {
  reconciliations: Reconciliation[]
  /** Numbers of orders that had failed or needed review by the end of the day, and still do. */
  failedNumbers: string[]
}

type Outcome = (typeof OUTCOMES)[number]

/** Counts a day's orders by destination, currency and category. */
export function reconcile(
  orders: readonly DigestOrder[],
  confirmed: readonly (Sum & { destination: string; currency: string })[],
  day: { from: string; to: string },
): DayReport {
  const byKey = new Map<string, Reconciliation>()
  const reconciliationFor = ({ destination, currency }: { destination: string; currency: string }) => {
    const key = JSON.stringify([destination, currency])
    const found = byKey.get(key) ?? { destination, currency, ...emptyCategories() }
    byKey.set(key, found)
    return found
  }
  const failedNumbers: string[] = []
  for (const order of orders) {
    const needsAttention = needsAttentionBy(order, day.to)
    const outcome = outcomeOf(order, day)
    if (outcome === 'before') {
      if (!needsAttention) continue
    } else {
      add(reconciliationFor(order)[order.receivedAt >= day.from ? 'received' : 'carriedOver'], order)
      add(reconciliationFor(order)[outcome], order)
    }
    if (needsAttention) failedNumbers.push(order.number)
    // The order's file was sent, so the order counts as written, on this day or an earlier one.
    if (needsAttention && outcome !== 'failed') add(reconciliationFor(order).writtenWithProblem, order)
  }
  for (const sum of confirmed) add(reconciliationFor(sum).confirmed, sum, sum.count)
  const reconciliations = [...byKey.values()].sort(
    (a, b) => a.destination.localeCompare(b.destination) || a.currency.localeCompare(b.currency),
  )
  return { reconciliations, failedNumbers }
}

/** An order's outcome at the end of the day; `before`: it was written or closed on an earlier day. */
function outcomeOf(order: DigestOrder, { from, to }: { from: string; to: string }): Outcome | 'before' {
  if (order.writtenAt !== null && order.writtenAt < to) return order.writtenAt < from ? 'before' : 'written'
  const closedAt = order.writtenAt === null ? closedSince(order) : null
  if (closedAt !== null && closedAt < to) return closedAt < from ? 'before' : 'closed'
  return needsAttentionBy(order, to) ? 'failed' : 'waiting'
}

/** When an order was closed without a file: it was cancelled, completed, put on hold, or found in the accounting package. Null if it wasn't. */
function closedSince({ syncState, status, statusAt, receivedAt }: DigestOrder): string | null {
  const isClosed = syncState === 'confirmed' || (syncState === 'waiting' && status !== 'Pending')
  return isClosed ? (statusAt ?? receivedAt) : null
}

function needsAttentionBy({ syncState, needsPersonSince }: DigestOrder, to: string): boolean {
  return (syncState === 'failed' || syncState === 'needs review') && (needsPersonSince === null || needsPersonSince < to)
}

function add(sum: Sum, { totalMinor }: { totalMinor: number }, count = 1): void {
  sum.count += count
  sum.totalMinor += totalMinor
}

function emptyCategories(): Record<Category, Sum> {
  const none = () => ({ count: 0, totalMinor: 0 })
  return {
    received: none(),
    carriedOver: none(),
    written: none(),
    failed: none(),
    waiting: none(),
    closed: none(),
    confirmed: none(),
    writtenWithProblem: none(),
  }
}
