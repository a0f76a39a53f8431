import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import type { StoredSource } from '../database/settings-store'
import { claimStoreUpdates, countQueuedUpdates, type UpdateOfOrder, undoUpdateClaims } from '../database/store-updates-store'
import type { StoredStore } from '../database/stores-store'
import type { RunReport } from '../runs/run-report'
import type { Store } from '../stores/connection/store'
import { MAX_REQUESTS } from '../stores/connection/store-client'
import { connectionFailure } from '../stores/connection/store-failures'
import { openSourceStore } from '../stores/open-store'
import { remainingPauseMs, timestampIn } from '../time/clock'
import {
  beginUpdateOutage,
  endUpdateOutage,
  isKeyFailure,
  MAX_STORE_PAUSE_MS,
  MAX_UPDATE_PAUSE_MS,
  recordAllFailed,
  recordDone,
  recordFailed,
  recordWaiting,
} from './record-updates'

/** A source that is a store. */
export type StoreSource = StoredSource & { store: StoredStore }

/** An update fails after this many attempts, about ten hours after the first. */
const MAX_ATTEMPTS = 12
/** After this many failures in a row, the run writes no more to the store. */
const MAX_FAILURES_IN_ROW = 3
/** Failures that another attempt doesn't change: the order is gone, or the store refuses what is written. */
const FINAL: ReadonlySet<string> = new Set(['order-not-in-store', 'store-refused'])
/** Failures after which the store may work for another order. After any other, an attempt at the next order would fail, too. */
const POSSIBLY_ONE_ORDER: ReadonlySet<string> = new Set([
  'store-unreachable',
  'store-busy',
  'store-answer-invalid',
  'store-answer-too-large',
  'store-blocked',
])

/** Writes the queued updates of one source to its store. Failures are recorded; other errors are thrown. */
export async function updateSource(engine: EngineContext, source: StoreSource, report: RunReport, signal: AbortSignal): Promise<void> {
  const queued = await countQueuedUpdates(engine.db, source.id)
  if (queued === 0) return
  report.total = (report.total ?? 0) + queued
  const { nextUpdateAt } = source.store
  const pauseMs = nextUpdateAt === null ? 0 : remainingPauseMs(engine.clock.now(), nextUpdateAt, MAX_STORE_PAUSE_MS)
  if (pauseMs > 0 && !report.isRequested) {
    report.waitingCount += queued
    return
  }
  try {
    const store = await openSourceStore(engine, source)
    await new StoreUpdater(engine, source, store, report, signal).updateAll()
  } catch (error) {
    if (!(error instanceof FailureError)) throw error
    report.waitingCount += queued
    report.notes.push(`${source.name}: ${error.message}`)
    await beginUpdateOutage(engine, source, error)
  }
}

class StoreUpdater {
  private readonly tried: number[] = []
  private readonly failed: { update: UpdateOfOrder; failure: FailureError }[] = []
  private failuresInRow = 0
  /** True if the store has answered at least one update as it should. */
  private hasAnswered = false
  /** Why this run writes no more to the store; null while it does. */
  private ending: FailureError | null = null

  constructor(
    private readonly engine: EngineContext,
    private readonly source: StoreSource,
    private readonly store: Store,
    private readonly report: RunReport,
    private readonly signal: AbortSignal,
  ) {}

  async updateAll(): Promise<void> {
    const { report, signal } = this
    while (this.ending === null && !signal.aborted) {
      const claimed = await this.claim()
      if (claimed.length === 0) break
      const results = await Promise.allSettled(claimed.map((update) => this.update(update)))
      for (const result of results) if (result.status === 'rejected') throw result.reason
      report.reportProgress()
    }
    if (this.failed.length > 0) await this.recordFailures()
  }

  private async claim(): Promise<UpdateOfOrder[]> {
    const { engine, source, report, tried } = this
    // A run that a person or a script started ignores pauses.
    const now = report.isRequested ? '9999' : engine.now()
    const latest = timestampIn(engine.clock, MAX_UPDATE_PAUSE_MS)
    const claim = { sourceId: source.id, limit: MAX_REQUESTS, except: tried, now, latest }
    const claimed = await engine.write(({ db }) => claimStoreUpdates(db, claim))
    tried.push(...claimed.map(({ id }) => id))
    return claimed
  }

  private async update(update: UpdateOfOrder): Promise<void> {
    const { engine, source, store, report, signal } = this
    await engine.onStep('update claimed')
    if (signal.aborted || this.ending !== null) return this.undoClaim(update)
    if (update.attempts > MAX_ATTEMPTS) return recordFailed(engine, source, update, crashed(update.attempts - 1), report)
    let outcome: 'written' | 'written before'
    try {
      outcome = await store.update(update.sourceOrderId, update.content, update.mark, signal)
    } catch (error) {
      // What was begun is found by its mark at the next attempt.
      if (signal.aborted) return this.undoClaim(update)
      if (!(error instanceof FailureError)) throw error
      return this.fail(update, error)
    }
    await engine.onStep('store updated')
    await this.answered()
    await recordDone(engine, source, update, outcome, report)
    await engine.onStep('update recorded')
  }

  private undoClaim({ id }: UpdateOfOrder): Promise<void> {
    return this.engine.write(({ db }) => undoUpdateClaims(db, [id]))
  }

  private async answered(): Promise<void> {
    this.failuresInRow = 0
    if (this.hasAnswered) return
    this.hasAnswered = true
    await this.engine.write((work) => endUpdateOutage(work, this.source.id, 'The store was updated again.'))
  }

  private async fail(update: UpdateOfOrder, failure: FailureError): Promise<void> {
    const { engine, source, report } = this
    if (isKeyFailure(failure)) {
      this.ending = failure
      report.notes.push(`${source.name}: ${failure.message}`)
      return recordAllFailed(engine, source, failure, report)
    }
    if (FINAL.has(failure.code)) {
      await this.answered()
      return recordFailed(engine, source, update, failure, report)
    }
    this.failed.push({ update, failure })
    this.failuresInRow++
    if (!POSSIBLY_ONE_ORDER.has(failure.code) || this.failuresInRow >= MAX_FAILURES_IN_ROW) this.ending = failure
  }

  /** If the store has answered other updates, the failures concern the orders that they are about. If it has not, they concern the store. */
  private async recordFailures(): Promise<void> {
    const { engine, source, report, failed } = this
    const isTheirs = this.hasAnswered
    const isOver = ({ update }: { update: UpdateOfOrder }) => isTheirs && update.attempts >= MAX_ATTEMPTS
    for (const { update, failure } of failed.filter(isOver)) await recordFailed(engine, source, update, failure, report)
    const waiting = failed.filter((one) => !isOver(one))
    const last = waiting.at(-1)
    if (last === undefined) return
    await recordWaiting(engine, source, waiting, isTheirs, report)
    report.waitingCount += await countQueuedUpdates(engine.db, source.id)
    report.notes.push(`${source.name}: ${last.failure.message}`)
    if (!isTheirs) await beginUpdateOutage(engine, source, last.failure)
  }
}

function crashed(times: number): FailureError {
  return connectionFailure(
    'store-update-crashed',
    `Ledgerdrop stopped ${times} times while it was writing this to the store.`,
    'If Ledgerdrop stops again, choose Help > Log a Ticket and send the log.',
  )
}
