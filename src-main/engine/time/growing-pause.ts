const FIRST_MS = 60_000
/** Up to this part of a pause is left out at random, so that computers that failed together do not try again together. */
const JITTER = 0.2

/** Milliseconds to wait after so many failures: 1, 2, 4, 8 ... minutes, less a fifth at most, never more than `longestMs`. `random`: 0 to 1. */
export function growingPause(failures: number, longestMs: number, random = Math.random()): number {
  const wholeMs = Math.min(longestMs, 2 ** Math.max(0, failures - 1) * FIRST_MS)
  return Math.round(wholeMs * (1 - JITTER * random))
}
