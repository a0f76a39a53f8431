import { create } from 'zustand'
import type { CommandInput, OrderDetails, OrderRow, ProblemRow } from '../../src-shared/contract/contract'
import type { Failure, Result } from '../../src-shared/failure'
import { call, on } from '../client/client'
import { onRefresh } from '../client/refresh'

interface OrderDetailsState {
  orderId: number | null
  order: OrderDetails | null
  failure: Failure | null
}

/** The state of Order Details. */
export const useOrderDetails = create<OrderDetailsState>(() => ({ orderId: null, order: null, failure: null }))

/** The highest revision of the current order that an event has announced. */
let announcedRevision = 0
/**
 * The number of pending requests that will return the order. Their results may already include a change that an event
 * has announced.
 */
let pendingRequests = 0

/** Opens an order and loads its details. */
export async function openOrder(orderId: number): Promise<void> {
  announcedRevision = 0
  useOrderDetails.setState((state) => (state.orderId === orderId ? { failure: null } : { orderId, order: null, failure: null }))
  await readOrder(orderId)
}

/** Closes the order, so that later events for it are ignored. */
export function closeOrder(): void {
  useOrderDetails.setState({ orderId: null, order: null, failure: null })
}

async function readOrder(orderId: number): Promise<void> {
  const failure = await showResult(call('orders.get', { orderId }))
  if (failure === null) reloadIfOutdated()
  else if (useOrderDetails.getState().orderId === orderId) useOrderDetails.setState({ failure })
}

/** Shows the order that a change returns. Returns the failure, or null. */
async function applyChange(request: Promise<Result<OrderDetails>>): Promise<Failure | null> {
  const failure = await showResult(request)
  reloadIfOutdated()
  return failure
}

async function showResult(request: Promise<Result<OrderDetails>>): Promise<Failure | null> {
  pendingRequests += 1
  const result = await request
  pendingRequests -= 1
  if (!result.ok) return result.error
  applyDetails(result.value)
  return null
}

/** Shows the details, unless they belong to another order or are older than the current ones. */
function applyDetails(details: OrderDetails): void {
  useOrderDetails.setState((state) => {
    if (state.orderId !== details.id) return state
    if (state.order !== null && state.order.revision > details.revision) return state
    return { order: details, failure: null }
  })
}

/** Reloads the order if an event has announced a newer revision, unless a pending request may return it. */
function reloadIfOutdated(): void {
  const { order } = useOrderDetails.getState()
  if (order !== null && announcedRevision > order.revision && pendingRequests === 0) void readOrder(order.id)
}

function applyRows(rows: readonly OrderRow[]): void {
  const { orderId } = useOrderDetails.getState()
  const row = rows.find((candidate) => candidate.id === orderId)
  if (row === undefined || row.revision <= announcedRevision) return
  announcedRevision = row.revision
  reloadIfOutdated()
}

/** Reloads the order if its problems have changed, because dismissing a problem does not change the order's revision. */
function applyProblems(problems: readonly ProblemRow[]): void {
  const { orderId, order } = useOrderDetails.getState()
  if (orderId === null || order === null || pendingRequests > 0) return
  const keys = (rows: readonly ProblemRow[]) => rows.map(({ key, at }) => `${key} ${at}`).join('\n')
  const current = problems.filter((problem) => problem.orderId === orderId && problem.kind === 'changed in store')
  if (keys(current) !== keys(order.problems)) void readOrder(orderId)
}

/** Subscribes to the engine's events. */
export function followOrderDetails(): void {
  on('orders.changed', ({ rows }) => applyRows(rows))
  on('problems.changed', ({ problems }) => applyProblems(problems))
  onRefresh(() => {
    const { orderId } = useOrderDetails.getState()
    if (orderId !== null) void openOrder(orderId)
  })
}

/** Changes the order's status. Returns the failure, or null. */
export function changeStatus(input: CommandInput<'orders.changeStatus'>): Promise<Failure | null> {
  return applyChange(call('orders.changeStatus', input))
}

/** Records that the order is in the accounting package. Returns the failure, or null. */
export function markImported(orderId: number, reason: string): Promise<Failure | null> {
  return applyChange(call('orders.markImported', { orderId, reason }))
}

/** Saves corrections to the order. Returns the failure, or null. */
export function editOrder(input: CommandInput<'orders.edit'>): Promise<Failure | null> {
  return applyChange(call('orders.edit', input))
}
