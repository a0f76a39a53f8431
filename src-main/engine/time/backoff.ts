const FIRST_MS = 60_000
/**
 * A pause is shortened at random by up to this fraction, so that computers that failed at the same time don't retry at
 * the same time.
 */
const JITTER = 0.2

/**
 * Milliseconds to wait after a number of failures: 1, 2, 4, 8 ... minutes, never more than `maxMs`, minus up to a
 * fifth. `random`: 0 to 1.
 */
export function backoffMs(failures: number, maxMs: number, random = Math.random()): number {
  const wholeMs = Math.min(maxMs, 2 ** Math.max(0, failures - 1) * FIRST_MS)
  return Math.round(wholeMs * (1 - JITTER * random))
}
