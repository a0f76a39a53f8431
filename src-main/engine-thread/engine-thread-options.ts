import type { Worker } from 'node:worker_threads'
import type { WebClient } from '../../src-shared/web-request'

/** The log for the thread's events and errors. */
export interface EngineLog {
  info(...args: unknown[]): void
  error(...args: unknown[]): void
}

/**
 * Encrypts (`seal`) or decrypts (`open`) a secret for the engine; null if that fails. `whyNot` returns the reason why
 * secrets can't be encrypted, or null if they can.
 */
export type SecretHandler = (operation: 'seal' | 'open' | 'whyNot', text: string) => Promise<string | null>

/** Settings for supervising the engine thread. Times are in milliseconds. */
export interface EngineThreadOptions {
  startWorker: () => Worker
  /** Default: secrets can't be encrypted. */
  handleSecret?: SecretHandler
  /** Default: no requests can be made. */
  requestWeb?: WebClient
  log: EngineLog
  /** Pauses before the first, second, … restart after a crash. After the last one, the thread isn't restarted. */
  restartPausesMs?: readonly number[]
  /** If the thread ran this long before a crash, earlier crashes no longer count. */
  healthyAfterMs?: number
  /** A command that isn't answered within this time fails. */
  answerLimitMs?: number
  /** A thread that hasn't stopped after this time is terminated. */
  stopLimitMs?: number
  /** How often the thread is pinged. */
  pingEveryMs?: number
  /** After this many unanswered pings, the thread is terminated and restarted. */
  maxUnansweredPings?: number
  /** How long terminating a hanging thread may take. After that, the program has to be quit. */
  terminateLimitMs?: number
  /** After a failed start, commands within this time get the same failure; later ones start the thread again. */
  retryAfterMs?: number
}

/** The default values of the optional options. */
export const DEFAULTS: Required<Omit<EngineThreadOptions, 'startWorker' | 'log'>> = {
  restartPausesMs: [1000, 5000, 15_000, 60_000, 300_000],
  healthyAfterMs: 600_000,
  answerLimitMs: 60_000,
  stopLimitMs: 10_000,
  retryAfterMs: 2000,
  pingEveryMs: 15_000,
  maxUnansweredPings: 12,
  terminateLimitMs: 30_000,
  handleSecret: async (what) => (what === 'whyNot' ? 'this program has no safe place for it' : null),
  requestWeb: async () => ({ kind: 'unreachable', reason: 'this program makes no requests' }),
}
