import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createRestoreOnly } from '../../src-main/engine/engine'
import { FailureError } from '../../src-shared/failure'
import { numberedOrder, Office } from '../support/office'
import { backUp } from '../support/restores'
import { tsProgram } from '../support/ts-child'

const cli = tsProgram('src-main/cli/cli.ts')
const LOG = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

const DAMAGE_CASES = [
  {
    title: 'damaged',
    damage: (file: string) => writeFileSync(file, Buffer.concat([readFileSync(file).subarray(0, 6000), Buffer.alloc(60_000, 7)])),
  },
  { title: 'no longer a database', damage: (file: string) => writeFileSync(file, 'garbage') },
  { title: 'missing', damage: (file: string) => rmSync(file) },
]

/** An office that sent one order and received another since the backup, and whose database was then damaged. */
async function damagedOffice(damage: (file: string) => void): Promise<{ office: Office; backup: string }> {
  const office = await Office.open()
  await office.readOrders(numberedOrder(1))
  const backup = await backUp(office)
  office.clock.advance(86_400_000)
  await office.run('Write Order')
  await office.readOrders(numberedOrder(2))
  await office.stop()
  damage(office.databaseFile)
  return { office, backup }
}

describe('a database that cannot be opened', () => {
  test.for(DAMAGE_CASES)('$title: its backups can be listed, previewed and restored, and nothing is sent twice', async ({ damage }) => {
    const { office, backup } = await damagedOffice(damage)
    const failure = await office.start().then(
      () => null,
      (error: unknown) => error,
    )
    if (!(failure instanceof FailureError)) throw new Error('The start was not refused')
    expect(failure.action).toBe('restore')
    const { code, message, remedy } = failure
    const restoreOnly = createRestoreOnly(
      { workspaceFolder: office.workspace, version: '0', clock: office.clock, log: LOG },
      { code, message, remedy },
    )
    expect(await restoreOnly.execute('orders.list', {}, 'Ann')).toEqual({ ok: false, error: { code, message, remedy } })
    expect(await restoreOnly.execute('backups.list', {}, 'Ann')).toMatchObject({
      ok: true,
      value: { backups: [{ file: backup, state: 'good' }] },
    })
    expect(await restoreOnly.execute('app.about', {}, 'Ann')).toMatchObject({ ok: true, value: { workspace: office.workspace } })
    const preview = await restoreOnly.execute('backups.preview', { file: backup }, 'Ann')
    expect(preview).toMatchObject({
      ok: true,
      value: {
        isDatabaseReadable: false,
        sentCount: 1,
        receivedCount: 1,
        changedCount: null,
        orders: [{ number: 'W0001', change: 'sent since' }],
      },
    })
    expect(await restoreOnly.execute('backups.restore', { file: backup }, 'Ann')).toMatchObject({ ok: true })
    await office.start()
    await office.run('Read Orders')
    await office.run('Write Order')
    expect(await office.order('W0001')).toMatchObject({ syncState: 'needs review' })
    expect(await office.order('W0002')).toMatchObject({ syncState: 'sent' })
    expect(office.files()).toHaveLength(2)
  })

  test('its damaged file is kept, not deleted', async () => {
    const { office, backup } = await damagedOffice((file) => writeFileSync(file, 'garbage'))
    const restoreOnly = createRestoreOnly(
      { workspaceFolder: office.workspace, version: '0', clock: office.clock, log: LOG },
      { code: 'database-damaged', message: '', remedy: '' },
    )
    await restoreOnly.execute('backups.restore', { file: backup }, 'Ann')
    await office.start()
    const replacedFile = readdirSync(join(office.workspace, 'backups')).find((name) => name.startsWith('replaced-')) ?? ''
    expect(readFileSync(join(office.workspace, 'backups', replacedFile), 'utf8')).toBe('garbage')
    expect((await office.command('backups.list', {})).backups).toContainEqual(
      expect.objectContaining({ kind: 'replaced', state: 'damaged' }),
    )
  })
})

describe('command line', () => {
  test('restore only shows what would change, unless --yes is given', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    await office.stop()
    const to = join(office.folder, 'elsewhere')
    const backupResult = await cli.run(['backup', '--workspace', office.workspace, '--to', to, '--json'])
    expect(backupResult).toMatchObject({ status: 0, stderr: '' })
    const [name = ''] = readdirSync(to)
    expect(JSON.parse(backupResult.stdout)).toMatchObject({ run: { doneCount: 1 }, copy: join(to, name) })
    expect(await cli.run(['sync', '--workspace', office.workspace, '--task', 'Write Order'])).toMatchObject({ status: 0 })

    const restoreArgs = ['restore', '--workspace', office.workspace, '--from', join(to, name)]
    const previewResult = await cli.run(restoreArgs)
    expect(previewResult).toMatchObject({ status: 0, stderr: '' })
    expect(previewResult.stdout).toContain('Sent since: 1 files')
    expect(previewResult.stdout).toContain('Nothing was changed')
    await office.start()
    expect(await office.order('W0001')).toMatchObject({ syncState: 'sent' })
    await office.stop()

    const restoreResult = await cli.run([...restoreArgs, '--yes', '--json'])
    expect(restoreResult).toMatchObject({ status: 0, stderr: '' })
    expect(JSON.parse(restoreResult.stdout)).toMatchObject({ preview: { sentCount: 1 }, restored: { actor: expect.any(String) } })
    await office.start()
    expect(await office.order('W0001')).toMatchObject({ syncState: 'needs review' })
    expect(office.files()).toHaveLength(1)
  })

  test('a damaged database is restored', async () => {
    const { office, backup } = await damagedOffice((file) => writeFileSync(file, 'garbage'))
    expect(await cli.run(['restore', '--workspace', office.workspace, '--from', backup, '--yes'])).toMatchObject({ status: 0, stderr: '' })
    await office.start()
    expect(await office.order('W0001')).toMatchObject({ syncState: 'needs review' })
  })

  test('without a backup, restore ends with status 1 and a failure code', async () => {
    const office = await Office.open()
    await office.stop()
    const result = await cli.run(['restore', '--workspace', office.workspace, '--from', join(office.folder, 'nothing.db'), '--yes'])
    expect(result).toMatchObject({ status: 1, stderr: expect.stringContaining('backup-missing') })
  })
})
