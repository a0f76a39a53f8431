import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { backupName, type NamedBackup, readBackupName } from '../../../../../src-main/engine/backups/backup-name'
import { backupsToKeep } from '../../../../../src-main/engine/backups/backups-to-keep'

const DAY_MS = 86_400_000
const START = Date.UTC(2026, 0, 1, 2)
/** A time after every backup in these tests. */
const NOW = '2036-01-01T00:00:00.000Z'
const regular = (ms: number): NamedBackup => ({ kind: 'regular', at: new Date(ms).toISOString() })

/** The backups that are left if one is made every `everyMs`, and the surplus is removed each time. */
function keptAfter(count: number, everyMs: number): NamedBackup[] {
  let backups: NamedBackup[] = []
  for (let index = 0; index < count; index++) {
    backups.push(regular(START + index * everyMs))
    const kept = backupsToKeep(backups, NOW)
    backups = backups.filter((backup) => kept.has(backup))
  }
  return backups
}

describe('backups kept by age', () => {
  test('two years of daily backups are reduced to 7 daily, 4 weekly and 12 monthly ones', () => {
    const kept = keptAfter(730, DAY_MS).map(({ at }) => Date.parse(at))
    const newest = START + 729 * DAY_MS
    for (let days = 0; days < 7; days++) expect(kept).toContain(newest - days * DAY_MS)
    expect(kept.length).toBeLessThanOrEqual(7 + 4 + 12)
    expect(kept.length).toBeGreaterThanOrEqual(17)
    const oldest = Math.min(...kept)
    expect((newest - oldest) / DAY_MS).toBeGreaterThan(320)
    expect((newest - oldest) / DAY_MS).toBeLessThan(366)
  })

  test('hourly backups are reduced to the newest of each day', () => {
    const kept = keptAfter(24 * 10, DAY_MS / 24)
    expect(new Set(kept.map(({ at }) => new Date(at).toDateString())).size).toBeGreaterThanOrEqual(7)
    expect(kept.length).toBeLessThanOrEqual(7 + 4 + 12)
  })

  test('no backup is removed because of a long time without backups', () => {
    const before = Array.from({ length: 7 }, (_, day) => regular(START + day * DAY_MS))
    expect(backupsToKeep(before, NOW).size).toBe(7)
  })

  const backupLists = fc.array(
    fc.record({
      kind: fc.constantFrom<NamedBackup['kind']>('regular', 'before migration', 'replaced'),
      at: fc.date({ min: new Date('2020-01-01'), max: new Date('2035-01-01'), noInvalidDate: true }).map((date) => date.toISOString()),
    }),
    { maxLength: 80 },
  )

  test('the newest backup of each kind is always kept, the limits apply, and pruning twice changes nothing', () => {
    fc.assert(
      fc.property(backupLists, (backups) => {
        const kept = backupsToKeep(backups, NOW)
        for (const kind of ['regular', 'before migration', 'replaced'] as const) {
          const ofKind = backups.filter((backup) => backup.kind === kind)
          const newest = ofKind.reduce<string>((last, { at }) => (at > last ? at : last), '')
          if (ofKind.length > 0) expect([...kept].some((backup) => backup.kind === kind && backup.at === newest)).toBe(true)
        }
        expect([...kept].filter(({ kind }) => kind === 'regular').length).toBeLessThanOrEqual(23)
        expect([...kept].filter(({ kind }) => kind === 'before migration').length).toBeLessThanOrEqual(5)
        expect([...kept].filter(({ kind }) => kind === 'replaced').length).toBeLessThanOrEqual(3)
        expect(backupsToKeep([...kept], NOW)).toEqual(kept)
      }),
    )
  })
})

test('a backup name is parsed to the same values, and other file names are not backups', () => {
  const at = '2026-04-07T01:02:03.004Z'
  expect(backupName('ledgerdrop', at)).toBe('ledgerdrop-2026-04-07T01-02-03-004Z.db')
  expect(readBackupName(backupName('ledgerdrop', at))).toEqual({ kind: 'regular', at })
  expect(readBackupName(backupName('before-0030-create-notices', at))).toEqual({ kind: 'before migration', at })
  expect(readBackupName(backupName('replaced', at))).toEqual({ kind: 'replaced', at })
  for (const name of [
    'ledgerdrop.db',
    `${backupName('ledgerdrop', at)}.part`,
    'ledgerdrop-2026-13-99T01-02-03-004Z.db',
    'notes.txt',
    `x${backupName('ledgerdrop', at)}`,
  ]) {
    expect(readBackupName(name), name).toBeNull()
  }
})
