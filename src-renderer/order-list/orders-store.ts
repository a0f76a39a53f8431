import { create } from 'zustand'
import type { OrderCount, OrderCursor, OrderRow } from '../../src-shared/contract/contract'
import type { Failure, FailureCode } from '../../src-shared/failure'
import { call, on } from '../client/client'
import { onRefresh } from '../client/refresh'
import { type FilterFields, matchesFilter, toOrderFilter } from './order-filter'
import { clearSelection } from './order-selection'
import { useOrderView } from './order-view'

const PAGE_SIZE = 100
const MAX_IDS = 20_000
const MAX_ROWS_AT_ONCE = 200
/** The maximum number of loaded rows before those out of view are dropped. */
const MAX_LOADED_ROWS = 3000
const SEARCH_DELAY_MS = 150
const RECOUNT_DELAY_MS = 1000

interface OrdersState {
  /** The ids of the list, from the top to where the user has scrolled. Events don't change them, so that rows don't move under the user's pointer. */
  ids: number[]
  /** The number of orders in the whole list. */
  total: number
  /** The cursor for more ids; null if all are loaded. */
  next: OrderCursor | null
  /** The newest order when the list was loaded. */
  newestId: number
  /** Rows by id: those in view and some near them, always up to date. */
  rows: Readonly<Record<number, OrderRow>>
  /** The number of orders that belong in the list but are not shown in it yet. */
  newCount: number
  counts: OrderCount[]
  /** False until the first response. */
  isLoaded: boolean
  isLoading: boolean
  failure: Failure | null
  /** Incremented each time the list is loaded from the top. */
  generation: number
}

/** The state of View Orders. */
export const useOrders = create<OrdersState>(() => ({
  ids: [],
  total: 0,
  next: null,
  newestId: 0,
  rows: {},
  newCount: 0,
  counts: [],
  isLoaded: false,
  isLoading: false,
  failure: null,
  generation: 0,
}))

/** The scroll position of View Orders, restored when the user returns to the screen. */
export const orderScroll = { top: 0, generation: 0 }

let latestRequest = 0
let listedIds = new Set<number>()
let newIds = new Set<number>()

const currentQuery = () => ({ filter: toOrderFilter(useOrderView.getState().filter) ?? {}, sort: useOrderView.getState().sort })

/**
 * Loads the list from the top for the current filters. Results of older requests are ignored. If `isQuiet`, the scroll
 * position doesn't change.
 */
export async function loadOrders(isQuiet = false): Promise<void> {
  latestRequest += 1
  const request = latestRequest
  useOrders.setState({ isLoading: true })
  const query = currentQuery()
  // The list is requested first, because the engine handles requests in sequence.
  const listRequest = call('orders.list', { ...query, limit: PAGE_SIZE })
  const countRequests = Promise.all([call('orders.count', { filter: query.filter }), call('orders.counts', {})])
  const list = await listRequest
  if (request !== latestRequest) return
  if (!list.ok) {
    useOrders.setState({ isLoading: false, failure: list.error })
    return
  }
  // Show the list before the next await: events that arrive later are newer than this list and must update it.
  showList(list.value, isQuiet)
  const [count, counts] = await countRequests
  if (request !== latestRequest) return
  if (!count.ok) return useOrders.setState({ failure: count.error })
  if (!counts.ok) return useOrders.setState({ failure: counts.error })
  useOrders.setState((state) => ({
    total: state.next === null ? state.ids.length : Math.max(count.value.total, state.ids.length + 1),
    newestId: count.value.newestId,
    counts: counts.value.counts,
  }))
}

/** The engine's failure codes while no user is signed in or the window is locked. */
const NOT_SIGNED_IN: ReadonlySet<FailureCode | undefined> = new Set(['signed-out', 'locked'])

/**
 * Loads the list while the session is still loading. If no user is signed in yet, ignores the failure, because the list
 * is loaded again after sign-in.
 */
export async function preloadOrders(): Promise<void> {
  await loadOrders()
  if (NOT_SIGNED_IN.has(useOrders.getState().failure?.code)) useOrders.setState({ failure: null })
}

