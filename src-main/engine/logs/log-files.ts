import { readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join, parse } from 'node:path'

/** A log file is put aside when it is larger than this, or older. */
export const LOG_FILE_BYTES = 2 * 1024 * 1024
const WEEK_MS = 7 * 24 * 60 * 60_000
/** Files that were put aside are kept so many, and so long. */
const KEPT_FILES = 12
const KEPT_MS = 90 * 24 * 60 * 60_000

/** Moves a full file aside under the time of the move, and deletes what is too much or too old. Throws what the disk throws. */
export function rotateLog(path: string, now: Date): void {
  const { dir, name, ext } = parse(path)
  renameSync(path, join(dir, `${name}.${now.toISOString().replaceAll(':', '-')}${ext}`))
  pruneLogs(path, now)
}

/** At a start: puts a file aside that was begun more than a week ago, and deletes what is too old. */
export function rotateOldLog(path: string, now: Date): void {
  const begun = birthOf(path)
  if (begun !== null && now.getTime() - begun > WEEK_MS) rotateLog(path, now)
  else pruneLogs(path, now)
}

/** Where a log's lines are: the file itself, then those that were put aside, newest first. */
export function logFilesOf(folder: string, name: string): string[] {
  const aside = readdirSync(folder).filter((file) => file.startsWith(`${name}.2`) && file.endsWith('.log'))
  return [`${name}.log`, ...aside.sort().reverse()].map((file) => join(folder, file))
}

function pruneLogs(path: string, now: Date): void {
  const { dir, name } = parse(path)
  for (const [index, file] of logFilesOf(dir, name).slice(1).entries()) {
    if (index >= KEPT_FILES || now.getTime() - statSync(file).mtimeMs > KEPT_MS) rmSync(file, { force: true })
  }
}

/** When a file was made, in milliseconds; null where there is none. */
function birthOf(path: string): number | null {
  try {
    const { birthtimeMs, mtimeMs } = statSync(path)
    return birthtimeMs > 0 ? birthtimeMs : mtimeMs
  } catch {
    return null
  }
}
