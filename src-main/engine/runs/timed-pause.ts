import type { SyncTaskName } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { readSetting, writeSetting } from '../database/settings-store'
import { remainingPauseMs, timestampIn } from '../time/clock'

const SETTING = 'timedPause'

/** A pause that ends by itself, and the tasks that it paused. Tasks that were paused before are not included, so they stay paused. */
interface TimedPause {
  until: string
  minutes: number
  tasks: SyncTaskName[]
}

/** Returns when the timed pause of automatic sync ends; null if there is none. */
export async function pausedUntil(engine: EngineContext): Promise<string | null> {
  return (await readSetting<TimedPause | null>(engine.db, SETTING, null))?.until ?? null
}

/** Saves a timed pause of these tasks. */
export async function beginTimedPause(engine: EngineContext, tasks: SyncTaskName[], minutes: number): Promise<void> {
  const pause: TimedPause = { until: timestampIn(engine.clock, minutes * 60_000), minutes, tasks }
  await engine.write(({ db }) => writeSetting(db, SETTING, pause))
}

/** Ends a timed pause that is over and returns its tasks; null if it is not over or there is none. */
export async function takeExpiredPause(engine: EngineContext): Promise<SyncTaskName[] | null> {
  const pause = await readSetting<TimedPause | null>(engine.db, SETTING, null)
  if (pause === null) return null
  if (remainingPauseMs(engine.clock.now(), pause.until, pause.minutes * 60_000) > 0) return null
  await clearTimedPause(engine)
  return pause.tasks
}

/** Removes the timed pause. Call it when the pause is over, or when a person has paused or resumed tasks. */
export async function clearTimedPause(engine: EngineContext): Promise<void> {
  await engine.write(({ db }) => writeSetting(db, SETTING, null))
}
