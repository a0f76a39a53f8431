import { create } from 'zustand'
import type { ProblemKind, ProblemList, ProblemRow, ProblemSelection } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call, on } from '../client/client'
import { latestRequest } from '../client/latest-request'
import { onRefresh } from '../client/refresh'

interface ProblemsState {
  kind: ProblemKind | null
  search: string
  /** What the engine last said, of every kind, with the words of the search; null until the first answer. */
  list: ProblemList | null
  /** Keys of the selected problems; `all`: everything that matches kind and search, shown or not. */
  selected: ReadonlySet<string> | 'all'
  failure: Failure | null
}

const NOTHING: ReadonlySet<string> = new Set()

/** What needs a person. */
export const useProblems = create<ProblemsState>(() => ({ kind: null, search: '', list: null, selected: NOTHING, failure: null }))

/** How many problems match kind and search, and the rows of them that are here. */
export function matching({ list, kind }: Pick<ProblemsState, 'list' | 'kind'>): { rows: ProblemRow[]; count: number } {
  if (list === null) return { rows: [], count: 0 }
  if (kind !== null) return { rows: list.problems.filter((problem) => problem.kind === kind), count: list.counts[kind] }
  return { rows: list.problems, count: Object.values(list.counts).reduce((sum, count) => sum + count, 0) }
}

const startRequest = latestRequest()

/** Reads the problems that the search matches. */
export async function loadProblems(): Promise<void> {
  const isLatest = startRequest()
  const { search } = useProblems.getState()
  const result = await call('sync.problems', search.trim() === '' ? {} : { search })
  if (!isLatest()) return
  useProblems.setState(result.ok ? { list: result.value, failure: null } : { failure: result.error })
}

/** Shows one kind alone, or all with null. */
export function chooseKind(kind: ProblemKind | null): void {
  useProblems.setState({ kind, selected: NOTHING })
}

/** Shows what has these words. */
export async function searchProblems(search: string): Promise<void> {
  useProblems.setState({ search, selected: NOTHING })
  await loadProblems()
}

/** Selects no problem. */
export function clearSelection(): void {
  select(NOTHING)
}

/** Selects these problems, or everything that matches. */
export function select(selected: ReadonlySet<string> | 'all'): void {
  useProblems.setState({ selected })
}

/** The selected problems, as the engine takes them. */
export function selectedProblems(): ProblemSelection {
  const { selected, kind, search } = useProblems.getState()
  if (selected !== 'all') return { keys: [...selected] }
  return { filter: { ...(kind === null ? {} : { kind }), ...(search.trim() === '' ? {} : { search }) } }
}

/** Follows the engine's events. A search is asked anew: the event knows nothing of it. */
export function followProblems(): void {
  on('problems.changed', (list) => {
    if (useProblems.getState().search.trim() === '') useProblems.setState({ list, failure: null })
    else void loadProblems()
  })
  onRefresh(() => {
    if (useProblems.getState().list !== null) void loadProblems()
  })
}
