import { randomInt } from 'node:crypto'
import type { Clock } from '../time/clock'

const EPOCH_MS = Date.UTC(2020, 0, 1)
const PER_MS = 2048

/**
 * Ids that grow with time and fit a safe integer: milliseconds since 2020, then eleven bits that start at random within each
 * millisecond. Each is higher than every one before, `highest` included, even when the clock is set back: lists are sorted by id.
 */
export function createIdSource(clock: Clock, highest = 0): () => number {
  let last = highest
  return () => {
    const fresh = (clock.now().getTime() - EPOCH_MS) * PER_MS + randomInt(PER_MS / 2)
    last = fresh > last ? fresh : last + 1
    return last
  }
}

/** The smallest id that could have been given at that time, in milliseconds since 1970. */
export function idAt(timeMs: number): number {
  return Math.max(0, (timeMs - EPOCH_MS) * PER_MS)
}

/** About when an id was given, UTC ISO 8601. */
export function timeOfId(id: number): string {
  return new Date(EPOCH_MS + Math.floor(id / PER_MS)).toISOString()
}
