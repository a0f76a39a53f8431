import { join } from 'node:path'
import { inspect } from 'node:util'
// The Node flavour: this runs in a worker thread and on the command line, without Electron.
import electronLog from 'electron-log/node'
import type { Log } from './engine/engine'

const FILE_BYTES = 2 * 1024 * 1024

/** The engine's log: `engine.log` in the workspace's log folder. Lines carry numbers, codes and run ids, no addresses. */
export function engineLog(workspaceFolder: string): Log {
  const log = electronLog.create({ logId: 'engine' })
  log.transports.console.level = false
  log.transports.file.resolvePathFn = () => join(workspaceFolder, 'logs', 'engine.log')
  log.transports.file.maxSize = FILE_BYTES
  return {
    info: (message) => log.info(message),
    warn: (message) => log.warn(message),
    error: (message, error) => log.error(error === undefined ? message : `${message}: ${inspect(error)}`),
  }
}
