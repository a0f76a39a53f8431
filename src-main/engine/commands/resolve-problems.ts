import {
  type ParsedInput,
  type ProblemPlan,
  type ProblemResult,
  type ProblemSelection,
  SYNC_TASKS,
  type SyncTaskName,
} from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import type { Work } from '../context/work'
import { possiblyTakenOrders } from '../database/deliveries-store'
import { ORDER_PROBLEMS, problemOrderIds } from '../database/problem-orders-store'
import { dismissNotice, retryNotice } from '../notices/notice-records'
import { retryMailServer } from '../notices/retry-mail-server'
import { changeStatus } from '../orders/change-status'
import { dismissOrder } from '../orders/dismiss-order'
import { markImported } from '../orders/mark-imported'
import { inBatches } from '../orders/selected-orders'
import { type OtherProblem, orderKey, otherProblems } from '../problems/problems'
import { dismissUpdates, retryUpdates } from '../store-updates/resolve-updates'
import { parseUpdateProblem } from '../stores/store-problems'

const CHANGE_BATCH_SIZE = 50
const PLAN_BATCH_SIZE = 1000

/** A problem to act on: an order's problem, or any other problem. */
type Target = { orderId: number } | OtherProblem

/** Counts what an action on the selected problems would do. Changes nothing. */
export async function planProblems(engine: EngineContext, { action, selection }: ParsedInput<'sync.planProblems'>): Promise<ProblemPlan> {
  const targets = await findTargets(engine, selection)
  const plan: ProblemPlan = { total: targets.length, possible: 0, possibleDuplicates: 0 }
  for await (const batch of inBatches(targets, PLAN_BATCH_SIZE)) {
    const ids = batch.flatMap((target) => ('orderId' in target ? [target.orderId] : []))
    const taken = action === 'send again' ? await possiblyTakenOrders(engine.db, ids) : new Set()
    for (const target of batch) {
      if ('orderId' in target ? action === 'retry' : !target.row.actions.includes(action)) continue
      if ('orderId' in target && taken.has(target.orderId)) plan.possibleDuplicates += 1
      else plan.possible += 1
    }
  }
  return plan
}

/**
 * Applies an action to the selected problems, one batch per transaction. Returns what was done, what was skipped and why, and the tasks to run now.
 */
export async function resolveProblems(
  engine: EngineContext,
  input: ParsedInput<'sync.resolveProblems'>,
  actor: string,
): Promise<ProblemResult & { tasksToRun: SyncTaskName[] }> {
  const result: ProblemResult = { done: 0, skipped: [] }
  const tasksToRun = new Set<SyncTaskName>()
  const targets = await findTargets(engine, input.selection)
  if ('keys' in input.selection) countSkipped(result, problemGone(), new Set(input.selection.keys).size - targets.length)
  for await (const batch of inBatches(targets, CHANGE_BATCH_SIZE)) {
    result.done += await resolveOrders(engine, batch, input, actor, result)
    for (const target of batch) {
      if ('orderId' in target) continue
      const tasks = await resolveOther(engine, target, input, actor)
      if (tasks === null) countSkipped(result, notResolvable())
      else result.done += 1
      for (const task of tasks ?? []) tasksToRun.add(task)
    }
  }
  return { ...result, tasksToRun: SYNC_TASKS.filter((task) => tasksToRun.has(task)) }
}

/** Resolves all orders of the batch in one transaction. Returns how many were changed. */
async function resolveOrders(
  engine: EngineContext,
  batch: readonly Target[],
  input: ParsedInput<'sync.resolveProblems'>,
  actor: string,
  result: ProblemResult,
): Promise<number> {
  const ids = batch.flatMap((target) => ('orderId' in target ? [target.orderId] : []))
  if (ids.length === 0) return 0
  return engine.write(async (work) => {
    let changedCount = 0
    for (const orderId of ids) {
      try {
        await resolveOrder(work, orderId, input, actor)
        changedCount++
      } catch (error) {
        if (!(error instanceof FailureError)) throw error
        countSkipped(result, error)
      }
    }
    return changedCount
  })
}

async function resolveOrder(
  work: Work,
  orderId: number,
  { action, reason, confirmResend }: ParsedInput<'sync.resolveProblems'>,
  actor: string,
): Promise<void> {
  if (action === 'mark imported') return markImported(work, { orderId, reason }, actor)
  if (action === 'dismiss') return dismissOrder(work, orderId, reason, actor)
  if (action === 'retry') throw notResolvable()
  const change = { orderId, status: 'Pending' as const, comments: reason, confirmResend, notifyCustomer: false, appendComments: false }
  return changeStatus(work, change, actor)
}

/** Returns the tasks to run now; null if the action doesn't apply to this problem. */
async function resolveOther(
  engine: EngineContext,
  { row: { key, kind, actions }, noticeId, retryTasks }: OtherProblem,
  { action, reason }: ParsedInput<'sync.resolveProblems'>,
  actor: string,
): Promise<readonly SyncTaskName[] | null> {
  if (!actions.includes(action)) return null
  if (parseUpdateProblem(key) !== null) {
    const isDone = await engine.write((work) => {
      return action === 'dismiss' ? dismissUpdates(work, key, reason, actor) : retryUpdates(work, key, actor)
    })
    return isDone ? (action === 'dismiss' ? [] : retryTasks) : null
  }
  if (action === 'dismiss') {
    const isDone =
      noticeId === null
        ? await engine.write((work) => work.closeProblem(key, reason, actor))
        : await dismissNotice(engine, noticeId, reason, actor)
    return isDone ? [] : null
  }
  if (noticeId !== null && !(await retryNotice(engine, noticeId, actor))) return null
  if (kind === 'mail server') await retryMailServer(engine, actor)
  return retryTasks
}

async function findTargets(engine: EngineContext, selection: ProblemSelection): Promise<Target[]> {
  const { kind, search = '' } = 'filter' in selection ? selection.filter : {}
  const searchTerms = search.trim()
  const isSelected = 'keys' in selection ? keyFilter(selection.keys) : () => true
  const targets: Target[] = []
  for (const orderProblem of ORDER_PROBLEMS) {
    if (kind !== undefined && orderProblem !== kind) continue
    const orderIds = await problemOrderIds(engine.db, orderProblem, searchTerms)
    for (const orderId of orderIds) if (isSelected(orderKey(orderId))) targets.push({ orderId })
  }
  for (const problem of await otherProblems(engine, searchTerms, true)) {
    if ((kind === undefined || problem.row.kind === kind) && isSelected(problem.row.key)) targets.push(problem)
  }
  return targets
}

function keyFilter(keys: readonly string[]): (key: string) => boolean {
  const selected = new Set(keys)
  return (key) => selected.has(key)
}

function countSkipped(result: ProblemResult, error: FailureError, count = 1): void {
  const known = result.skipped.find(({ failure }) => failure.code === error.code)
  if (known !== undefined) known.count += count
  else if (count > 0) result.skipped.push({ failure: error.toFailure(), count })
}

function problemGone(): FailureError {
  return new FailureError({
    code: 'problem-gone',
    message: 'This problem has already been solved or dismissed.',
    remedy: 'Check Sync > Problems again.',
  })
}

function notResolvable(): FailureError {
  return new FailureError({
    code: 'problem-not-resolvable',
    message: 'This action is not available for this kind of problem.',
    remedy: 'Fix the cause, and the problem disappears from the list.',
  })
}
