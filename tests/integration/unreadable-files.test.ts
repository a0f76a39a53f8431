import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { examine } from '../../src-main/engine/engine'
import { openNoLink } from '../../src-main/engine/files/open-no-link'
import { ManualClock } from '../support/manual-clock'
import { numberedOrder, Office, STORE } from '../support/office'
import { temporaryFolder } from '../support/temporary-folder'
import { asNormalUser, makeUnreadable } from '../support/unreadable-file'

const MINUTE_MS = 60_000

/** An office whose clock starts at the real time, and whose engine runs as a normal user. */
async function normalOffice() {
  const office = await Office.open({ clock: new ManualClock(new Date().toISOString()) })
  const readOrders = () => asNormalUser(office.folder, () => office.run('Read Orders'))
  const { workspace: workspaceFolder, clock } = office
  const doctor = async () => {
    const examination = { workspaceFolder, version: '0', now: clock.now(), isProgramAnswering: async () => true }
    const findings = await asNormalUser(office.folder, () => examine(examination))
    return findings.find(({ check }) => check === `Source ${STORE}`)
  }
  return { office, readOrders, doctor }
}

test('a file that cannot be read is counted and named by the run and by the doctor, and is read as soon as possible', async () => {
  const { office, readOrders, doctor } = await normalOffice()
  office.receive('locked.json', numberedOrder(1))
  office.receive('good.json', numberedOrder(2))
  const makeReadable = await makeUnreadable(join(office.intakeFolder(), 'locked.json'))
  expect(await readOrders()).toMatchObject({
    doneCount: 1,
    waitingCount: 1,
    summary: expect.stringMatching(/^1 order read, 1 waiting\. locked\.json cannot be read: /),
  })
  expect(await doctor()).toMatchObject({ isOk: false, text: expect.stringMatching(/^locked\.json cannot be read: /) })
  await makeReadable()
  expect(await readOrders()).toMatchObject({ doneCount: 1, waitingCount: 0 })
  expect(office.files(office.intakeFolder())).toEqual([])
  expect(await doctor()).toMatchObject({ isOk: true })
})

test('a file that stays unreadable becomes a problem, which closes when the file has been read', async () => {
  const { office, readOrders } = await normalOffice()
  const problems = async () => (await office.command('sync.problems', {})).problems
  office.receive('locked.json', numberedOrder(1))
  const makeReadable = await makeUnreadable(join(office.intakeFolder(), 'locked.json'))
  office.clock.advance(MINUTE_MS)
  await readOrders()
  expect(await problems()).toEqual([])
  office.clock.advance(10 * MINUTE_MS)
  await readOrders()
  expect(await problems()).toMatchObject([
    {
      kind: 'folder',
      title: `A file from ${STORE} cannot be read`,
      failure: {
        code: 'file-unreadable',
        message: expect.stringMatching(
          /^locked\.json cannot be read: (another program has it open|Ledgerdrop is not allowed to read it)\.$/,
        ),
      },
    },
  ])
  await makeReadable()
  await readOrders()
  expect(await problems()).toEqual([])
})

test('a file written by Ledgerdrop is never read as an order, wherever it turns up', async () => {
  const office = await Office.open({ profile: 'ubl-order' })
  await office.readOrders(numberedOrder(1))
  await office.run('Write Order')
  const [name = ''] = office.files()
  writeFileSync(join(office.intakeFolder(), name.toUpperCase()), readFileSync(join(office.dropFolder(), name)))
  office.receive('good.json', numberedOrder(2))
  expect(await office.run('Read Orders')).toMatchObject({ doneCount: 1, waitingCount: 1, failedCount: 0 })
  expect(office.files(office.intakeFolder())).toEqual([name.toUpperCase()])
  const { problems } = await office.command('sync.problems', {})
  expect(problems).toMatchObject([{ kind: 'folder', failure: { code: 'own-files', message: expect.stringContaining(name.toUpperCase()) } }])
  expect((await office.command('orders.list', {})).rows).toHaveLength(2)
})

test.each([
  ['with the system’s flag that forbids links', undefined],
  ['without that flag, as on Windows', 0],
] as const)('a link in place of an intake file is not read, %s', async (_, flag) => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  symlinkSync(join(folder, 'secret.txt'), join(folder, 'orders.json'))
  const open = (name: string) => openNoLink(join(folder, name), flag)
  await expect(open('orders.json')).rejects.toMatchObject({ code: 'ELOOP' })
  const file = await open('secret.txt')
  expect(await file.readFile('utf8')).toBe('secret')
  await file.close()
})
