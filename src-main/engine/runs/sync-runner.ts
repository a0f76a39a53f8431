import type { Health, RunRow, SyncTaskName, SyncTaskRow } from '../../../src-shared/contract/contract'
import { SYNC_TASKS } from '../../../src-shared/contract/contract'
import { type Failure, FailureError } from '../../../src-shared/failure'
import type { Schedule } from '../../../src-shared/schedule'
import type { EngineContext } from '../context/context'
import { internalFailure } from '../context/internal-failure'
import { SYNC_ACTOR } from '../context/work'
import { diskFailure } from '../database/open-database'
import { lastRunOf, markInterruptedRuns, updateRun } from '../database/runs-store'
import { publishProblems } from '../problems/problems'
import { checkSchedule } from '../time/next-run'
import { deleteOldLines } from './run-log'
import type { TaskWork } from './run-report'
import { countsOf } from './run-summary'
import { type ActiveRun, beginRun, type Ending, endRun, executeRun, type RunRequest } from './run-task'
import { healthOf, type RunnerState, taskRows } from './sync-status'
import { closeHungProblem, type WatchedRunner } from './sync-watch'
import { type ScheduledTask, TaskSchedule } from './task-schedule'
import { beginTimedPause, clearTimedPause, takeExpiredPause } from './timed-pause'

/** Progress is published at most this often. */
const PROGRESS_MS = 200
/** The loop checks the clock at least this often, so that it notices when the computer has slept. */
const MAX_SLEEP_MS = 30_000
/** Time limit for recording that a run hangs, because the database may be what hangs. */
const RECORD_LIMIT_MS = 5000
/** Why a run that only waits for others is stopped for work that must not happen during a run. */
const MAKING_ROOM: Ending = { outcome: 'cancelled', reason: 'Stopped for another task. The rest will be done by the next run.' }
/** How long the loop waits after an error that no run could record. */
const AFTER_ERROR_MS = 15_000

/** A task to run next. */
interface NextRun {
  task: SyncTaskName
  request: RunRequest
}

/** A run that has begun. */
interface BegunRun {
  ended: Promise<RunRow>
  /** True if the run continues beside the next ones. */
  isBeside: boolean
}

/**
 * Runs the sync tasks one at a time, by schedule and on request. Nothing else starts a run. A run that only waits for others, e.g. for a slow store,
 * lets the next tasks run beside it.
 */
