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

/** Rows of one kind on the screen at most; the counts say how many there are. */
const MOST_OF_A_KIND = 200
/** Mails and files of which none is left out where all are meant, as in a search. */
const MOST_AT_ALL = 10_000

/** What can be done about a problem of each kind. Folders and tasks mend themselves: only trying again helps. */
const ACTIONS: Readonly<Record<ProblemKind, readonly ProblemAction[]>> = {
  'order failed': ['send again', 'mark imported', 'dismiss'],
  'needs review': ['send again', 'mark imported', 'dismiss'],
  overdue: ['send again', 'mark imported', 'dismiss'],
  'changed in store': ['dismiss'],
  folder: ['retry'],
  'rejected file': ['dismiss'],
  'failed mail': ['retry', 'dismiss'],
  'mail server': ['retry'],
  restore: ['dismiss'],
  sync: [],
  // Decided by commands of its own: it is no problem like the others.
  ownership: [],
}

/** The key of the problem that no backup could be made. */
export const BACKUP_PROBLEM = 'back-up'

/** A problem that is no order. */
export interface OtherProblem {
  row: ProblemRow
  /** The notice that was not sent; null for anything else. */
  noticeId: number | null
  /** The tasks that trying again starts. */
  retries: readonly SyncTaskName[]
}

const READ_TASKS: readonly SyncTaskName[] = ['Read Orders', 'Read Customers', 'Read Products', 'Read Answers']

/** Which problems: of one kind, or with these words in their title or message. */
export interface ProblemFilter {
  kind?: ProblemKind | undefined
  search?: string | undefined
}

/** What needs a person, newest first, and how much of it there is. */
export async function listProblems(engine: EngineContext, { kind, search = '' }: ProblemFilter = {}): Promise<ProblemList> {
  const words = search.trim()
  const others = await otherProblems(engine, words)
  const problems: ProblemRow[] = []
  for (const each of PROBLEM_KINDS) {
    if (kind !== undefined && each !== kind) continue
    const ofKind = others.filter(({ row }) => row.kind === each).slice(0, MOST_OF_A_KIND)
    problems.push(...ofKind.map(({ row }) => row))
  }
  for (const each of ORDER_PROBLEMS) {
    if (kind !== undefined && each !== kind) continue
    for (const order of await problemOrders(engine.db, each, words, MOST_OF_A_KIND)) {
      const failure = order.failure ?? NO_REASON
      const { id, at, number } = order
      problems.push({ ...rowOf(orderKey(id), each, at, `Order ${number}`, failure), orderId: id })
    }
  }
  const counts = words === '' ? await countsOf(engine) : await countsOfSearch(engine, others, words)
  return { problems: problems.sort((a, b) => Number(a.at < b.at) - Number(a.at > b.at)), counts }
}

const NO_REASON: Failure = { code: 'unknown', message: 'No reason is recorded.', remedy: 'Open the order and look at its timeline.' }

function rowOf(key: string, kind: ProblemKind, at: string, title: string, failure: ProblemRow['failure']): ProblemRow {
  return { key, kind, at, title, failure, actions: ACTIONS[kind], orderId: null, folder: null }
}

function storedRow({ key, kind, at, title, code, message, remedy, folder, orderId }: ProblemTable): ProblemRow {
  return { ...rowOf(key, kind, at, title, storedFailure(code, message, remedy)), folder, orderId }
}

/** The tasks that may close a recorded problem: those that record it. */
function retriesOf({ key, kind }: ProblemTable): readonly SyncTaskName[] {
  if (key === BACKUP_PROBLEM) return ['Back Up']
  return kind === 'mail server' ? ['Send Notices'] : READ_TASKS
}

/** Open problems about an order beside its own state, newest first. */
export async function problemsOfOrder(db: Database, orderId: number): Promise<ProblemRow[]> {
  return (await openProblemsOfOrder(db, orderId)).map(storedRow)
}

/** The key of an order's problem. */
export function orderKey(id: number): string {
  return `order-${id}`
}

