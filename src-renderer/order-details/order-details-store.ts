import { create } from 'zustand'
import type { CommandInput, OrderDetails, OrderRow, ProblemRow } from '../../src-shared/contract'
import type { Failure } from '../../src-shared/failure'
import { call, on } from '../client/client'
import { onRefresh } from '../client/refresh'

interface OrderDetailsState {
  orderId: number | null
  order: OrderDetails | null
  failure: Failure | null
}

/** The order that Order Details shows. */
export const useOrderDetails = create<OrderDetailsState>(() => ({ orderId: null, order: null, failure: null }))

/** The highest revision that an event has announced of the order shown. */
let announced = 0
let isReading = false

/** Shows an order. */
export async function openOrder(orderId: number): Promise<void> {
  announced = 0
  useOrderDetails.setState((state) => (state.orderId === orderId ? { failure: null } : { orderId, order: null, failure: null }))
  await readOrder(orderId)
}

/** Lets go of the order: its events are no longer followed. */
export function closeOrder(): void {
  useOrderDetails.setState({ orderId: null, order: null, failure: null })
}

async function readOrder(orderId: number): Promise<void> {
  isReading = true
  const result = await call('orders.get', { orderId })
  if (useOrderDetails.getState().orderId !== orderId) return
  isReading = false
  if (!result.ok) {
    useOrderDetails.setState({ failure: result.error })
    return
  }
  showOrder(result.value)
  // An event may have overtaken the answer.
  if (announced > result.value.revision) await readOrder(orderId)
}

/** Takes an order in as a command gave it; an older one than shown is dropped. */
export function showOrder(order: OrderDetails): void {
  useOrderDetails.setState((state) => {
    if (state.orderId !== order.id) return state
    if (state.order !== null && state.order.revision > order.revision) return state
    return { order, failure: null }
  })
}

function applyRows(rows: readonly OrderRow[]): void {
  const { orderId, order } = useOrderDetails.getState()
  const row = rows.find((candidate) => candidate.id === orderId)
  if (row === undefined || order === null || row.revision <= Math.max(order.revision, announced)) return
  announced = row.revision
  if (!isReading) void readOrder(row.id)
}

/** Reads the order again if its problems are others than those shown: a problem that is dismissed doesn't change the order. */
function applyProblems(problems: readonly ProblemRow[]): void {
  const { orderId, order } = useOrderDetails.getState()
  if (orderId === null || order === null || isReading) return
  const keys = (rows: readonly ProblemRow[]) => rows.map(({ key, at }) => `${key} ${at}`).join('\n')
  const now = problems.filter((problem) => problem.orderId === orderId && problem.kind === 'changed in store')
  if (keys(now) !== keys(order.problems)) void readOrder(orderId)
}

/** Follows the engine's events. */
export function followOrderDetails(): void {
  on('orders.changed', ({ rows }) => applyRows(rows))
  on('problems.changed', ({ problems }) => applyProblems(problems))
  onRefresh(() => {
    const { orderId } = useOrderDetails.getState()
    if (orderId !== null) void openOrder(orderId)
  })
}

/** Changes the order's status; gives the failure where it is refused. */
export async function changeStatus(input: CommandInput<'orders.changeStatus'>): Promise<Failure | null> {
  const result = await call('orders.changeStatus', input)
  if (!result.ok) return result.error
  showOrder(result.value)
  return null
}

/** Records that the order is in the accounting package; gives the failure where it is refused. */
export async function markImported(orderId: number, reason: string): Promise<Failure | null> {
  const result = await call('orders.markImported', { orderId, reason })
  if (!result.ok) return result.error
  showOrder(result.value)
  return null
}

/** Saves corrected codes and reference; gives the failure where they are refused. */
export async function editOrder(input: CommandInput<'orders.edit'>): Promise<Failure | null> {
  const result = await call('orders.edit', input)
  if (!result.ok) return result.error
  showOrder(result.value)
  return null
}
