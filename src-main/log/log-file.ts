// Loggers come from electron-log's Node variant. Its Electron variant listens to ipcMain and injects a preload script,
// and worker threads and the command line have no Electron.

import { inspect } from 'node:util'
import type { NodeLogger } from 'electron-log'
import type { LogLevel } from '../../src-shared/contract/contract'
import type { LogContext } from '../engine/context/context'
import { errorText } from '../engine/logs/error-text'
import { MAX_LOG_FILE_BYTES, rotateLog, rotateOldLog } from '../engine/logs/log-files'
import { formatLogLine } from '../engine/logs/log-line'

/** The run or order that a line is about. Passed to a log's methods after the text. */
export class LineSubject {
  constructor(readonly context: LogContext) {}
}

/**
 * Configures how a log writes its file: in Ledgerdrop's line format, rotated by size and age, and accessible only to
 * the computer's user.
 */
export function configureLogFile(log: NodeLogger): void {
  const { file } = log.transports
  file.maxSize = MAX_LOG_FILE_BYTES
  file.writeOptions = { ...file.writeOptions, mode: 0o600 }
  file.archiveLogFn = (old) => rotateLog(old.toString(), new Date())
  file.transforms = [({ message }) => [formatLine(message.date, message.level, message.data)]]
}

/** Starts writing a log to a file. */
export function writeLogTo(log: NodeLogger, path: string, level: LogLevel): void {
  log.transports.file.resolvePathFn = () => path
  log.transports.file.level = level
  try {
    rotateOldLog(path, new Date())
  } catch (error) {
    // If the folder doesn't exist, there is nothing to rotate. It isn't created here, because its parent may not be a
    // workspace.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log.warn('older logs could not be rotated', error)
  }
}

function formatLine(date: Date, level: string, data: readonly unknown[]): string {
  const subject = data.find((item) => item instanceof LineSubject)?.context
  const text = data
    .filter((item) => !(item instanceof LineSubject))
    .map((item) => (typeof item === 'string' ? item : item instanceof Error ? errorText(item) : inspect(item, { depth: 5 })))
    .join(' ')
  return formatLogLine({
    at: date.toISOString(),
    level: level === 'error' || level === 'warn' || level === 'debug' ? level : 'info',
    runId: subject?.runId ?? null,
    order: subject?.order ?? null,
    text,
  })
}
