import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ChildOptions } from '../support/engine-child'
import { KILLED_ITSELF } from '../support/killed'
import { numberedOrder, Office } from '../support/office'
import { backUp } from '../support/restores'
import { tsProgram } from '../support/ts-child'

const child = tsProgram('tests/support/engine-child.ts')

const STEPS = [
  'restore ready',
  'restore half aside',
  'restore set aside',
  'restore moved',
  'restore in place',
  'restore put back',
  'restore settled',
]

/** Opens the workspace in another process, which is killed at a step of the restore. */
async function killAt(office: Office, step: string): Promise<void> {
  const options: ChildOptions = {
    workspaceFolder: office.workspace,
    now: office.clock.now().toISOString(),
    tasks: ['Read Orders'],
    killAt: { step, nth: 1 },
  }
  expect(await child.run([JSON.stringify(options)]), `the child must be killed at ${step}`).toMatchObject({ ...KILLED_ITSELF, stderr: '' })
  office.clock.advance(60_000)
}

/**
 * A stopped office that has requested a restore. Since the backup, it received W0002 and W0003, and sent W0001 and
 * W0002.
 */
async function officeToRestore(): Promise<Office> {
  const office = await Office.open()
  await office.readOrders(numberedOrder(1))
  const backup = await backUp(office)
  office.clock.advance(86_400_000)
  await office.readOrders(numberedOrder(2))
  await office.run('Write Order')
  const pickedUp = join(office.folder, 'picked-up')
  mkdirSync(pickedUp)
  for (const name of office.files()) renameSync(join(office.dropFolder(), name), join(pickedUp, name))
  await office.readOrders(numberedOrder(3))
  await office.command('backups.restore', { file: backup })
  await office.stop()
  return office
}

/** Expects the same result as after a restore that wasn't killed. */
async function expectRestored(office: Office): Promise<void> {
  await office.start()
  expect(existsSync(join(office.workspace, 'restore.json'))).toBe(false)
  expect(readdirSync(office.workspace).filter((name) => name.includes('restoring'))).toEqual([])
  expect(readdirSync(join(office.workspace, 'backups')).filter((name) => name.startsWith('replaced-'))).toEqual([
    expect.stringMatching(/\.db$/),
  ])
  const { tasks } = await office.command('sync.status', {})
  expect(tasks.find(({ name }) => name === 'Write Order')?.isPaused).toBe(true)
  expect((await office.order('W0001')).timeline.filter(({ kind }) => kind === 'review')).toHaveLength(1)
  await office.run('Read Orders')
  await office.run('Write Order')
  expect(office.files(), 'only the order that was never sent').toEqual([expect.stringContaining('w0003')])
  for (const number of ['W0001', 'W0002']) {
    const order = await office.order(number)
    expect(order).toMatchObject({ syncState: 'needs review', status: 'Processing' })
    expect(order.deliveries).toHaveLength(1)
  }
  expect(await office.order('W0003')).toMatchObject({ syncState: 'sent' })
  expect(office.query('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
  expect(office.query('pragma foreign_key_check')).toEqual([])
  await office.restart()
  expect((await office.order('W0001')).timeline.filter(({ kind }) => kind === 'review')).toHaveLength(1)
}

describe('an interrupted restore continues at the next start', () => {
  test('for comparison: not interrupted', async () => expectRestored(await officeToRestore()))

  test.for(STEPS)('killed at "%s"', async (step) => {
    const office = await officeToRestore()
    await killAt(office, step)
    await expectRestored(office)
  })

  test('killed at every step in turn', async () => {
    const office = await officeToRestore()
    for (const step of STEPS.filter((candidate) => candidate !== 'restore ready')) await killAt(office, step)
    await expectRestored(office)
  })
})
