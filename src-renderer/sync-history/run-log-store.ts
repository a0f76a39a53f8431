import { create } from 'zustand'
import type { RunEntryRow, RunRow } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call, on } from '../client/client'
import { trackLatestRequest } from '../client/track-latest-request'

const PAGE_SIZE = 200

interface RunLogState {
  runId: number
  onlyProblems: boolean
  /** Null until the first response. */
  run: RunRow | null
  entries: RunEntryRow[]
  hasMore: boolean
  isLoading: boolean
  failure: Failure | null
}

const EMPTY: RunLogState = { runId: 0, onlyProblems: false, run: null, entries: [], hasMore: false, isLoading: false, failure: null }

/** The open run, with the loaded entries of its log, oldest first. */
export const useRunLog = create<RunLogState>(() => EMPTY)

const startRequest = trackLatestRequest()

/** Reads a run and the first entries of its log. */
export async function loadRunLog(runId: number, onlyProblems: boolean): Promise<void> {
  useRunLog.setState((state) => (state.runId === runId ? { onlyProblems } : { ...EMPTY, runId, onlyProblems }))
  await loadPage(0)
}

/** Reads the next page of entries. */
export async function loadMoreEntries(): Promise<void> {
  const { entries, isLoading } = useRunLog.getState()
  if (!isLoading) await loadPage(entries.at(-1)?.id ?? 0)
}

async function loadPage(after: number): Promise<void> {
  const isLatest = startRequest()
  useRunLog.setState({ isLoading: true })
  const { runId, onlyProblems } = useRunLog.getState()
  const result = await call('sync.runLog', { runId, onlyProblems, after, limit: PAGE_SIZE })
  if (!isLatest()) return
  if (!result.ok) {
    useRunLog.setState({ isLoading: false, failure: result.error })
    return
  }
  const { run, entries, hasMore } = result.value
  useRunLog.setState((state) => ({
    run,
    entries: after === 0 ? entries : [...state.entries, ...entries],
    hasMore,
    isLoading: false,
    failure: null,
  }))
}

function applyEntries(runId: number, added: readonly RunEntryRow[]): void {
  useRunLog.setState((state) => {
    // If some pages are not loaded yet, these entries will come with them.
    if (state.run?.id !== runId || state.hasMore || state.isLoading) return state
    const last = state.entries.at(-1)?.id ?? 0
    const fresh = added.filter(({ id, level }) => id > last && !(state.onlyProblems && level === 'info'))
    return { entries: [...state.entries, ...fresh] }
  })
}

/** Subscribes to the engine's events. */
export function followRunLog(): void {
  on('runs.logged', ({ runId, entries }) => applyEntries(runId, entries))
  on('runs.changed', ({ run }) => useRunLog.setState((state) => (state.run?.id === run.id ? { run } : state)))
}
