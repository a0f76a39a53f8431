import type { Failure } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import type { Work } from '../context/work'
import { updateOrderStates } from '../database/orders-store'
import { changeStoreUpdates, openUpdatesOfSource, type UpdateOfOrder, undoUpdateClaims } from '../database/store-updates-store'
import { findStore, updateStore } from '../database/stores-store'
import type { RunLine } from '../runs/run-log'
import type { RunReport } from '../runs/run-report'
import { updateProblemKey } from '../stores/store-problems'
import { backoffMs } from '../time/backoff'
import { timestampIn } from '../time/clock'
import { localTime } from '../time/local-time'
import { closeOrderProblem, type NamedSource, saveOrderProblem, saveSourceProblem } from './update-problems'
import { doneText, subjectOf } from './update-texts'

/** The longest pause between two attempts at an update, and between two attempts to write to a store. */
export const MAX_UPDATE_PAUSE_MS = 2 * 60 * 60_000
export const MAX_STORE_PAUSE_MS = 15 * 60_000
/** The failures that the store's key causes: all updates of the store fail, and are queued again as soon as one succeeds. */
const KEY_FAILURES: ReadonlySet<string> = new Set(['store-key-rights'])
const FAIL_AT_ONCE = 200

/** An entry on the timelines of the updates' orders and a line in the run's log for each. */
async function record(
  work: Work,
  updates: readonly UpdateOfOrder[],
  text: (update: UpdateOfOrder) => string,
  level: RunLine['level'],
  report: RunReport | null,
): Promise<void> {
  await work.addToTimeline(updates.map((update) => ({ orderId: update.orderId, kind: 'store', text: text(update) })))
  const orderIds = [...new Set(updates.map(({ orderId }) => orderId))]
  // Increases the revisions, so that an open Order Details reloads the timeline.
  await updateOrderStates(work.db, orderIds, {})
  for (const orderId of orderIds) work.markOrderChanged(orderId)
  const lines = updates.map((update) => ({ level, order: { id: update.orderId, number: update.number }, text: text(update) }))
  await report?.log.write(work, lines)
}

/** Records that an update is in the store. */
export async function recordDone(
  engine: EngineContext,
  { id, name }: NamedSource,
  update: UpdateOfOrder,
  outcome: 'written' | 'written before',
  report: RunReport,
): Promise<void> {
  await engine.write(async (work) => {
    await changeStoreUpdates(work.db, [update.id], { state: 'done', doneAt: work.now(), nextAttemptAt: null, failure: null })
    await closeOrderProblem(work, id, update.id, 'The store was updated.')
    await record(work, [update], ({ content }) => doneText(name, content, outcome), 'info', report)
    work.onCommit(() => report.doneCount++)
  })
}

/** Records that an update will not be tried again until a person decides. */
export async function recordFailed(
  engine: EngineContext,
  source: NamedSource,
  update: UpdateOfOrder,
  failure: Failure,
  report: RunReport,
): Promise<void> {
  await engine.write(async (work) => {
    await changeStoreUpdates(work.db, [update.id], { state: 'failed', nextAttemptAt: null, failure })
    await saveOrderProblem(work, source, update, failure)
    await record(work, [update], (one) => failedText(source, one, failure), 'error', report)
    work.onCommit(() => report.failedCount++)
  })
}

/** Records that no update of a source can be written because of its key, and that they will not be tried until a person decides. */
export async function recordAllFailed(engine: EngineContext, source: NamedSource, failure: Failure, report: RunReport): Promise<void> {
  for (let isAll = false; !isAll; ) {
    isAll = await engine.write(async (work) => {
      const queued = await openUpdatesOfSource(work.db, source.id, 'queued', FAIL_AT_ONCE)
      const ids = queued.map(({ id }) => id)
      await changeStoreUpdates(work.db, ids, { state: 'failed', nextAttemptAt: null, failure })
      await record(work, queued, (update) => failedText(source, update, failure), 'error', report)
      const { code, message, remedy } = failure
      await saveSourceProblem(work, source, { code, message, remedy: `${remedy} Then try again.` })
      work.onCommit(() => {
        report.failedCount += queued.length
      })
      return queued.length < FAIL_AT_ONCE
    })
  }
}

/** Records that updates failed for now. `isTheirs`: for a reason that concerns them, so that the attempt counts and each pauses. */
export async function recordWaiting(
  engine: EngineContext,
  source: NamedSource,
  failed: readonly { update: UpdateOfOrder; failure: Failure }[],
  isTheirs: boolean,
  report: RunReport,
): Promise<void> {
  await engine.write(async (work) => {
    const isFirst = failed.filter(({ update }) => update.errorCode === null)
    for (const { update, failure } of failed) {
      const pauseMs = backoffMs(update.attempts, MAX_UPDATE_PAUSE_MS)
      const nextAttemptAt = isTheirs ? timestampIn(work.clock, pauseMs) : null
      await changeStoreUpdates(work.db, [update.id], { nextAttemptAt, failure })
      if (!isTheirs) await undoUpdateClaims(work.db, [update.id])
    }
    for (const { update, failure } of isFirst) {
      const text = `${subjectOf(update.content)} could not be written to ${source.name} yet: ${failure.message}`
      await record(work, [update], () => `${text} Ledgerdrop tries again automatically.`, 'warning', report)
    }
  })
}

/** Records that nothing can be written to a store. The pauses between attempts grow. */
export async function beginUpdateOutage(engine: EngineContext, source: NamedSource, failure: Failure): Promise<void> {
  await engine.write(async (work) => {
    const failures = ((await findStore(work.db, source.id))?.updateFailureCount ?? 0) + 1
    const nextUpdateAt = timestampIn(work.clock, backoffMs(failures, MAX_STORE_PAUSE_MS))
    await updateStore(work.db, source.id, { updateFailureCount: failures, nextUpdateAt })
    await saveSourceProblem(work, source, failure)
    engine.log.warn(`Store of source ${source.id}: ${failure.code}, nothing can be written before ${localTime(nextUpdateAt, work.now())}`)
  })
}

/** Records that a store can be written to, and queues again what failed because of its key. */
export async function endUpdateOutage(work: Work, sourceId: number, reason: string, actor?: string): Promise<void> {
  await updateStore(work.db, sourceId, { updateFailureCount: 0, nextUpdateAt: null })
  const failed = (await openUpdatesOfSource(work.db, sourceId, 'failed')).filter(({ errorCode }) => KEY_FAILURES.has(errorCode ?? ''))
  await changeStoreUpdates(
    work.db,
    failed.map(({ id }) => id),
    { state: 'queued', attempts: 0, nextAttemptAt: null },
  )
  await work.closeProblem(updateProblemKey(sourceId), reason, actor)
}

/** True if all updates of a store fail because of this. */
export function isKeyFailure({ code }: Pick<Failure, 'code'>): boolean {
  return KEY_FAILURES.has(code)
}

function failedText({ name }: NamedSource, { content }: UpdateOfOrder, { message, remedy }: Failure): string {
  return `${subjectOf(content)} was not written to ${name}: ${message} ${remedy}`
}
