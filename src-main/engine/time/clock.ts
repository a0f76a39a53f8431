/** The engine's only source of time, so that tests can drive it. */
export interface Clock {
  now(): Date
  /** Resolves after `ms` milliseconds, or immediately when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /**
   * Like `sleep`, but for watchdogs that run alongside the work: a fake clock doesn't conclude from a waiting watchdog
   * that the work is idle.
   */
  tick(ms: number, signal: AbortSignal): Promise<void>
}

/** The computer's clock. */
export const systemClock: Clock = { now: () => new Date(), sleep, tick: sleep }

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const wake = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, ms)
    signal?.addEventListener('abort', wake, { once: true })
  })
}

/**
 * Returns a stored time, or `now` if the stored time is later, because the clock was ahead when it was stored. Both are
 * UTC ISO 8601.
 */
export function capAtNow(now: string, time: string): string {
  return time > now ? now : time
}

/** The time `ms` milliseconds from now, UTC ISO 8601. */
export function timestampIn(clock: Clock, ms: number): string {
  return new Date(clock.now().getTime() + ms).toISOString()
}

/** How many milliseconds of a pause remain. 0 if it is over, or if more than `maxMs` remains, because the clock was ahead when it began. */
export function remainingPauseMs(now: Date, until: string, maxMs: number): number {
  const leftMs = Date.parse(until) - now.getTime()
  return leftMs > 0 && leftMs <= maxMs ? leftMs : 0
}

/** The current time, UTC ISO 8601 with milliseconds, the format of every stored time. */
export function timestamp(clock: Clock): string {
  return clock.now().toISOString()
}
