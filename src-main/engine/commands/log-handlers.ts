import type { LOG_COMMANDS } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { logLevel, setLogLevel } from '../logs/log-level'
import { readLog } from '../logs/read-log'
import type { HandlersOf } from './dispatcher'

/** Handlers for reading the logs and setting their level. */
export function logHandlers(engine: EngineContext): HandlersOf<keyof typeof LOG_COMMANDS> {
  const folder = engine.workspace.logFolder
  return {
    'log.list': async ({ limit, ...filter }) => ({ entries: await readLog(folder, filter, limit), level: await logLevel(engine), folder }),
    'log.setLevel': async ({ level }, { actor }) => {
      await setLogLevel(engine, level)
      engine.log.info(`Log level set to ${level} by ${actor}`)
      return { level }
    },
  }
}
