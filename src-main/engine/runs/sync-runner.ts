import type { Health, RunRow, RunTrigger, SyncTaskName, SyncTaskRow } from '../../../src-shared/contract/contract'
import { SYNC_TASKS } from '../../../src-shared/contract/contract'
import { type Failure, FailureError } from '../../../src-shared/failure'
import type { Schedule } from '../../../src-shared/schedule'
import { SYNC_ACTOR } from '../changes/timeline'
import type { EngineContext } from '../context/context'
import { internalFailure } from '../context/internal-failure'
import { lastDroppedAt } from '../database/deliveries-store'
import { diskFailure } from '../database/open-database'
import { countToWrite } from '../database/orders-store'
import { deleteNoOpRunBefore, insertRun, isNoOp, lastRunOf, markInterruptedRuns, updateRun } from '../database/runs-store'
import { longestUnreachable } from '../database/settings-store'
import { inRun } from '../logs/run-context'
import { countProblems, publishProblems } from '../problems/problems'
import { checkSchedule } from '../time/next-run'
import { forgetOldLines, RunLog } from './run-log'
import type { RunReport, TaskWork } from './run-report'
import { countsOf, summaryOf, TASK_TEXTS } from './run-summary'
import { endHung, type RunUnderWay, type Watched } from './sync-watch'
import { type ScheduledTask, TaskSchedule } from './task-schedule'
import { beginTimedPause, forgetTimedPause, pausedUntil, takeOverduePause } from './timed-pause'

/** Progress is told at most this often. */
const PROGRESS_MS = 200
/** The loop looks at the clock at least this often, so that it notices a computer that slept. */
const LONGEST_SLEEP_MS = 30_000
/** Recording that a run hangs may take this long; the database may be what hangs. */
const RECORD_LIMIT_MS = 5000
/** The loop waits this long after an error that no run could report. */
const AFTER_ERROR_MS = 15_000

/** Who asked for a run, and why. */
export interface RunRequest {
  trigger: RunTrigger
  actor: string
}

/** Why a run is told to end: the watch cut it off, or a person cancelled it. */
type Ending = { outcome: 'failed' | 'cancelled'; reason: string }

interface Running {
  task: SyncTaskName
  report: RunReport
  progressedAtMs: number
  ending: AbortController
}

