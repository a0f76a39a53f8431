import type { NamedBackup } from './backup-name'

/** How many of each kind are kept; regular ones by day, ISO week and month, in the computer's time zone. */
const DAYS = 7
const WEEKS = 4
const MONTHS = 12
const BEFORE_MIGRATION = 5
const REPLACED = 3

const DAY_MS = 86_400_000

/**
 * Which backups to keep: the newest of each of the last 7 days, 4 weeks and 12 months that have one, and the newest few of the other kinds. Counted by
 * backups, not by the calendar: a computer that was off for a year, or whose clock was wrong, loses none of its last. `now`: UTC ISO 8601.
 */
export function backupsToKeep<Backup extends NamedBackup>(backups: readonly Backup[], now: string): Set<Backup> {
  // A later time than now comes from a clock that was ahead, or is behind now: those backups and the others must not push each other out.
  const isAhead = ({ at }: Backup) => at > now
  return new Set([...newestFew(backups.filter((backup) => !isAhead(backup))), ...newestFew(backups.filter(isAhead))])
}

function newestFew<Backup extends NamedBackup>(backups: readonly Backup[]): Backup[] {
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

function newestOfEach<Backup extends NamedBackup>(newestFirst: readonly Backup[], spanOf: (at: Date) => string, count: number): Backup[] {
  const newest = new Map<string, Backup>()
  for (const backup of newestFirst) {
    const span = spanOf(new Date(backup.at))
    if (!newest.has(span)) newest.set(span, backup)
  }
  return [...newest.values()].slice(0, count)
}

function dayOf(at: Date): string {
  return `${monthOf(at)}-${at.getDate()}`
}

function monthOf(at: Date): string {
  return `${at.getFullYear()}-${at.getMonth() + 1}`
}

/** A week is named by its Monday. */
function weekOf(at: Date): string {
  const noon = new Date(at.getFullYear(), at.getMonth(), at.getDate(), 12)
  return dayOf(new Date(noon.getTime() - ((noon.getDay() + 6) % 7) * DAY_MS))
}
