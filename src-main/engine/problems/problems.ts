import {
  type Health,
  PROBLEM_KINDS,
  type ProblemAction,
  type ProblemKind,
  type ProblemList,
  type ProblemRow,
  type SyncTaskName,
} from '../../../src-shared/contract/contract'
import type { Failure } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { countNotices, failedNotices } from '../database/notices-store'
import type { Database } from '../database/open-database'
import { countProblemOrders, ORDER_PROBLEMS, problemOrders } from '../database/problem-orders-store'
import { countOpenProblems, openProblems, openProblemsOfOrder } from '../database/problems-store'
import type { ProblemTable } from '../database/schema'
import { listDestinations } from '../database/settings-store'
import { storedFailure } from '../database/stored-failure'

/** Maximum rows of one kind on the screen. The counts say how many there are in total. */
const MAX_PER_KIND = 200
/** Maximum rows when all problems are needed, as in a search. */
const MAX_TOTAL = 10_000

/** The actions for each kind of problem. Problems with folders and servers close when they are solved, so they can only be retried. */
const ACTIONS: Readonly<Record<ProblemKind, readonly ProblemAction[]>> = {
  'order failed': ['send again', 'mark imported', 'dismiss'],
  'needs review': ['send again', 'mark imported', 'dismiss'],
  overdue: ['send again', 'mark imported', 'dismiss'],
  'changed in store': ['dismiss'],
  store: ['retry', 'dismiss'],
  folder: ['retry'],
  'rejected file': ['dismiss'],
  'failed mail': ['retry', 'dismiss'],
  'mail server': ['retry'],
  restore: ['dismiss'],
  sync: [],
  // The question about ownership has its own commands.
  ownership: [],
}

/** The key of the problem for a failed backup. */
export const BACKUP_PROBLEM = 'back-up'

/** The beginning of the keys of problems with writing to a store. */
export const UPDATE_PROBLEMS = 'store-update-'

/** A problem that isn't about an order's own state. */
export interface OtherProblem {
  row: ProblemRow
  /** The notice that was not sent; null for other problems. */
  noticeId: number | null
  /** The tasks that a retry starts. */
  retryTasks: readonly SyncTaskName[]
}

const READ_TASKS: readonly SyncTaskName[] = ['Read Orders', 'Read Customers', 'Read Products', 'Read Answers']

/** Selects problems by kind, and by text in their title or message. */
export interface ProblemFilter {
  kind?: ProblemKind | undefined
  search?: string | undefined
}

/** The problems that need attention, newest first, and their counts by kind. */
export async function listProblems(engine: EngineContext, { kind, search = '' }: ProblemFilter = {}): Promise<ProblemList> {
  const searchText = search.trim()
  const others = await otherProblems(engine, searchText)
  const problems: ProblemRow[] = []
  for (const each of PROBLEM_KINDS) {
    if (kind !== undefined && each !== kind) continue
    const ofKind = others.filter(({ row }) => row.kind === each).slice(0, MAX_PER_KIND)
    problems.push(...ofKind.map(({ row }) => row))
  }
  for (const each of ORDER_PROBLEMS) {
    if (kind !== undefined && each !== kind) continue
    for (const order of await problemOrders(engine.db, each, searchText, MAX_PER_KIND)) {
      const failure = order.failure ?? NO_REASON
      const { id, at, number } = order
      problems.push({ ...rowOf(orderKey(id), each, at, `Order ${number}`, failure), orderId: id })
    }
  }
  const counts = searchText === '' ? await countsOf(engine) : await countsOfSearch(engine, others, searchText)
  return { problems: problems.sort((a, b) => Number(a.at < b.at) - Number(a.at > b.at)), counts }
}

const NO_REASON: Failure = { code: 'unknown', message: 'No reason is recorded.', remedy: 'Open the order and check its timeline.' }

function rowOf(key: string, kind: ProblemKind, at: string, title: string, failure: ProblemRow['failure']): ProblemRow {
  return { key, kind, at, title, failure, actions: ACTIONS[kind], orderId: null, folder: null }
}

function storedRow({ key, kind, at, title, code, message, remedy, folder, orderId }: ProblemTable): ProblemRow {
  return { ...rowOf(key, kind, at, title, storedFailure(code, message, remedy)), folder, orderId }
}

/** Returns the tasks that can close a recorded problem: the same tasks that record it. */
function retriesOf({ key, kind }: ProblemTable): readonly SyncTaskName[] {
  if (key === BACKUP_PROBLEM) return ['Back Up']
  if (key.startsWith(UPDATE_PROBLEMS)) return ['Update Store']
  return kind === 'mail server' ? ['Send Notices'] : READ_TASKS
}

