import type { DestinationRow } from '../../../src-shared/contract/contract'
import { type Failure, FailureError } from '../../../src-shared/failure'
import { parseProfileSettings } from '../../../src-shared/profiles/profiles'
import type { EngineContext } from '../context/context'
import { internalFailure } from '../context/internal-failure'
import { claimOrders, countToWrite, endPauses, releaseClaims, undoClaims } from '../database/claims-store'
import { SupersededError } from '../database/fence'
import { diskFailure } from '../database/open-database'
import { findDestination, listDestinations, updateDestination } from '../database/settings-store'
import { folderFailure, isFileSystemError } from '../files/folder-failure'
import { syncFolder } from '../files/sync-folder'
import { failOrder } from '../orders/fail-order'
import type { RunReport, TaskWork } from '../runs/run-report'
import { attemptLimit } from '../settings/publish-settings'
import { timestampIn } from '../time/clock'
import { beginOutage, endOutage, isBackingOff } from './destination-outage'
import { publishFile } from './drop-folder'
import { prepareOrders, type StagedOrder, type WritableDestination } from './prepare-orders'
import { isFileFailure, postponeFile, recordFileOutcome } from './record-file-outcome'
import { MAX_ORDER_PAUSE_MS, recordOutcomes } from './record-outcomes'
import { recoverDeliveries } from './recover-deliveries'

/** How many orders go through the steps of the drop protocol together. They share one commit, but the protocol's rules apply to each file separately. */
const GROUP_SIZE = 50
/** How many claims on an order may be lost to crashes before the order is assumed to be the cause. */
const CRASH_LIMIT = 20

/** The sync task Write Order: drops every Pending order exactly once at its destination, or records why it was not dropped. */
export function writeOrder(engine: EngineContext): TaskWork {
  return async (report, signal) => {
    await engine.write(async ({ db }) => {
      await releaseClaims(db)
      // A pause longer than the maximum can only have been set while the clock was wrong, so end it now.
      await endPauses(db, report.isRequested ? undefined : timestampIn(engine.clock, MAX_ORDER_PAUSE_MS))
    })
    report.total = await countToWrite(engine.db)
    const failures: { name: string; failure: Failure }[] = []
    const ended = new Set<number>()
    const canGoOn = () => !signal.aborted && engine.question === null
    for (const destination of await listDestinations(engine.db)) {
      if (!canGoOn()) break
      const hasWritten = await writeTo(engine, destination, report, signal, failures)
      if (!hasWritten) ended.add(destination.id)
    }
    // While Read Orders still brings orders from a slow store, they are written as they come.
    while (canGoOn() && (await report.waitForMore(signal))) {
      for (const destination of await listDestinations(engine.db)) {
        const count = canGoOn() && !ended.has(destination.id) ? await countToWrite(engine.db, destination.id) : 0
        if (count === 0) continue
        report.total = report.doneCount + report.failedCount + count
        if (!(await writeTo(engine, destination, report, signal, failures))) ended.add(destination.id)
      }
    }
    await engine.write(({ db }) => releaseClaims(db, report.runId))
    if (engine.question !== null) report.notes.push(engine.question.message)
    if (failures.length > 0) throw combineFailures(failures)
  }
}

/** Writes to a destination. Returns false if it failed, so that this run doesn't try it again. An unexpected error does not hold up the others. */
async function writeTo(
  engine: EngineContext,
  destination: DestinationRow,
  report: RunReport,
  signal: AbortSignal,
  failures: { name: string; failure: Failure }[],
): Promise<boolean> {
  try {
    return await writeToDestination(engine, destination, report, signal)
  } catch (error) {
    failures.push({ name: destination.name, failure: logFailure(engine, destination, error, report) })
    return false
  }
}

/** Logs an error at a destination, for support and in the run's log. Returns it as a failure. */
function logFailure(engine: EngineContext, { name }: DestinationRow, error: unknown, report: RunReport): Failure {
  const known = error instanceof FailureError ? error : diskFailure(error)
  if (known !== null) engine.log.error(`Write Order to ${name} failed`, known)
  const failure = known ?? internalFailure(engine.log, `Write Order to ${name}`, error)
  report.log.add({ level: 'error', text: `${name}: ${failure.message}` })
  return failure
}

function combineFailures(failures: readonly { name: string; failure: Failure }[]): FailureError {
  const message = failures.map(({ name, failure }) => `${name}: ${failure.message}`).join(' ')
  const remedy = [...new Set(failures.map(({ failure }) => failure.remedy))].join(' ')
  return new FailureError({ code: failures[0]?.failure.code ?? 'internal-error', message, remedy })
}

