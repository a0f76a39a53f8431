import { chmodSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { acquireWorkspaceLock } from '../../src-main/engine/database/workspace-lock'
import { archivePath } from '../../src-main/engine/deliveries/archive'
import { examine, type Finding } from '../../src-main/engine/engine'
import type { DiskSpace } from '../../src-main/engine/files/disk-space'
import { SYNC_TASKS } from '../../src-shared/contract/contract'
import { ManualClock } from '../support/manual-clock'
import { numberedOrder, Office, PACKAGE, STORE, unwritableOrder } from '../support/office'
import { tsProgram } from '../support/ts-child'

const program = tsProgram('src-main/cli/cli.ts')

/** Opens an office without problems: orders were sent and a backup was made. */
async function healthyOffice(): Promise<Office> {
  const office = await Office.open({ clock: new ManualClock(new Date(Date.now() - 60_000).toISOString()) })
  await office.readOrders(numberedOrder(1), numberedOrder(2))
  for (const task of SYNC_TASKS) await office.run(task)
  return office
}

const examineOffice = (office: Office, overrides: { now?: Date; diskSpace?: () => Promise<DiskSpace> } = {}) =>
  examine({ workspaceFolder: office.workspace, version: '0', now: office.clock.now(), isProgramAnswering: async () => false, ...overrides })
const failedChecks = (findings: Finding[]) => findings.filter(({ isOk }) => !isOk).map(({ check }) => check)

test('if everything is fine, the doctor says so and leaves nothing behind', async () => {
  const office = await healthyOffice()
  await office.stop()
  const before = [office.intakeFolder(), office.dropFolder(), office.workspace].map((folder) => readdirSync(folder).sort())
  const findings = await examineOffice(office)
  expect(findings.filter((finding) => !finding.isOk)).toEqual([])
  expect(findings.map((finding) => finding.check)).toEqual(
    expect.arrayContaining([
      'Version',
      'Time',
      'Workspace lock',
      'Disk space',
      'Database',
      'Database version',
      'Clock',
      'Archive',
      'Backups',
      'Mail server',
    ]),
  )
  const after = [office.intakeFolder(), office.dropFolder(), office.workspace].map((folder) =>
    readdirSync(folder)
      .filter((name) => !/-(shm|wal)$/.test(name))
      .sort(),
  )
  expect(after).toEqual(before.map((names) => names.filter((name) => !/-(shm|wal)$/.test(name))))
  const result = await program.run(['doctor', '--workspace', office.workspace])
  expect(result).toMatchObject({ status: 0, stderr: '' })
  expect(result.stdout).toContain('No problems found.')
})

const archivedFile = (office: Office) => {
  const [sent] = office.query<{ fileName: string; preparedAt: string }>(`select fileName, preparedAt from delivery where state = 'dropped'`)
  if (sent === undefined) throw new Error('Nothing was sent')
  return archivePath(join(office.workspace, 'archive'), sent)
}
const moveAway = (path: string) => renameSync(path, `${path}-away`)

describe('the doctor finds a fault', () => {
  const FAULTS: [string, string, (office: Office) => unknown][] = [
    [
      'the database is damaged',
      'Database',
      ({ databaseFile }) => {
        const bytes = readFileSync(databaseFile)
        bytes.fill(0x55, 4096 * 3, 4096 * 9)
        writeFileSync(databaseFile, bytes)
      },
    ],
    [
      'the database file is not a database',
      'Database',
      ({ databaseFile }) => writeFileSync(databaseFile, 'not a database, but a text of some length'),
    ],
    ['rows were lost', 'Database', (office) => office.tamper('pragma foreign_keys = off; delete from document')],
    [
      'the database is from a newer version',
      'Database version',
      (office) => office.tamper(`insert into kysely_migration values ('9999-later', '2026-01-01')`),
    ],
    ['the workspace’s marker is missing', 'Workspace', ({ workspace }) => moveAway(join(workspace, 'workspace.json'))],
    [
      'the clock was ahead',
      'Clock',
      (office) => office.tamper(`update timeline set at = '2031-01-01T00:00:00.000Z' where id = (select max(id) from timeline)`),
    ],
    ['the intake folder is missing', `Source ${STORE}`, (office) => moveAway(office.intakeFolder())],
    ['the drop folder is missing', `Destination ${PACKAGE}`, (office) => moveAway(office.dropFolder())],
    [
      'a file replaced the drop folder',
      `Destination ${PACKAGE}`,
      (office) => {
        moveAway(office.dropFolder())
        writeFileSync(office.dropFolder(), '')
      },
    ],
    [
      'the drop folder is on another disk',
      `Destination ${PACKAGE}`,
      (office) => {
        moveAway(join(office.dropFolder(), '.ledgerdrop'))
        office.tamper(`update destination set volume = '424242'`)
      },
    ],
    [
      'a staged file was left over',
      `Staged files of ${PACKAGE}`,
      (office) => {
        const staging = join(office.dropFolder(), '.ledgerdrop')
        const file = join(staging, readdirSync(staging)[0] ?? '', 'old.xml.part')
        writeFileSync(file, '')
        utimesSync(file, 1, 1)
      },
    ],
    [
      'an order failed',
      'Failed orders',
      async (office) => {
        await office.start()
        await office.readOrders(unwritableOrder(3))
        await office.run('Write Order')
        await office.stop()
      },
    ],
    [
      'a file was rejected',
      'Other problems',
      async (office) => {
        await office.start()
        office.receiveText('broken.json', '{')
        await office.run('Read Orders')
        await office.stop()
      },
    ],
    ['a sent file’s copy is missing', 'Archive', (office) => rmSync(archivedFile(office))],
    ['a sent file’s copy was changed', 'Archive', (office) => writeFileSync(archivedFile(office), 'changed')],
    [
      'there is no backup',
      'Backups',
      ({ workspace }) => {
        for (const file of readdirSync(join(workspace, 'backups'))) rmSync(join(workspace, 'backups', file))
      },
    ],
    [
      'the mail server does not answer',
      'Mail server',
      (office) =>
        office.tamper(
          `insert into setting values ('mail', '{"host":"127.0.0.1","port":9,"security":"tls","user":"","fromName":"","fromAddress":"a@b.example","replyTo":"","sealedPassword":null}')`,
        ),
    ],
    [
      'a task has not run for days',
      'Write Order',
      async (office) => {
        await office.start()
        await office.command('sync.setPaused', { isPaused: true })
        await office.command('sync.setPaused', { isPaused: false })
        await office.stop()
        office.tamper(`update syncTask set nextRunAt = '2020-01-01T00:00:00.000Z' where name = 'Write Order'`)
      },
    ],
    [
      'another program holds the workspace and does not answer',
      'Workspace lock',
      ({ workspace }) => {
        const lock = acquireWorkspaceLock(join(workspace, 'workspace.lock'))
        onTestFinished(() => lock?.release())
      },
    ],
  ]
  test.each(FAULTS)('%s', async (_, check, cause) => {
    const office = await healthyOffice()
    await office.stop()
    await cause(office)
    const findings = await examineOffice(office)
    expect(failedChecks(findings)).toContain(check)
    for (const finding of findings) expect(finding.isOk ? '' : finding.remedy).toBe(finding.remedy)
  })

  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('the drop folder is read-only', async () => {
    const office = await healthyOffice()
    await office.stop()
    chmodSync(office.dropFolder(), 0o500)
    onTestFinished(() => chmodSync(office.dropFolder(), 0o700))
    expect(failedChecks(await examineOffice(office))).toContain(`Destination ${PACKAGE}`)
  })

  test('the disk is nearly full, or the last backup is old', async () => {
    const office = await healthyOffice()
    await office.stop()
    expect(failedChecks(await examineOffice(office, { diskSpace: async () => ({ freeBytes: 5e8, totalBytes: 1e12 }) }))).toEqual([
      'Disk space',
    ])
    expect(failedChecks(await examineOffice(office, { now: new Date(Date.now() + 72 * 3_600_000) }))).toContain('Backups')
  })

  test('the command ends with status 1 and one line per check', async () => {
    const office = await healthyOffice()
    await office.stop()
    moveAway(office.intakeFolder())
    const result = await program.run(['doctor', '--workspace', office.workspace])
    expect(result).toMatchObject({ status: 1, stderr: '' })
    const lines = result.stdout.trimEnd().split('\n')
    expect(lines.at(-1)).toBe('1 problem found.')
    expect(lines.filter((line) => line.startsWith('PROBLEM'))).toHaveLength(1)
    expect(result.stdout).not.toContain('..')
    expect(lines.slice(0, -1).every((line) => /^(ok|PROBLEM) /.test(line))).toBe(true)
  })
})

test('the doctor accepts a mail server that answers', async () => {
  const office = await healthyOffice()
  await office.stop()
  const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  office.tamper(`insert into setting values ('mail', '{"host":"127.0.0.1","port":${port}}')`)
  expect(failedChecks(await examineOffice(office))).toEqual([])
})
