import { type Health, SYNC_TASKS, type SyncTaskName, type SyncTaskRow } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { countToWrite } from '../database/claims-store'
import { lastDroppedAt } from '../database/deliveries-store'
import { lastRunOf } from '../database/runs-store'
import { longestFailing } from '../database/settings-store'
import { countProblems } from '../problems/problems'
import { TASK_TEXTS } from './run-summary'
import type { ActiveRun } from './run-task'
import type { TaskSchedule } from './task-schedule'
import { pausedUntil } from './timed-pause'

/** The current state of the sync runner. */
export interface RunnerState {
  schedule: TaskSchedule
  running: ActiveRun | null
  /** Tasks that are queued. */
  queue: { has(task: SyncTaskName): boolean }
}

/** Returns the list on Sync > Status. */
export async function taskRows({ db }: EngineContext, { schedule, running, queue }: RunnerState): Promise<SyncTaskRow[]> {
  const rows: SyncTaskRow[] = []
  for (const name of SYNC_TASKS) {
    const { isPaused, nextRunAt, ...task } = schedule.of(name)
    const run = running?.task === name ? running : null
    const state = run !== null ? 'running' : queue.has(name) ? 'queued' : isPaused ? 'paused' : 'idle'
    rows.push({
      name,
      description: TASK_TEXTS[name].description,
      state,
      schedule: task.schedule,
      isPaused,
      lastRun: await lastRunOf(db, name),
      nextRunAt,
      isStopping: run?.ending.signal.aborted ?? false,
      progress: run === null ? null : { done: run.report.doneCount + run.report.failedCount, total: run.report.total },
    })
  }
  return rows
}

/** Returns the overall state of the sync. */
export async function healthOf(engine: EngineContext, { schedule, running }: RunnerState): Promise<Health> {
  const { db } = engine
  const [problemCount, pendingCount, lastWrittenAt] = [await countProblems(engine), await countToWrite(db), await lastDroppedAt(db)]
  const writing = schedule.of('Write Order')
  return {
    problemCount,
    pendingCount,
    lastWrittenAt,
    nextRunAt: writing.nextRunAt,
    isSyncing: running !== null,
    isPaused: writing.isPaused,
    pausedUntil: writing.isPaused ? await pausedUntil(engine) : null,
    stalledSince: engine.stall?.since ?? null,
    unreachable: await longestFailing(db),
    question: engine.question,
  }
}
