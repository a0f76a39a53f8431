// The Node flavour: the one for Electron listens to ipcMain and injects a preload script; worker threads and the command line have no Electron.

import { inspect } from 'node:util'
import type { NodeLogger } from 'electron-log'
import type { LogLevel } from '../../src-shared/contract/contract'
import type { LogContext } from '../engine/context/context'
import { errorText } from '../engine/logs/error-text'
import { LOG_FILE_BYTES, rotateLog, rotateOldLog } from '../engine/logs/log-files'
import { formatLogLine } from '../engine/logs/log-line'

/** Says what a line is about: given to a log's methods after the text. */
export class About {
  constructor(readonly about: LogContext) {}
}

/** Sets up how a log writes its file: our lines, put aside by size and age, for this person's eyes. */
export function shapeLogFile(log: NodeLogger): void {
  const { file } = log.transports
  file.maxSize = LOG_FILE_BYTES
  file.writeOptions = { ...file.writeOptions, mode: 0o600 }
  file.archiveLogFn = (old) => rotateLog(old.toString(), new Date())
  file.transforms = [({ message }) => [lineOf(message.date, message.level, message.data)]]
}

/** Starts writing a log to a file. */
export function writeLogTo(log: NodeLogger, path: string, level: LogLevel): void {
  log.transports.file.resolvePathFn = () => path
  log.transports.file.level = level
  try {
    rotateOldLog(path, new Date())
  } catch (error) {
    // No folder, no older logs; and nothing is made in a folder that may not be a workspace.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log.warn('older logs could not be put aside', error)
  }
}

function lineOf(date: Date, level: string, data: readonly unknown[]): string {
  const about = data.find((one) => one instanceof About)?.about
  const text = data
    .filter((one) => !(one instanceof About))
    .map((one) => (typeof one === 'string' ? one : one instanceof Error ? errorText(one) : inspect(one, { depth: 5 })))
    .join(' ')
  return formatLogLine({
    at: date.toISOString(),
    level: level === 'error' || level === 'warn' || level === 'debug' ? level : 'info',
    runId: about?.runId ?? null,
    order: about?.order ?? null,
    text,
  })
}