/** Returns false if the destination can't be written to now. */
async function writeToDestination(
  engine: EngineContext,
  destination: DestinationRow,
  report: RunReport,
  signal: AbortSignal,
): Promise<boolean> {
  const stored = await findDestination(engine.db, destination.id)
  if (stored === undefined) return false
  if (isBackingOff(engine, stored.nextAttemptAt) && !report.isRequested) {
    report.waitingCount += await countToWrite(engine.db, destination.id)
    report.notes.push(stored.troubleMessage ?? '')
    report.log.add({ level: 'warning', text: `${destination.name} is paused after a failure: ${stored.troubleMessage ?? ''}` })
    return false
  }
  try {
    const drop = await recoverDeliveries(engine, destination, stored, report)
    if (drop === null) return false
    if (stored.volume !== drop.volume) await engine.write(({ db }) => updateDestination(db, destination.id, { volume: drop.volume }))
    const { settings, settingsRevision } = stored
    const target = { destination, drop, settings: parseProfileSettings(JSON.parse(settings)), settingsRevision }
    const limit = await attemptLimit(engine.db)
    const regular = { size: GROUP_SIZE, minAttempts: 0, maxAttempts: limit }
    // Orders whose attempts were all lost to crashes are written one at a time, so that one of them can't hold up others.
    const suspicious = { size: 1, minAttempts: limit, maxAttempts: CRASH_LIMIT }
    for (const group of [regular, suspicious]) {
      const next = async () => (signal.aborted ? 'none' : engine.publishChangesOnce(() => writeGroup(engine, target, group, report)))
      let outcome = await next()
      for (; outcome === 'written'; outcome = await next()) report.reportProgress()
      if (outcome === 'changed') return writeToDestination(engine, destination, report, signal)
    }
    if (!signal.aborted) await failCrashingOrders(engine, destination.id, report)
    if (stored.troubleCode !== null) await endOutage(engine, destination)
    return true
  } catch (error) {
    if (error instanceof SupersededError || (!(error instanceof FailureError) && !isFileSystemError(error))) throw error
    await engine.write(({ db }) => undoClaims(db, report.runId))
    const failure = folderFailure(error, stored.folder)
    report.waitingCount += await countToWrite(engine.db, destination.id)
    report.notes.push(failure.message)
    report.log.add({ level: 'error', text: `${destination.name}: ${failure.message}` })
    await beginOutage(engine, destination, failure)
    return false
  }
}

/** Limits for claiming a group of orders. */
interface GroupLimits {
  size: number
  minAttempts: number
  maxAttempts: number
}

/**
 * Takes one group of orders through the steps of the drop protocol (docs/exactly-once.md). `none`: no order was left to claim. `changed`: the
 * destination changed in the meantime, so nothing was written with its former settings.
 */
async function writeGroup(
  engine: EngineContext,
  target: WritableDestination,
  group: GroupLimits,
  report: RunReport,
): Promise<'written' | 'none' | 'changed'> {
  const claim = { ...group, limit: group.size, destinationId: target.destination.id, runId: report.runId, now: engine.now() }
  const orders = await engine.write(({ db }) => claimOrders(db, claim))
  if (orders.length === 0) return 'none'
  await engine.onStep('claimed')

  const outcome = await prepareOrders(engine, target, orders)
  if (outcome === 'changed') {
    await engine.write(({ db }) => undoClaims(db, report.runId))
    return 'changed'
  }
  const { prepared, refused } = outcome
  await engine.onStep('prepared')

  const { published, failure } = await publishAll(engine, target, prepared, report)
  await engine.onStep('published')

  for (const { order, failure } of refused) report.log.add({ level: 'error', order, text: failure.message })
  report.failedCount += refused.length
  await recordOutcomes(
    engine,
    published.map(({ delivery, changes }) => ({ outcome: 'dropped', delivery, changes })),
    report,
  )
  await engine.onStep('dropped')

  if (failure !== null) throw failure
  return 'written'
}

/** Publishes the files one after another. Stops if the folder fails: the remaining files stay prepared for the next run. */
async function publishAll(
  engine: EngineContext,
  target: WritableDestination,
  prepared: readonly StagedOrder[],
  report: RunReport,
): Promise<{ published: StagedOrder[]; failure: FailureError | null }> {
  const published: StagedOrder[] = []
  let failure: FailureError | null = null
  for (const item of prepared) {
    const outcome = await publishFile(target.drop, item.delivery.fileName, 'fresh', engine.clock).catch(asFailure)
    if (outcome === 'published') published.push(item)
    else if (typeof outcome === 'string') await recordFileOutcome(engine, target.drop, item.delivery, outcome, report)
    else if (isFileFailure(outcome)) await postponeFile(engine, target.drop, item.delivery, 'fresh', outcome, report)
    else {
      failure = outcome
      break
    }
    await engine.onStep('renamed')
  }
  if (published.length > 0) await syncFolder(target.drop.folder)
  return { published, failure }
}

function asFailure(error: unknown): FailureError {
  if (error instanceof FailureError) return error
  throw error
}

/** Fails each order whose last allowed claim was lost to a crash: the order is assumed to be the cause. */
async function failCrashingOrders(engine: EngineContext, destinationId: number, report: RunReport): Promise<void> {
  const runId = report.runId
  const claim = { destinationId, runId, limit: 1, minAttempts: CRASH_LIMIT, maxAttempts: Number.MAX_SAFE_INTEGER }
  for (;;) {
    const order = await engine.write(async (work) => {
      const [claimed] = await claimOrders(work.db, { ...claim, now: work.now() })
      if (claimed === undefined) return null
      await failOrder(work, claimed, {
        code: 'writing-crashed',
        message: `Ledgerdrop stopped unexpectedly ${claimed.attempts - 1} times while it was writing this order.`,
        remedy:
          'Set the order to Pending to try once more. If Ledgerdrop stops unexpectedly again, choose Help > Log a Ticket and send the order and the log.',
      })
      return claimed
    })
    if (order === null) return
    report.failedCount++
    report.log.add({ level: 'error', order, text: 'Ledgerdrop repeatedly stopped unexpectedly while it was writing this order.' })
  }
}
