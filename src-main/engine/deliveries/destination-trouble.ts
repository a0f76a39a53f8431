import type { DestinationRow } from '../../../src-shared/contract/contract'
import type { Failure } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { findDestination, NO_TROUBLE, updateDestination } from '../database/settings-store'
import { publishSettings } from '../settings/publish-settings'
import { pauseLeftMs } from '../time/clock'
import { growingPause } from '../time/growing-pause'

/** Tries of a folder are never further apart. */
const LONGEST_FOLDER_PAUSE_MS = 15 * 60_000

/** True while a destination waits after a failure. A pause longer than any that is given comes from a clock that was wrong. */
export function isPausing(engine: EngineContext, until: string | null): boolean {
  return until !== null && pauseLeftMs(engine.clock.now(), until, LONGEST_FOLDER_PAUSE_MS) > 0
}

/** The time in so many milliseconds, UTC ISO 8601. */
export function later(engine: EngineContext, ms: number): string {
  return new Date(engine.clock.now().getTime() + ms).toISOString()
}

/** Records a folder's failure once for all its orders, which stay Pending. */
export async function beginTrouble(engine: EngineContext, destination: DestinationRow, failure: Failure): Promise<void> {
  await engine.db.transaction().execute(async (trx) => {
    const before = await findDestination(trx, destination.id)
    const count = (before?.troubleCount ?? 0) + 1
    await updateDestination(trx, destination.id, {
      troubleCode: failure.code,
      troubleMessage: failure.message,
      troubleRemedy: failure.remedy,
      troubleSince: before?.troubleSince ?? engine.now(),
      troubleCount: count,
      nextAttemptAt: later(engine, growingPause(count, LONGEST_FOLDER_PAUSE_MS)),
    })
  })
  engine.log.warn(`Destination ${destination.name}: ${failure.code}`)
  await publishSettings(engine)
}

/** The folder can be used again. */
export async function endTrouble(engine: EngineContext, destination: DestinationRow): Promise<void> {
  await updateDestination(engine.db, destination.id, NO_TROUBLE)
  engine.log.info(`Destination ${destination.name}: the folder can be used again`)
  await publishSettings(engine)
}
