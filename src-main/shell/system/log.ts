import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
// The Node flavour: the one for Electron listens to ipcMain and injects a preload script.
import log from 'electron-log/node'
import type { LogLevel } from '../../../src-shared/contract/contract'
import type { EngineThread } from '../../engine-thread/engine-thread'
import { shapeLogFile, writeLogTo } from '../../log/log-file'

/** The program's log. Lines carry what happened and codes, never orders or addresses. */
export { log }

let level: LogLevel = 'info'

/** Sets up the log; `setLogFolder` says where it goes. */
export function startLog(isPackaged: boolean): void {
  // Writing to a terminal that went away ends the process (EPIPE, EIO), and a packaged program has seldom one.
  log.transports.console.level = isPackaged ? false : 'info'
  log.transports.console.format = '{h}:{i}:{s} {level} {text}'
  log.transports.file.level = false
  shapeLogFile(log)
  log.errorHandler.startCatching({ showDialog: false })
}

/**
 * Sends the log to `shell.log` in the workspace's log folder, once the engine has made it; before that, and where it never
 * comes to that, to a folder of the shell's own. The shell makes nothing in a folder that may not be a workspace.
 */
export function setLogFolder(workspaceLogs: string, ownLogs: string): void {
  const folder = existsSync(workspaceLogs) ? workspaceLogs : ownLogs
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    log.error('log folder cannot be made', error)
    return
  }
  writeLogTo(log, join(folder, 'shell.log'), level)
}

/** Writes as much as the engine was told to. */
export function followLogLevel(engine: EngineThread): void {
  engine.onEvent(({ message: [name, event] }) => {
    if (name !== 'logLevel.changed') return
    level = event.level
    if (log.transports.file.level !== false) log.transports.file.level = level
  })
}
