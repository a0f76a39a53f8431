import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ArchiveLimits } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import type { Database, DatabaseTransaction } from '../database/open-database'
import { readSetting, writeSetting } from '../database/settings-store'

const LIMITS = 'archiveLimits'
const KEPT_FROM = 'archiveKeptFrom'
const KEEP_ALL: ArchiveLimits = { keepYears: null, mostGigabytes: null }
/**
 * Copies from the last 13 months are always kept, whatever the limits are: a restore needs them to know what was sent.
 */
const MIN_MONTHS = 13
const BYTES_PER_GIGABYTE = 1e9

/** The limits for keeping copies of sent files. */
export function archiveLimits(db: Database): Promise<ArchiveLimits> {
  return readSetting(db, LIMITS, KEEP_ALL)
}

/** Saves the limits for keeping copies of sent files. They take effect at the next backup. */
export function saveArchiveLimits(db: DatabaseTransaction, limits: ArchiveLimits): Promise<void> {
  return writeSetting(db, LIMITS, limits)
}

/** The first month (`2025-03`) whose copies of sent files are kept; empty if none was ever removed. */
export function archiveKeptFrom(db: Database): Promise<string> {
  return readSetting(db, KEPT_FROM, '')
}

/**
 * Removes the oldest months of the archive that exceed the limits, and returns them. Removes whole months only: never one of the last 13, and
 * never the month of the oldest backup or a later one, because a restore has to know what was sent since. Throws the file system's error.
 */
export async function pruneArchive(engine: EngineContext, oldestBackupAt: string): Promise<string[]> {
  const limits = await archiveLimits(engine.db)
  if (limits.keepYears === null && limits.mostGigabytes === null) return []
  const { archiveFolder } = engine.workspace
  const now = engine.clock.now()
  const firstProtected = [monthBefore(now, MIN_MONTHS), oldestBackupAt.slice(0, 7)].sort()[0] ?? ''
  const tooOld = limits.keepYears === null ? '' : monthBefore(now, limits.keepYears * 12)
  const months = await monthsOf(archiveFolder)
  let bytes = limits.mostGigabytes === null ? 0 : months.reduce((sum, month) => sum + month.bytes, 0)
  const maxBytes = (limits.mostGigabytes ?? 0) * BYTES_PER_GIGABYTE
  const removed: string[] = []
  for (const { month, folder, bytes: size } of months) {
    if (month >= firstProtected || !(month < tooOld || bytes > maxBytes)) break
    // Recorded before the first file is removed, so that a removed file never counts as lost.
    await engine.write(({ db }) => writeSetting(db, KEPT_FROM, monthAfter(month)))
    await rm(folder, { recursive: true, force: true })
    bytes -= size
    removed.push(month)
  }
  return removed
}

interface Month {
  /** `2025-03`. */
  month: string
  folder: string
  bytes: number
}

/** The archive's months, oldest first. */
async function monthsOf(archiveFolder: string): Promise<Month[]> {
  const months: Month[] = []
  for (const year of await namesIn(archiveFolder, /^\d{4}$/)) {
    for (const month of await namesIn(join(archiveFolder, year), /^\d\d$/)) {
      const folder = join(archiveFolder, year, month)
      let bytes = 0
      for (const name of await namesIn(folder, /./)) bytes += (await stat(join(folder, name))).size
      months.push({ month: `${year}-${month}`, folder, bytes })
    }
  }
  return months
}

async function namesIn(folder: string, pattern: RegExp): Promise<string[]> {
  return (await readdir(folder)).filter((name) => pattern.test(name)).sort()
}

/** The month that is `months` months before a time. UTC, in the form of the archive's folder names (`2025-03`). */
function monthBefore(time: Date, months: number): string {
  return new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() - months, 1)).toISOString().slice(0, 7)
}

function monthAfter(month: string): string {
  return monthBefore(new Date(`${month}-01T00:00:00.000Z`), -1)
}
