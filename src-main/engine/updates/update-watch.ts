import type { ParsedInput, Role, UpdateSettings, UpdateState } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { WebClient } from '../../../src-shared/web-request'
import type { EngineContext } from '../context/context'
import { checkFeed } from './check-feed'
import { updatesOff } from './feed-failures'
import { nextCheckMs } from './next-check'
import { type CheckRecord, hideVersion, knownUpdates, lastCheck, storeCheck, storeUpdateSettings, updateSettings } from './update-records'
import { isNewer } from './version'

/** The delay before the first check after a start, so that the sync tasks run first. */
const FIRST_CHECK_MS = 60_000
/** The loop reads the clock at least this often, so that a computer checks soon after it wakes up. */
const MAX_WAIT_MS = 30 * 60_000

/** What the update watch needs to check for newer versions. */
export interface UpdateWatchOptions {
  /** The running version. */
  version: string
  request: WebClient
  /** How long a check may take. */
  limitMs: number
}

interface RunningCheck {
  abortController: AbortController
  /** Resolves with what is known after the check. */
  done: Promise<UpdateState>
}

/** Checks for newer versions once a day and on request. Makes no request while checks are switched off. Downloads and installs nothing. */
export class UpdateWatch {
  private readonly stopping = new AbortController()
  private waking = new AbortController()
  private running: RunningCheck | null = null
  private loop: Promise<void> = Promise.resolve()

  constructor(
    private readonly engine: EngineContext,
    private readonly options: UpdateWatchOptions,
  ) {}

  /** Starts the loop of automatic checks. */
  start(): void {
    this.loop = this.watch()
  }

  /** Stops the loop and cancels a running check. */
  async stop(): Promise<void> {
    this.stopping.abort()
    this.waking.abort()
    await this.cancelCheck()
    await this.loop
  }

  /** What is currently known. */
  async state(): Promise<UpdateState> {
    const { db } = this.engine
    const known = await knownUpdates(db, this.options.version)
    const nextMs = known.isOn ? await this.nextDueMs() : null
    return {
      ...known,
      version: this.options.version,
      isChecking: this.running !== null,
      nextCheckAt: nextMs === null ? null : new Date(nextMs).toISOString(),
    }
  }

  /**
   * Saves whether and where to check. Cancels a running check, because it uses the old address. Throws the FailureErrors of
   * `storeUpdateSettings`.
   */
  async saveSettings(input: ParsedInput<'updates.saveSettings'>): Promise<UpdateSettings> {
    const settings = await this.engine.write(({ db }) => storeUpdateSettings(db, input))
    await this.cancelCheck()
    this.waking.abort()
    await this.publishState()
    return settings
  }

  /** Checks now, or waits for the check that is running. Throws FailureError `updates-off`. */
  async checkNow(): Promise<UpdateState> {
    if (!(await updateSettings(this.engine.db)).isOn) throw updatesOff()
    return this.startCheck(true)
  }

  /** Hides this version from the role's update notice, if it is still the one that is offered. */
  async hide(version: string, role: Role): Promise<UpdateState> {
    const { release } = await this.state()
    if (release?.version === version) await this.engine.write(({ db }) => hideVersion(db, version, role))
    return this.publishState()
  }

  private async watch(): Promise<void> {
    let waitMs = FIRST_CHECK_MS
    while (!this.stopping.signal.aborted) {
      await this.engine.clock.tick(waitMs, this.waking.signal)
      if (this.stopping.signal.aborted) return
      this.waking = new AbortController()
      try {
        waitMs = await this.checkIfDue()
      } catch (error) {
        waitMs = MAX_WAIT_MS
        this.engine.log.error('Checking for newer versions failed', error)
      }
    }
  }

  /** Checks if it's time. Returns how long to wait before the next call, in milliseconds. */
  private async checkIfDue(): Promise<number> {
    if (!(await updateSettings(this.engine.db)).isOn) return MAX_WAIT_MS
    if ((await this.nextDueMs()) <= this.nowMs()) await this.startCheck(false)
    return Math.min(MAX_WAIT_MS, (await this.nextDueMs()) - this.nowMs())
  }

  private async nextDueMs(): Promise<number> {
    return nextCheckMs(await lastCheck(this.engine.db), this.nowMs())
  }

  /** Starts a check, or returns the one that is running: there is only one at a time. */
  private startCheck(isManual: boolean): Promise<UpdateState> {
    if (this.running !== null) return this.running.done
    const abortController = new AbortController()
    const done = this.checkOnce(abortController.signal, isManual).then(
      () => this.finishCheck(),
      async (error: unknown) => {
        await this.finishCheck()
        throw error
      },
    )
    this.running = { abortController, done }
    return done
  }

  private finishCheck(): Promise<UpdateState> {
    this.running = null
    return this.publishState()
  }

  /** Cancels a running check. Its errors go to the caller that started it. */
  private async cancelCheck(): Promise<void> {
    this.running?.abortController.abort()
    await Promise.allSettled([this.running?.done])
  }

  private async checkOnce(signal: AbortSignal, isManual: boolean): Promise<void> {
    const { db, log } = this.engine
    const { isOn, feedAddress } = await updateSettings(db)
    if (!isOn || signal.aborted || this.stopping.signal.aborted) return
    await this.publishState()
    const before = await lastCheck(db)
    if (signal.aborted) return
    const { version } = this.options
    const store = (result: Omit<CheckRecord, 'feedAddress' | 'at'>) =>
      this.engine.write((work) => storeCheck(work.db, { feedAddress, at: work.now(), ...result }))
    try {
      const release = await checkFeed({ ...this.options, feed: new URL(feedAddress) }, signal)
      if (release === null) return
      await store({ failure: null, failures: 0, release })
      log.info(
        `The feed announces version ${release.version}: ${isNewer(release.version, version) ? 'newer than' : 'not newer than'} ${version}`,
      )
    } catch (error) {
      if (!(error instanceof FailureError)) throw error
      const failure = error.toFailure()
      const failuresBefore = before?.failures ?? 0
      // Repeated manual checks don't make the pauses longer.
      const failures = isManual ? Math.max(1, failuresBefore) : failuresBefore + 1
      await store({ failure, failures, release: before?.release ?? null })
      log.warn(`Checking for a newer version failed: ${failure.code}`)
    }
  }

  private async publishState(): Promise<UpdateState> {
    const state = await this.state()
    this.engine.publish('updates.changed', state)
    return state
  }

  private nowMs(): number {
    return this.engine.clock.now().getTime()
  }
}