function showList({ rows, next }: { rows: OrderRow[]; next: OrderCursor | null }, isQuiet: boolean): void {
  const ids = rows.map((row) => row.id)
  listedIds = new Set(ids)
  newIds = new Set()
  useOrders.setState((state) => ({
    ids,
    rows: Object.fromEntries(rows.map((row) => [row.id, newerRow(state.rows[row.id], row)])),
    next,
    total: next === null ? ids.length : Math.max(isQuiet ? state.total : 0, ids.length + 1),
    newestId: Math.max(0, ...ids),
    newCount: 0,
    isLoaded: true,
    isLoading: false,
    failure: null,
    generation: isQuiet ? state.generation : state.generation + 1,
  }))
}

let pendingIdLoad: Promise<void> | null = null

/** Loads ids down to a position in the list, if the list has that many. */
export async function loadIdsUpTo(index: number): Promise<void> {
  while (useOrders.getState().next !== null && useOrders.getState().ids.length <= index && useOrders.getState().failure === null) {
    pendingIdLoad ??= loadMoreIds(index).finally(() => {
      pendingIdLoad = null
    })
    await pendingIdLoad
  }
}

async function loadMoreIds(index: number): Promise<void> {
  const request = latestRequest
  const { next, ids } = useOrders.getState()
  const result = await call('orders.ids', {
    ...currentQuery(),
    after: next,
    limit: Math.min(MAX_IDS, Math.max(500, index - ids.length + 500)),
  })
  if (request !== latestRequest) return
  if (!result.ok) {
    useOrders.setState({ failure: result.error })
    return
  }
  // The engine can return an order twice if the order moved in the list between requests.
  const more = result.value.ids.filter((id) => !listedIds.has(id))
  for (const id of more) listedIds.add(id)
  useOrders.setState((state) => {
    const all = state.ids.concat(more)
    return { ids: all, next: result.value.next, total: result.value.next === null ? all.length : Math.max(state.total, all.length + 1) }
  })
}

let isLoadingRows = false
let wantedIds: readonly number[] = []

/** Loads the missing rows between two positions. During fast scrolling, only the last range is loaded. */
export async function loadRows(first: number, last: number): Promise<void> {
  await loadIdsUpTo(last - 1)
  wantedIds = useOrders.getState().ids.slice(first, last)
  if (isLoadingRows) return
  isLoadingRows = true
  for (let missing = missingRows(); missing.length > 0 && useOrders.getState().failure === null; missing = missingRows()) {
    const result = await call('orders.rows', { ids: missing.slice(0, MAX_ROWS_AT_ONCE) })
    if (!result.ok) useOrders.setState({ failure: result.error })
    else if (result.value.rows.length === 0) break
    else storeRows(result.value.rows)
  }
  isLoadingRows = false
}

function missingRows(): number[] {
  const { rows } = useOrders.getState()
  return wantedIds.filter((id) => rows[id] === undefined)
}

function storeRows(loaded: readonly OrderRow[]): void {
  useOrders.setState(({ rows }) => {
    const isFull = Object.keys(rows).length > MAX_LOADED_ROWS
    const next: Record<number, OrderRow> = isFull
      ? Object.fromEntries(wantedIds.flatMap((id) => rows[id] ?? []).map((row) => [row.id, row]))
      : { ...rows }
    for (const row of loaded) next[row.id] = newerRow(rows[row.id], row)
    return { rows: next }
  })
}

/** The previous and next order in the list as currently filtered and sorted; null if there is none, or if the order is not in the list. */
export function findNeighbours(id: number): { previous: number | null; next: number | null } {
  const { ids } = useOrders.getState()
  const index = ids.indexOf(id)
  if (index === -1) return { previous: null, next: null }
  // The user may step from order to order, so more ids are loaded before they are needed.
  if (index > ids.length - PAGE_SIZE / 2) void loadIdsUpTo(ids.length)
  return { previous: ids[index - 1] ?? null, next: ids[index + 1] ?? null }
}

let searchTimer: ReturnType<typeof setTimeout> | undefined

