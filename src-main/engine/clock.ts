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

/** UTC, ISO 8601 with milliseconds: how every time is stored. */
export function timestamp(clock: Clock): string {
  return clock.now().toISOString()
}
