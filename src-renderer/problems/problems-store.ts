import { create } from 'zustand'
import type { ProblemKind, ProblemList, ProblemRow, ProblemSelection } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call, on } from '../client/client'
import { onRefresh } from '../client/refresh'
import { trackLatestRequest } from '../client/track-latest-request'

interface ProblemsState {
  kind: ProblemKind | null
  search: string
  /** The engine's latest list: all kinds, filtered by the search. Null until the first response. */
  list: ProblemList | null
  /** The keys of the selected problems; `all`: all problems that match the kind and the search, loaded or not. */
  selected: ReadonlySet<string> | 'all'
  failure: Failure | null
}

const NONE_SELECTED: ReadonlySet<string> = new Set()

/** The state of Sync > Problems. */
export const useProblems = create<ProblemsState>(() => ({ kind: null, search: '', list: null, selected: NONE_SELECTED, failure: null }))

/** The loaded problems that match the kind and the search, and the number of all that match. */
export function matchingProblems({ list, kind }: Pick<ProblemsState, 'list' | 'kind'>): { rows: ProblemRow[]; count: number } {
  if (list === null) return { rows: [], count: 0 }
  if (kind !== null) return { rows: list.problems.filter((problem) => problem.kind === kind), count: list.counts[kind] }
  return { rows: list.problems, count: Object.values(list.counts).reduce((sum, count) => sum + count, 0) }
}

const startRequest = trackLatestRequest()

/** Reads the problems that match the search. */
export async function loadProblems(): Promise<void> {
  const isLatest = startRequest()
  const { search } = useProblems.getState()
  const result = await call('sync.problems', search.trim() === '' ? {} : { search })
  if (!isLatest()) return
  useProblems.setState(result.ok ? { list: result.value, failure: null } : { failure: result.error })
}

/** Shows only one kind of problem; null: all kinds. */
export function chooseKind(kind: ProblemKind | null): void {
  useProblems.setState({ kind, selected: NONE_SELECTED })
}

/** Shows the problems that match the search text. */
export async function searchProblems(search: string): Promise<void> {
  useProblems.setState({ search, selected: NONE_SELECTED })
  await loadProblems()
}

/** Clears the selection. */
export function clearSelection(): void {
  selectProblems(NONE_SELECTED)
}

/** Selects the problems with these keys; `all`: all problems that match the kind and the search. */
export function selectProblems(selected: ReadonlySet<string> | 'all'): void {
  useProblems.setState({ selected })
}

/** The selection as command input. */
export function selectedProblems(): ProblemSelection {
  const { selected, kind, search } = useProblems.getState()
  if (selected !== 'all') return { keys: [...selected] }
  return { filter: { ...(kind === null ? {} : { kind }), ...(search.trim() === '' ? {} : { search }) } }
}

/** Subscribes to the engine's events. During a search, each event reloads the list, because events aren't filtered. */
export function followProblems(): void {
  on('problems.changed', (list) => {
    if (useProblems.getState().search.trim() === '') useProblems.setState({ list, failure: null })
    else void loadProblems()
  })
  onRefresh(() => {
    if (useProblems.getState().list !== null) void loadProblems()
  })
}
