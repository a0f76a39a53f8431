import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test, vi } from 'vitest'
import type { CommandInput, OrderFilter, OrderJob, OrderSelection } from '../../src-shared/contract/contract'
import { EXPORT_COLUMNS, NEWEST_FIRST } from '../../src-shared/contract/contract'
import { generateOrders } from '../support/generated-orders'
import { numberedOrder, Office, unwritableOrder } from '../support/office'

/** Waits until a job has ended and returns its final state. */
async function waitUntilEnded(office: Office, begun: OrderJob): Promise<OrderJob> {
  return vi.waitFor(
    async () => {
      const { job } = await office.command('orders.job', {})
      if (job === null || job.id !== begun.id || job.state === 'running') throw new Error('still running')
      return job
    },
    { timeout: 60_000, interval: 20 },
  )
}

const changeMany = async (office: Office, input: CommandInput<'orders.changeStatusOfMany'>) =>
  waitUntilEnded(office, await office.command('orders.changeStatusOfMany', input, 'operator'))

/** Selects all orders that currently match the filter. */
async function selectMatching(office: Office, filter: OrderFilter) {
  const { newestId } = await office.command('orders.count', { filter })
  return { filter, newestId, except: [] as number[] }
}

/** Opens an office with five orders of each kind: waiting, sent, failed, on hold, and being written. */
async function openMixedOffice(): Promise<Office> {
  const office = await Office.open()
  const five = (from: number) => Array.from({ length: 5 }, (_, n) => from + n)
  await office.readOrders(...five(1).map((n) => numberedOrder(n)), ...five(6).map(unwritableOrder))
  await office.run('Write Order')
  await office.readOrders(
    ...five(11).map((n) => numberedOrder(n)),
    ...five(16).map((n) => numberedOrder(n, { status: 'On Hold' })),
    ...five(21).map((n) => numberedOrder(n)),
  )
  office.tamper(`update orders set claimedBy = 1 where number between 'W0021' and 'W0025'`)
  return office
}

