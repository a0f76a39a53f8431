import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ArchiveLimits } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import type { Database, DatabaseTransaction } from '../database/open-database'
import { readSetting, writeSetting } from '../database/settings-store'

const LIMITS = 'archiveLimits'
const KEPT_FROM = 'archiveKeptFrom'
const KEEP_ALL: ArchiveLimits = { keepYears: null, mostGigabytes: null }
/** Sent files of so many months stay whatever the limits say: they are what a restore knows of what was sent. */
const LEAST_MONTHS = 13
const BYTES_PER_GIGABYTE = 1e9

/** How long copies of sent files are kept. */
export function archiveLimits(db: Database): Promise<ArchiveLimits> {
  return readSetting(db, LIMITS, KEEP_ALL)
}

/** Sets how long copies of sent files are kept; the next Back Up follows it. */
export function saveArchiveLimits(db: DatabaseTransaction, limits: ArchiveLimits): Promise<void> {
  return writeSetting(db, LIMITS, limits)
}

/** The first month (`2025-03`) of which copies of sent files are kept; empty where none was ever removed. */
export function archiveKeptFrom(db: Database): Promise<string> {
  return readSetting(db, KEPT_FROM, '')
}

/**
 * Removes the oldest months of the archive that the limits no longer allow, and gives them. Only whole months, never one of the last 13 or one
 * that reaches beyond the oldest backup: what was sent since a backup has to be known when it is restored. Throws the file system's error.
 */
export async function thinArchive(engine: EngineContext, oldestBackupAt: string): Promise<string[]> {
  const limits = await archiveLimits(engine.db)
  if (limits.keepYears === null && limits.mostGigabytes === null) return []
  const { archiveFolder } = engine.workspace
  const now = engine.clock.now()
  const removable = [monthBefore(now, LEAST_MONTHS), oldestBackupAt.slice(0, 7)].sort()[0] ?? ''
  const tooOld = limits.keepYears === null ? '' : monthBefore(now, limits.keepYears * 12)
  const months = await monthsOf(archiveFolder)
  let bytes = limits.mostGigabytes === null ? 0 : months.reduce((sum, month) => sum + month.bytes, 0)
  const most = (limits.mostGigabytes ?? 0) * BYTES_PER_GIGABYTE
  const removed: string[] = []
  for (const { month, folder, bytes: size } of months) {
    if (month >= removable || !(month < tooOld || bytes > most)) break
    // On record before the first file goes: one that is gone is then never taken for lost.
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

/** The month so many months before a time, UTC, as the archive's folders are named. */
function monthBefore(time: Date, months: number): string {
  return new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() - months, 1)).toISOString().slice(0, 7)
}

function monthAfter(month: string): string {
  return monthBefore(new Date(`${month}-01T00:00:00.000Z`), -1)
}
