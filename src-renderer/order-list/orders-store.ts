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
/** Rows that are kept beside those in view. */
const ROWS_KEPT = 3000
const SEARCH_AFTER_MS = 150
const RECOUNT_AFTER_MS = 1000

interface OrdersState {
  /** The list as it was read, from its top down to where somebody has scrolled. It changes when it is read anew, never under the pointer. */
  ids: number[]
  /** How many the whole list has. */
  total: number
  /** Where the ids go on; null where all are read. */
  next: OrderCursor | null
  /** The newest order when the list was read. */
  newestId: number
  /** Rows by id: those in view and some around, always as they are now. */
  rows: Readonly<Record<number, OrderRow>>
  /** Orders that have come since and belong into the list. */
  newCount: number
  counts: OrderCount[]
  /** False until the first answer. */
  isLoaded: boolean
  isLoading: boolean
  failure: Failure | null
  /** Counts up with every list that starts at its top. */
  generation: number
}

/** What View Orders shows. */
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

/** Where View Orders was scrolled to, for coming back. */
export const orderScroll = { top: 0, generation: 0 }

let latestAsk = 0
let known = new Set<number>()
let newIds = new Set<number>()

const question = () => ({ filter: toOrderFilter(useOrderView.getState().filter) ?? {}, sort: useOrderView.getState().sort })

/** Reads the list for the current filters from its top; an older question's answer is dropped. `isQuiet`: the person stays where they are. */
export async function loadOrders(isQuiet = false): Promise<void> {
  latestAsk += 1
  const ask = latestAsk
  useOrders.setState({ isLoading: true })
  const asked = question()
  // The list first: the engine answers in the order in which it is asked.
  const listing = call('orders.list', { ...asked, limit: PAGE_SIZE })
  const counting = Promise.all([call('orders.count', { filter: asked.filter }), call('orders.counts', {})])
  const list = await listing
  if (ask !== latestAsk) return
  if (!list.ok) {
    useOrders.setState({ isLoading: false, failure: list.error })
    return
  }
  // Shown before anything else is awaited: an order that is told of from now on is newer than this list.
  showList(list.value, isQuiet)
  const [count, counts] = await counting
  if (ask !== latestAsk) return
  if (!count.ok) return useOrders.setState({ failure: count.error })
  if (!counts.ok) return useOrders.setState({ failure: counts.error })
  useOrders.setState((state) => ({
    total: state.next === null ? state.ids.length : Math.max(count.value.total, state.ids.length + 1),
    newestId: count.value.newestId,
    counts: counts.value.counts,
  }))
}

/** What the engine answers while nobody may look. */
const NOT_YET: ReadonlySet<FailureCode | undefined> = new Set(['signed-out', 'locked'])

/** Reads the list while it is still being asked who uses the window. Where nobody may look yet, it is read again once somebody does. */
export async function readOrdersAhead(): Promise<void> {
  await loadOrders()
  if (NOT_YET.has(useOrders.getState().failure?.code)) useOrders.setState({ failure: null })
}

