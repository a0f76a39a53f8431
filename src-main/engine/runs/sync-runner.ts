import type { Health, RunRow, SyncTaskName, SyncTaskRow } from '../../../src-shared/contract/contract'
import { SYNC_TASKS } from '../../../src-shared/contract/contract'
import { type Failure, FailureError } from '../../../src-shared/failure'
import type { Schedule } from '../../../src-shared/schedule'
import type { EngineContext } from '../context/context'
import { internalFailure } from '../context/internal-failure'
import { SYNC_ACTOR } from '../context/work'
import { diskFailure } from '../database/open-database'
import { markInterruptedRuns, updateRun } from '../database/runs-store'
import { publishProblems } from '../problems/problems'
import { checkSchedule } from '../time/next-run'
import { forgetOldLines } from './run-log'
import type { TaskWork } from './run-report'
import { countsOf } from './run-summary'
import { beginRun, doRun, type Ended, type Ending, endRun, type RunRequest, type RunUnderWay } from './run-task'
import { healthOf, type SyncState, taskRows } from './sync-status'
import { endHung, type Watched } from './sync-watch'
import { type ScheduledTask, TaskSchedule } from './task-schedule'
import { beginTimedPause, forgetTimedPause, takeOverduePause } from './timed-pause'

/** Progress is told at most this often. */
const PROGRESS_MS = 200
/** The loop looks at the clock at least this often, so that it notices a computer that slept. */
const LONGEST_SLEEP_MS = 30_000
/** Recording that a run hangs may take this long; the database may be what hangs. */
const RECORD_LIMIT_MS = 5000
/** The loop waits this long after an error that no run could report. */
const AFTER_ERROR_MS = 15_000

/** Runs the sync tasks, one at a time: by their schedule, and when asked. The only place that starts a run. */
export class SyncRunner implements Watched {
  private readonly schedule: TaskSchedule
  private readonly queue = new Map<SyncTaskName, RunRequest>()
  private readonly stopping = new AbortController()
  private waking = new AbortController()
  private running: RunUnderWay | null = null
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
    await this.engine.write((work) => markInterruptedRuns(work.db, work.now()))
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
  tasks(): Promise<SyncTaskRow[]> {
    return taskRows(this.engine, this.state)
  }

  /** The state of the whole in a few words and numbers. */
  health(): Promise<Health> {
    return healthOf(this.engine, this.state)
  }

  private get state(): SyncState {
    const { schedule, running, queue } = this
    return { schedule, running, queue }
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
    const underWay = await beginRun(engine, task, request, () => this.progressed())
    this.running = underWay
    let ended: Ended
    try {
      await this.tellTasks()
      ended = await doRun(engine, this.works[task], underWay, this.stopping.signal)
    } finally {
      this.running = null
    }
    const run = await endRun(engine, underWay, ended)
    await planNext()
    if (run.outcome === 'done' || run.outcome === 'some failed') await endHung(engine, task)
    const counts = countsOf(task, underWay.report)
    engine.log.info(`${task} (${request.trigger}, ${request.actor}): ${run.outcome}: ${counts}`, { runId: run.id })
    engine.publish('runs.changed', { run })
    await this.tellTasks()
    return run
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
    return this.running
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
    const recorded = engine.write(({ db }) => updateRun(db, runId, { outcome: 'failed', endedAt: engine.now(), summary }))
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
