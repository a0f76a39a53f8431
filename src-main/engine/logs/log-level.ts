import type { LogLevel } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { readSetting, writeSetting } from '../database/settings-store'

const SETTING = 'logLevel'

/** The lowest level that is written to the logs. */
export function logLevel(engine: EngineContext): Promise<LogLevel> {
  return readSetting<LogLevel>(engine.db, SETTING, 'info')
}

/** Changes the log level. Each log applies the new level when it receives `logLevel.changed`. */
export async function setLogLevel(engine: EngineContext, level: LogLevel): Promise<void> {
  await engine.write(async (work) => {
    await writeSetting(work.db, SETTING, level)
    work.publish('logLevel.changed', { level })
  })
}