describe('a new status for many orders', () => {
  test('to Pending: the plan says how many orders change, are already Pending, are busy, and may be entered twice', async () => {
    const office = await openMixedOffice()
    const selection = await selectMatching(office, {})
    expect(await office.command('orders.planStatusOfMany', { selection, status: 'Pending' })).toEqual({
      total: 25,
      changing: 10,
      unchanged: 5,
      busy: 5,
      possibleDuplicates: 5,
    })
    expect(await office.command('orders.planStatusOfMany', { selection, status: 'On Hold' })).toEqual({
      total: 25,
      changing: 15,
      unchanged: 5,
      busy: 5,
      possibleDuplicates: 0,
    })
  })

  test('to Pending, unconfirmed: orders that may be entered twice are skipped and listed', async () => {
    const office = await openMixedOffice()
    const job = await changeMany(office, { selection: await selectMatching(office, {}), status: 'Pending' })
    expect(job).toMatchObject({ state: 'done', done: 25, total: 25, changed: 10 })
    const reasons = new Map(job.skipped.map((reason) => [reason.failure.code, reason]))
    expect([...reasons.keys()].sort()).toEqual(['confirm-resend', 'nothing-to-change', 'order-busy'])
    expect(
      reasons
        .get('confirm-resend')
        ?.orders.map(({ number }) => number)
        .sort(),
    ).toEqual(['W0001', 'W0002', 'W0003', 'W0004', 'W0005'])
    expect(await office.order('W0001')).toMatchObject({ status: 'Processing', syncState: 'sent' })
    expect(await office.order('W0006')).toMatchObject({ status: 'Pending', syncState: 'waiting', syncError: null })
    expect((await office.order('W0016')).timeline.at(-1)).toMatchObject({ actor: 'Ann', text: 'Status changed from On Hold to Pending.' })
    expect(office.lastEvent('health.changed')).toMatchObject({ problemCount: 0 })
    expect(office.lastEvent('job.changed')?.job).toEqual(job)
  })

  test('to Pending, confirmed: each order is written once more, and the timeline records the confirmation', async () => {
    const office = await openMixedOffice()
    const ids = await Promise.all(['W0001', 'W0002'].map(async (number) => (await office.order(number)).id))
    const job = await changeMany(office, { selection: { ids: [...ids, ...ids] }, status: 'Pending', confirmResend: true, comments: 'Lost' })
    expect(job).toMatchObject({ changed: 2, total: 2, skipped: [] })
    expect((await office.order('W0001')).timeline.slice(-2)).toMatchObject([{ kind: 'status', details: 'Lost' }, { kind: 'review' }])
    await office.run('Write Order')
    expect((await office.order('W0001')).deliveries).toHaveLength(2)
    expect((await office.order('W0003')).deliveries).toHaveLength(1)
  })

  test('for more than 1,500 orders by filter, except some: later orders are not changed, and other commands still get answers', async () => {
    const office = await Office.open()
    await generateOrders(office, 6000)
    const filter = { status: 'Completed' as const }
    const selection = await selectMatching(office, filter)
    const { rows } = await office.command('orders.list', { filter, limit: 7 })
    const except = rows.map((row) => row.id)
    const { total } = await office.command('orders.count', { filter })
    expect(total).toBeGreaterThan(1500)
    await office.readOrders(numberedOrder(9000, { status: 'Completed' }))
    const before = (await office.order('W9000')).timeline.length

    const begun = await office.command('orders.changeStatusOfMany', { selection: { ...selection, except }, status: 'Cancelled' })
    let answers = 0
    while ((await office.command('orders.job', {})).job?.state === 'running') {
      await office.command('sync.status', {})
      answers += 1
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(answers).toBeGreaterThan(5)
    expect(await waitUntilEnded(office, begun)).toMatchObject({ state: 'done', changed: total - 7, total: total - 7, skipped: [] })
    expect((await office.command('orders.count', { filter })).total).toBe(8)
    expect((await office.order('W9000')).timeline).toHaveLength(before)
    expect(await office.command('orders.get', { orderId: except[0] ?? 0 })).toMatchObject({ status: 'Completed' })
  })

  test('can be cancelled; finished changes are kept, and only then can another job begin', async () => {
    const office = await Office.open()
    await generateOrders(office, 4000)
    const selection: OrderSelection = await selectMatching(office, { status: 'Completed' })
    const begun = await office.command('orders.changeStatusOfMany', { selection, status: 'On Hold' })
    expect(await office.refusal('orders.changeStatusOfMany', { selection, status: 'Pending' })).toMatchObject({ code: 'job-running' })
    await vi.waitFor(async () => expect((await office.command('orders.job', {})).job?.done).toBeGreaterThan(0), { interval: 1 })
    await office.command('orders.cancelJob', { jobId: begun.id })
    const job = await waitUntilEnded(office, begun)
    expect(job.state).toBe('cancelled')
    expect(job.done).toBeLessThan(job.total)
    const held = office.query<{ n: number }>(`select count(*) as n from timeline where text like '%to On Hold.'`)
    expect(held).toEqual([{ n: job.changed }])
  })

  test('needs an operator', async () => {
    const office = await openMixedOffice()
    const selection = await selectMatching(office, {})
    expect(await office.refusal('orders.changeStatusOfMany', { selection, status: 'Pending' }, 'viewer')).toMatchObject({
      code: 'not-allowed',
    })
  })
})

describe('the list as CSV', () => {
  const HOSTILE = [
    '=1+1',
    '+61 2 5550',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    " =cmd|' /C calc'!A0",
    '\u200b=1',
    '\uff1d1+1',
    '\uff0b1',
    '\uff0d1',
    '\uff201',
    'say "hi", twice',
    'two\r\nlines',
    'M\u00fcller \u{1f9fe}',
    'plain; semicolon',
  ]

  async function exportList(
    office: Office,
    overrides: Partial<CommandInput<'orders.exportTo'>> = {},
  ): Promise<{ job: OrderJob; path: string }> {
    const path = join(office.folder, 'orders.csv')
    const selection = await selectMatching(office, {})
    const input = { selection, sort: NEWEST_FIRST, columns: [...EXPORT_COLUMNS], path, ...overrides }
    return { job: await waitUntilEnded(office, await office.command('orders.exportTo', input, 'viewer')), path }
  }

  test('hostile text can be read back unchanged, and is not a formula', async () => {
    const office = await Office.open()
    await office.readOrders(
      ...HOSTILE.map((company, n) => numberedOrder(n, { customer: { ...numberedOrder(n).customer, company, email: `a${n}@example.com` } })),
      numberedOrder(99, { totalMinor: -1250 }),
    )
    const { job, path } = await exportList(office, { sort: { by: 'number', isDescending: false } })
    expect(job).toMatchObject({ state: 'done', changed: HOSTILE.length + 1, file: path })
    const bytes = readFileSync(path)
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const text = bytes.toString('utf8')
    expect(text.split('\r\n')[0]).toBe(
      '\ufeff"Order Number","Date","Customer","Email","Total","Currency","Status","Sync State","Sync Error","Destination","Source"',
    )
    const rows: Record<string, string>[] = parse(text, { bom: true, columns: true })
    const stored = office
      .query<{ customerName: string }>('select customerName from orders order by numberKey')
      .map((row) => row.customerName)
    expect(rows.map((row) => row.Customer?.replaceAll(/(^|\r)'/g, '$1'))).toEqual(stored)
    for (const cell of rows.flatMap((row) => [row.Customer ?? '', row['Order Number'] ?? '', row.Email ?? ''])) {
      expect(cell).not.toMatch(/^[\s\p{C}\p{Z}]*[=+\-@\uff0b\uff0d\uff1d\uff20]/u)
    }
    expect(rows.at(-1)).toMatchObject({ 'Order Number': 'W0099', Total: '-12.50', Currency: 'AUD' })
    expect(rows[0]?.Date).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d$/)
  })

  test('a line break or a semicolon in an order number does not start a formula, in any locale', async () => {
    const office = await Office.open()
    await office.readOrders(
      ...["1\n=cmd|' /C calc'!A0", '2\r\n\u00a0+1', '3\r@SUM(A1)', '4\u2028-1', '5;=1+1', '6; \uff1d1', '7;"=1', '8\n;\n%1'].map(
        (number, n) => numberedOrder(n, { number }),
      ),
    )
    const { path } = await exportList(office)
    const text = readFileSync(path, 'utf8').slice(1)
    const rows: string[][] = parse(text)
    expect(rows).toHaveLength(9)
    for (const row of rows) expect(row).toHaveLength(11)
    // The simplest reader: every line break ends a row, every semicolon starts a cell, and quotes have no meaning.
    for (const cell of text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029;]/).map((cell) => cell.replaceAll('"', ''))) {
      expect(cell).not.toMatch(/^[\s\p{C}\p{Z}]*[=+\-@\uff0b\uff0d\uff1d\uff20|%]/u)
    }
  })

  test('contains only the chosen columns and selected orders, sorted like the list', async () => {
    const office = await Office.open()
    const orders = await office.readOrders(...Array.from({ length: 9 }, (_, n) => numberedOrder(n + 1)))
    const ids = orders.slice(2, 5).map((order) => order.id)
    const { path } = await exportList(office, { selection: { ids }, columns: ['number', 'status'] })
    expect(readFileSync(path, 'utf8')).toBe(
      '\ufeff"Order Number","Status"\r\n"W0003","Pending"\r\n"W0004","Pending"\r\n"W0005","Pending"\r\n',
    )
  })

  test('contains each of 20,000 orders once', async () => {
    const office = await Office.open()
    await generateOrders(office, 20_000)
    const { job, path } = await exportList(office, { columns: ['number', 'total'] })
    expect(job).toMatchObject({ state: 'done', changed: 20_000 })
    const rows: string[][] = parse(readFileSync(path, 'utf8'), { bom: true })
    expect(rows).toHaveLength(20_001)
  })

  test('leaves no file behind when cancelled, and keeps an earlier file with the same name', async () => {
    const office = await Office.open()
    await generateOrders(office, 20_000)
    const path = join(office.folder, 'lists', 'orders.csv')
    mkdirSync(join(office.folder, 'lists'))
    writeFileSync(path, 'from before')
    const selection = await selectMatching(office, {})
    const begun = await office.command('orders.exportTo', { selection, sort: NEWEST_FIRST, columns: [...EXPORT_COLUMNS], path })
    await vi.waitFor(async () => expect((await office.command('orders.job', {})).job?.done).toBeGreaterThan(0), { interval: 1 })
    await office.command('orders.cancelJob', { jobId: begun.id })
    expect(await waitUntilEnded(office, begun)).toMatchObject({ state: 'cancelled', file: null })
    expect(readFileSync(path, 'utf8')).toBe('from before')
    expect(readdirSync(join(office.folder, 'lists'))).toEqual(['orders.csv'])
  })

  test('says so if the folder does not exist', async () => {
    const office = await Office.open()
    await office.readOrders(numberedOrder(1))
    const path = join(office.folder, 'nowhere', 'orders.csv')
    const { job } = await exportList(office, { path })
    expect(job).toMatchObject({ state: 'failed', failure: { code: 'list-not-saved', message: expect.stringContaining(path) } })
    expect(existsSync(path)).toBe(false)
  })
})
