import type { NamedBackup } from './backup-name'

/** How many backups of each kind are kept. Regular ones are counted by day, ISO week and month in the computer's time zone. */
const DAYS = 7
const WEEKS = 4
const MONTHS = 12
const BEFORE_MIGRATION = 5
const REPLACED = 3

const DAY_MS = 86_400_000

/**
 * Chooses the backups to keep: the newest of each of the last 7 days, 4 weeks and 12 months that have one, and the
 * newest few of the other kinds. Days without backups don't count, so a computer that was off for a year, or whose
 * clock was wrong, doesn't lose its last backups. `now` is UTC ISO 8601.
 */
export function backupsToKeep<Backup extends NamedBackup>(backups: readonly Backup[], now: string): Set<Backup> {
  // A backup from the future means that the clock was ahead, or is behind now. Such backups and the others must not displace each other.
  const isAhead = ({ at }: Backup) => at > now
  return new Set([...newestOfEachKind(backups.filter((backup) => !isAhead(backup))), ...newestOfEachKind(backups.filter(isAhead))])
}

function newestOfEachKind<Backup extends NamedBackup>(backups: readonly Backup[]): Backup[] {
  const newestFirst = [...backups].sort((a, b) => (a.at < b.at ? 1 : -1))
  const regular = newestFirst.filter(({ kind }) => kind === 'regular')
  return [
    ...newestOfEach(regular, dayOf, DAYS),
    ...newestOfEach(regular, weekOf, WEEKS),
    ...newestOfEach(regular, monthOf, MONTHS),
    ...newestFirst.filter(({ kind }) => kind === 'before migration').slice(0, BEFORE_MIGRATION),
    ...newestFirst.filter(({ kind }) => kind === 'replaced').slice(0, REPLACED),
  ]
}

function newestOfEach<Backup extends NamedBackup>(newestFirst: readonly Backup[], periodOf: (at: Date) => string, count: number): Backup[] {
  const newest = new Map<string, Backup>()
  for (const backup of newestFirst) {
    const period = periodOf(new Date(backup.at))
    if (!newest.has(period)) newest.set(period, backup)
  }
  return [...newest.values()].slice(0, count)
}

function dayOf(at: Date): string {
  return `${monthOf(at)}-${at.getDate()}`
}

function monthOf(at: Date): string {
  return `${at.getFullYear()}-${at.getMonth() + 1}`
}

/** Identifies a week by its Monday. */
function weekOf(at: Date): string {
  const noon = new Date(at.getFullYear(), at.getMonth(), at.getDate(), 12)
  return dayOf(new Date(noon.getTime() - ((noon.getDay() + 6) % 7) * DAY_MS))
}
