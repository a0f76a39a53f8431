import type { SyncTaskName } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import type { NewProblem } from '../context/work'
import { firstRunAfter, lastGoodRunOf } from '../database/runs-store'
import { localTime } from '../time/local-time'
import { checkDiskSpace } from './check-disk-space'
import type { ActiveRun } from './run-task'
import { stalledSince } from './stall'
import type { ScheduledTask } from './task-schedule'

const CHECK_INTERVAL_MS = 60_000
/** A run without progress for this long is considered hung. */
const HANG_MS = 10 * 60_000
/** A stopped run must end within this time, or the engine is restarted. */
const END_MS = 2 * 60_000
/** After a start, and after the computer has slept, the sync has this long to catch up before a stall is reported. */
const CATCH_UP_MS = 5 * 60_000

/** What the watch needs from the sync runner. */
export interface WatchedRunner {
  readonly underWay: readonly ActiveRun[]
  /** Returns the schedule; empty until automatic sync has started. */
  automaticTasks(): ScheduledTask[]
  /** Aborts the run. */
  abortRun(runId: number, reason: string): void
  /** Records the run as ended although it did not end, and restarts the engine. */
  abandonRun(runId: number, reason: string): Promise<void>
  /** Resumes tasks whose timed pause is over. */
  endExpiredPause(): Promise<void>
  publishTasks(): Promise<void>
}

/** Returns the key of the problem for a task whose run hung and was stopped. */
const hungKey = (task: SyncTaskName) => `hung-${task}`

/** Watches the sync runner from a separate loop: aborts runs that hang, and reports if automatic sync does nothing. */
export class SyncWatch {
  private readonly stopping = new AbortController()
  private quietUntilMs = 0
  private lastCheckMs = 0
  private isDiskLow = false
  /** When each run that hangs was cut off, in milliseconds since 1970, by the run's id. */
  private abortedRuns = new Map<number, number>()
  private loop: Promise<void> = Promise.resolve()

  constructor(
    private readonly engine: EngineContext,
    private readonly runner: WatchedRunner,
  ) {}

  start(): void {
    this.lastCheckMs = this.nowMs()
    this.quietUntilMs = this.lastCheckMs + CATCH_UP_MS
    this.loop = this.watch()
  }

  async stop(): Promise<void> {
    this.stopping.abort()
    await this.loop
  }

  private async watch(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      await this.engine.clock.tick(CHECK_INTERVAL_MS, this.stopping.signal)
      if (this.stopping.signal.aborted) return
      try {
        this.detectSleep()
        await this.checkRuns()
        await this.checkStall()
        await this.runner.endExpiredPause()
        await this.checkDisk()
      } catch (error) {
        this.engine.log.error('The check of automatic sync failed', error)
      }
    }
  }

  /** If the clock moved by much more than one interval, the computer slept or the clock was set. */
  private detectSleep(): void {
    const now = this.nowMs()
    const passedMs = now - this.lastCheckMs
    this.lastCheckMs = now
    if (passedMs >= 0 && passedMs < 2 * CHECK_INTERVAL_MS) return
    this.quietUntilMs = now + CATCH_UP_MS
  }

  private async checkRuns(): Promise<void> {
    const { underWay } = this.runner
    for (const runId of this.abortedRuns.keys()) if (!underWay.some(({ report }) => report.runId === runId)) this.abortedRuns.delete(runId)
    // While the computer slept, the runs could not make progress.
    if (this.nowMs() < this.quietUntilMs) return
    for (const run of underWay) await this.checkRun(run)
  }

  private async checkRun(run: ActiveRun): Promise<void> {
    const { runId } = run.report
    const now = this.nowMs()
    const idleMs = now - run.progressedAtMs
    const abortedAtMs = this.abortedRuns.get(runId)
    if (abortedAtMs === undefined) {
      if (idleMs < HANG_MS) return
      const reason = `Stopped after ${Math.floor(idleMs / 60_000)} minutes without progress.`
      this.engine.log.error(`${run.task} hangs and is being stopped`, undefined, { runId })
      this.abortedRuns.set(runId, now)
      this.runner.abortRun(runId, reason)
      await this.reportHung(run, reason)
      return
    }
    if (now - abortedAtMs < END_MS) return
    this.engine.log.error(`${run.task} does not stop: restarting the engine`, undefined, { runId })
    await this.runner.abandonRun(runId, 'Abandoned because it hung and could not be stopped. The engine was restarted.')
  }

  /** Opens the problem without waiting for the write, because the database may be what hangs. */
  private async reportHung(run: ActiveRun, reason: string): Promise<void> {
    const { engine } = this
    const problem: NewProblem = {
      key: hungKey(run.task),
      kind: 'sync',
      title: `${run.task} hung and was stopped`,
      code: 'run-hung',
      message: reason,
      remedy:
        'It runs again at its next scheduled time. Check the folders and the mail server that it uses. The usual cause is a drive that does not respond.',
      folder: null,
    }
    engine
      .write((work) => work.saveProblem(problem))
      .then(() => this.runner.publishTasks())
      .catch((error: unknown) => engine.log.error('A run that hung could not be reported', error))
  }

  private async checkDisk(): Promise<void> {
    const { isLow, hasChanged } = await checkDiskSpace(this.engine, this.isDiskLow)
    this.isDiskLow = isLow
    if (hasChanged) await this.runner.publishTasks()
  }

  private async checkStall(): Promise<void> {
    const { engine } = this
    const isWorking = this.runner.underWay.some(({ progressedAtMs }) => this.nowMs() - progressedAtMs < HANG_MS)
    const stall = await this.findStall()
    // A stall that was reported stays reported until it is over.
    if (stall !== null && engine.stall === null && (isWorking || this.nowMs() < this.quietUntilMs)) return
    if (stall?.since === engine.stall?.since && stall?.message === engine.stall?.failure.message) return
    engine.stall =
      stall === null
        ? null
        : {
            since: stall.since,
            failure: {
              code: 'nothing-has-run',
              message: stall.message,
              remedy:
                'Go to Sync > Status, click the clock icon to the right of the task and choose Sync Now. Sync > History shows the result. If nothing happens, quit Ledgerdrop and start it again.',
            },
          }
    if (stall !== null) engine.log.error(stall.message)
    await this.runner.publishTasks()
  }

  private async findStall(): Promise<{ since: string; message: string } | null> {
    const { db, clock, timeZone } = this.engine
    const stalled: { name: SyncTaskName; since: string }[] = []
    for (const task of this.runner.automaticTasks()) {
      const lastGood = await lastGoodRunOf(db, task.name)
      const firstAfter = await firstRunAfter(db, task.name, lastGood?.id ?? 0)
      const since = stalledSince(task, { lastGood, firstAfter }, clock.now(), timeZone)
      if (since !== null) stalled.push({ name: task.name, since })
    }
    if (stalled.length === 0) return null
    const since = stalled.map((task) => task.since).sort()[0] ?? ''
    const names = stalled.map((task) => task.name).join(', ')
    return { since, message: `Automatic sync is on, but no run of ${names} has succeeded since ${localTime(since, this.engine.now())}.` }
  }

  private nowMs(): number {
    return this.engine.clock.now().getTime()
  }
}

/**
 * Closes the problem of a task whose run hung, because a later run succeeded. Returns false if the problem was not
 * open.
 */
export function closeHungProblem(engine: EngineContext, task: SyncTaskName): Promise<boolean> {
  return engine.write((work) => work.closeProblem(hungKey(task), 'A later run succeeded.'))
}
