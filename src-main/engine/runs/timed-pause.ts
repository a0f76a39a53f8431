import type { SyncTaskName } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { readSetting, writeSetting } from '../database/settings-store'
import { later, pauseLeftMs } from '../time/clock'

const SETTING = 'timedPause'

/** A pause that ends by itself, and the tasks that it stopped: those that a person had paused before stay paused. */
interface TimedPause {
  until: string
  minutes: number
  tasks: SyncTaskName[]
}

/** Until when automatic sync pauses; null where no pause ends by itself. */
export async function pausedUntil(engine: EngineContext): Promise<string | null> {
  return (await readSetting<TimedPause | null>(engine.db, SETTING, null))?.until ?? null
}

/** Notes that these tasks pause for so long. */
export async function beginTimedPause(engine: EngineContext, tasks: SyncTaskName[], minutes: number): Promise<void> {
  const pause: TimedPause = { until: later(engine.clock, minutes * 60_000), minutes, tasks }
  await engine.write(({ db }) => writeSetting(db, SETTING, pause))
}

/** Ends the pause whose time is over and gives its tasks; null while it lasts, or where there is none. */
export async function takeOverduePause(engine: EngineContext): Promise<SyncTaskName[] | null> {
  const pause = await readSetting<TimedPause | null>(engine.db, SETTING, null)
  if (pause === null) return null
  if (pauseLeftMs(engine.clock.now(), pause.until, pause.minutes * 60_000) > 0) return null
  await forgetTimedPause(engine)
  return pause.tasks
}

/** A person decided anew. */
export async function forgetTimedPause(engine: EngineContext): Promise<void> {
  await engine.write(({ db }) => writeSetting(db, SETTING, null))
}
