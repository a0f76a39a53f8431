import type { LogLevel } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { readSetting, writeSetting } from '../database/settings-store'

const SETTING = 'logLevel'

/** How much is written into the logs. */
export function logLevel(engine: EngineContext): Promise<LogLevel> {
  return readSetting<LogLevel>(engine.db, SETTING, 'info')
}

/** Changes it; the logs hear of it by the event. */
export async function setLogLevel(engine: EngineContext, level: LogLevel): Promise<void> {
  await engine.write(async (work) => {
    await writeSetting(work.db, SETTING, level)
    work.publish('logLevel.changed', { level })
  })
}
