import { randomInt } from 'node:crypto'
import type { Clock } from '../time/clock'

const EPOCH_MS = Date.UTC(2020, 0, 1)
const IDS_PER_MS = 2048

/**
 * Returns a generator of ids that grow with time and fit a safe integer: milliseconds since 2020, then eleven bits that start at a
 * random value in each millisecond. Every id is higher than `highest` and all ids before it, even if the clock is set back, because
 * lists are sorted by id.
 */
export function createIdSource(clock: Clock, highest = 0): () => number {
  let last = highest
  return () => {
    const fresh = (clock.now().getTime() - EPOCH_MS) * IDS_PER_MS + randomInt(IDS_PER_MS / 2)
    last = fresh > last ? fresh : last + 1
    return last
  }
}

/** Returns the smallest id that could have been generated at `timeMs`, in milliseconds since 1970. */
export function idAt(timeMs: number): number {
  return Math.max(0, (timeMs - EPOCH_MS) * IDS_PER_MS)
}

/** Returns the approximate time at which an id was generated, UTC ISO 8601. */
export function timeOfId(id: number): string {
  return new Date(EPOCH_MS + Math.floor(id / IDS_PER_MS)).toISOString()
}