/** Changes filters and reloads the list. A search waits until the user pauses typing. */
export function setOrderFilter(change: Partial<FilterFields>): void {
  useOrderView.setState(({ filter }) => ({ filter: { ...filter, ...change } }))
  clearSelection()
  clearTimeout(searchTimer)
  const isTyped = Object.keys(change).join() === 'search' && change.search !== ''
  if (isTyped) searchTimer = setTimeout(loadOrders, SEARCH_DELAY_MS)
  else void loadOrders()
}

/**
 * Sorts by a column, at first in the direction of `isHighestFirst`. Sorting by the same column again reverses the
 * direction.
 */
export function sortOrders(by: ReturnType<typeof currentQuery>['sort']['by'], isHighestFirst: boolean): void {
  const { sort } = useOrderView.getState()
  useOrderView.setState({ sort: { by, isDescending: sort.by === by ? !sort.isDescending : isHighestFirst } })
  void loadOrders()
}

/** Call this while the user isn't using the list. Removes rows that no longer match the filter, or, at the top, shows new orders. */
export function applyPendingChanges(isAtTop: boolean): void {
  const state = useOrders.getState()
  if (!state.isLoaded || state.isLoading) return
  if (isAtTop && state.newCount > 0) {
    void loadOrders(true)
    return
  }
  const filter = toOrderFilter(useOrderView.getState().filter)
  if (filter === null) return
  const noLongerMatches = (id: number) => {
    const row = state.rows[id]
    return row !== undefined && matchesFilter(row, filter) === false
  }
  const removedIds = new Set(Object.keys(state.rows).map(Number).filter(noLongerMatches))
  if (removedIds.size === 0) return
  const ids = state.ids.filter((id) => !removedIds.has(id))
  for (const id of removedIds) listedIds.delete(id)
  useOrders.setState({ ids, total: state.total - (state.ids.length - ids.length) })
}

function newerRow(current: OrderRow | undefined, loaded: OrderRow): OrderRow {
  return current !== undefined && current.revision >= loaded.revision ? current : loaded
}

let recountTimer: ReturnType<typeof setTimeout> | undefined

/**
 * Updates `newCount` after a delay, so that a burst of events causes only one request. Only the engine can match an
 * order against the search.
 */
function recountSoon(): void {
  clearTimeout(recountTimer)
  recountTimer = setTimeout(async () => {
    const request = latestRequest
    const count = await call('orders.count', { filter: currentQuery().filter })
    if (request !== latestRequest || !count.ok) return
    useOrders.setState(({ total }) => ({ newCount: Math.max(0, count.value.total - total) }))
  }, RECOUNT_DELAY_MS)
}

/** True if a row belongs in the loaded part of the list. */
function isInLoadedPart(row: OrderRow, { next, newestId }: OrdersState): boolean {
  if (next === null || row.id > newestId) return true
  const { sort } = useOrderView.getState()
  const [key] = next.keys
  return sort.by === 'date' && typeof key === 'string' && (sort.isDescending ? row.orderedAt > key : row.orderedAt < key)
}

/** Applies changed rows: rows in the list change in place, and new orders are only counted until the list shows them. */
export function applyOrderRows(changed: readonly OrderRow[]): void {
  const state = useOrders.getState()
  if (!state.isLoaded) return
  const filter = currentQuery().filter
  let rows: Record<number, OrderRow> | null = null
  for (const row of changed) {
    if (listedIds.has(row.id)) {
      if (state.rows[row.id] === undefined) continue
      rows ??= { ...state.rows }
      rows[row.id] = newerRow(rows[row.id], row)
      continue
    }
    const matches = matchesFilter(row, filter)
    if (matches === null) recountSoon()
    else if (!matches) newIds.delete(row.id)
    else if (isInLoadedPart(row, state)) newIds.add(row.id)
  }
  const isNewCounted = filter.search === undefined && filter.sourceId === undefined
  useOrders.setState({ ...(rows === null ? {} : { rows }), ...(isNewCounted ? { newCount: newIds.size } : {}) })
}

/** Subscribes to the engine's events. */
export function followOrders(): void {
  on('orders.changed', ({ rows }) => applyOrderRows(rows))
  on('orders.counted', ({ counts }) => useOrders.setState({ counts }))
  onRefresh(() => {
    if (useOrders.getState().isLoaded) void loadOrders()
  })
}