function showList({ rows, next }: { rows: OrderRow[]; next: OrderCursor | null }, isQuiet: boolean): void {
  const ids = rows.map((row) => row.id)
  known = new Set(ids)
  newIds = new Set()
  useOrders.setState((state) => ({
    ids,
    rows: Object.fromEntries(rows.map((row) => [row.id, newer(state.rows[row.id], row)])),
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

let reading: Promise<void> | null = null

/** Reads ids down to that place of the list, if there are so many. */
export async function readIdsTo(index: number): Promise<void> {
  while (useOrders.getState().next !== null && useOrders.getState().ids.length <= index && useOrders.getState().failure === null) {
    reading ??= readMoreIds(index).finally(() => {
      reading = null
    })
    await reading
  }
}

async function readMoreIds(index: number): Promise<void> {
  const ask = latestAsk
  const { next, ids } = useOrders.getState()
  const result = await call('orders.ids', {
    ...question(),
    after: next,
    limit: Math.min(MAX_IDS, Math.max(500, index - ids.length + 500)),
  })
  if (ask !== latestAsk) return
  if (!result.ok) {
    useOrders.setState({ failure: result.error })
    return
  }
  // An order that moved while the list was read is met twice.
  const more = result.value.ids.filter((id) => !known.has(id))
  for (const id of more) known.add(id)
  useOrders.setState((state) => {
    const all = state.ids.concat(more)
    return { ids: all, next: result.value.next, total: result.value.next === null ? all.length : Math.max(state.total, all.length + 1) }
  })
}

let isReadingRows = false
let wanted: readonly number[] = []

/** Reads the rows between two places, those that are not there yet; of quick scrolling only where it ends. */
export async function readRows(first: number, last: number): Promise<void> {
  await readIdsTo(last - 1)
  wanted = useOrders.getState().ids.slice(first, last)
  if (isReadingRows) return
  isReadingRows = true
  for (let missing = missingRows(); missing.length > 0 && useOrders.getState().failure === null; missing = missingRows()) {
    const result = await call('orders.rows', { ids: missing.slice(0, MAX_ROWS_AT_ONCE) })
    if (!result.ok) useOrders.setState({ failure: result.error })
    else if (result.value.rows.length === 0) break
    else keepRows(result.value.rows)
  }
  isReadingRows = false
}

function missingRows(): number[] {
  const { rows } = useOrders.getState()
  return wanted.filter((id) => rows[id] === undefined)
}

function keepRows(read: readonly OrderRow[]): void {
  useOrders.setState(({ rows }) => {
    const isFull = Object.keys(rows).length > ROWS_KEPT
    const kept: Record<number, OrderRow> = isFull
      ? Object.fromEntries(wanted.flatMap((id) => rows[id] ?? []).map((row) => [row.id, row]))
      : { ...rows }
    for (const row of read) kept[row.id] = newer(rows[row.id], row)
    return { rows: kept }
  })
}

/** The orders above and below one in the list as it is filtered and sorted now; null where there is none, or the list does not have it. */
export function neighbourOf(id: number): { previous: number | null; next: number | null } {
  const { ids } = useOrders.getState()
  const place = ids.indexOf(id)
  if (place === -1) return { previous: null, next: null }
  // Somebody goes on from order to order: what comes next is read before it is asked for.
  if (place > ids.length - PAGE_SIZE / 2) void readIdsTo(ids.length)
  return { previous: ids[place - 1] ?? null, next: ids[place + 1] ?? null }
}

let searchTimer: ReturnType<typeof setTimeout> | undefined

/** Changes filters and reads the list anew; a search once somebody pauses in typing. */
export function setOrderFilter(change: Partial<FilterFields>): void {
  useOrderView.setState(({ filter }) => ({ filter: { ...filter, ...change } }))
  clearSelection()
  clearTimeout(searchTimer)
  const isTyped = Object.keys(change).join() === 'search' && change.search !== ''
  if (isTyped) searchTimer = setTimeout(loadOrders, SEARCH_AFTER_MS)
  else void loadOrders()
}

/** Sorts by a column; a second time, the other way round. */
export function sortOrders(by: ReturnType<typeof question>['sort']['by'], isHighestFirst: boolean): void {
  const { sort } = useOrderView.getState()
  useOrderView.setState({ sort: { by, isDescending: sort.by === by ? !sort.isDescending : isHighestFirst } })
  void loadOrders()
}

/** Nobody looks at the list: what left the filter goes, and at the top what is new comes. */
export function settleOrders(isAtTop: boolean): void {
  const state = useOrders.getState()
  if (!state.isLoaded || state.isLoading) return
  if (isAtTop && state.newCount > 0) {
    void loadOrders(true)
    return
  }
  const filter = toOrderFilter(useOrderView.getState().filter)
  if (filter === null) return
  const hasLeft = (id: number) => {
    const row = state.rows[id]
    return row !== undefined && matchesFilter(row, filter) === false
  }
  const left = new Set(Object.keys(state.rows).map(Number).filter(hasLeft))
  if (left.size === 0) return
  const ids = state.ids.filter((id) => !left.has(id))
  for (const id of left) known.delete(id)
  useOrders.setState({ ids, total: state.total - (state.ids.length - ids.length) })
}

function newer(row: OrderRow | undefined, read: OrderRow): OrderRow {
  return row !== undefined && row.revision >= read.revision ? row : read
}

let recountTimer: ReturnType<typeof setTimeout> | undefined

/** A new order that only the engine can match against the search: ask once for the whole burst. */
function recountSoon(): void {
  clearTimeout(recountTimer)
  recountTimer = setTimeout(async () => {
    const ask = latestAsk
    const count = await call('orders.count', { filter: question().filter })
    if (ask !== latestAsk || !count.ok) return
    useOrders.setState(({ total }) => ({ newCount: Math.max(0, count.value.total - total) }))
  }, RECOUNT_AFTER_MS)
}

/** True where a row would stand in the part of the list that is read. */
function isInReadPart(row: OrderRow, { next, newestId }: OrdersState): boolean {
  if (next === null || row.id > newestId) return true
  const { sort } = useOrderView.getState()
  const [key] = next.keys
  return sort.by === 'date' && typeof key === 'string' && (sort.isDescending ? row.orderedAt > key : row.orderedAt < key)
}

/** Takes changed rows in: known ones change in place, new ones are counted until somebody wants to see them. */
export function applyOrderRows(changed: readonly OrderRow[]): void {
  const state = useOrders.getState()
  if (!state.isLoaded) return
  const filter = question().filter
  let rows: Record<number, OrderRow> | null = null
  for (const row of changed) {
    if (known.has(row.id)) {
      if (state.rows[row.id] === undefined) continue
      rows ??= { ...state.rows }
      rows[row.id] = newer(rows[row.id], row)
      continue
    }
    const matches = matchesFilter(row, filter)
    if (matches === null) recountSoon()
    else if (!matches) newIds.delete(row.id)
    else if (isInReadPart(row, state)) newIds.add(row.id)
  }
  const isNewCounted = filter.search === undefined && filter.sourceId === undefined
  useOrders.setState({ ...(rows === null ? {} : { rows }), ...(isNewCounted ? { newCount: newIds.size } : {}) })
}

/** Follows the engine's events. */
export function followOrders(): void {
  on('orders.changed', ({ rows }) => applyOrderRows(rows))
  on('orders.counted', ({ counts }) => useOrders.setState({ counts }))
  onRefresh(() => {
    if (useOrders.getState().isLoaded) void loadOrders()
  })
}
