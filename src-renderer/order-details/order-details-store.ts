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

/** The order that Order Details shows. */
export const useOrderDetails = create<OrderDetailsState>(() => ({ orderId: null, order: null, failure: null }))

/** The highest revision that an event has announced of the order shown. */
let announced = 0
/** How many answers with the order's details are awaited. An event may overtake the answer that brings what it announces. */
let awaited = 0

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
  const failure = await show(call('orders.get', { orderId }))
  if (failure === null) readAnnounced()
  else if (useOrderDetails.getState().orderId === orderId) useOrderDetails.setState({ failure })
}

/** Shows the details that a change of the order answers with; gives the failure where it is refused. */
async function change(answer: Promise<Result<OrderDetails>>): Promise<Failure | null> {
  const failure = await show(answer)
  readAnnounced()
  return failure
}

async function show(answer: Promise<Result<OrderDetails>>): Promise<Failure | null> {
  awaited += 1
  const result = await answer
  awaited -= 1
  if (!result.ok) return result.error
  takeIn(result.value)
  return null
}

/** Takes details in; of another order, or older than those shown, they are dropped. */
function takeIn(read: OrderDetails): void {
  useOrderDetails.setState((state) => {
    if (state.orderId !== read.id) return state
    if (state.order !== null && state.order.revision > read.revision) return state
    return { order: read, failure: null }
  })
}

/** Reads the order again if an event has announced a newer one than is shown, and no answer is awaited that may bring it. */
function readAnnounced(): void {
  const { order } = useOrderDetails.getState()
  if (order !== null && announced > order.revision && awaited === 0) void readOrder(order.id)
}

function applyRows(rows: readonly OrderRow[]): void {
  const { orderId } = useOrderDetails.getState()
  const row = rows.find((candidate) => candidate.id === orderId)
  if (row === undefined || row.revision <= announced) return
  announced = row.revision
  readAnnounced()
}

/** Reads the order again if its problems are others than those shown: a problem that is dismissed doesn't change the order. */
function applyProblems(problems: readonly ProblemRow[]): void {
  const { orderId, order } = useOrderDetails.getState()
  if (orderId === null || order === null || awaited > 0) return
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
export function changeStatus(input: CommandInput<'orders.changeStatus'>): Promise<Failure | null> {
  return change(call('orders.changeStatus', input))
}

/** Records that the order is in the accounting package; gives the failure where it is refused. */
export function markImported(orderId: number, reason: string): Promise<Failure | null> {
  return change(call('orders.markImported', { orderId, reason }))
}

/** Saves corrected codes and reference; gives the failure where they are refused. */
export function editOrder(input: CommandInput<'orders.edit'>): Promise<Failure | null> {
  return change(call('orders.edit', input))
}
