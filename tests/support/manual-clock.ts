import type { Clock } from '../../src-main/engine/time/clock'

interface Sleeper {
  wakesAtMs: number
  wake(): void
}

/**
 * A clock that tests control. `pass` lets time go by and wakes each sleeper when it is due. `jump` changes only the time of day, as a
 * person, a time server or the end of hibernation does. With `sleeps: 'skip'`, every sleep ends immediately and advances the clock by its
 * length.
 */
export class ManualClock implements Clock {
  private elapsedMs = 0
  private originMs: number
  private sleepers: Sleeper[] = []
  private tickers: Sleeper[] = []
  /** Tickers that were woken and aren't waiting again yet. */
  private awakeTickers = 0
  private watchers: (() => void)[] = []

  constructor(
    start = '2026-04-07T01:00:00.000Z',
    private readonly sleeps: 'skip' | 'wait' = 'skip',
  ) {
    this.originMs = Date.parse(start)
  }

  now(): Date {
    return new Date(this.originMs + this.elapsedMs)
  }

  /** Changes the time of day. Sleepers still sleep for the duration that they asked for. */
  jump(ms: number): void {
    this.originMs += ms
  }

  /** Advances the clock in one step, for work that doesn't sleep. */
  advance(ms: number): void {
    this.elapsedMs += ms
    const due = this.sleepers.filter((sleeper) => sleeper.wakesAtMs <= this.elapsedMs)
    const ticked = this.tickers.filter((ticker) => ticker.wakesAtMs <= this.elapsedMs)
    for (const ticker of ticked) ticker.wake()
    for (const sleeper of due) sleeper.wake()
  }

  async tick(ms: number, signal: AbortSignal): Promise<void> {
    this.awakeTickers = Math.max(0, this.awakeTickers - 1)
    this.notifyWatchers()
    if (signal.aborted) return
    await new Promise<void>((resolve) => {
      const stopWaiting = () => {
        this.tickers = this.tickers.filter((waiting) => waiting !== ticker)
        signal.removeEventListener('abort', stopWaiting)
        resolve()
      }
      const wake = () => {
        this.awakeTickers += 1
        stopWaiting()
      }
      const ticker = { wakesAtMs: this.elapsedMs + ms, wake }
      signal.addEventListener('abort', stopWaiting, { once: true })
      this.tickers.push(ticker)
    })
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted || ms <= 0) return
    if (this.sleeps === 'skip') return this.advance(ms)
    await new Promise<void>((resolve) => {
      const wake = () => {
        this.sleepers = this.sleepers.filter((waiting) => waiting !== sleeper)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      const sleeper: Sleeper = { wakesAtMs: this.elapsedMs + ms, wake }
      signal?.addEventListener('abort', wake, { once: true })
      this.sleepers.push(sleeper)
      this.notifyWatchers()
    })
  }

  /** Resolves when something sleeps and no ticker is awake, so that no work is left to do. */
  async untilAsleep(): Promise<void> {
    while (this.sleepers.length === 0 || this.awakeTickers > 0) await new Promise<void>((resolve) => this.watchers.push(resolve))
  }

  private notifyWatchers(): void {
    for (const watcher of this.watchers.splice(0)) watcher()
  }

  /** Lets time go by: wakes each sleeper when it is due and waits until it sleeps again. */
  async pass(ms: number): Promise<void> {
    const end = this.elapsedMs + ms
    for (;;) {
      await this.untilAsleep()
      const next = Math.min(...[...this.sleepers, ...this.tickers].map((sleeper) => sleeper.wakesAtMs))
      if (next > end) break
      this.advance(next - this.elapsedMs)
    }
    this.advance(end - this.elapsedMs)
  }
}
