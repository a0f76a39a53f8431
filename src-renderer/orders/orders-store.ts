import { create } from 'zustand'
import type { OrderCursor, OrderRow } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { call, on } from '../client'
import { type FilterFields, matchesFilter, NO_FILTER, toOrderFilter } from './order-filter'

const PAGE_SIZE = 100
const REFRESH_AFTER_MS = 1000

interface OrdersState {
  filter: FilterFields
  /** The rows shown, newest first, by id. */
  ids: number[]
  rows: Readonly<Record<number, OrderRow>>
  /** Where the next page goes on; null at the end. */
  next: OrderCursor | null
  /** False until the first answer. */
  isLoaded: boolean
  isLoading: boolean
  failure: Failure | null
  /** Counts up with every new list, so that the screen starts at its top. */
  generation: number
}

/** What View Orders shows. */
export const useOrders = create<OrdersState>(() => ({
  filter: NO_FILTER,
  ids: [],
  rows: {},
  next: null,
  isLoaded: false,
  isLoading: false,
  failure: null,
  generation: 0,
}))

/** Where View Orders was scrolled to, for coming back. */
export const orderScroll = { top: 0, generation: 0 }

let latestAsk = 0

function isBefore(left: { orderedAt: string; id: number }, right: { orderedAt: string; id: number }): boolean {
  return left.orderedAt === right.orderedAt ? left.id > right.id : left.orderedAt > right.orderedAt
}

/** Reads the first page for the current filters; an older question's answer is dropped. */
export async function loadOrders(): Promise<void> {
  latestAsk += 1
  const ask = latestAsk
  useOrders.setState({ isLoading: true })
  const result = await call('orders.list', { filter: toOrderFilter(useOrders.getState().filter) ?? {}, limit: PAGE_SIZE })
  if (ask !== latestAsk) return
  if (!result.ok) {
    useOrders.setState({ isLoading: false, failure: result.error })
    return
  }
  useOrders.setState((state) => ({
    ids: result.value.rows.map((row) => row.id),
    rows: Object.fromEntries(result.value.rows.map((row) => [row.id, newer(state.rows[row.id], row)])),
    next: result.value.next,
    isLoaded: true,
    isLoading: false,
    failure: null,
    generation: state.generation + 1,
  }))
}

/** Reads the page after the last one, if there is one and none is being read. */
export async function loadMoreOrders(): Promise<void> {
  const { next, isLoading, filter } = useOrders.getState()
  if (next === null || isLoading) return
  latestAsk += 1
  const ask = latestAsk
  useOrders.setState({ isLoading: true })
  const result = await call('orders.list', { filter: toOrderFilter(filter) ?? {}, after: next, limit: PAGE_SIZE })
  if (ask !== latestAsk) return
  if (!result.ok) {
    useOrders.setState({ isLoading: false, failure: result.error })
    return
  }
  useOrders.setState((state) => {
    const rows = { ...state.rows }
    const known = new Set(state.ids)
    const fresh: number[] = []
    for (const row of result.value.rows) {
      rows[row.id] = newer(rows[row.id], row)
      if (!known.has(row.id)) fresh.push(row.id)
    }
    return { ids: [...state.ids, ...fresh], rows, next: result.value.next, isLoading: false, failure: null }
  })
}

/** The orders above and below one in the list as it is filtered and sorted now; null where there is none, or the list does not have it. */
export function neighbourOf(id: number): { previous: number | null; next: number | null } {
  const { ids } = useOrders.getState()
  const place = ids.indexOf(id)
  if (place === -1) return { previous: null, next: null }
  return { previous: ids[place - 1] ?? null, next: ids[place + 1] ?? null }
}

/** Changes filters and reads the list anew. */
export function setOrderFilter(change: Partial<FilterFields>): void {
  useOrders.setState((state) => ({ filter: { ...state.filter, ...change } }))
  void loadOrders()
}

/** Drops rows that have left the filter since they were read; done on coming back, never under the person's eyes. */
export function pruneOrders(): void {
  useOrders.setState((state) => {
    const filter = toOrderFilter(state.filter)
    if (filter === null) return state
    const rows: Record<number, OrderRow> = {}
    const ids: number[] = []
    for (const id of state.ids) {
      const row = state.rows[id]
      if (row === undefined || matchesFilter(row, filter) === false) continue
      rows[id] = row
      ids.push(id)
    }
    return ids.length === state.ids.length ? state : { ids, rows }
  })
}

function newer(known: OrderRow | undefined, row: OrderRow): OrderRow {
  return known !== undefined && known.revision > row.revision ? known : row
}

function insertRow(state: OrdersState, ids: number[], rows: Record<number, OrderRow>, row: OrderRow): void {
  // A row behind the last page read comes with its own page.
  if (state.next !== null && !isBefore(row, state.next)) return
  const place = ids.findIndex((id) => {
    const other = rows[id]
    return other !== undefined && isBefore(row, other)
  })
  rows[row.id] = row
  ids.splice(place === -1 ? ids.length : place, 0, row.id)
}

let refreshTimer: ReturnType<typeof setTimeout> | null = null

/** A new order that only the engine can match against the search: ask once for the whole burst. */
function refreshSoon(): void {
  if (refreshTimer !== null) return
  refreshTimer = setTimeout(() => {
    refreshTimer = null
    void mergeFirstPage()
  }, REFRESH_AFTER_MS)
}

async function mergeFirstPage(): Promise<void> {
  const { filter, isLoading } = useOrders.getState()
  if (isLoading) return
  const ask = latestAsk
  const result = await call('orders.list', { filter: toOrderFilter(filter) ?? {}, limit: PAGE_SIZE })
  if (ask !== latestAsk || !result.ok) return
  useOrders.setState((state) => {
    const rows = { ...state.rows }
    const ids = [...state.ids]
    for (const row of result.value.rows) {
      if (rows[row.id] === undefined) insertRow(state, ids, rows, row)
      else rows[row.id] = newer(rows[row.id], row)
    }
    return { ids, rows }
  })
}

/** Takes changed rows in: known ones in place, new ones where they belong. */
export function applyOrderRows(changed: readonly OrderRow[]): void {
  let hasUnsure = false
  useOrders.setState((state) => {
    if (!state.isLoaded) return state
    const filter = toOrderFilter(state.filter) ?? {}
    const rows = { ...state.rows }
    const ids = [...state.ids]
    for (const row of changed) {
      if (rows[row.id] !== undefined) {
        rows[row.id] = newer(rows[row.id], row)
        continue
      }
      const matches = matchesFilter(row, filter)
      if (matches === true) insertRow(state, ids, rows, row)
      else if (matches === null) hasUnsure = true
    }
    return ids.length === state.ids.length ? { rows } : { ids, rows }
  })
  if (hasUnsure) refreshSoon()
}

/** Follows the engine's events. */
export function followOrders(): void {
  on('orders.changed', ({ rows }) => applyOrderRows(rows))
}