/** Runs the sync tasks, one at a time: by their schedule, and when asked. The only place that starts a run. */
export class SyncRunner implements Watched {
  private readonly schedule: TaskSchedule
  private readonly queue = new Map<SyncTaskName, RunRequest>()
  private readonly stopping = new AbortController()
  private waking = new AbortController()
  private running: Running | null = null
  private isAutomatic = false
  private lastToldMs = 0
  private loop: Promise<void> = Promise.resolve()
  /** Ends when the last run that was asked for has ended. */
  private turn: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly engine: EngineContext,
    private readonly works: Readonly<Record<SyncTaskName, TaskWork>>,
  ) {
    this.schedule = new TaskSchedule(engine)
  }

  /** Reads the schedule; runs that were cut short are shown as interrupted. */
  async open(): Promise<void> {
    await markInterruptedRuns(this.engine.db, this.engine.now())
    await forgetOldLines(this.engine)
    await this.schedule.open()
  }

  /**
   * Starts automatic sync. Orders and answers are read at once; Back Up keeps its time; Write Order does, too, runs once if it was due while the program was off, and
   * waits one interval at its very first start, so that nothing leaves the house before a person has seen the window.
   */
  async start(): Promise<void> {
    this.isAutomatic = true
    for (const { name, isPaused, nextRunAt } of this.schedule.all()) {
      if (isPaused || this.engine.question !== null) continue
      if (name === 'Back Up') await this.schedule.change(name, { nextRunAt: nextRunAt ?? this.engine.now() })
      else if (name !== 'Write Order') this.queue.set(name, { trigger: 'start-up', actor: SYNC_ACTOR })
      else if (nextRunAt === null) await this.schedule.change(name, {})
    }
    this.loop = this.runLoop()
  }

  /** Lets the running task come to a good point, then stops. */
  async stop(): Promise<void> {
    this.stopping.abort()
    this.waking.abort()
    await this.loop
    await this.turn
  }

  /** Queues a task, or all in order. Asking again while it waits changes nothing. */
  async ask(tasks: readonly SyncTaskName[], request: RunRequest): Promise<void> {
    for (const task of tasks) if (!this.queue.has(task)) this.queue.set(task, request)
    await this.tellTasks()
    this.waking.abort()
  }

  /** Tells the runs of these tasks to end at their next good point, and takes those that wait from the queue. */
  async cancel(tasks: readonly SyncTaskName[], actor: string): Promise<void> {
    for (const task of tasks) this.queue.delete(task)
    const ending: Ending = { outcome: 'cancelled', reason: `Cancelled by ${actor}. What was not done waits for the next run.` }
    if (this.running !== null && tasks.includes(this.running.task)) this.running.ending.abort(ending)
    await this.tellTasks()
  }

  /** Makes a task due now, unless it is paused: its work has come. */
  async runSoon(name: SyncTaskName): Promise<void> {
    if (this.schedule.of(name).isPaused) return
    await this.schedule.change(name, { nextRunAt: this.engine.now() })
    await this.afterChange()
  }

  /** Changes when a task runs. Throws FailureError `bad-schedule`. */
  async setSchedule(name: SyncTaskName, schedule: Schedule): Promise<void> {
    checkSchedule(schedule, this.engine.clock.now(), this.engine.timeZone)
    await this.schedule.change(name, { schedule })
    await this.afterChange()
  }

  /** Pauses or resumes tasks' automatic runs; Sync Now works all the same. */
  async setPaused(names: readonly SyncTaskName[], isPaused: boolean): Promise<void> {
    await forgetTimedPause(this.engine)
    for (const name of names) await this.schedule.change(name, { isPaused })
    await this.afterChange()
  }

  /** Pauses what runs by itself for so long; what was paused before stays so. */
  async pauseFor(names: readonly SyncTaskName[], minutes: number): Promise<void> {
    const running = names.filter((name) => !this.schedule.of(name).isPaused)
    await this.setPaused(running, true)
    await beginTimedPause(this.engine, running, minutes)
    await this.tellTasks()
  }

  /** Goes on where a pause's time is over; for the watch. */
  async endOverduePause(): Promise<void> {
    const tasks = await takeOverduePause(this.engine)
    if (tasks !== null) await this.setPaused(tasks, false)
  }

  /** The list on Sync > Status. */
  async tasks(): Promise<SyncTaskRow[]> {
    const rows: SyncTaskRow[] = []
    for (const name of SYNC_TASKS) {
      const { schedule, isPaused, nextRunAt } = this.schedule.of(name)
      const running = this.running?.task === name ? this.running : null
      const report = running?.report ?? null
      rows.push({
        name,
        description: TASK_TEXTS[name].description,
        state: this.stateOf(name, isPaused),
        schedule,
        isPaused,
        lastRun: await lastRunOf(this.engine.db, name),
        nextRunAt,
        isEnding: running?.ending.signal.aborted ?? false,
        progress: report === null ? null : { done: report.doneCount + report.failedCount, total: report.total },
      })
    }
    return rows
  }

  private stateOf(name: SyncTaskName, isPaused: boolean): SyncTaskRow['state'] {
    if (this.running?.task === name && this.running.report !== null) return 'running'
    if (this.queue.has(name)) return 'queued'
    return isPaused ? 'paused' : 'idle'
  }

  /** The state of the whole in a few words and numbers. */
  async health(): Promise<Health> {
    const { db } = this.engine
    const [problemCount, pendingCount, lastWrittenAt] = [await countProblems(this.engine), await countToWrite(db), await lastDroppedAt(db)]
    const writing = this.schedule.of('Write Order')
    return {
      problemCount,
      pendingCount,
      lastWrittenAt,
      nextRunAt: writing.nextRunAt,
      isSyncing: this.running !== null,
      isPaused: writing.isPaused,
      pausedUntil: writing.isPaused ? await pausedUntil(this.engine) : null,
      silentSince: this.engine.silence?.since ?? null,
      unreachable: await longestUnreachable(db),
      question: this.engine.question,
    }
  }

  /** Runs one task and gives its run; after the run that is under way, for there is never more than one. */
  run(task: SyncTaskName, request: RunRequest): Promise<RunRow> {
    return this.inTurn(() => this.runNow(task, request))
  }

  /** Does something between two runs, and gives its result. */
  between<T>(work: () => Promise<T>): Promise<T> {
    return this.inTurn(work)
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.turn.then(work)
    this.turn = turn.catch(() => {})
    return turn
  }

  /** `planNext`: plans the task's next run before the end is told. */
  private async runNow(task: SyncTaskName, request: RunRequest, planNext = async () => {}): Promise<RunRow> {
    const { engine } = this
    // A stalled engine that another has taken over from finds out here, and leaves no trace.
    await engine.db.transaction().execute(async () => {})
    const id = engine.newId()
    const row: RunRow = {
      id,
      task,
      ...request,
      startedAt: engine.now(),
      endedAt: null,
      outcome: 'running',
      doneCount: 0,
      failedCount: 0,
      waitingCount: 0,
      reviewCount: 0,
      summary: '',
      entriesLeftOut: 0,
    }
    await insertRun(engine.db, row)
    const report: RunReport = {
      runId: id,
      isAsked: request.trigger === 'Sync Now' || request.trigger === 'command line',
      doneCount: 0,
      failedCount: 0,
      waitingCount: 0,
      reviewed: new Set(),
      total: null,
      notes: [],
      log: new RunLog(engine, id),
      progressed: () => this.progressed(),
    }
    engine.log.debug(`${task} begins`, { runId: id })
    engine.publish('runs.changed', { run: row })
    let ended: Pick<RunRow, 'outcome' | 'summary'>
    const ending = new AbortController()
    this.running = { task, report, progressedAtMs: engine.clock.now().getTime(), ending }
    try {
      await this.tellTasks()
      ended = await inRun({ runId: id, reviewed: report.reviewed }, () => this.work(task, report, ending.signal))
    } finally {
      this.running = null
    }
    const { doneCount, failedCount, waitingCount } = report
    await report.log.flush(true)
    const counts = { doneCount, failedCount, waitingCount, reviewCount: report.reviewed.size, entriesLeftOut: report.log.leftOut }
    const run = await updateRun(engine.db, id, { ...ended, endedAt: engine.now(), ...counts })
    if (isNoOp(run)) await deleteNoOpRunBefore(engine.db, run)
    await planNext()
    if (run.outcome === 'done' || run.outcome === 'some failed') await endHung(engine, task)
    engine.log.info(`${task} (${request.trigger}, ${request.actor}): ${run.outcome}: ${countsOf(task, report)}`, { runId: id })
    engine.publish('runs.changed', { run })
    await this.tellTasks()
    return run
  }

  private async work(task: SyncTaskName, report: RunReport, ending: AbortSignal): Promise<Pick<RunRow, 'outcome' | 'summary'>> {
    try {
      if (this.engine.question !== null) throw new FailureError(this.engine.question)
      await this.works[task](report, AbortSignal.any([this.stopping.signal, ending]))
      if (this.stopping.signal.aborted) return { outcome: 'interrupted', summary: summaryOf(task, report) }
      if (ending.aborted) {
        const { outcome, reason } = ending.reason as Ending
        return { outcome, summary: `${summaryOf(task, report)} ${reason}` }
      }
      const hasTrouble = report.failedCount > 0 || report.notes.length > 0
      return { outcome: hasTrouble ? 'some failed' : 'done', summary: summaryOf(task, report) }
    } catch (error) {
      const known = error instanceof FailureError ? error : diskFailure(error)
      if (known !== null) this.engine.log.error(`${task} failed`, known)
      const { message, remedy } = known ?? internalFailure(this.engine.log, task, error)
      return { outcome: 'failed', summary: `${summaryOf(task, report)} ${message} ${remedy}` }
    }
  }

  private async runLoop(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.waking = new AbortController()
      const next = this.takeNext()
      try {
        if (next === null && (await this.schedule.mend())) await this.tellTasks()
        if (next !== null) {
          await this.inTurn(() => this.runNow(next.task, next.request, () => this.schedule.change(next.task, {})))
          await this.endTrouble()
          continue
        }
      } catch (error) {
        // Not even the run's end could be recorded (the workspace's disk is full): automatic sync goes on trying, it never ends by itself.
        if (next !== null && !this.queue.has(next.task)) this.queue.set(next.task, next.request)
        await this.tellTrouble(error)
        await this.engine.clock.sleep(AFTER_ERROR_MS, this.waking.signal)
        continue
      }
      await this.engine.clock.sleep(this.schedule.untilNextMs(LONGEST_SLEEP_MS), this.waking.signal)
    }
  }

  /** A person is told even where nothing can be recorded. */
  private async tellTrouble(error: unknown): Promise<void> {
    const { engine } = this
    const known = error instanceof FailureError ? error : diskFailure(error)
    if (known !== null) engine.log.error('Automatic sync cannot work and tries again soon', known)
    const failure: Failure = known?.toFailure() ?? {
      code: 'sync-stopped',
      message: `Automatic sync has stopped. ${internalFailure(engine.log, 'Automatic sync', error).message}`,
      remedy: 'Ledgerdrop tries again by itself. If this stays, choose Help, Log a Ticket, and write the fault’s number.',
    }
    engine.syncTrouble = { failure, since: engine.syncTrouble?.since ?? engine.now() }
    await this.tellTasks().catch((again: unknown) => engine.log.error('Trouble could not be told', again))
  }

  private async endTrouble(): Promise<void> {
    if (this.engine.syncTrouble === null) return
    this.engine.syncTrouble = null
    await this.tellTasks()
  }

  /** What was asked for comes first, then what is due, each in the order of the list. */
  private takeNext(): { task: SyncTaskName; request: RunRequest } | null {
    for (const task of SYNC_TASKS) {
      const request = this.queue.get(task)
      if (request === undefined) continue
      this.queue.delete(task)
      return { task, request }
    }
    // Nothing runs by itself until a person has decided.
    const task = this.engine.question === null ? this.schedule.due() : null
    return task === null ? null : { task, request: { trigger: 'schedule', actor: SYNC_ACTOR } }
  }

  private async afterChange(): Promise<void> {
    await this.tellTasks()
    this.waking.abort()
  }

  /** The run that is under way, for the watch. */
  get underWay(): RunUnderWay | null {
    if (this.running === null) return null
    const { task, report, progressedAtMs } = this.running
    return { runId: report.runId, task, progressedAtMs }
  }

  /** The schedule, once automatic sync was started. */
  automaticTasks(): ScheduledTask[] {
    return this.isAutomatic ? this.schedule.all() : []
  }

  /** Tells a run that hangs to end. */
  cutOff(runId: number, reason: string): void {
    const ending: Ending = { outcome: 'failed', reason }
    if (this.running?.report.runId === runId) this.running.ending.abort(ending)
  }

  /** The last resort for a run that does not end: recovery after a crash is proven, two runs beside each other are not safe. */
  async giveUp(runId: number, summary: string): Promise<void> {
    const { engine } = this
    const task = this.running?.task
    if (task === undefined) return
    const recorded = updateRun(engine.db, runId, { outcome: 'failed', endedAt: engine.now(), summary })
    // Where the database itself hangs, the start afterwards records the run as interrupted.
    await Promise.race([recorded.catch(() => {}), new Promise((resolve) => setTimeout(resolve, RECORD_LIMIT_MS).unref())])
    engine.onHung(task)
  }

  private progressed(): void {
    const now = this.engine.clock.now().getTime()
    if (this.running !== null) this.running.progressedAtMs = now
    if (Math.abs(now - this.lastToldMs) < PROGRESS_MS) return
    this.lastToldMs = now
    this.tellTasks().catch((error: unknown) => this.engine.log.error('Progress could not be told', error))
  }

  /** Tells the screens and the tray how things stand. */
  async tellTasks(): Promise<void> {
    this.engine.publish('tasks.changed', { tasks: await this.tasks() })
    await this.tellHealth()
    if (this.running === null) await publishProblems(this.engine)
  }

  /** Tells the screens and the tray the state of the whole. */
  async tellHealth(): Promise<void> {
    this.engine.publish('health.changed', await this.health())
  }
}