/** The problems that are not orders, newest first of each kind; `isAll`: not only as many as a screen shows. */
export async function otherProblems(engine: EngineContext, search: string, isAll = search !== ''): Promise<OtherProblem[]> {
  const { db } = engine
  const most = isAll ? MOST_AT_ALL : MOST_OF_A_KIND
  const problems: OtherProblem[] = []
  const add = (row: ProblemRow, retries: readonly SyncTaskName[], noticeId: number | null = null) =>
    problems.push({ row, noticeId, retries })
  for (const { id, name, folder, trouble, troubleSince } of await listDestinations(db)) {
    if (trouble === null) continue
    const title = `Nothing can be written to ${name}`
    add({ ...rowOf(`destination-${id}`, 'folder', troubleSince ?? engine.now(), title, trouble), folder }, ['Read Answers', 'Write Order'])
  }
  for (const notice of await failedNotices(db, most)) {
    const { id, orderId, digestDay, number, address, failedAt, queuedAt, errorCode, errorMessage, errorRemedy } = notice
    const failure = storedFailure(errorCode ?? 'unknown', errorMessage, errorRemedy)
    const title = number === null ? `Digest of ${digestDay} to ${address}` : `Notice about order ${number} to ${address}`
    add({ ...rowOf(`notice-${id}`, 'failed mail', failedAt ?? queuedAt, title, failure), orderId }, ['Send Notices'], id)
  }
  for (const problem of await openProblems(db, most)) add(storedRow(problem), retriesOf(problem))
  if (engine.syncTrouble !== null) {
    const { failure, since } = engine.syncTrouble
    add({ ...rowOf('sync-trouble', 'folder', since, 'Automatic sync cannot work', failure), folder: engine.workspace.folder }, READ_TASKS)
  }
  // Where not even a run can be recorded, that is why nothing has run.
  if (engine.silence !== null && engine.syncTrouble === null) {
    add(rowOf('nothing-has-run', 'sync', engine.silence.since, 'Nothing has run', engine.silence.failure), [])
  }
  const wanted = search.toLowerCase()
  return problems.filter(({ row: { title, failure } }) => `${title} ${failure.message}`.toLowerCase().includes(wanted))
}

async function countsOf(engine: EngineContext): Promise<Record<ProblemKind, number>> {
  const { db } = engine
  const counts = none()
  for (const { kind, count } of await countProblemOrders(db, '')) counts[kind] += count
  for (const { kind, count } of await countOpenProblems(db)) counts[kind] += count
  counts['failed mail'] += await countNotices(db, 'failed')
  counts.folder += (await listDestinations(db)).filter((destination) => destination.trouble !== null).length
  if (engine.syncTrouble !== null) counts.folder += 1
  else if (engine.silence !== null) counts.sync += 1
  return counts
}

async function countsOfSearch(
  engine: EngineContext,
  others: readonly OtherProblem[],
  search: string,
): Promise<Record<ProblemKind, number>> {
  const counts = none()
  for (const { kind, count } of await countProblemOrders(engine.db, search)) counts[kind] += count
  for (const { row } of others) counts[row.kind] += 1
  return counts
}

function none(): Record<ProblemKind, number> {
  return Object.fromEntries(PROBLEM_KINDS.map((kind) => [kind, 0])) as Record<ProblemKind, number>
}

/** How many things need a person. */
export async function countProblems(engine: EngineContext): Promise<Health['problemCount']> {
  return Object.values(await countsOf(engine)).reduce((sum, count) => sum + count, 0)
}

/** What the screens were told last, by workspace. */
const lastTold = new WeakMap<object, string>()

/** Tells the screens what needs a person now, where that is news. Call after the commit. */
export async function publishProblems(engine: EngineContext): Promise<void> {
  const list = await listProblems(engine)
  const text = JSON.stringify(list)
  if (lastTold.get(engine.workspace) === text) return
  lastTold.set(engine.workspace, text)
  engine.publish('problems.changed', list)
}
