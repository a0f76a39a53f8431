import { create } from 'zustand'
import type { Health, SyncTaskName, SyncTaskRow } from '../../src-shared/contract/contract'
import type { Failure, Result } from '../../src-shared/failure'
import type { Schedule } from '../../src-shared/schedule'
import { call, on } from '../client/client'
import { reportEngineStop } from '../client/engine-stop'
import { onRefresh } from '../client/refresh'
import { syncStatusText } from '../text/sync-status-text'
import { notifyDone, notifyIfFailed } from '../widgets/notify'

const { messages } = syncStatusText

interface SyncStatusState {
  tasks: SyncTaskRow[]
  /** Null until the first response. */
  health: Health | null
  failure: Failure | null
}

/** The sync tasks and the overall health, kept up to date by events. */
export const useSyncStatus = create<SyncStatusState>(() => ({ tasks: [], health: null, failure: null }))

/** Reads the tasks and the overall health. */
export async function loadSyncStatus(): Promise<void> {
  const result = await call('sync.status', {})
  if (result.ok) useSyncStatus.setState({ ...result.value, failure: null })
  else if (useSyncStatus.getState().health === null) reportEngineStop(result.error)
  else useSyncStatus.setState({ failure: result.error })
}

/** Subscribes to the engine's events. */
export function followSyncStatus(): void {
  on('tasks.changed', ({ tasks }) => useSyncStatus.setState({ tasks }))
  on('health.changed', (health) => useSyncStatus.setState({ health }))
  onRefresh(loadSyncStatus)
}

function applyTasks(result: Result<{ tasks: SyncTaskRow[] }>, message: string): void {
  notifyIfFailed(result)
  if (!result.ok) return
  useSyncStatus.setState({ tasks: result.value.tasks })
  notifyDone(message)
}

/** Queues a task or, if none is given, all tasks of a full sync. */
export async function syncNow(task?: SyncTaskName): Promise<void> {
  applyTasks(await call('sync.runNow', task === undefined ? {} : { task }), messages.starting(task))
}

/** Stops a task's run at the next safe point, or removes the task from the queue. */
export async function cancelRun(task: SyncTaskName): Promise<void> {
  applyTasks(await call('sync.cancel', { task }), messages.cancelling(task))
}

/** Pauses or resumes a task or, if none is given, all automatic sync. */
export async function setPaused(isPaused: boolean, task?: SyncTaskName): Promise<void> {
  const result = await call('sync.setPaused', task === undefined ? { isPaused } : { task, isPaused })
  applyTasks(result, isPaused ? messages.paused(task) : messages.resumed(task))
}

/** Changes a task's schedule. Returns the failure, or null. */
export async function setSchedule(task: SyncTaskName, schedule: Schedule): Promise<Failure | null> {
  const result = await call('sync.setSchedule', { task, schedule })
  if (!result.ok) return result.error
  applyTasks(result, messages.scheduled(task, schedule))
  return null
}
