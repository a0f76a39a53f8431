import { join } from 'node:path'
import electronLog from 'electron-log/node'
import type { LogLevel } from '../../src-shared/contract/contract'
import type { Log, LogContext } from '../engine/engine'
import { currentRun } from '../engine/logs/run-context'
import { About, shapeLogFile, writeLogTo } from './log-file'

/** The engine's log: `engine.log` in the workspace's log folder. A line that is about a run or an order carries its id or number. */
export function engineLog(workspaceFolder: string): Log & { setLevel(level: LogLevel): void } {
  const log = electronLog.create({ logId: 'engine' })
  log.transports.console.level = false
  shapeLogFile(log)
  writeLogTo(log, join(workspaceFolder, 'logs', 'engine.log'), 'info')
  const about = (given: LogContext = {}) => new About({ runId: currentRun()?.runId, ...given })
  return {
    debug: (message, given) => log.debug(message, about(given)),
    info: (message, given) => log.info(message, about(given)),
    warn: (message, given) => log.warn(message, about(given)),
    error: (message, error, given) => log.error(message, ...(error === undefined ? [] : [error]), about(given)),
    setLevel: (level) => {
      log.transports.file.level = level
    },
  }
}
