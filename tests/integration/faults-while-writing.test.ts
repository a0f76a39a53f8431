import { expect, test } from 'vitest'
import { numberedOrder, Office, PACKAGE, unwritableOrder } from '../support/office'

const linesOf = async (office: Office, runId: number) => (await office.command('sync.runLog', { runId })).entries.map(({ text }) => text)

test('a fault at one destination does not hide a fault at another: both are in the log and in History', async () => {
  const office = await Office.open()
  await office.addDestination('Another', 'attache-kfi')
  await office.addSource('Wholesale', 'Another')
  await office.readOrders(numberedOrder(1))
  const { id } = await office.destination('Another')
  office.tamper(`update orders set destinationId = ${id} where number = 'W0001'`)
  await office.readOrders(numberedOrder(2))
  office.tamper(`create trigger fault before insert on delivery begin select raise(abort, 'fault in the database'); end`)
  const run = await office.run('Write Order')
  expect(run.outcome).toBe('failed')
  const lines = await linesOf(office, run.id)
  for (const name of ['Another', PACKAGE]) {
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^${name}: .*fault [0-9a-f]{8}`)))
    expect(office.logged).toContainEqual(expect.stringMatching(new RegExp(`${name}.*fault [0-9a-f]{8}.*fault in the database`)))
    expect(run.summary).toContain(name)
  }
  office.tamper('drop trigger fault')
  expect(await office.run('Write Order')).toMatchObject({ outcome: 'done', doneCount: 2 })
})

test('a failed order always has the reason on its timeline, even if the program was interrupted', async () => {
  const office = await Office.open()
  await office.readOrders(numberedOrder(1))
  office.tamper(`update orders set attempts = 25;
    create trigger cut before insert on timeline when new.kind = 'error' begin select raise(abort, 'power cut'); end`)
  await office.run('Write Order')
  expect(await office.order('W0001')).toMatchObject({ status: 'Pending', syncState: 'waiting', syncError: null })
  office.tamper('drop trigger cut; update orders set attempts = 25')
  await office.run('Write Order')
  const order = await office.order('W0001')
  expect(order).toMatchObject({ syncState: 'failed', syncError: { code: 'writing-crashed' } })
  expect(order.timeline.filter(({ kind }) => kind === 'error')).toHaveLength(1)
})

test('the work that a run did before the database failed is still in History', async () => {
  const office = await Office.open()
  await office.readOrders(unwritableOrder(1), numberedOrder(2))
  office.tamper(`create trigger fault before insert on runEntry when new.text like 'Written as%' begin select raise(abort, 'no'); end`)
  const run = await office.run('Write Order')
  expect(run.outcome).toBe('failed')
  const lines = await linesOf(office, run.id)
  expect(lines).toContainEqual(expect.stringContaining('FARTOOLONGCODE'))
  expect(lines, 'no entry for work that was rolled back').not.toContainEqual(expect.stringContaining('Written as'))
  office.tamper('drop trigger fault')
  const next = await office.run('Write Order')
  expect(await linesOf(office, next.id)).toEqual([expect.stringContaining('Written as')])
})
