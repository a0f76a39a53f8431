import type { Health, RunRow, RunTrigger, SyncTaskName, SyncTaskRow } from '../../../src-shared/contract'
import { SYNC_TASKS } from '../../../src-shared/contract'
import type { EngineContext } from '../context'
import { lastDroppedAt } from '../database/deliveries-store'
import { diskFailure } from '../database/open-database'
import { countToWrite } from '../database/orders-store'
import {
  deleteIdleRunBefore,
  insertRun,
  lastRunOf,
  listSyncTasks,
  markInterruptedRuns,
  saveSyncTask,
  updateRun,
} from '../database/runs-store'
import type { SyncTaskTable } from '../database/schema'
import { inRun } from '../logs/run-context'
import { SYNC_ACTOR } from '../orders/timeline'
import { countProblems, publishProblems } from '../settings/problems'
import type { RunReport, TaskWork } from './run-report'
import { summaryOf, TASK_TEXTS } from './run-summary'
import { endHung, type RunUnderWay, type Watched } from './sync-watch'

/** Automatic sync where nothing else is set. */
const DEFAULT_MINUTES: Readonly<Record<SyncTaskName, number>> = {
  'Read Orders': 5,
  'Read Customers': 60,
  'Read Products': 60,
  'Read Answers': 1,
  'Send Notices': 1,
  'Back Up': 1440,
  'Write Order': 5,
}
/** Progress is told at most this often. */
const PROGRESS_MS = 200
/** The loop looks at the clock at least this often, so that it notices a computer that slept. */
const LONGEST_SLEEP_MS = 30_000
/** Recording that a run hangs may take this long; the database may be what hangs. */
const RECORD_LIMIT_MS = 5000
/** The loop waits this long after an error that no run could report. */
const AFTER_ERROR_MS = 15_000

/** True for a run by schedule that found nothing to do: of several in a row the history keeps the last. */
function isIdle(run: RunRow, outcome: RunRow['outcome'], report: RunReport): boolean {
  return run.trigger === 'schedule' && outcome === 'done' && report.doneCount + report.failedCount + report.waitingCount === 0
}

/** Who asked for a run, and why. */
export interface RunRequest {
  trigger: RunTrigger
  actor: string
}

