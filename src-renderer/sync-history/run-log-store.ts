import { create } from 'zustand'
import type { RunEntryRow, RunRow } from '../../src-shared/contract/contract'
import type { Failure } from '../../src-shared/failure'
import { call, on } from '../client/client'
import { latestRequest } from '../client/latest-request'

const PAGE_SIZE = 200

interface RunLogState {
  runId: number
  onlyTrouble: boolean
  /** Null until the first answer. */
  run: RunRow | null
  entries: RunEntryRow[]
  hasMore: boolean
  isLoading: boolean
  failure: Failure | null
}

const NOTHING: RunLogState = { runId: 0, onlyTrouble: false, run: null, entries: [], hasMore: false, isLoading: false, failure: null }

/** The run that is open, with the lines of its log that are shown, oldest first. */
export const useRunLog = create<RunLogState>(() => NOTHING)

const startRequest = latestRequest()

/** Reads a run and the first lines of its log. */
export async function loadRunLog(runId: number, onlyTrouble: boolean): Promise<void> {
  useRunLog.setState((state) => (state.runId === runId ? { onlyTrouble } : { ...NOTHING, runId, onlyTrouble }))
  await ask(0)
}

/** Reads the lines after the last one shown. */
export async function loadMoreLines(): Promise<void> {
  const { entries, isLoading } = useRunLog.getState()
  if (!isLoading) await ask(entries.at(-1)?.id ?? 0)
}

async function ask(after: number): Promise<void> {
  const isLatest = startRequest()
  useRunLog.setState({ isLoading: true })
  const { runId, onlyTrouble } = useRunLog.getState()
  const result = await call('sync.runLog', { runId, onlyTrouble, after, limit: PAGE_SIZE })
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
    // Lines after a page that was not read yet come with that page.
    if (state.run?.id !== runId || state.hasMore || state.isLoading) return state
    const last = state.entries.at(-1)?.id ?? 0
    const fresh = added.filter(({ id, level }) => id > last && !(state.onlyTrouble && level === 'info'))
    return { entries: [...state.entries, ...fresh] }
  })
}

/** Follows the engine's events. */
export function followRunLog(): void {
  on('runs.logged', ({ runId, entries }) => applyEntries(runId, entries))
  on('runs.changed', ({ run }) => useRunLog.setState((state) => (state.run?.id === run.id ? { run } : state)))
}
