import type { BackupKind } from '../../../src-shared/contract/contract'

/** A backup's kind and time, as its file name states them. */
export interface NamedBackup {
  kind: BackupKind
  /** UTC ISO 8601. */
  at: string
}

const NAME = /^(?:(ledgerdrop)|(before-.+)|(replaced))-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z\.db$/

/**
 * The file name of a backup made at `at` (UTC ISO 8601). `prefix` is `ledgerdrop`, `before-<migration>` or `replaced`.
 */
export function backupName(prefix: string, at: string): string {
  return `${prefix}-${at.replaceAll(/[:.]/g, '-')}.db`
}

/** Reads a backup's file name; null for any other file. */
export function readBackupName(name: string): NamedBackup | null {
  const [, regular, before, , day, hour, minute, second, ms] = NAME.exec(name) ?? []
  if (day === undefined) return null
  const at = `${day}T${hour}:${minute}:${second}.${ms}Z`
  if (Number.isNaN(Date.parse(at))) return null
  return { kind: regular !== undefined ? 'regular' : before !== undefined ? 'before migration' : 'replaced', at }
}
