import { expect, test } from 'vitest'
import { numberedOrder, Office, unwritableOrder } from '../support/office'

const DAY = 86_400_000
const log = (office: Office, runId: number, onlyProblems = false) => office.command('sync.runLog', { runId, onlyProblems }, 'viewer')

test('a run logs what it did line by line, with links to orders, and failures can be listed separately', async () => {
  const office = await Office.open()
  await office.readOrders(numberedOrder(1), unwritableOrder(2), numberedOrder(3))
  const run = await office.run('Write Order')
  const { entries, hasMore } = await log(office, run.id)
  expect(hasMore).toBe(false)
  expect(entries.map(({ level, orderNumber }) => [level, orderNumber]).sort()).toEqual([
    ['error', 'W0002'],
    ['info', 'W0001'],
    ['info', 'W0003'],
  ])
  expect(entries.find(({ orderNumber }) => orderNumber === 'W0001')?.text).toMatch(/^Written as \S*w0001\S* into /)
  const problems = await log(office, run.id, true)
  expect(problems.entries).toMatchObject([
    { level: 'error', orderId: (await office.order('W0002')).id, text: expect.stringContaining('FARTOOLONGCODE') },
  ])
  expect(
    office.events.flatMap((published) =>
      published.name === 'runs.logged' && published.event.runId === run.id ? published.event.entries : [],
    ),
  ).toEqual(entries)
})

test('Read Orders logs its files and the orders in them, and reports a rejected file', async () => {
  const office = await Office.open()
  office.receive('good.json', numberedOrder(1))
  office.receiveText('nonsense.json', '{')
  const run = await office.run('Read Orders')
  const texts = (await log(office, run.id)).entries.map(({ text }) => text)
  expect(texts).toEqual([
    'Store: good.json: 1 orders read, 1 new or changed.',
    'New.',
    expect.stringContaining('nonsense.json was rejected'),
  ])
})

test('a long run keeps a limited log, with all problems first, and says how many entries were left out', async () => {
  const office = await Office.open()
  for (let file = 0; file < 3; file++) {
    await office.readOrders(
      ...Array.from({ length: 500 }, (_, n) => numberedOrder(file * 500 + n + 1)),
      ...(file === 2 ? [unwritableOrder(9999)] : []),
    )
  }
  const run = await office.run('Write Order')
  expect(run).toMatchObject({ doneCount: 1500, failedCount: 1, entriesLeftOut: 500 })
  expect(office.query('select level, count(*) n from runEntry where runId = ? group by level order by level', run.id)).toEqual([
    { level: 'error', n: 1 },
    { level: 'info', n: 1000 },
  ])
  const first = await office.command('sync.runLog', { runId: run.id, limit: 500 })
  const second = await office.command('sync.runLog', { runId: run.id, after: first.entries.at(-1)?.id ?? 0, limit: 500 })
  expect([first.hasMore, second.entries.length]).toEqual([true, 500])
})

test('log entries are deleted after three months, but their runs are kept', async () => {
  const office = await Office.open()
  await office.readOrders(numberedOrder(1))
  const run = await office.run('Write Order')
  await office.stop()
  office.clock.advance(91 * DAY)
  await office.start()
  expect(await log(office, run.id)).toMatchObject({ run: { id: run.id }, entries: [] })
  expect(await office.refusal('sync.runLog', { runId: 1 })).toMatchObject({ code: 'run-missing' })
})
