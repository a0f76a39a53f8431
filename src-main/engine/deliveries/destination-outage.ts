import type { DestinationRow } from '../../../src-shared/contract/contract'
import type { Failure } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { findDestination, NO_FAILURE, updateDestination } from '../database/settings-store'
import { publishSettings } from '../settings/publish-settings'
import { backoffMs } from '../time/backoff'
import { remainingPauseMs, timestampIn } from '../time/clock'

/** The longest pause between two attempts to use a folder. */
const MAX_FOLDER_PAUSE_MS = 15 * 60_000

/** True while a destination pauses after a failure. A pause longer than the maximum was set by a wrong clock and is ignored. */
export function isBackingOff(engine: EngineContext, until: string | null): boolean {
  return until !== null && remainingPauseMs(engine.clock.now(), until, MAX_FOLDER_PAUSE_MS) > 0
}

/** Records a folder's failure once for all of the destination's orders, which stay Pending. */
export async function beginOutage(engine: EngineContext, destination: DestinationRow, failure: Failure): Promise<void> {
  await engine.write(async (work) => {
    const before = await findDestination(work.db, destination.id)
    const count = (before?.troubleCount ?? 0) + 1
    await updateDestination(work.db, destination.id, {
      troubleCode: failure.code,
      troubleMessage: failure.message,
      troubleRemedy: failure.remedy,
      troubleSince: before?.troubleSince ?? work.now(),
      troubleCount: count,
      nextAttemptAt: timestampIn(work.clock, backoffMs(count, MAX_FOLDER_PAUSE_MS)),
    })
    await publishSettings(work)
  })
  engine.log.warn(`Destination ${destination.name}: ${failure.code}`)
}

/** Records that the folder can be used again. */
export async function endOutage(engine: EngineContext, destination: DestinationRow): Promise<void> {
  await engine.write(async (work) => {
    await updateDestination(work.db, destination.id, NO_FAILURE)
    await publishSettings(work)
  })
  engine.log.info(`Destination ${destination.name}: the folder can be used again`)
}
