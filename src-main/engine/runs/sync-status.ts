import { type Health, SYNC_TASKS, type SyncTaskName, type SyncTaskRow } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { countToWrite } from '../database/claims-store'
import { lastDroppedAt } from '../database/deliveries-store'
import { lastRunOf } from '../database/runs-store'
import { longestFailing } from '../database/settings-store'
import { countProblems } from '../problems/problems'
import type { RunReport } from './run-report'
import { TASK_TEXTS } from './run-summary'
import type { ActiveRun } from './run-task'
import type { TaskSchedule } from './task-schedule'
import { pausedUntil } from './timed-pause'

/** The current state of the sync runner. */
export interface RunnerState {
  schedule: TaskSchedule
  underWay: readonly ActiveRun[]
  /** Tasks that are queued. */
  queue: { has(task: SyncTaskName): boolean }
}

/** Returns the list on Sync > Status. */
export async function taskRows({ db }: EngineContext, { schedule, underWay, queue }: RunnerState): Promise<SyncTaskRow[]> {
  const rows: SyncTaskRow[] = []
  for (const name of SYNC_TASKS) {
    const { isPaused, nextRunAt, ...planned } = schedule.of(name)
    const run = underWay.find(({ task }) => task === name) ?? null
    const state = run !== null ? 'running' : queue.has(name) ? 'queued' : isPaused ? 'paused' : 'idle'
    rows.push({
      name,
      description: TASK_TEXTS[name].description,
      state,
      schedule: planned.schedule,
      isPaused,
      lastRun: await lastRunOf(db, name),
      nextRunAt,
      isStopping: run?.ending.signal.aborted ?? false,
      progress: run === null ? null : progressOf(run.report),
    })
  }
  return rows
}

function progressOf({ doneCount, failedCount, unchangedCount, total }: RunReport): SyncTaskRow['progress'] {
  return { done: doneCount + failedCount + unchangedCount, total }
}

/** Returns the overall state of the sync. */
export async function healthOf(engine: EngineContext, { schedule, underWay }: RunnerState): Promise<Health> {
  const { db } = engine
  const [problemCount, pendingCount, lastWrittenAt] = [await countProblems(engine), await countToWrite(db), await lastDroppedAt(db)]
  const writing = schedule.of('Write Order')
  return {
    problemCount,
    pendingCount,
    lastWrittenAt,
    nextRunAt: writing.nextRunAt,
    isSyncing: underWay.length > 0,
    isPaused: writing.isPaused,
    pausedUntil: writing.isPaused ? await pausedUntil(engine) : null,
    stalledSince: engine.stall?.since ?? null,
    unreachable: await longestFailing(db),
    question: engine.question,
  }
}