/** Runs the sync tasks, one at a time: by their schedule, and when asked. The only place that starts a run. */
export class SyncRunner implements Watched {
  private readonly schedule = new Map<SyncTaskName, SyncTaskTable>()
  private readonly queue = new Map<SyncTaskName, RunRequest>()
  private readonly stopping = new AbortController()
  private waking = new AbortController()
  private running: { task: SyncTaskName; report: RunReport; progressedAtMs: number; ending: AbortController } | null = null
  private isAutomatic = false
  private lastToldMs = 0
  private loop: Promise<void> = Promise.resolve()
  /** Ends when the last run that was asked for has ended. */
  private turn: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly engine: EngineContext,
    private readonly works: Readonly<Record<SyncTaskName, TaskWork>>,
  ) {}

  /** Reads the schedule; runs that were cut short are shown as interrupted. */
  async open(): Promise<void> {
    await markInterruptedRuns(this.engine.db, this.engine.now())
    const stored = new Map((await listSyncTasks(this.engine.db)).map((task) => [task.name, task]))
    for (const name of SYNC_TASKS) {
      this.schedule.set(name, stored.get(name) ?? { name, everyMinutes: DEFAULT_MINUTES[name], isPaused: 0, nextRunAt: null })
    }
  }

  /**
   * Starts automatic sync. Orders and answers are read at once; Back Up keeps its time; Write Order does, too, runs once if it was due while the program was off, and
   * waits one interval at its very first start, so that nothing leaves the house before a person has seen the window.
   */
  async start(): Promise<void> {
    this.isAutomatic = true
    for (const task of this.schedule.values()) {
      if (task.isPaused === 1) continue
      if (task.name === 'Back Up') await this.reschedule({ ...task, nextRunAt: task.nextRunAt ?? this.engine.now() })
      else if (task.name !== 'Write Order') this.queue.set(task.name, { trigger: 'start-up', actor: SYNC_ACTOR })
      else if (task.nextRunAt === null) await this.reschedule({ ...task, nextRunAt: this.inMinutes(task.everyMinutes) })
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

  /** Makes a task due now, unless it is paused: its work has come. */
  async runSoon(name: SyncTaskName): Promise<void> {
    const task = this.taskOf(name)
    if (task.isPaused === 1) return
    await this.reschedule({ ...task, nextRunAt: this.engine.now() })
    await this.afterChange()
  }

  /** Changes how often a task runs. */
  async setSchedule(name: SyncTaskName, everyMinutes: number): Promise<void> {
    const task = this.taskOf(name)
    await this.reschedule({ ...task, everyMinutes, nextRunAt: task.isPaused === 1 ? null : this.inMinutes(everyMinutes) })
    await this.afterChange()
  }

  /** Pauses or resumes a task's automatic runs; Sync Now works all the same. */
  async setPaused(names: readonly SyncTaskName[], isPaused: boolean): Promise<void> {
    for (const name of names) {
      const task = this.taskOf(name)
      const nextRunAt = isPaused ? null : this.inMinutes(task.everyMinutes)
      await this.reschedule({ ...task, isPaused: isPaused ? 1 : 0, nextRunAt })
    }
    await this.afterChange()
  }

  /** The list on Sync > Status. */
  async tasks(): Promise<SyncTaskRow[]> {
    const rows: SyncTaskRow[] = []
    for (const name of SYNC_TASKS) {
      const task = this.taskOf(name)
      const report = this.running?.task === name ? this.running.report : null
      const state = report !== null ? 'running' : this.queue.has(name) ? 'queued' : task.isPaused === 1 ? 'paused' : 'idle'
      rows.push({
        name,
        description: TASK_TEXTS[name].description,
        state,
        everyMinutes: task.everyMinutes,
        isPaused: task.isPaused === 1,
        lastRun: await lastRunOf(this.engine.db, name),
        nextRunAt: task.nextRunAt,
        progress: report === null ? null : { done: report.doneCount + report.failedCount, total: report.total },
      })
    }
    return rows
  }

  /** The state of the whole in a few words and numbers. */
  async health(): Promise<Health> {
    const { db } = this.engine
    const [problemCount, pendingCount, lastWrittenAt] = [await countProblems(this.engine), await countToWrite(db), await lastDroppedAt(db)]
    const writing = this.taskOf('Write Order')
    return {
      problemCount,
      pendingCount,
      lastWrittenAt,
      nextRunAt: writing.nextRunAt,
      isSyncing: this.running !== null,
      isPaused: writing.isPaused === 1,
      silentSince: this.engine.silence?.since ?? null,
    }
  }

  /** Runs one task and gives its run; after the run that is under way, for there is never more than one. */
  run(task: SyncTaskName, request: RunRequest): Promise<RunRow> {
    const run = this.turn.then(() => this.runNow(task, request))
    this.turn = run.catch(() => {})
    return run
  }

  private async runNow(task: SyncTaskName, request: RunRequest): Promise<RunRow> {
    const { engine } = this
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
      summary: '',
    }
    await insertRun(engine.db, row)
    const report: RunReport = {
      runId: id,
      isAsked: request.trigger === 'Sync Now' || request.trigger === 'command line',
      doneCount: 0,
      failedCount: 0,
      waitingCount: 0,
      total: null,
      notes: [],
      progressed: () => this.progressed(),
    }
    engine.log.debug(`${task} begins`, { runId: id })
    engine.publish('runs.changed', { run: row })
    let ended: Pick<RunRow, 'outcome' | 'summary'>
    const ending = new AbortController()
    this.running = { task, report, progressedAtMs: engine.clock.now().getTime(), ending }
    try {
      await this.tellTasks()
      ended = await inRun(id, () => this.work(task, report, ending.signal))
    } finally {
      this.running = null
    }
    const { doneCount, failedCount, waitingCount } = report
    if (isIdle(row, ended.outcome, report)) await deleteIdleRunBefore(engine.db, task, id)
    const run = await updateRun(engine.db, id, { ...ended, endedAt: engine.now(), doneCount, failedCount, waitingCount })
    if (run.outcome === 'done' || run.outcome === 'some failed') await endHung(engine, task)
    engine.log.info(`${task} (${request.trigger}, ${request.actor}): ${run.outcome}: ${run.summary}`, { runId: id })
    engine.publish('runs.changed', { run })
    await this.tellTasks()
    return run
  }

  private async work(task: SyncTaskName, report: RunReport, ending: AbortSignal): Promise<Pick<RunRow, 'outcome' | 'summary'>> {
    try {
      await this.works[task](report, AbortSignal.any([this.stopping.signal, ending]))
      if (this.stopping.signal.aborted) return { outcome: 'interrupted', summary: summaryOf(task, report) }
      if (ending.aborted) return { outcome: 'failed', summary: `${summaryOf(task, report)} ${ending.reason}` }
      const hasTrouble = report.failedCount > 0 || report.notes.length > 0
      return { outcome: hasTrouble ? 'some failed' : 'done', summary: summaryOf(task, report) }
    } catch (error) {
      this.engine.log.error(`${task} failed`, error)
      const known = diskFailure(error)
      const reason = error instanceof Error ? error.message : String(error)
      const stopped = known === null ? `Stopped by an error in the program: ${reason}` : `${known.message} ${known.remedy}`
      return { outcome: 'failed', summary: `${summaryOf(task, report)} ${stopped}` }
    }
  }

  private async runLoop(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.waking = new AbortController()
      const next = this.takeNext()
      try {
        if (next === null) await this.mendSchedule()
        if (next !== null) {
          await this.run(next.task, next.request)
          await this.rescheduleAfterRun(next.task)
          await this.endTrouble()
          continue
        }
      } catch (error) {
        // Not even the run's end could be recorded (the workspace's disk is full): automatic sync goes on trying, it never ends by itself.
        if (next !== null && !this.queue.has(next.task)) this.queue.set(next.task, next.request)
        this.engine.log.error('Automatic sync cannot work and tries again soon', error)
        await this.tellTrouble(error)
        await this.engine.clock.sleep(AFTER_ERROR_MS, this.waking.signal)
        continue
      }
      await this.engine.clock.sleep(this.untilNextMs(), this.waking.signal)
    }
  }

  /** A person is told even where nothing can be recorded. */
  private async tellTrouble(error: unknown): Promise<void> {
    const { engine } = this
    const { code, message, remedy } = diskFailure(error) ?? {
      code: 'sync-stopped',
      message: `Automatic sync was stopped by an error in the program: ${error instanceof Error ? error.message : String(error)}`,
      remedy: 'Ledgerdrop tries again by itself. If this stays, send us the log (Settings, Open Logs).',
    }
    engine.syncTrouble = { failure: { code, message, remedy }, since: engine.syncTrouble?.since ?? engine.now() }
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
    const now = this.engine.now()
    for (const task of SYNC_TASKS) {
      const { nextRunAt, isPaused } = this.taskOf(task)
      if (isPaused === 0 && nextRunAt !== null && nextRunAt <= now) return { task, request: { trigger: 'schedule', actor: SYNC_ACTOR } }
    }
    return null
  }

  private async rescheduleAfterRun(name: SyncTaskName): Promise<void> {
    const task = this.taskOf(name)
    if (task.isPaused === 0) await this.reschedule({ ...task, nextRunAt: this.inMinutes(task.everyMinutes) })
    await this.tellTasks()
  }

  /** A task that is due later than its interval was scheduled by a clock that was set back since: it would stand still, and nobody be told. */
  private async mendSchedule(): Promise<void> {
    for (const task of this.schedule.values()) {
      const latest = this.inMinutes(task.everyMinutes)
      if (task.nextRunAt === null || task.nextRunAt <= latest) continue
      await this.reschedule({ ...task, nextRunAt: latest })
      await this.tellTasks()
    }
  }

  private untilNextMs(): number {
    const now = this.engine.clock.now().getTime()
    let wait = LONGEST_SLEEP_MS
    for (const { nextRunAt } of this.schedule.values()) {
      if (nextRunAt !== null) wait = Math.min(wait, Math.max(0, Date.parse(nextRunAt) - now))
    }
    return wait
  }

  private taskOf(name: SyncTaskName): SyncTaskTable {
    const task = this.schedule.get(name)
    if (task === undefined) throw new Error(`The schedule of ${name} was not read`)
    return task
  }

  private async reschedule(task: SyncTaskTable): Promise<void> {
    this.schedule.set(task.name, task)
    await saveSyncTask(this.engine.db, task)
  }

  private async afterChange(): Promise<void> {
    await this.tellTasks()
    this.waking.abort()
  }

  private inMinutes(minutes: number): string {
    return new Date(this.engine.clock.now().getTime() + minutes * 60_000).toISOString()
  }

  /** The run that is under way, for the watch. */
  get underWay(): RunUnderWay | null {
    if (this.running === null) return null
    const { task, report, progressedAtMs } = this.running
    return { runId: report.runId, task, progressedAtMs }
  }

  /** The schedule, once automatic sync was started. */
  automaticTasks(): SyncTaskTable[] {
    return this.isAutomatic ? [...this.schedule.values()] : []
  }

  /** Tells a run that hangs to end. */
  cutOff(runId: number, reason: string): void {
    if (this.running?.report.runId === runId) this.running.ending.abort(reason)
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
