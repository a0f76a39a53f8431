import pLimit, { type LimitFunction } from 'p-limit'
import pRetry, { AbortError as StopRetrying } from 'p-retry'
import type { WebAnswer, WebClient, WebRequest } from '../../../../src-shared/web-request'
import { busy, redirected, tooLarge, tooSlow, unreachable } from './store-failures'

/** Requests to one store at a time. More make a real store slower (see docs/stores.md). */
export const MAX_REQUESTS = 4

/** A request to a store. */
export interface StoreRequest {
  url: URL
  method?: WebRequest['method']
  headers: Readonly<Record<string, string>>
  /** The body as JSON text. */
  body?: string
  /** False for a request that must not be made twice, because it would be carried out twice. Default: true. */
  canRepeat?: boolean
}

/** What a store answered, whatever its status. */
export interface StoreResponse {
  status: number
  headers: Readonly<Record<string, string>>
  bytes: Uint8Array
}

/** The parameters of a `StoreClient`. */
export interface StoreClientOptions {
  web: WebClient
  /** The User-Agent header. */
  userAgent: string
  /** How long one request may take, in milliseconds. */
  limitMs?: number
  /** The shortest pause before a repetition, in milliseconds. It doubles with each. */
  pauseMs?: number
  /** The limits of stores by their host, shared by all clients of the program. */
  limits?: Map<string, HostLimit>
}

const DEFAULT_LIMIT_MS = 30_000
const DEFAULT_PAUSE_MS = 1000
/** The longest that a store may ask to wait. If it asks for more, the next run tries again. */
const MAX_PAUSE_MS = 30_000
const REPETITIONS = 3
/** How many answers show that a host can take more again. */
const SUCCESSES = 100
const MAX_REDIRECTS = 3
/** Orders with many lines: 100 of them have about 0.3 MB. */
const MAX_BYTES = 32 * 1024 * 1024

/** How many requests may be made to a host at a time. */
export class HostLimit {
  private readonly limit: LimitFunction = pLimit(MAX_REQUESTS)
  private slowDowns = 0
  private successes = 0

  /** Makes a request when it is its turn. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return this.limit(work)
  }

  /** To be passed to `slowDown` by the request that begins now. */
  get generation(): number {
    return this.slowDowns
  }

  /** Halves the number of requests at a time, once for all requests that were under way together. */
  slowDown(generation: number): void {
    if (generation !== this.slowDowns) return
    this.slowDowns += 1
    this.successes = 0
    this.limit.concurrency = Math.max(1, Math.floor(this.limit.concurrency / 2))
  }

  /** After a number of answers, allows one more request at a time again. */
  succeeded(): void {
    this.successes += 1
    if (this.limit.concurrency === MAX_REQUESTS || this.successes < SUCCESSES) return
    this.successes = 0
    this.limit.concurrency += 1
  }
}

/** A failure that may be gone in a moment. */
class Transient extends Error {
  constructor(
    readonly failure: Error,
    /** How long the store asks to wait, in milliseconds; null if it doesn't say. */
    readonly waitMs: number | null,
  ) {
    super(failure.message)
  }
}

/**
 * Makes the requests to one store, at most four at a time, and fewer after the store has asked for it. Repeats requests that failed for a passing
 * reason. Follows redirects only within the same host, because the key must not be sent anywhere else.
 */
export class StoreClient {
  private readonly limits: Map<string, HostLimit>

  constructor(private readonly options: StoreClientOptions) {
    this.limits = options.limits ?? new Map()
  }

