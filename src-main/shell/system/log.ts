import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
// The Node variant, because the Electron variant listens to ipcMain and injects a preload script.
import log from 'electron-log/node'
import type { LogLevel } from '../../../src-shared/contract/contract'
import type { EngineThread } from '../../engine-thread/engine-thread'
import { configureLogFile, writeLogTo } from '../../log/log-file'

/** The shell's log. Lines contain events and codes, never orders or addresses. */
export { log }

let level: LogLevel = 'info'

/** Sets up the log; `setLogFolder` sets its folder. */
export function startLog(isPackaged: boolean): void {
  // Writing to a closed terminal ends the process (EPIPE, EIO), and a packaged program rarely has one.
  log.transports.console.level = isPackaged ? false : 'info'
  log.transports.console.format = '{h}:{i}:{s} {level} {text}'
  log.transports.file.level = false
  configureLogFile(log)
  log.errorHandler.startCatching({ showDialog: false })
}

/**
 * Writes the log to `shell.log` in the workspace's log folder if the engine has created it, and otherwise to the shell's own
 * folder. The shell never creates anything in a folder that may not be a workspace.
 */
export function setLogFolder(workspaceLogs: string, ownLogs: string): void {
  const folder = existsSync(workspaceLogs) ? workspaceLogs : ownLogs
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    log.error('log folder cannot be created', error)
    return
  }
  writeLogTo(log, join(folder, 'shell.log'), level)
}

/** Keeps the log's level equal to the engine's. */
export function followLogLevel(engine: EngineThread): void {
  engine.onEvent(({ message: [name, event] }) => {
    if (name !== 'logLevel.changed') return
    level = event.level
    if (log.transports.file.level !== false) log.transports.file.level = level
  })
}
