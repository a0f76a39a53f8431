import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { beforeEach, describe, expect, test } from 'vitest'
import { ManualClock } from '../support/manual-clock'
import { filesIn, Office } from '../support/office'
import { temporaryFolder } from '../support/temporary-folder'

/**
 * tests/fixtures/first-workspace was created by the program at commit cee3f71 (tables of migration 0010 only): by its
 * `demo` command, then an order that fails, one that is set to On Hold and back to Pending, and one that is dispatched.
 * Never regenerate it, because it represents the workspaces on people's disks.
 */
const FIXTURE = join(import.meta.dirname, '../fixtures/first-workspace')

let office: Office

beforeEach(async () => {
  const folder = temporaryFolder()
  cpSync(FIXTURE, join(folder, 'workspace'), { recursive: true })
  office = await Office.openUnconfigured({ folder, clock: new ManualClock('2026-11-25T09:00:00.000Z') })
})

test('a workspace from the first version opens with all orders unchanged', async () => {
  const { rows } = await office.command('orders.list', {})
  expect(rows.map(({ number, status, syncState, totalMinor }) => [number, status, syncState, totalMinor])).toEqual([
    ['1043', 'On Hold', 'waiting', 2750],
    ['W2213', 'Pending', 'waiting', 98_714],
    ['W2212', 'Processing', 'failed', 98_714],
    ['W2211', 'Processing', 'sent', 32_604],
    ['4500018', 'Processing', 'sent', 39_600],
    ['1042', 'Processing', 'sent', 11_880],
    ['W2210', 'Processing', 'sent', 98_714],
    ['1041', 'Dispatched', 'sent', 6490],
  ])
  expect(rows.find((row) => row.number === 'W2212')?.syncError?.message).toContain('HARBOURCAFE')
})

test('the timelines, deliveries and archived files of the first version are kept', async () => {
  const { timeline, deliveries } = await office.order('1041')
  expect(timeline.map(({ text }) => text).join('\n')).toMatch(/Received from Web store[\s\S]*Written as[\s\S]*Processing became Dispatched/)
  expect(timeline.map(({ details }) => details)).toContain('Sent by courier')
  expect(deliveries.map(({ state }) => state)).toEqual(['dropped'])
  const sent = await office.command('orders.sentFile', { deliveryId: deliveries[0]?.id ?? 0 })
  expect(sent).toMatchObject({ fileName: deliveries[0]?.fileName, text: expect.stringContaining('1041') })
})

for (const searchText of ['W2212', 'nguyen', "Jack O'Brien", 'Harbour Café', 'harbour cafe', 'POT-30']) {
  test(`a search for ${searchText} still finds orders`, async () => {
    const { rows } = await office.command('orders.list', { filter: { search: searchText } })
    expect(rows.length).toBeGreaterThan(0)
  })
}

test('a copy of the database of the first version is kept', () => {
  expect(readdirSync(join(office.workspace, 'backups')).filter((name) => name.endsWith('.db'))).toHaveLength(1)
})

test('unsent orders of the first version are sent: one that was on hold, and a failed one after a correction', async () => {
  for (const { id, name, profile, settings, isDefault } of (await office.command('settings.get', {})).destinations) {
    mkdirSync(office.dropFolder(name), { recursive: true })
    await office.command('settings.saveDestination', { id, name, profile, settings, isDefault, folder: office.dropFolder(name) })
  }
  const failed = await office.order('W2212')
  await office.command('orders.edit', { orderId: failed.id, revision: failed.revision, customer: { code: 'HARBOUR' } })
  await office.command('orders.changeStatus', { orderId: failed.id, status: 'Pending' })
  const run = await office.run('Write Order')
  expect(run.summary).toBe('2 orders written.')
  const files = (await office.command('settings.get', {})).destinations.flatMap(({ name }) => office.files(office.dropFolder(name)))
  expect(files.map((name) => name.slice(16, 28)).sort()).toEqual(['0000000w2212', '0000000w2213'])
})

describe('files that were staged when the first version stopped', () => {
  const NAME = '20261124-190000-0000000w2213-01-04e1nh80000.kfi'
  const STRAY = '20261124-190000-0000000w2214-01-04e1nh80001.kfi'

  /**
   * Creates the workspace as that version left it, with order W2213 prepared. The staged files are directly in the
   * destination's staging folder.
   */
  function createStopped(staged: readonly string[]) {
    const folder = temporaryFolder()
    const workspace = join(folder, 'workspace')
    cpSync(FIXTURE, workspace, { recursive: true })
    const drop = join(folder, 'drop')
    const { id } = JSON.parse(readFileSync(join(workspace, 'workspace.json'), 'utf8')) as { id: string }
    const sqlite = new SqliteDatabase(join(workspace, 'ledgerdrop.db'))
    const order = sqlite
      .prepare<[], { id: number; destinationId: number; contentRevision: number }>(
        `select id, destinationId, contentRevision from orders where number = 'W2213'`,
      )
      .get()
    if (order === undefined) throw new Error('The fixture has no order W2213')
    sqlite.prepare('update destination set folder = ? where id = ?').run(drop, order.destinationId)
    sqlite
      .prepare(
        `insert into delivery (id, orderId, destinationId, attempt, state, folder, fileName, sizeBytes, sha256, contentRevision, preparedAt)
         select max(id) + 1, ?, ?, 1, 'prepared', ?, ?, 3, 'x', ?, '2026-11-24T19:00:00.000Z' from delivery`,
      )
      .run(order.id, order.destinationId, drop, NAME, order.contentRevision)
    sqlite.close()
    const staging = join(drop, '.ledgerdrop', `${id}-${order.destinationId.toString(36)}`)
    mkdirSync(staging, { recursive: true })
    for (const name of staged) writeFileSync(join(staging, name), 'old')
    return { folder, drop, staging }
  }

  const open = (folder: string) => Office.openUnconfigured({ folder, clock: new ManualClock('2026-11-25T09:00:00.000Z') })

  test.for(['.part', '.withdrawn'])(
    'a file that ends in %s is withdrawn, and the order is sent once, in its current format',
    async (suffix) => {
      const { folder, drop, staging } = createStopped([`${NAME}${suffix}`, `${STRAY}.part`])
      const old = await open(folder)
      await old.run('Write Order')
      expect(await old.order('W2213')).toMatchObject({ syncState: 'sent', deliveries: [{ state: 'withdrawn' }, { state: 'dropped' }] })
      const files = filesIn(drop)
      expect(files).toEqual([expect.stringContaining('0000000w2213')])
      expect(files).not.toContain(NAME)
      const left = readdirSync(staging, { recursive: true, encoding: 'utf8' })
      expect(left.filter((name) => /\.(part|withdrawn)$/.test(name))).toEqual([])
      await old.restart()
      await old.run('Write Order')
      expect(filesIn(drop)).toEqual(files)
    },
  )

  test('a missing file was published: the order counts as sent and is not sent again', async () => {
    const { folder, drop } = createStopped([])
    const old = await open(folder)
    await old.run('Write Order')
    expect(await old.order('W2213')).toMatchObject({ syncState: 'sent', deliveries: [{ state: 'dropped', fileName: NAME }] })
    expect(filesIn(drop)).toEqual([])
  })
})
