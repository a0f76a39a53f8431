import type { DestinationRow } from '../../../src-shared/contract/contract'
import { type Failure, FailureError } from '../../../src-shared/failure'
import { parseProfileSettings } from '../../../src-shared/profiles/profiles'
import type { EngineContext } from '../context/context'
import { internalFailure } from '../context/internal-failure'
import { claimOrders, countToWrite, endPauses, releaseClaims, takeBackClaims } from '../database/claims-store'
import { SupersededError } from '../database/fence'
import { diskFailure } from '../database/open-database'
import { findDestination, listDestinations, updateDestination } from '../database/settings-store'
import { folderFailure, isFileSystemError } from '../files/folder-failure'
import { syncFolder } from '../files/sync-folder'
import { failOrder } from '../orders/fail-order'
import type { RunReport, TaskWork } from '../runs/run-report'
import { attemptLimit } from '../settings/publish-settings'
import { later } from '../time/clock'
import { concludeDeliveries, LONGEST_ORDER_PAUSE_MS } from './conclude-deliveries'
import { concludeFile, isFileTrouble, putOff } from './conclude-file'
import { beginTrouble, endTrouble, isPausing } from './destination-trouble'
import { publishFile } from './drop-folder'
import { prepareOrders, type Site, type Staged } from './prepare-orders'
import { recoverDeliveries } from './recover-deliveries'

/** Orders that go through the protocol's steps together: one commit for all, the rules hold per file. */
const GROUP_SIZE = 50
/** How often a claim may be lost to a crash before the order is taken to be its cause. */
const CRASH_LIMIT = 20

/** The sync task Write Order: every Pending order is dropped exactly once at its destination, or it is known why not. */
export function writeOrder(engine: EngineContext): TaskWork {
  return async (report, signal) => {
    await engine.write(async ({ db }) => {
      await releaseClaims(db)
      // A pause longer than any that is given comes from a clock that was wrong.
      await endPauses(db, report.isAsked ? undefined : later(engine.clock, LONGEST_ORDER_PAUSE_MS))
    })
    report.total = await countToWrite(engine.db)
    const faults: { name: string; failure: Failure }[] = []
    for (const destination of await listDestinations(engine.db)) {
      if (signal.aborted || engine.question !== null) break
      // A fault in the program at one destination does not hold back the others.
      await writeToDestination(engine, destination, report, signal).catch((error: unknown) => {
        faults.push({ name: destination.name, failure: faultAt(engine, destination, error, report) })
      })
    }
    await engine.write(({ db }) => releaseClaims(db, report.runId))
    if (engine.question !== null) report.notes.push(engine.question.message)
    if (faults.length > 0) throw asOneFailure(faults)
  }
}

/** Logs a fault at a destination, for support and in the run's log. */
function faultAt(engine: EngineContext, { name }: DestinationRow, error: unknown, report: RunReport): Failure {
  const known = error instanceof FailureError ? error : diskFailure(error)
  if (known !== null) engine.log.error(`Write Order to ${name} failed`, known)
  const failure = known ?? internalFailure(engine.log, `Write Order to ${name}`, error)
  report.log.add({ level: 'error', text: `${name}: ${failure.message}` })
  return failure
}

function asOneFailure(faults: readonly { name: string; failure: Failure }[]): FailureError {
  const message = faults.map(({ name, failure }) => `${name}: ${failure.message}`).join(' ')
  const remedy = [...new Set(faults.map(({ failure }) => failure.remedy))].join(' ')
  return new FailureError({ code: faults[0]?.failure.code ?? 'internal-error', message, remedy })
}

