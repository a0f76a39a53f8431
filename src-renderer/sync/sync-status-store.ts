import { create } from 'zustand'
import type { Health, SyncTaskName, SyncTaskRow } from '../../src-shared/contract/contract'
import type { Failure, Result } from '../../src-shared/failure'
import type { Schedule } from '../../src-shared/schedule'
import { call, on } from '../client/client'
import { reportEngineStop } from '../client/engine-stop'
import { onRefresh } from '../client/refresh'
import { syncStatusText } from '../text/sync-status-text'
import { notifyDone, notifyIfFailed } from '../widgets/notify'

const { told } = syncStatusText

interface SyncStatusState {
  tasks: SyncTaskRow[]
  /** Null until the engine has answered for the first time. */
  health: Health | null
  failure: Failure | null
}

/** The sync tasks and the health of the whole, kept fresh by events. */
export const useSyncStatus = create<SyncStatusState>(() => ({ tasks: [], health: null, failure: null }))

/** Reads tasks and health; the window's first question to the engine. */
export async function loadSyncStatus(): Promise<void> {
  const result = await call('sync.status', {})
  if (result.ok) useSyncStatus.setState({ ...result.value, failure: null })
  else if (useSyncStatus.getState().health === null) reportEngineStop(result.error)
  else useSyncStatus.setState({ failure: result.error })
}

/** Follows the engine's events. */
export function followSyncStatus(): void {
  on('tasks.changed', ({ tasks }) => useSyncStatus.setState({ tasks }))
  on('health.changed', (health) => useSyncStatus.setState({ health }))
  onRefresh(loadSyncStatus)
}

function applyTasks(result: Result<{ tasks: SyncTaskRow[] }>, done: string): void {
  if (!notifyIfFailed(result)) return
  if (result.ok) useSyncStatus.setState({ tasks: result.value.tasks })
  notifyDone(done)
}

/** Queues one task, or all of them. */
export async function syncNow(task?: SyncTaskName): Promise<void> {
  applyTasks(await call('sync.runNow', task === undefined ? {} : { task }), told.starting(task))
}

/** Ends a task's run at its next good point, or takes the task from the queue. */
export async function cancelRun(task: SyncTaskName): Promise<void> {
  applyTasks(await call('sync.cancel', { task }), told.cancelling(task))
}

/** Pauses or resumes one task, or the automatic sync as a whole. */
export async function setPaused(isPaused: boolean, task?: SyncTaskName): Promise<void> {
  const result = await call('sync.setPaused', task === undefined ? { isPaused } : { task, isPaused })
  applyTasks(result, isPaused ? told.paused(task) : told.resumed(task))
}

/** Changes when a task runs; gives the failure where it is refused. */
export async function setSchedule(task: SyncTaskName, schedule: Schedule): Promise<Failure | null> {
  const result = await call('sync.setSchedule', { task, schedule })
  if (!result.ok) return result.error
  applyTasks(result, told.scheduled(task, schedule))
  return null
}