  /**
   * Returns the store's answer, whatever its status, except 429 and 502 to 504. Throws FailureError `store-unreachable`, `store-certificate`,
   * `store-redirected`, `store-answer-too-large`, `store-busy`, and the signal's reason.
   */
  request(request: StoreRequest, signal: AbortSignal): Promise<StoreResponse> {
    const limit = this.limitOf(request.url.host)
    return limit.run(async () => {
      try {
        return await pRetry(() => this.attempt(request, limit, signal), {
          retries: request.canRepeat === false ? 0 : REPETITIONS,
          minTimeout: this.options.pauseMs ?? DEFAULT_PAUSE_MS,
          maxTimeout: MAX_PAUSE_MS,
          signal,
          onFailedAttempt: async ({ error, retriesLeft }) => {
            if (!(error instanceof Transient) || retriesLeft === 0) return
            if (error.waitMs !== null && error.waitMs <= MAX_PAUSE_MS) await pause(error.waitMs, signal)
          },
          shouldRetry: ({ error }) => error instanceof Transient && (error.waitMs ?? 0) <= MAX_PAUSE_MS,
        })
      } catch (error) {
        throw error instanceof Transient ? error.failure : error
      }
    })
  }

  /** Makes fewer requests at a time to a host that asks for it in an answer with the status 200. */
  slowDown(host: string): void {
    const limit = this.limitOf(host)
    limit.slowDown(limit.generation)
  }

  private limitOf(host: string): HostLimit {
    const limit = this.limits.get(host) ?? new HostLimit()
    this.limits.set(host, limit)
    return limit
  }

  private async attempt(request: StoreRequest, limit: HostLimit, signal: AbortSignal): Promise<StoreResponse> {
    const { host } = request.url
    const { generation } = limit
    const limitMs = this.options.limitMs ?? DEFAULT_LIMIT_MS
    let { url } = request
    for (let redirects = 0; ; redirects++) {
      const timeout = AbortSignal.timeout(limitMs)
      const answer = await this.send({ ...request, url }, AbortSignal.any([signal, timeout]))
      signal.throwIfAborted()
      if (answer.kind === 'answered') return checked(host, answer, limit, generation)
      if (answer.kind === 'aborted') throw new Transient(tooSlow(host, limitMs), null)
      if (answer.kind === 'unreachable') throw new Transient(unreachable(host, answer.reason), null)
      if (answer.kind === 'too-large') throw new StopRetrying(tooLarge(host, MAX_BYTES))
      const next = redirectTarget(url, answer.to, request.method ?? 'GET')
      if (next === null || redirects === MAX_REDIRECTS) throw new StopRetrying(redirected(host, answer.to))
      url = next
    }
  }

  private send({ url, method = 'GET', headers, body }: StoreRequest, signal: AbortSignal): Promise<WebAnswer> {
    const sent = { accept: 'application/json', 'user-agent': this.options.userAgent, ...headers }
    const withType = body === undefined ? sent : { 'content-type': 'application/json', ...sent }
    return this.options.web({ address: url.href, method, headers: withType, body: body ?? null, maxBytes: MAX_BYTES }, signal)
  }
}

function checked(host: string, { status, headers, bytes }: StoreResponse, limit: HostLimit, generation: number): StoreResponse {
  const isBusy = status === 429 || (status >= 502 && status <= 504)
  if (!isBusy) {
    limit.succeeded()
    return { status, headers, bytes }
  }
  limit.slowDown(generation)
  throw new Transient(busy(host, status), retryAfterMs(headers['retry-after']))
}

/** Where a redirect may be followed to: the same host, by https unless the request was made without it; null if nowhere. */
function redirectTarget(from: URL, to: string, method: WebRequest['method']): URL | null {
  if (method !== 'GET' || !URL.canParse(to, from)) return null
  const target = new URL(to, from)
  const isSameHost = target.hostname === from.hostname && target.username === '' && target.password === ''
  const isSafe = target.protocol === 'https:' || (target.protocol === from.protocol && target.port === from.port)
  const isSamePort = target.port === from.port || (from.protocol === 'http:' && target.protocol === 'https:')
  return isSameHost && isSafe && isSamePort ? target : null
}

/** The wait that a Retry-After header asks for, in milliseconds; null if it asks for none. A date counts as a minute. */
function retryAfterMs(header: string | undefined): number | null {
  if (header === undefined) return null
  return /^\d{1,6}$/.test(header.trim()) ? Number(header) * 1000 : 60_000
}

/** Waits. Throws the reason of the signal when it is aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(end, ms)
    function end(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    signal.addEventListener('abort', end, { once: true })
  })
  signal.throwIfAborted()
}
