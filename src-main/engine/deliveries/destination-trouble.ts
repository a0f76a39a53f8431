import type { DestinationRow } from '../../../src-shared/contract/contract'
import type { Failure } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { findDestination, NO_TROUBLE, updateDestination } from '../database/settings-store'
import { publishSettings } from '../settings/publish-settings'
import { later, pauseLeftMs } from '../time/clock'
import { growingPause } from '../time/growing-pause'

/** Tries of a folder are never further apart. */
const LONGEST_FOLDER_PAUSE_MS = 15 * 60_000

/** True while a destination waits after a failure. A pause longer than any that is given comes from a clock that was wrong. */
export function isPausing(engine: EngineContext, until: string | null): boolean {
  return until !== null && pauseLeftMs(engine.clock.now(), until, LONGEST_FOLDER_PAUSE_MS) > 0
}

/** Records a folder's failure once for all its orders, which stay Pending. */
export async function beginTrouble(engine: EngineContext, destination: DestinationRow, failure: Failure): Promise<void> {
  await engine.write(async (work) => {
    const before = await findDestination(work.db, destination.id)
    const count = (before?.troubleCount ?? 0) + 1
    await updateDestination(work.db, destination.id, {
      troubleCode: failure.code,
      troubleMessage: failure.message,
      troubleRemedy: failure.remedy,
      troubleSince: before?.troubleSince ?? work.now(),
      troubleCount: count,
      nextAttemptAt: later(work.clock, growingPause(count, LONGEST_FOLDER_PAUSE_MS)),
    })
    await publishSettings(work)
  })
  engine.log.warn(`Destination ${destination.name}: ${failure.code}`)
}

/** The folder can be used again. */
export async function endTrouble(engine: EngineContext, destination: DestinationRow): Promise<void> {
  await engine.write(async (work) => {
    await updateDestination(work.db, destination.id, NO_TROUBLE)
    await publishSettings(work)
  })
  engine.log.info(`Destination ${destination.name}: the folder can be used again`)
}
