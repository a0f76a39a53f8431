import { create } from 'zustand'
import type { RunRow, SyncTaskName } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call, on } from '../client/client'
import { onRefresh } from '../client/refresh'
import { trackLatestRequest } from '../client/track-latest-request'

const PAGE_SIZE = 100

interface SyncHistoryState {
  task: SyncTaskName | null
  /** Null until the first response. */
  runs: RunRow[] | null
  hasMore: boolean
  isLoading: boolean
  failure: Failure | null
}

/** The runs that Sync History shows, newest first. */
export const useSyncHistory = create<SyncHistoryState>(() => ({ task: null, runs: null, hasMore: false, isLoading: false, failure: null }))

const startRequest = trackLatestRequest()

/** Reads the latest runs of one task, or of all tasks. */
export async function loadRuns(task: SyncTaskName | null): Promise<void> {
  useSyncHistory.setState((state) => (state.task === task ? {} : { task, runs: null, failure: null }))
  await loadPage(task, null)
}

/** Reads the next page of older runs. */
export async function loadMoreRuns(): Promise<void> {
  const { task, runs, isLoading } = useSyncHistory.getState()
  const oldest = runs?.at(-1)
  if (oldest !== undefined && !isLoading) await loadPage(task, oldest.id)
}

async function loadPage(task: SyncTaskName | null, before: number | null): Promise<void> {
  const isLatest = startRequest()
  useSyncHistory.setState({ isLoading: true })
  const result = await call('sync.history', { ...(task === null ? {} : { task }), before, limit: PAGE_SIZE })
  if (!isLatest()) return
  if (!result.ok) {
    useSyncHistory.setState({ isLoading: false, failure: result.error })
    return
  }
  const page = result.value.runs
  useSyncHistory.setState((state) => ({
    runs: before === null ? page : [...(state.runs ?? []), ...page],
    hasMore: page.length === PAGE_SIZE,
    isLoading: false,
    failure: null,
  }))
}

function applyRun(run: RunRow): void {
  useSyncHistory.setState((state) => {
    if (state.runs === null || (state.task !== null && state.task !== run.task)) return state
    const isKnown = state.runs.some((known) => known.id === run.id)
    if (isKnown) return { runs: state.runs.map((known) => (known.id === run.id ? run : known)) }
    const newest = state.runs[0]
    return newest === undefined || run.id > newest.id ? { runs: [run, ...state.runs] } : state
  })
}

/** Subscribes to the engine's events. */
export function followSyncHistory(): void {
  on('runs.changed', ({ run }) => applyRun(run))
  onRefresh(() => {
    const { runs, task } = useSyncHistory.getState()
    if (runs !== null) void loadRuns(task)
  })
}