export class SyncRunner implements WatchedRunner {
  private readonly schedule: TaskSchedule
  private readonly queue = new Map<SyncTaskName, RunRequest>()
  private readonly stopping = new AbortController()
  private waking = new AbortController()
  /** Aborted when a run beside the others has brought something, or when another task wants its turn. */
  private news = new AbortController()
  private waitingTurns = 0
  /** A task that made room for others while it waited for more. It runs again after them. */
  private toContinue: NextRun | null = null
  private running: ActiveRun | null = null
  /** Runs that have let the other tasks run, because they only wait for others, and their ends. */
  private readonly beside = new Map<SyncTaskName, { run: ActiveRun; ended: Promise<void> }>()
  private isAutomatic = false
  private lastPublishedMs = 0
  private loop: Promise<void> = Promise.resolve()
  /** Resolves when the last requested run has ended. */
  private turn: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly engine: EngineContext,
    private readonly taskWork: Readonly<Record<SyncTaskName, TaskWork>>,
    /** Tasks that don't run unattended unless there is work for them. */
    private readonly hasWork: Readonly<Partial<Record<SyncTaskName, () => Promise<boolean>>>> = {},
  ) {
    this.schedule = new TaskSchedule(engine)
  }

  /** Reads the schedule, and marks runs that were cut short as interrupted. */
  async open(): Promise<void> {
    await this.engine.write((work) => markInterruptedRuns(work.db, work.now()))
    await deleteOldLines(this.engine)
    await this.schedule.open()
  }

  /**
   * Starts automatic sync. Most tasks run at once; Back Up and Write Order keep their schedule. If Write Order was due while the program was off,
   * it runs once. On a workspace's very first start, Write Order waits one interval, so that no order is sent before a person has seen the window.
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

  /** Stops automatic sync after the running task has finished its current orders. */
  async stop(): Promise<void> {
    this.stopping.abort()
    this.waking.abort()
    await this.loop
    // A run that was requested while its task ran may still begin, and ends at once.
    for (let turn: Promise<unknown> | null = null; turn !== this.turn || this.beside.size > 0; ) {
      turn = this.turn
      await turn
      await this.besideEnded()
    }
  }

  /** Queues tasks. A task that is already queued stays as it is. */
  async enqueue(tasks: readonly SyncTaskName[], request: RunRequest): Promise<void> {
    for (const task of tasks) if (!this.queue.has(task)) this.queue.set(task, request)
    this.notify()
    await this.publishTasks()
    this.waking.abort()
  }

  /** Stops the runs of these tasks after the current orders, and removes queued ones. */
  async cancel(tasks: readonly SyncTaskName[], actor: string): Promise<void> {
    for (const task of tasks) this.queue.delete(task)
    if (this.toContinue !== null && tasks.includes(this.toContinue.task)) this.toContinue = null
    const ending: Ending = { outcome: 'cancelled', reason: `Cancelled by ${actor}. The rest will be done by the next run.` }
    for (const run of this.underWay) if (tasks.includes(run.task)) run.ending.abort(ending)
    await this.publishTasks()
  }

  /** Makes a task due now, unless it is paused. Call it when there is work for the task. */
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

  /** Pauses or resumes the automatic runs of tasks. Sync Now still works while they are paused. */
  async setPaused(names: readonly SyncTaskName[], isPaused: boolean): Promise<void> {
    await clearTimedPause(this.engine)
    for (const name of names) await this.schedule.change(name, { isPaused })
    await this.afterChange()
  }

  /** Pauses the automatic runs of tasks for some minutes. Tasks that were paused before stay paused afterwards. */
  async pauseFor(names: readonly SyncTaskName[], minutes: number): Promise<void> {
    const running = names.filter((name) => !this.schedule.of(name).isPaused)
    await this.setPaused(running, true)
    await beginTimedPause(this.engine, running, minutes)
    await this.publishTasks()
  }

  /** Resumes tasks whose timed pause is over. Called by the watch. */
  async endExpiredPause(): Promise<void> {
    const tasks = await takeExpiredPause(this.engine)
    if (tasks !== null) await this.setPaused(tasks, false)
  }

  /** Returns the list on Sync > Status. */
  tasks(): Promise<SyncTaskRow[]> {
    return taskRows(this.engine, this.state)
  }

  /** Returns the overall state of the sync. */
  health(): Promise<Health> {
    return healthOf(this.engine, this.state)
  }

  private get state(): RunnerState {
    const { schedule, underWay, queue } = this
    return { schedule, underWay, queue }
  }

  /** Runs one task, after any run in progress, and returns its run. */
  async run(task: SyncTaskName, request: RunRequest): Promise<RunRow> {
    for (;;) {
      const begun = await this.inTurn(async () => (this.beside.has(task) ? null : this.begin(task, request)))
      if (begun !== null) return begun.ended
      // The same task never runs twice at a time. The other tasks don't wait for it.
      await this.beside.get(task)?.ended
    }
  }

  /** Does some work between two runs, after any run in progress, and returns its result. Stops runs that only wait for others. */
  betweenRuns<T>(work: () => Promise<T>): Promise<T> {
    return this.inTurn(async () => {
      for (const { run } of this.beside.values()) run.ending.abort(MAKING_ROOM)
      await this.besideEnded()
      return work()
    })
  }

  private async besideEnded(): Promise<void> {
    await Promise.all([...this.beside.values()].map(({ ended }) => ended))
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    this.waitingTurns += 1
    this.notify()
    const turn = this.turn.then(() => {
      this.waitingTurns -= 1
      return work()
    })
    this.turn = turn.catch(() => {})
    return turn
  }

  /**
   * Waits until a run beside this one has brought more since the last time. Returns false when no such run continues, or when it is another task's turn;
   * then this task runs again after it.
   */
  private async waitForMore(activeRun: ActiveRun, request: RunRequest, seen: Map<number, number>, signal: AbortSignal): Promise<boolean> {
    const { task } = activeRun
    const running = { has: (name: SyncTaskName) => name === task || this.beside.has(name) }
    while (!signal.aborted) {
      const broughtNow = this.broughtCounts()
      const hasMore = [...seen].some(([runId, count]) => broughtNow.get(runId) !== count) || [...broughtNow.keys()].some((runId) => !seen.has(runId))
      if (hasMore) {
        seen.clear()
        for (const [runId, count] of broughtNow) seen.set(runId, count)
        return true
      }
      if (broughtNow.size === 0) return false
      const isOthersTurn = this.waitingTurns > 0 || SYNC_TASKS.some((name) => this.queue.has(name) && !running.has(name))
      if (isOthersTurn || this.schedule.due(running) !== null) {
        const isPaused = request.trigger === 'schedule' && this.schedule.of(task).isPaused
        if (this.isAutomatic && !isPaused) this.toContinue = { task, request }
        return false
      }
      await this.engine.clock.sleep(this.schedule.untilNextMs(MAX_SLEEP_MS, running), AbortSignal.any([signal, this.news.signal]))
      // Lets the other run work, even if a test's clock doesn't wait.
      await new Promise((resolve) => setImmediate(resolve))
      // It doesn't hang: it waits for a run that is watched itself.
      activeRun.progressedAtMs = this.engine.clock.now().getTime()
    }
    return false
  }

  /** What the runs beside the others have done so far, by the run's id. */
  private broughtCounts(): Map<number, number> {
    return new Map([...this.beside.values()].map(({ run: { report } }) => [report.runId, report.doneCount]))
  }

  /** Wakes a run that waits for more. */
  private notify(): void {
    this.news.abort()
    this.news = new AbortController()
  }

  /**
   * Begins a run. Resolves when the next task may run: when this run has ended, or when it has released the others. `planNext` plans the task's next
   * run before the end of this one is published.
   */
  private async begin(task: SyncTaskName, request: RunRequest, planNext = async () => {}): Promise<BegunRun> {
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const seen = this.broughtCounts()
    const activeRun = await beginRun(this.engine, task, request, {
      reportProgress: () => this.reportProgress(activeRun),
      releaseOthers: () => release(),
      waitForMore: (signal) => this.waitForMore(activeRun, request, seen, signal),
    })
    this.running = activeRun
    const ended = this.runToEnd(activeRun, request, planNext)
    // The caller gets the error from `ended`.
    const over = ended.then(
      () => {},
      () => {},
    )
    await Promise.race([released, over])
    const isBeside = this.running === activeRun
    if (isBeside) {
      this.running = null
      this.beside.set(task, { run: activeRun, ended: over })
      // The loop may be waiting to run the task once more.
      void over.then(() => this.waking.abort())
    }
    return { ended, isBeside }
  }

  private async runToEnd(activeRun: ActiveRun, request: RunRequest, planNext: () => Promise<void>): Promise<RunRow> {
    const { engine } = this
    const { task } = activeRun
    try {
      await this.publishTasks()
      const ended = await executeRun(engine, this.taskWork[task], activeRun, this.stopping.signal).finally(() => {
        if (this.running === activeRun) this.running = null
      })
      const run = await endRun(engine, activeRun, ended)
      await planNext()
      // Only now, so that the loop doesn't find the task due.
      this.leave(activeRun)
      if (run.outcome === 'done' || run.outcome === 'some failed') await closeHungProblem(engine, task)
      const counts = countsOf(task, activeRun.report)
      engine.log.info(`${task} (${request.trigger}, ${request.actor}): ${run.outcome}: ${counts}`, { runId: run.id })
      engine.publish('runs.changed', { run })
      await this.publishTasks()
      return run
    } finally {
      this.leave(activeRun)
    }
  }

  private leave(activeRun: ActiveRun): void {
    if (this.running === activeRun) this.running = null
    if (this.beside.get(activeRun.task)?.run === activeRun) this.beside.delete(activeRun.task)
    this.notify()
  }

  private async runLoop(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.waking = new AbortController()
      const next = this.takeNext()
      try {
        if (next === null && (await this.schedule.repair())) await this.publishTasks()
        if (next !== null && !(await this.isNeeded(next))) {
          await this.schedule.change(next.task, {})
          await this.publishTasks()
          continue
        }
        if (next !== null) {
          await this.runNext(next)
          continue
        }
      } catch (error) {
        // Not even the end of the run could be recorded (e.g. the disk is full). Automatic sync keeps trying; it never ends by itself.
        if (next !== null && !this.queue.has(next.task)) this.queue.set(next.task, next.request)
        await this.reportFailure(error)
        await this.engine.clock.sleep(AFTER_ERROR_MS, this.waking.signal)
        continue
      }
      await this.engine.clock.sleep(this.schedule.untilNextMs(MAX_SLEEP_MS, this.beside), this.waking.signal)
    }
  }

  private async runNext(next: NextRun): Promise<void> {
    const { task, request } = next
    const begun = await this.inTurn(async () => {
      return this.beside.has(task) ? null : this.begin(task, request, () => this.schedule.change(task, {}))
    })
    // In the meantime, somebody else has begun the task.
    if (begun === null) this.queue.set(task, this.queue.get(task) ?? request)
    else if (begun.isBeside) this.reportFailureOf(next, begun.ended)
    else await begun.ended
    await this.clearFailure()
  }

  /** False for an unattended run that would find nothing to do. After a run that did not succeed, the next one shows whether the task works. */
  private async isNeeded({ task, request }: { task: SyncTaskName; request: RunRequest }): Promise<boolean> {
    const hasWork = this.hasWork[task]
    if (hasWork === undefined || request.actor !== SYNC_ACTOR || (await hasWork())) return true
    const last = await lastRunOf(this.engine.db, task)
    return last !== null && last.outcome !== 'done' && last.outcome !== 'some failed'
  }

  /** Handles the failure of a run that continues beside the loop, which only happens if not even its end can be recorded. */
  private reportFailureOf({ task, request }: NextRun, ended: Promise<unknown>): void {
    ended.catch(async (error: unknown) => {
      if (!this.queue.has(task)) this.queue.set(task, request)
      await this.reportFailure(error)
    })
  }

  /** Reports that automatic sync cannot work, even if nothing can be recorded. */
  private async reportFailure(error: unknown): Promise<void> {
    const { engine } = this
    const known = error instanceof FailureError ? error : diskFailure(error)
    if (known !== null) engine.log.error('Automatic sync cannot work and will try again soon', known)
    const failure: Failure = known?.toFailure() ?? {
      code: 'sync-stopped',
      message: `Automatic sync has stopped. ${internalFailure(engine.log, 'Automatic sync', error).message}`,
      remedy: 'Ledgerdrop tries again automatically. If this keeps happening, choose Help > Log a Ticket and quote the fault number.',
    }
    engine.syncFailure = { failure, since: engine.syncFailure?.since ?? engine.now() }
    await this.publishTasks().catch((again: unknown) => engine.log.error('The failure of automatic sync could not be published', again))
  }

  private async clearFailure(): Promise<void> {
    if (this.engine.syncFailure === null) return
    this.engine.syncFailure = null
    await this.publishTasks()
  }

  /** Returns the next task to run: requested tasks first, then due tasks, each in the order of the list. */
  private takeNext(): NextRun | null {
    for (const task of SYNC_TASKS) {
      const request = this.queue.get(task)
      if (request === undefined || this.beside.has(task)) continue
      this.queue.delete(task)
      return { task, request }
    }
    // Nothing runs automatically until a person has answered the ownership question.
    const task = this.engine.question === null ? this.schedule.due(this.beside) : null
    if (task !== null) return { task, request: { trigger: 'schedule', actor: SYNC_ACTOR } }
    const next = this.toContinue
    this.toContinue = null
    return next
  }

  private async afterChange(): Promise<void> {
    this.notify()
    await this.publishTasks()
    this.waking.abort()
  }

  /** The runs in progress: one, and those that only wait for others. */
  get underWay(): readonly ActiveRun[] {
    return [...(this.running === null ? [] : [this.running]), ...[...this.beside.values()].map(({ run }) => run)]
  }

  /** Returns the schedule; empty until automatic sync has started. */
  automaticTasks(): ScheduledTask[] {
    return this.isAutomatic ? this.schedule.all() : []
  }

  /** Stops a run that hangs. */
  abortRun(runId: number, reason: string): void {
    const ending: Ending = { outcome: 'failed', reason }
    this.runOf(runId)?.ending.abort(ending)
  }

  /** Restarts the engine if a run cannot be stopped. Recovery after a crash is safe; two runs at the same time are not. */
  async abandonRun(runId: number, summary: string): Promise<void> {
    const { engine } = this
    const task = this.runOf(runId)?.task
    if (task === undefined) return
    const recorded = engine.write(({ db }) => updateRun(db, runId, { outcome: 'failed', endedAt: engine.now(), summary }))
    // If the database itself hangs, the next start records the run as interrupted.
    await Promise.race([recorded.catch(() => {}), new Promise((resolve) => setTimeout(resolve, RECORD_LIMIT_MS).unref())])
    engine.onHung(task)
  }

  private runOf(runId: number): ActiveRun | undefined {
    return this.underWay.find(({ report }) => report.runId === runId)
  }

  private reportProgress(run: ActiveRun): void {
    const now = this.engine.clock.now().getTime()
    run.progressedAtMs = now
    if (this.beside.has(run.task)) this.notify()
    if (Math.abs(now - this.lastPublishedMs) < PROGRESS_MS) return
    this.lastPublishedMs = now
    this.publishTasks().catch((error: unknown) => this.engine.log.error('Progress could not be published', error))
  }

  /** Publishes the tasks, the health and, between runs, the problems. */
  async publishTasks(): Promise<void> {
    this.engine.publish('tasks.changed', { tasks: await this.tasks() })
    await this.publishHealth()
    if (this.running === null) await publishProblems(this.engine)
  }

  /** Publishes the overall state of the sync. */
  async publishHealth(): Promise<void> {
    this.engine.publish('health.changed', await this.health())
  }
}
