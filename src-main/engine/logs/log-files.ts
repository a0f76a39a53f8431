import { readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join, parse } from 'node:path'

/** A log file is rotated when it exceeds this size or age. */
export const MAX_LOG_FILE_BYTES = 2 * 1024 * 1024
const WEEK_MS = 7 * 24 * 60 * 60_000
/** Rotated files beyond this number or age are deleted. */
const MAX_ROTATED_FILES = 12
const MAX_ROTATED_AGE_MS = 90 * 24 * 60 * 60_000

/**
 * Renames a full log file, adding the current time, and deletes surplus and old rotated files. Throws the file system's
 * error.
 */
export function rotateLog(path: string, now: Date): void {
  const { dir, name, ext } = parse(path)
  renameSync(path, join(dir, `${name}.${now.toISOString().replaceAll(':', '-')}${ext}`))
  pruneLogs(path, now)
}

/** At start-up: rotates a log file that was created more than a week ago, and deletes surplus and old rotated files. */
export function rotateOldLog(path: string, now: Date): void {
  const createdMs = creationTime(path)
  if (createdMs !== null && now.getTime() - createdMs > WEEK_MS) rotateLog(path, now)
  else pruneLogs(path, now)
}

/** The files of a log: the current one, then the rotated ones, newest first. */
export function logFilesOf(folder: string, name: string): string[] {
  // The time in a rotated file's name starts with the year.
  const rotated = readdirSync(folder).filter((file) => file.startsWith(`${name}.2`) && file.endsWith('.log'))
  return [`${name}.log`, ...rotated.sort().reverse()].map((file) => join(folder, file))
}

function pruneLogs(path: string, now: Date): void {
  const { dir, name } = parse(path)
  for (const [index, file] of logFilesOf(dir, name).slice(1).entries()) {
    if (index >= MAX_ROTATED_FILES || now.getTime() - statSync(file).mtimeMs > MAX_ROTATED_AGE_MS) rmSync(file, { force: true })
  }
}

/** When a file was created, in milliseconds; null if it doesn't exist. */
function creationTime(path: string): number | null {
  try {
    const { birthtimeMs, mtimeMs } = statSync(path)
    return birthtimeMs > 0 ? birthtimeMs : mtimeMs
  } catch {
    return null
  }
}
