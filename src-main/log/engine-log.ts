import { join } from 'node:path'
import electronLog from 'electron-log/node'
import type { LogLevel } from '../../src-shared/contract/contract'
import type { Log, LogContext } from '../engine/engine'
import { currentRun } from '../engine/logs/run-context'
import { configureLogFile, LineSubject, writeLogTo } from './log-file'

/** The engine's log: `engine.log` in the workspace's log folder. A line that is about a run or an order carries its id or number. */
export function engineLog(workspaceFolder: string): Log & { setLevel(level: LogLevel): void } {
  const log = electronLog.create({ logId: 'engine' })
  log.transports.console.level = false
  configureLogFile(log)
  writeLogTo(log, join(workspaceFolder, 'logs', 'engine.log'), 'info')
  const subject = (context: LogContext = {}) => new LineSubject({ runId: currentRun()?.runId, ...context })
  return {
    debug: (message, context) => log.debug(message, subject(context)),
    info: (message, context) => log.info(message, subject(context)),
    warn: (message, context) => log.warn(message, subject(context)),
    error: (message, error, context) => log.error(message, ...(error === undefined ? [] : [error]), subject(context)),
    setLevel: (level) => {
      log.transports.file.level = level
    },
  }
}
