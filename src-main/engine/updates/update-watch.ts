import type { ParsedInput, Role, UpdateSettings, UpdateState } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { WebReader } from '../../../src-shared/web-request'
import type { EngineContext } from '../context/context'
import { updatesOff } from './feed-failures'
import { lookAtFeed } from './look-at-feed'
import { nextLook } from './next-look'
import { hideVersion, knownUpdates, type LookRecord, lastLook, storeLook, storeUpdateSettings, updateSettings } from './update-records'
import { isNewer } from './version'

/** After a start the work comes first. */
const FIRST_MS = 60_000
/** The loop looks at the clock at least this often: a computer that slept looks soon after. */
const LONGEST_WAIT_MS = 30 * 60_000

/** How newer versions are looked for. */
export interface UpdateWatchOptions {
  /** The version that runs. */
  version: string
  read: WebReader
  /** How long a look may take. */
  limitMs: number
}

interface Look {
  ending: AbortController
  /** Gives what is known afterwards. */
  done: Promise<UpdateState>
}

/** Looks for newer versions: once a day while that is on, and when asked. While it is off no request is made. Downloads and installs nothing. */
export class UpdateWatch {
  private readonly stopping = new AbortController()
  private waking = new AbortController()
  private look: Look | null = null
  private loop: Promise<void> = Promise.resolve()

  constructor(
    private readonly engine: EngineContext,
    private readonly options: UpdateWatchOptions,
  ) {}

  /** Begins to look by itself; at once where looking was switched on before. */
  start(): void {
    this.loop = this.watch()
  }

  /** Breaks off what is under way. */
  async stop(): Promise<void> {
    this.stopping.abort()
    this.waking.abort()
    await this.endLook()
    await this.loop
  }

  /** What is known now. */
  async state(): Promise<UpdateState> {
    const { db } = this.engine
    const known = await knownUpdates(db, this.options.version)
    const nextMs = known.isOn ? await this.nextLookMs() : null
    return {
      ...known,
      version: this.options.version,
      isLooking: this.look !== null,
      nextLookAt: nextMs === null ? null : new Date(nextMs).toISOString(),
    }
  }

  /**
   * Changes whether and where it looks; a look that is under way was asked of the old address and counts for nothing. Throws what
   * `storeUpdateSettings` throws.
   */
  async saveSettings(input: ParsedInput<'updates.saveSettings'>): Promise<UpdateSettings> {
    const settings = await this.engine.write(({ db }) => storeUpdateSettings(db, input))
    await this.endLook()
    this.waking.abort()
    await this.tell()
    return settings
  }

  /** Looks at once, or waits for the look that is under way. Throws FailureError `updates-off`. */
  async lookNow(): Promise<UpdateState> {
    if (!(await updateSettings(this.engine.db)).isOn) throw updatesOff()
    return this.begin(true)
  }

  /** Not now: hides the version that is told, if it is still that one. */
  async hide(version: string, role: Role): Promise<UpdateState> {
    const { release } = await this.state()
    if (release?.version === version) await this.engine.write(({ db }) => hideVersion(db, version, role))
    return this.tell()
  }

  private async watch(): Promise<void> {
    let waitMs = FIRST_MS
    while (!this.stopping.signal.aborted) {
      await this.engine.clock.tick(waitMs, this.waking.signal)
      if (this.stopping.signal.aborted) return
      this.waking = new AbortController()
      try {
        waitMs = await this.lookIfDue()
      } catch (error) {
        waitMs = LONGEST_WAIT_MS
        this.engine.log.error('Newer versions could not be looked for', error)
      }
    }
  }

  /** Gives how long to wait then. */
  private async lookIfDue(): Promise<number> {
    if (!(await updateSettings(this.engine.db)).isOn) return LONGEST_WAIT_MS
    if ((await this.nextLookMs()) <= this.nowMs()) await this.begin(false)
    return Math.min(LONGEST_WAIT_MS, (await this.nextLookMs()) - this.nowMs())
  }

  private async nextLookMs(): Promise<number> {
    return nextLook(await lastLook(this.engine.db), this.nowMs())
  }

  /** One look at a time: whoever asks for another gets the one that is under way. */
  private begin(isAsked: boolean): Promise<UpdateState> {
    if (this.look !== null) return this.look.done
    const ending = new AbortController()
    const done = this.lookOnce(ending.signal, isAsked).then(
      () => this.endedLook(),
      async (error: unknown) => {
        await this.endedLook()
        throw error
      },
    )
    this.look = { ending, done }
    return done
  }

  private endedLook(): Promise<UpdateState> {
    this.look = null
    return this.tell()
  }

  /** What goes wrong with it is told to whoever began it. */
  private async endLook(): Promise<void> {
    this.look?.ending.abort()
    await Promise.allSettled([this.look?.done])
  }

  private async lookOnce(signal: AbortSignal, isAsked: boolean): Promise<void> {
    const { db, log } = this.engine
    const { isOn, feedAddress } = await updateSettings(db)
    if (!isOn || signal.aborted || this.stopping.signal.aborted) return
    await this.tell()
    const before = await lastLook(db)
    if (signal.aborted) return
    const { version } = this.options
    const keep = (look: Omit<LookRecord, 'feedAddress' | 'at'>) =>
      this.engine.write((work) => storeLook(work.db, { feedAddress, at: work.now(), ...look }))
    try {
      const release = await lookAtFeed({ ...this.options, feed: new URL(feedAddress) }, signal)
      if (release === null) return
      await keep({ failure: null, failures: 0, release })
      log.info(
        `The feed names version ${release.version}: ${isNewer(release.version, version) ? 'newer than' : 'not newer than'} ${version}`,
      )
    } catch (error) {
      if (!(error instanceof FailureError)) throw error
      const failure = error.toFailure()
      const known = before?.failures ?? 0
      // A person who tries again and again does not make the pauses longer.
      const failures = isAsked ? Math.max(1, known) : known + 1
      await keep({ failure, failures, release: before?.release ?? null })
      log.warn(`The look for a newer version failed: ${failure.code}`)
    }
  }

  private async tell(): Promise<UpdateState> {
    const state = await this.state()
    this.engine.publish('updates.changed', state)
    return state
  }

  private nowMs(): number {
    return this.engine.clock.now().getTime()
  }
}