/** Open problems about an order, other than its own state, newest first. */
export async function problemsOfOrder(db: Database, orderId: number): Promise<ProblemRow[]> {
  return (await openProblemsOfOrder(db, orderId)).map(storedRow)
}

/** The key of an order's problem. */
export function orderKey(id: number): string {
  return `order-${id}`
}

/**
 * Returns the problems that aren't about an order's own state, newest first within each kind. `isUnlimited`: without
 * the limit for the screen.
 */
export async function otherProblems(engine: EngineContext, search: string, isUnlimited = search !== ''): Promise<OtherProblem[]> {
  const { db } = engine
  const limit = isUnlimited ? MAX_TOTAL : MAX_PER_KIND
  const problems: OtherProblem[] = []
  const add = (row: ProblemRow, retryTasks: readonly SyncTaskName[], noticeId: number | null = null) =>
    problems.push({ row, noticeId, retryTasks })
  for (const { id, name, folder, failure, failingSince } of await listDestinations(db)) {
    if (failure === null) continue
    const title = `Nothing can be written to ${name}`
    add({ ...rowOf(`destination-${id}`, 'folder', failingSince ?? engine.now(), title, failure), folder }, ['Read Answers', 'Write Order'])
  }
  for (const notice of await failedNotices(db, limit)) {
    const { id, orderId, digestDay, number, address, failedAt, queuedAt, errorCode, errorMessage, errorRemedy } = notice
    const failure = storedFailure(errorCode ?? 'unknown', errorMessage, errorRemedy)
    const title = number === null ? `Digest of ${digestDay} to ${address}` : `Notice about order ${number} to ${address}`
    add({ ...rowOf(`notice-${id}`, 'failed mail', failedAt ?? queuedAt, title, failure), orderId }, ['Send Notices'], id)
  }
  for (const problem of await openProblems(db, limit)) add(storedRow(problem), retriesOf(problem))
  if (engine.syncFailure !== null) {
    const { failure, since } = engine.syncFailure
    add(
      { ...rowOf('sync-trouble', 'folder', since, 'Automatic sync is not working', failure), folder: engine.workspace.folder },
      READ_TASKS,
    )
  }
  // If automatic sync isn't working, that already explains why no sync has succeeded.
  if (engine.stall !== null && engine.syncFailure === null) {
    add(rowOf('nothing-has-run', 'sync', engine.stall.since, 'No sync has succeeded', engine.stall.failure), [])
  }
  const wanted = search.toLowerCase()
  return problems.filter(({ row: { title, failure } }) => `${title} ${failure.message}`.toLowerCase().includes(wanted))
}

async function countsOf(engine: EngineContext): Promise<Record<ProblemKind, number>> {
  const { db } = engine
  const counts = zeroCounts()
  for (const { kind, count } of await countProblemOrders(db, '')) counts[kind] += count
  for (const { kind, count } of await countOpenProblems(db)) counts[kind] += count
  counts['failed mail'] += await countNotices(db, 'failed')
  counts.folder += (await listDestinations(db)).filter((destination) => destination.failure !== null).length
  if (engine.syncFailure !== null) counts.folder += 1
  else if (engine.stall !== null) counts.sync += 1
  return counts
}

async function countsOfSearch(
  engine: EngineContext,
  others: readonly OtherProblem[],
  search: string,
): Promise<Record<ProblemKind, number>> {
  const counts = zeroCounts()
  for (const { kind, count } of await countProblemOrders(engine.db, search)) counts[kind] += count
  for (const { row } of others) counts[row.kind] += 1
  return counts
}

function zeroCounts(): Record<ProblemKind, number> {
  return Object.fromEntries(PROBLEM_KINDS.map((kind) => [kind, 0])) as Record<ProblemKind, number>
}

/** The number of problems that need attention. */
export async function countProblems(engine: EngineContext): Promise<Health['problemCount']> {
  return Object.values(await countsOf(engine)).reduce((sum, count) => sum + count, 0)
}

/** The list that was last published, as JSON, by workspace. */
const lastPublished = new WeakMap<object, string>()

/** Publishes the problems if they have changed. Call it after the commit. */
export async function publishProblems(engine: EngineContext): Promise<void> {
  const list = await listProblems(engine)
  const text = JSON.stringify(list)
  if (lastPublished.get(engine.workspace) === text) return
  lastPublished.set(engine.workspace, text)
  engine.publish('problems.changed', list)
}
