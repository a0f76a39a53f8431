import type { StoreCounts, StoreFacts } from '../../../../src-shared/contract/contract'
import type { StatusMeaning } from '../../../../src-shared/stores'

/** An order in the store's list of changes. */
export interface ListedOrder {
  id: string
  /** UTC ISO 8601, by the store's clock; empty if the store gave no valid date. */
  modifiedAt: string
}

/** A page of the store's list of changes. */
export interface ListedPage {
  orders: readonly ListedOrder[]
  /** The orders themselves, if the store sent them with the list. */
  documents?: readonly (StoreDocument | IncompleteDocument)[]
  /** How many more orders the list has after this page; null if the store doesn't say. */
  remaining: number | null
  /**
   * Every change before this time is in this page or an earlier one; UTC ISO 8601. Null: the next pages may have earlier changes. By default, the
   * newest date of the page.
   */
  upTo?: string | null
}

/** An order as the store sent it. */
export interface StoreDocument {
  id: string
  fileName: string
  /** What the store sent, byte for byte. */
  bytes: Uint8Array
  /** The store's own status. */
  status: string
  /** Times by the store's clock, UTC ISO 8601. */
  placedAt: string
  /** Null if the order isn't paid or the store doesn't say. */
  paidAt: string | null
  modifiedAt: string
}

/** An order without something that every order has, e.g. its date. It doesn't hold up the others. */
export interface IncompleteDocument {
  id: string
  /** What is missing. */
  reason: string
}

/** An order that may still be in the store, but is older than those that the key may read. */
export type NotHandedOut = 'not handed out'

/** A write to the store. Each is made at most once: it leaves its `mark`, which is looked for before it is made again. */
export type StoreUpdate =
  /** A private note, which the customer never sees. */
  | { kind: 'note'; text: string }
  /** A meta field or a tag with that name. */
  | { kind: 'mark'; name: string; value: string }
  | { kind: 'status'; status: string }
  | { kind: 'tracking'; number: string; carrier: string }

/**
 * A store that orders are read from. Every call throws the FailureErrors of docs/stores.md and `AbortError` when the signal is aborted. Calls retry
 * what is worth retrying, and share one limit for requests at a time.
 */
export interface Store {
  /** Checks the connection, without writing anything. */
  test(signal: AbortSignal): Promise<StoreFacts>
  /** Counts the orders that were placed since a date. UTC ISO 8601. */
  count(since: string, statuses: Readonly<Record<string, StatusMeaning>>, signal: AbortSignal): Promise<StoreCounts>
  /** Returns the store's time now; UTC ISO 8601. */
  now(signal: AbortSignal): Promise<string>
  /** Lists the orders that were modified since a time, inclusive, in pages. None is left out if others change meanwhile. An order may come twice. */
  listChanged(since: string, signal: AbortSignal): AsyncIterable<ListedPage>
  /** The most orders that one call of `get` may ask for. */
  readonly batchSize: number
  /** Returns the orders with these ids. Those that the store no longer lists are missing. */
  get(ids: readonly string[], signal: AbortSignal): Promise<(StoreDocument | IncompleteDocument)[]>
  /** Returns one order, also from the store's trash; null if it is gone. `placedAt` tells an order that is gone from one that is too old for the key. */
  getOne(id: string, signal: AbortSignal, placedAt?: string): Promise<StoreDocument | IncompleteDocument | NotHandedOut | null>
  /** Returns the orders with that number. */
  find(number: string, signal: AbortSignal): Promise<(StoreDocument | IncompleteDocument)[]>
  /** The address of an order's page in the store's administration. */
  orderPage(id: string): string
  /** Writes to an order unless the mark shows that it was written before. Returns `written before` in that case. */
  update(id: string, update: StoreUpdate, mark: string, signal: AbortSignal): Promise<'written' | 'written before'>
}
