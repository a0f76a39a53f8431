import type { SyncTaskName } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import type { NewProblem } from '../context/work'
import { firstRunAfter, lastGoodRunOf } from '../database/runs-store'
import { localTime } from '../time/local-time'
import type { RunUnderWay } from './run-task'
import { silentSince } from './silence'
import type { ScheduledTask } from './task-schedule'
import { watchDiskSpace } from './watch-disk-space'

const LOOK_MS = 60_000
/** A run in which nothing goes on for this long hangs. */
const HANG_MS = 10 * 60_000
/** A run that was told to end has this long; then the engine is started afresh. */
const END_MS = 2 * 60_000
/** After a start, and after the computer slept, what was missed is caught up with first. */
const CATCH_UP_MS = 5 * 60_000

/** What the watch looks at and may do; the sync runner. */
export interface Watched {
  readonly underWay: RunUnderWay | null
  /** The schedule; empty while automatic sync has not been started. */
  automaticTasks(): ScheduledTask[]
  /** Tells the run to end. */
  cutOff(runId: number, reason: string): void
  /** Records the run as ended although it did not, and has the engine started afresh. */
  giveUp(runId: number, reason: string): Promise<void>
  /** Goes on where a pause's time is over. */
  endOverduePause(): Promise<void>
  tellTasks(): Promise<void>
}

/** The key of the problem that says that a task's run was cut off. */
const hungKey = (task: SyncTaskName) => `hung-${task}`

/** Looks after the sync runner from beside it: a run that hangs is cut off, and that nothing runs is told. */
export class SyncWatch {
  private readonly ending = new AbortController()
  private quietUntilMs = 0
  private lastLookMs = 0
  private isDiskLow = false
  private cut: { runId: number; atMs: number } | null = null
  private loop: Promise<void> = Promise.resolve()

  constructor(
    private readonly engine: EngineContext,
    private readonly runner: Watched,
  ) {}

  start(): void {
    this.lastLookMs = this.nowMs()
    this.quietUntilMs = this.lastLookMs + CATCH_UP_MS
    this.loop = this.watch()
  }

  async stop(): Promise<void> {
    this.ending.abort()
    await this.loop
  }

  private async watch(): Promise<void> {
    while (!this.ending.signal.aborted) {
      await this.engine.clock.tick(LOOK_MS, this.ending.signal)
      if (this.ending.signal.aborted) return
      try {
        this.noticeSleep()
        await this.lookAfterRun()
        await this.lookForSilence()
        await this.runner.endOverduePause()
        await this.lookAtDisk()
      } catch (error) {
        this.engine.log.error('The watch over automatic sync could not look', error)
      }
    }
  }

  /** A clock that moved by more than the look's pause: the computer slept, or the clock was set. */
  private noticeSleep(): void {
    const now = this.nowMs()
    const passedMs = now - this.lastLookMs
    this.lastLookMs = now
    if (passedMs >= 0 && passedMs < 2 * LOOK_MS) return
    this.quietUntilMs = now + CATCH_UP_MS
  }

  private async lookAfterRun(): Promise<void> {
    const run = this.runner.underWay
    const now = this.nowMs()
    if (run === null || (this.cut !== null && this.cut.runId !== run.report.runId)) this.cut = null
    // Time that the computer slept is no time in which the run could have done something.
    if (run === null || now < this.quietUntilMs) return
    const idleMs = now - run.progressedAtMs
    if (this.cut === null) {
      if (idleMs < HANG_MS) return
      const reason = `Cut off: nothing went on for ${Math.floor(idleMs / 60_000)} minutes.`
      this.engine.log.error(`${run.task} hangs and is told to end`, undefined, { runId: run.report.runId })
      this.cut = { runId: run.report.runId, atMs: now }
      this.runner.cutOff(run.report.runId, reason)
      await this.tellHung(run, reason)
      return
    }
    if (now - this.cut.atMs < END_MS) return
    this.engine.log.error(`${run.task} does not end: the engine is started afresh`, undefined, { runId: run.report.runId })
    await this.runner.giveUp(run.report.runId, 'Cut off: it hung and could not be ended. The engine was started afresh.')
  }

  /** Not waited for: the database may be what hangs. */
  private async tellHung(run: RunUnderWay, reason: string): Promise<void> {
    const { engine } = this
    const problem: NewProblem = {
      key: hungKey(run.task),
      kind: 'sync',
      title: `${run.task} hung and was cut off`,
      code: 'run-hung',
      message: reason,
      remedy:
        'It is tried again by itself at its next time. Check the folders and the mail server that it works with; a drive that does not answer is the usual cause.',
      folder: null,
    }
    engine
      .write((work) => work.saveProblem(problem))
      .then(() => this.runner.tellTasks())
      .catch((error: unknown) => engine.log.error('That a run hung could not be told', error))
  }

  private async lookAtDisk(): Promise<void> {
    const { isLow, hasChanged } = await watchDiskSpace(this.engine, this.isDiskLow)
    this.isDiskLow = isLow
    if (hasChanged) await this.runner.tellTasks()
  }

  private async lookForSilence(): Promise<void> {
    const { engine } = this
    const isWorking = this.runner.underWay !== null && this.nowMs() - this.runner.underWay.progressedAtMs < HANG_MS
    const since = await this.silence()
    // What is told already stays told until it is over.
    if (since !== null && engine.silence === null && (isWorking || this.nowMs() < this.quietUntilMs)) return
    if (since?.at === engine.silence?.since && since?.message === engine.silence?.failure.message) return
    engine.silence =
      since === null
        ? null
        : {
            since: since.at,
            failure: {
              code: 'nothing-has-run',
              message: since.message,
              remedy:
                'Go to Sync > Status, click the clock icon to the right of the task and choose Sync Now; Sync > History says how it ends. If nothing happens, quit Ledgerdrop and start it again.',
            },
          }
    if (since !== null) engine.log.error(since.message)
    await this.runner.tellTasks()
  }

  private async silence(): Promise<{ at: string; message: string } | null> {
    const { db, clock, timeZone } = this.engine
    const silent: { name: SyncTaskName; at: string }[] = []
    for (const task of this.runner.automaticTasks()) {
      const lastGood = await lastGoodRunOf(db, task.name)
      const at = silentSince(task, { lastGood, firstAfter: await firstRunAfter(db, task.name, lastGood?.id ?? 0) }, clock.now(), timeZone)
      if (at !== null) silent.push({ name: task.name, at })
    }
    if (silent.length === 0) return null
    const at = silent.map((one) => one.at).sort()[0] ?? ''
    const names = silent.map((one) => one.name).join(', ')
    return { at, message: `Automatic sync is on, but no run of ${names} has ended well since ${localTime(at, this.engine.now())}.` }
  }

  private nowMs(): number {
    return this.engine.clock.now().getTime()
  }
}

/** A task ended well: it does not hang any more. True where that was news. */
export function endHung(engine: EngineContext, task: SyncTaskName): Promise<boolean> {
  return engine.write((work) => work.closeProblem(hungKey(task), 'A later run ended well.'))
}
