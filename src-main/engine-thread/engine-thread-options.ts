import type { Worker } from 'node:worker_threads'
import type { WebReader } from '../../src-shared/web-request'

/** Where the thread's troubles are written. */
export interface EngineLog {
  info(...words: unknown[]): void
  error(...words: unknown[]): void
}

/** Seals and opens what the engine must not store in clear; null where that fails. */
export type SecretKeeper = (what: 'seal' | 'open' | 'whyNot', text: string) => Promise<string | null>

/** What the supervision depends on; times in milliseconds. */
export interface EngineThreadOptions {
  startWorker: () => Worker
  /** Left out: nothing can be sealed. */
  keepSecret?: SecretKeeper
  /** Left out: nothing can be reached. */
  readWeb?: WebReader
  log: EngineLog
  /** Pauses before the first, second, … start after a death; when they are used up, the thread stays down. */
  restartPausesMs?: readonly number[]
  /** After running this long, earlier deaths are forgotten. */
  healthyAfterMs?: number
  /** A command without an answer for this long is answered with a failure. */
  answerLimitMs?: number
  /** A thread that has not stopped by then is ended. */
  stopLimitMs?: number
  /** The thread is asked for a sign of life this often; … */
  pingEveryMs?: number
  /** … and is ended, and started afresh, after so many questions without an answer. */
  unansweredPings?: number
  /** A thread that is ended because it hangs has this long; then the program has to be quit. */
  endLimitMs?: number
  /** After a failed start, commands within this time get the same failure; later ones try again. */
  retryAfterMs?: number
}

/** What is used of the options that are left out. */
export const DEFAULTS: Required<Omit<EngineThreadOptions, 'startWorker' | 'log'>> = {
  restartPausesMs: [1000, 5000, 15_000, 60_000, 300_000],
  healthyAfterMs: 600_000,
  answerLimitMs: 60_000,
  stopLimitMs: 10_000,
  retryAfterMs: 2000,
  pingEveryMs: 15_000,
  unansweredPings: 12,
  endLimitMs: 30_000,
  keepSecret: async (what) => (what === 'whyNot' ? 'this program has no safe place for it' : null),
  readWeb: async () => ({ kind: 'unreachable', reason: 'this program makes no requests' }),
}
