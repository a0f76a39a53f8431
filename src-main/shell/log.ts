import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join, parse } from 'node:path'
// The Node flavour: the one for Electron listens to ipcMain and injects a preload script.
import log from 'electron-log/node'

const KEPT_FILES = 9
const FILE_BYTES = 2 * 1024 * 1024

/** The program's log. Lines carry what happened and codes, never orders or addresses. */
export { log }

/** Sets up the log; `setLogFolder` says where it goes. */
export function startLog(isPackaged: boolean): void {
  // Writing to a terminal that went away ends the process (EPIPE, EIO), and a packaged program has seldom one.
  log.transports.console.level = isPackaged ? false : 'info'
  log.transports.console.format = '{h}:{i}:{s} {level} {text}'
  log.transports.file.level = false
  log.transports.file.maxSize = FILE_BYTES
  log.transports.file.archiveLogFn = (file) => rotate(file.toString())
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
  log.transports.file.resolvePathFn = () => join(folder, 'shell.log')
  log.transports.file.level = 'info'
}

/** Moves the full file aside under the time of the move, and deletes the oldest beyond the limit. */
function rotate(path: string): void {
  const { dir, name, ext } = parse(path)
  renameSync(path, join(dir, `${name}.${new Date().toISOString().replaceAll(':', '-')}${ext}`))
  const older = readdirSync(dir)
    .filter((file) => file.startsWith(`${name}.2`) && file.endsWith(ext))
    .sort()
  for (const file of older.slice(0, Math.max(0, older.length - KEPT_FILES))) rmSync(join(dir, file), { force: true })
}
