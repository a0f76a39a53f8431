import { create } from 'zustand'

const TICK_MS = 10_000

const useClock = create<{ now: number }>(() => ({ now: Date.now() }))

/** Updates the time for `useNow` every ten seconds, as long as the window is open. */
export function startClock(): void {
  setTimeout(() => {
    useClock.setState({ now: Date.now() })
    startClock()
  }, TICK_MS)
}

/** The current time in milliseconds, at most ten seconds old. */
export function useNow(): number {
  return useClock((state) => state.now)
}