async function writeToDestination(
  engine: EngineContext,
  destination: DestinationRow,
  report: RunReport,
  signal: AbortSignal,
): Promise<void> {
  const stored = await findDestination(engine.db, destination.id)
  if (stored === undefined) return
  if (isPausing(engine, stored.nextAttemptAt) && !report.isAsked) {
    report.waitingCount += await countToWrite(engine.db, destination.id)
    report.notes.push(stored.troubleMessage ?? '')
    report.log.add({ level: 'warning', text: `${destination.name} is not tried before its pause ends: ${stored.troubleMessage ?? ''}` })
    return
  }
  try {
    const drop = await recoverDeliveries(engine, destination, stored, report)
    if (drop === null) return
    if (stored.volume !== drop.volume) await engine.write(({ db }) => updateDestination(db, destination.id, { volume: drop.volume }))
    const { settings, settingsRevision } = stored
    const site = { destination, drop, settings: parseProfileSettings(JSON.parse(settings)), settingsRevision }
    const limit = await attemptLimit(engine.db)
    const first = { size: GROUP_SIZE, minAttempts: 0, maxAttempts: limit }
    const suspicious = { size: 1, minAttempts: limit, maxAttempts: CRASH_LIMIT }
    for (const group of [first, suspicious]) {
      const next = async () => (signal.aborted ? 'none' : engine.publishTogether(() => writeGroup(engine, site, group, report)))
      let outcome = await next()
      for (; outcome === 'written'; outcome = await next()) report.progressed()
      if (outcome === 'changed') return writeToDestination(engine, destination, report, signal)
    }
    if (!signal.aborted) await failCrashing(engine, destination.id, report)
    if (stored.troubleCode !== null) await endTrouble(engine, destination)
  } catch (error) {
    if (error instanceof SupersededError || (!(error instanceof FailureError) && !isFileSystemError(error))) throw error
    await engine.write(({ db }) => takeBackClaims(db, report.runId))
    const failure = folderFailure(error, stored.folder)
    report.waitingCount += await countToWrite(engine.db, destination.id)
    report.notes.push(failure.message)
    report.log.add({ level: 'error', text: `${destination.name}: ${failure.message}` })
    await beginTrouble(engine, destination, failure)
  }
}

/** Which orders to claim together. */
interface Group {
  size: number
  minAttempts: number
  maxAttempts: number
}

/**
 * Takes one group of orders through the steps of the drop protocol (docs/exactly-once.md). `none`: no order was left to claim. `changed`: the destination
 * was changed meanwhile, so nothing was written with what it was before.
 */
async function writeGroup(engine: EngineContext, site: Site, group: Group, report: RunReport): Promise<'written' | 'none' | 'changed'> {
  const claim = { ...group, limit: group.size, destinationId: site.destination.id, runId: report.runId, now: engine.now() }
  const orders = await engine.write(({ db }) => claimOrders(db, claim))
  if (orders.length === 0) return 'none'
  await engine.onStep('claimed')

  const outcome = await prepareOrders(engine, site, orders)
  if (outcome === 'changed') {
    await engine.write(({ db }) => takeBackClaims(db, report.runId))
    return 'changed'
  }
  const { prepared, refused } = outcome
  await engine.onStep('prepared')

  const { published, trouble } = await publishAll(engine, site, prepared, report)
  await engine.onStep('published')

  for (const { order, failure } of refused) report.log.add({ level: 'error', order, text: failure.message })
  report.failedCount += refused.length
  await concludeDeliveries(
    engine,
    published.map(({ delivery, changes }) => ({ outcome: 'dropped', delivery, changes })),
    report,
  )
  await engine.onStep('dropped')

  if (trouble !== null) throw trouble
  return 'written'
}

/** Publishes one file after the other. At trouble of the folder it stops: the rest stays prepared for the next run. */
async function publishAll(
  engine: EngineContext,
  site: Site,
  prepared: readonly Staged[],
  report: RunReport,
): Promise<{ published: Staged[]; trouble: FailureError | null }> {
  const published: Staged[] = []
  let trouble: FailureError | null = null
  for (const item of prepared) {
    const outcome = await publishFile(site.drop, item.delivery.fileName, 'fresh', engine.clock).catch(failureOfFile)
    if (outcome === 'published') published.push(item)
    else if (typeof outcome === 'string') await concludeFile(engine, site.drop, item.delivery, outcome, report)
    else if (isFileTrouble(outcome)) await putOff(engine, site.drop, item.delivery, 'fresh', outcome, report)
    else {
      trouble = outcome
      break
    }
    await engine.onStep('renamed')
  }
  if (published.length > 0) await syncFolder(site.drop.folder)
  return { published, trouble }
}

function failureOfFile(error: unknown): FailureError {
  if (error instanceof FailureError) return error
  throw error
}

/** An order whose claims were all lost to crashes is taken to be their cause and shown to a person. */
async function failCrashing(engine: EngineContext, destinationId: number, report: RunReport): Promise<void> {
  const runId = report.runId
  const claim = { destinationId, runId, limit: 1, minAttempts: CRASH_LIMIT, maxAttempts: Number.MAX_SAFE_INTEGER }
  for (;;) {
    const order = await engine.write(async (work) => {
      const [claimed] = await claimOrders(work.db, { ...claim, now: work.now() })
      if (claimed === undefined) return null
      await failOrder(work, claimed, {
        code: 'writing-crashed',
        message: `Ledgerdrop stopped ${claimed.attempts - 1} times while it wrote this order.`,
        remedy: 'Set it to Pending to try once more. If it stops again, send us the order and the log.',
      })
      return claimed
    })
    if (order === null) return
    report.failedCount++
    report.log.add({ level: 'error', order, text: 'Ledgerdrop stopped again and again while it wrote this order.' })
  }
}
