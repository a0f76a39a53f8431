import type { RunRow, RunTrigger, SyncTaskName } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { internalFailure } from '../context/internal-failure'
import { diskFailure } from '../database/open-database'
import { deleteNoOpRunBefore, insertRun, isNoOp, updateRun } from '../database/runs-store'
import { withRunContext } from '../logs/run-context'
import { RunLog } from './run-log'
import type { RunReport, TaskWork } from './run-report'
import { summaryOf } from './run-summary'

/** Who asked for a run, and why. */
export interface RunRequest {
  trigger: RunTrigger
  actor: string
}

/** Why a run is stopped early: the sync watch stopped it because it made no progress, or a person cancelled it. */
export type Ending = { outcome: 'failed' | 'cancelled'; reason: string }

/** The run in progress. */
export interface ActiveRun {
  task: SyncTaskName
  report: RunReport
  /** Time of the last progress, in milliseconds since 1970. */
  progressedAtMs: number
  /** Aborted with an `Ending`. */
  ending: AbortController
}

/** Records the start of a run. Throws FailureError `workspace-taken-over` without recording anything if another engine has taken over. */
export async function beginRun(
  engine: EngineContext,
  task: SyncTaskName,
  { trigger, actor }: RunRequest,
  { reportProgress, releaseOthers }: Pick<RunReport, 'reportProgress' | 'releaseOthers'>,
): Promise<ActiveRun> {
  const counts = { doneCount: 0, failedCount: 0, waitingCount: 0 }
  const id = engine.newId()
  const row: RunRow = {
    id,
    task,
    trigger,
    actor,
    startedAt: engine.now(),
    endedAt: null,
    outcome: 'running',
    ...counts,
    reviewCount: 0,
    summary: '',
    entriesLeftOut: 0,
  }
  await engine.write(async (work) => {
    await insertRun(work.db, row)
    work.publish('runs.changed', { run: row })
  })
  engine.log.debug(`${task} started`, { runId: id })
  const isRequested = trigger === 'Sync Now' || trigger === 'command line'
  const log = new RunLog(engine, id)
  const report: RunReport = {
    runId: id,
    isRequested,
    ...counts,
    reviewed: new Set(),
    total: null,
    notes: [],
    log,
    reportProgress,
    releaseOthers,
  }
  return { task, report, progressedAtMs: engine.clock.now().getTime(), ending: new AbortController() }
}

/** The outcome and summary of a finished run. */
export type RunResult = Pick<RunRow, 'outcome' | 'summary'>

/** Executes a run and returns its result. `stopping` is aborted when the program quits. */
export function executeRun(engine: EngineContext, work: TaskWork, run: ActiveRun, stopping: AbortSignal): Promise<RunResult> {
  const { runId, reviewed } = run.report
  return withRunContext({ runId, reviewed }, () => runWork(engine, work, run, stopping))
}

async function runWork(engine: EngineContext, work: TaskWork, run: ActiveRun, stopping: AbortSignal): Promise<RunResult> {
  const { task, report, ending } = run
  try {
    if (engine.question !== null) throw new FailureError(engine.question)
    await work(report, AbortSignal.any([stopping, ending.signal]))
    if (stopping.aborted) return { outcome: 'interrupted', summary: summaryOf(task, report) }
    if (ending.signal.aborted) {
      const { outcome, reason } = ending.signal.reason as Ending
      return { outcome, summary: `${summaryOf(task, report)} ${reason}` }
    }
    const hasFailures = report.failedCount > 0 || report.notes.length > 0
    return { outcome: hasFailures ? 'some failed' : 'done', summary: summaryOf(task, report) }
  } catch (error) {
    const known = error instanceof FailureError ? error : diskFailure(error)
    if (known !== null) engine.log.error(`${task} failed`, known)
    const { message, remedy } = known ?? internalFailure(engine.log, task, error)
    return { outcome: 'failed', summary: `${summaryOf(task, report)} ${message} ${remedy}` }
  }
}

/** Saves a run's remaining log entries, records its end, and returns the run. */
export async function endRun(engine: EngineContext, { report }: ActiveRun, ended: RunResult): Promise<RunRow> {
  const { runId, doneCount, failedCount, waitingCount, reviewed, log } = report
  await log.flush(true)
  const counts = { doneCount, failedCount, waitingCount, reviewCount: reviewed.size, entriesLeftOut: log.leftOut }
  return engine.write(async (work) => {
    const run = await updateRun(work.db, runId, { ...ended, endedAt: work.now(), ...counts })
    if (isNoOp(run)) await deleteNoOpRunBefore(work.db, run)
    return run
  })
}
