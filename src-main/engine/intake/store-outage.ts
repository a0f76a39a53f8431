import type { Failure } from '../../../src-shared/failure'
import type { EngineContext } from '../context/context'
import { findStore, NO_STORE_FAILURE, type StoredStore, updateStore } from '../database/stores-store'
import { publishSettings } from '../settings/publish-settings'
import { storeProblemKey, updateProblemKey } from '../stores/store-problems'
import { backoffMs } from '../time/backoff'
import { remainingPauseMs, timestampIn } from '../time/clock'

/** The longest pause between two attempts to read a store. */
const MAX_PAUSE_MS = 15 * 60_000

interface Source {
  id: number
  name: string
}

/** True while a store pauses after a failure. A pause longer than the maximum was set by a wrong clock and is ignored. */
export function isStoreBackingOff(engine: EngineContext, { nextAttemptAt }: StoredStore): boolean {
  return nextAttemptAt !== null && remainingPauseMs(engine.clock.now(), nextAttemptAt, MAX_PAUSE_MS) > 0
}

/** Records that a store can't be read, once for the source. */
export async function beginStoreOutage(engine: EngineContext, { id, name }: Source, failure: Failure): Promise<void> {
  const { code, message, remedy } = failure
  await engine.write(async (work) => {
    const stored = await findStore(work.db, id)
    const failureCount = (stored?.failureCount ?? 0) + 1
    await updateStore(work.db, id, {
      failureCode: code,
      failureMessage: message,
      failureRemedy: remedy,
      failingSince: stored?.failingSince ?? work.now(),
      failureCount,
      nextAttemptAt: timestampIn(work.clock, backoffMs(failureCount, MAX_PAUSE_MS)),
    })
    await work.saveProblem({
      key: storeProblemKey(id),
      kind: 'store',
      title: `No orders can be read from ${name}`,
      code,
      message,
      remedy,
      folder: null,
    })
    await work.closeProblem(updateProblemKey(id), 'The store cannot be read either.')
    await publishSettings(work)
  })
  engine.log.warn(`Store of source ${id}: ${code}`)
}

/** Records that a store can be read again. */
export async function endStoreOutage(engine: EngineContext, { id }: Source): Promise<void> {
  if ((await findStore(engine.db, id))?.failureCode == null) return
  await engine.write(async (work) => {
    await updateStore(work.db, id, NO_STORE_FAILURE)
    await work.closeProblem(storeProblemKey(id), 'The store can be read again.')
    await publishSettings(work)
  })
  engine.log.info(`Store of source ${id}: can be read again`)
}
