import type { OrderJob, ParsedInput, StatusPlan } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { possiblyTakenOrders } from '../database/deliveries-store'
import { orderRows, orderStates } from '../database/orders-store'
import { changeStatus, isQueued } from './change-status'
import type { JobProgress } from './order-jobs'
import { inBatches, selectedOrderIds } from './selected-orders'

const PLAN_BATCH_SIZE = 1000
const CHANGE_BATCH_SIZE = 50
const MAX_LISTED_ORDERS = 20

/** Counts the orders by the effect that a new status would have on them, without changing them. */
export async function planStatusOfMany(engine: EngineContext, input: ParsedInput<'orders.planStatusOfMany'>): Promise<StatusPlan> {
  const { signal } = new AbortController()
  const plan: StatusPlan = { total: 0, changing: 0, unchanged: 0, busy: 0, possibleDuplicates: 0 }
  const ids = await selectedOrderIds(engine, input.selection, signal)
  for await (const batch of inBatches(ids, PLAN_BATCH_SIZE, signal)) {
    const taken = input.status === 'Pending' ? await possiblyTakenOrders(engine.db, batch) : new Set()
    for (const order of await orderStates(engine.db, batch)) {
      plan.total += 1
      const isSame = input.status === 'Pending' ? isQueued(order) : input.status === order.status
      if (order.claimedBy !== null) plan.busy += 1
      else if (isSame) plan.unchanged += 1
      else if (taken.has(order.id)) plan.possibleDuplicates += 1
      else plan.changing += 1
    }
  }
  return plan
}

/**
 * Changes the status of many orders with `changeStatus`, one batch per transaction. Orders that it refuses stay unchanged and are listed in the
 * job.
 */
export async function changeStatusOfMany(
  engine: EngineContext,
  input: ParsedInput<'orders.changeStatusOfMany'>,
  actor: string,
  { job, signal, reportProgress }: JobProgress,
): Promise<void> {
  const { status, comments, confirmResend } = input
  const ids = await selectedOrderIds(engine, input.selection, signal)
  job.total = ids.length
  for await (const batch of inBatches(ids, CHANGE_BATCH_SIZE, signal)) {
    const refused: { id: number; error: FailureError }[] = []
    await engine.write(async (work) => {
      for (const orderId of batch) {
        try {
          const change = { orderId, status, comments, confirmResend, notifyCustomer: false, appendComments: false }
          await changeStatus(work, change, actor)
        } catch (error) {
          if (!(error instanceof FailureError)) throw error
          refused.push({ id: orderId, error })
        }
      }
    })
    job.changed += batch.length - refused.length
    job.done += batch.length
    await addRefused(engine, job, refused)
    reportProgress()
  }
}

async function addRefused(engine: EngineContext, job: OrderJob, refused: readonly { id: number; error: FailureError }[]): Promise<void> {
  const listedIds = new Set<number>()
  for (const { id, error } of refused) {
    let reason = job.skipped.find(({ failure }) => failure.code === error.code)
    if (reason === undefined) {
      reason = { failure: error.toFailure(), count: 0, orders: [] }
      job.skipped.push(reason)
    }
    reason.count += 1
    if (reason.orders.length >= MAX_LISTED_ORDERS) continue
    reason.orders.push({ id, number: '' })
    listedIds.add(id)
  }
  const numbers = new Map((await orderRows(engine.db, [...listedIds])).map((row) => [row.id, row.number]))
  for (const order of job.skipped.flatMap((reason) => reason.orders)) order.number = numbers.get(order.id) ?? order.number
}
