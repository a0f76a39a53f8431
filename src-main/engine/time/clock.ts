/** The engine's only source of time, so that tests can drive it. */
export interface Clock {
  now(): Date
  /** Resolves after that long, or at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** The same for a watch beside the work: a fake clock does not take whoever waits here for idle. */
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

/** A stored time, or `now` if it is later: then the clock was ahead when it was stored. Both UTC ISO 8601. */
export function notAfter(now: string, time: string): string {
  return time > now ? now : time
}

/** The time in so many milliseconds, UTC ISO 8601. */
export function later(clock: Clock, ms: number): string {
  return new Date(clock.now().getTime() + ms).toISOString()
}

/** How long a pause still lasts, in milliseconds; 0 if it is over, or longer than any pause is: then the clock was ahead when it began. */
export function pauseLeftMs(now: Date, until: string, longestMs: number): number {
  const leftMs = Date.parse(until) - now.getTime()
  return leftMs > 0 && leftMs <= longestMs ? leftMs : 0
}

/** UTC, ISO 8601 with milliseconds: how every time is stored. */
export function timestamp(clock: Clock): string {
  return clock.now().toISOString()
}
