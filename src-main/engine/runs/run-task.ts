import type { RunRow, RunTrigger, SyncTaskName } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { internalFailure } from '../context/internal-failure'
import { diskFailure } from '../database/open-database'
import { deleteNoOpRunBefore, insertRun, isNoOp, updateRun } from '../database/runs-store'
import { inRun } from '../logs/run-context'
import { RunLog } from './run-log'
import type { RunReport, TaskWork } from './run-report'
import { summaryOf } from './run-summary'

/** Who asked for a run, and why. */
export interface RunRequest {
  trigger: RunTrigger
  actor: string
}

/** Why a run is told to end: the watch cut it off, or a person cancelled it. */
export type Ending = { outcome: 'failed' | 'cancelled'; reason: string }

/** The run that is under way. */
export interface RunUnderWay {
  task: SyncTaskName
  report: RunReport
  /** Since when nothing has gone on, by the clock. */
  progressedAtMs: number
  /** Aborted with an `Ending`. */
  ending: AbortController
}

/** Records that a run began. Throws FailureError `workspace-taken-over`: a stalled engine finds out here, and leaves no trace. */
export async function beginRun(
  engine: EngineContext,
  task: SyncTaskName,
  { trigger, actor }: RunRequest,
  progressed: () => void,
): Promise<RunUnderWay> {
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
  engine.log.debug(`${task} begins`, { runId: id })
  const isAsked = trigger === 'Sync Now' || trigger === 'command line'
  const log = new RunLog(engine, id)
  const report: RunReport = { runId: id, isAsked, ...counts, reviewed: new Set(), total: null, notes: [], log, progressed }
  return { task, report, progressedAtMs: engine.clock.now().getTime(), ending: new AbortController() }
}

/** How a run ended, in a word and a sentence. */
export type Ended = Pick<RunRow, 'outcome' | 'summary'>

/** Does a run's work to its end, and gives how it ended. `stopping`: the program ends. */
export function doRun(engine: EngineContext, work: TaskWork, run: RunUnderWay, stopping: AbortSignal): Promise<Ended> {
  const { runId, reviewed } = run.report
  return inRun({ runId, reviewed }, () => outcomeOf(engine, work, run, stopping))
}

async function outcomeOf(engine: EngineContext, work: TaskWork, run: RunUnderWay, stopping: AbortSignal): Promise<Ended> {
  const { task, report, ending } = run
  try {
    if (engine.question !== null) throw new FailureError(engine.question)
    await work(report, AbortSignal.any([stopping, ending.signal]))
    if (stopping.aborted) return { outcome: 'interrupted', summary: summaryOf(task, report) }
    if (ending.signal.aborted) {
      const { outcome, reason } = ending.signal.reason as Ending
      return { outcome, summary: `${summaryOf(task, report)} ${reason}` }
    }
    const hasTrouble = report.failedCount > 0 || report.notes.length > 0
    return { outcome: hasTrouble ? 'some failed' : 'done', summary: summaryOf(task, report) }
  } catch (error) {
    const known = error instanceof FailureError ? error : diskFailure(error)
    if (known !== null) engine.log.error(`${task} failed`, known)
    const { message, remedy } = known ?? internalFailure(engine.log, task, error)
    return { outcome: 'failed', summary: `${summaryOf(task, report)} ${message} ${remedy}` }
  }
}

/** Records how a run ended, with the log lines that wait, and gives it. */
export async function endRun(engine: EngineContext, { report }: RunUnderWay, ended: Ended): Promise<RunRow> {
  const { runId, doneCount, failedCount, waitingCount, reviewed, log } = report
  await log.flush(true)
  const counts = { doneCount, failedCount, waitingCount, reviewCount: reviewed.size, entriesLeftOut: log.leftOut }
  return engine.write(async (work) => {
    const run = await updateRun(work.db, runId, { ...ended, endedAt: work.now(), ...counts })
    if (isNoOp(run)) await deleteNoOpRunBefore(work.db, run)
    return run
  })
}
