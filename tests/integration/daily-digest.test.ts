import { expect, onTestFinished, test } from 'vitest'
import { fromMinor } from '../../src-shared/money'
import { MailServer, type MailServerOptions, readEmail } from '../support/mail-server'
import { ManualClock } from '../support/manual-clock'
import { numberedOrder, Office, unwritableOrder } from '../support/office'

const HOUR = 3_600_000
const SETTINGS = { isOn: true, time: '07:00', addresses: ['boss@gardens.example'] }

/** Opens an office in Sydney with a mail server, at 11:00 on Tuesday, 7 April 2026. */
async function openDigestOffice(options: MailServerOptions = {}, settings: Partial<typeof SETTINGS> = {}) {
  const server = await MailServer.start(options)
  onTestFinished(() => server.stop())
  const office = await Office.open({ timeZone: 'Australia/Sydney', clock: new ManualClock('2026-04-07T01:00:00.000Z') })
  await office.command('mail.save', server.settings)
  await office.command('mail.saveDigest', { ...SETTINGS, ...settings })
  const sent = () => server.emails.map(({ raw }) => readEmail(raw).headers.get('subject')?.[0] ?? '')
  return { office, server, sent }
}

const digestDays = (office: Office) =>
  office.query<{ digestDay: string }>('select distinct digestDay from notice order by digestDay').map((row) => row.digestDay)

test('the digest is off until an administrator turns it on', async () => {
  const office = await Office.open()
  expect(await office.command('mail.digest', {})).toEqual({ isOn: false, time: '07:00', addresses: [] })
  await office.run('Send Notices')
  expect(office.query('select id from notice')).toEqual([])
  expect(await office.refusal('mail.saveDigest', SETTINGS)).toMatchObject({ code: 'mail-not-configured' })
  expect(await office.refusal('mail.saveDigest', SETTINGS, 'operator')).toMatchObject({ code: 'not-allowed' })
})

test.for(['a@example.com, b@example.com', 'Jane <jane@example.com>', 'jane@example.com\r\nBcc: all@example.com', 'jane'])(
  'the address %j is refused',
  async (address) => {
    const { office } = await openDigestOffice({}, { isOn: false })
    const refused = { ...SETTINGS, addresses: ['good@example.com', address] }
    expect(await office.refusal('mail.saveDigest', refused)).toMatchObject({ code: 'mail-address-invalid' })
    expect(await office.refusal('mail.saveDigest', { ...SETTINGS, addresses: [] })).toMatchObject({ code: 'digest-address-missing' })
    expect((await office.command('mail.digest', {})).isOn).toBe(false)
  },
)

test('the digest reconciles the day: received plus carried over equals the sum of written, failed, waiting and closed', async () => {
  const { office, server } = await openDigestOffice({}, { isOn: false })
  await office.readOrders(numberedOrder(1), numberedOrder(2))
  office.clock.advance(24 * HOUR)
  await office.readOrders(numberedOrder(3), unwritableOrder(4), numberedOrder(5), numberedOrder(6))
  const changeStatus = async (n: number, status: 'On Hold' | 'Cancelled') =>
    office.command('orders.changeStatus', { orderId: (await office.order(`W000${n}`)).id, status })
  await changeStatus(2, 'Cancelled')
  await changeStatus(5, 'On Hold')
  await office.run('Write Order')
  await office.readOrders(numberedOrder(7))
  office.clock.advance(21 * HOUR)
  await office.readOrders(numberedOrder(8))
  await office.command('mail.saveDigest', {
    ...SETTINGS,
    addresses: ['boss@gardens.example', 'BOSS@gardens.example', 'books@gardens.example'],
  })
  await office.run('Send Notices')
  expect(server.emails.map(({ to }) => to)).toEqual([['boss@gardens.example'], ['books@gardens.example']])
  const { body, headers } = readEmail(server.emails[0]?.raw ?? '')
  expect(headers.get('subject')?.[0]).toMatch(/^Orders for Wednesday,? 8 April 2026: 5 received, 3 written, 1 failed$/)
  const counts = Object.fromEntries(
    [...body.matchAll(/^ {2}(\S.*?) {2,}(\d+) +([\d,.]+) AUD$/gm)].map(([, label, n, sum]) => [label, [Number(n), sum]]),
  )
  const { totalMinor } = (await office.command('orders.list', {})).rows[0] ?? { totalMinor: 0 }
  const countAndTotal = (n: number) => [n, fromMinor(totalMinor * n, 'AUD')]
  expect(counts).toMatchObject({
    Received: countAndTotal(5),
    'Carried over': countAndTotal(2),
    Total: countAndTotal(7),
    Written: countAndTotal(3),
    'Failed or needs review': countAndTotal(1),
    Waiting: countAndTotal(1),
    'Closed or on hold': countAndTotal(2),
    'Confirmed by the accounting package': [0, '0.00'],
  })
  const totals = [...body.matchAll(/Total.*/g)].map(([line]) => line)
  expect(totals).toHaveLength(2)
  expect(totals[0]).toBe(totals[1])
  expect(body).toContain('W0004')
  expect(body).not.toMatch(/W000[1235678]|Jane|Citizen|jane@example/)
})

test('the digest is sent once a day, not before its time, despite restarts and clock changes', async () => {
  const { office, sent } = await openDigestOffice({}, { time: '12:00' })
  const { clock } = office
  await office.run('Send Notices')
  expect(digestDays(office)).toEqual([])
  clock.advance(HOUR)
  await office.run('Send Notices')
  expect(digestDays(office)).toEqual(['2026-04-06'])
  for (const step of [0, HOUR, -3 * HOUR, 5 * HOUR]) {
    clock.jump(step)
    await office.restart()
    await office.run('Send Notices')
  }
  expect(sent()).toHaveLength(1)
  clock.jump(-24 * HOUR)
  await office.run('Send Notices')
  clock.jump(24 * HOUR)
  await office.run('Send Notices')
  // The previous day had no digest yet, so its digest is sent once. No digest is sent twice.
  expect(digestDays(office)).toEqual(['2026-04-05', '2026-04-06'])
  expect(sent()).toHaveLength(2)
})

test('after the computer was off for days, the digest is sent once, for the last full day', async () => {
  const { office, sent } = await openDigestOffice()
  await office.run('Send Notices')
  await office.stop()
  office.clock.advance(5 * 24 * HOUR)
  await office.start()
  await office.run('Send Notices')
  await office.run('Send Notices')
  expect(digestDays(office)).toEqual(['2026-04-06', '2026-04-11'])
  expect(sent()).toHaveLength(2)
})

test('a refused digest is a problem like any failed email: it can be retried or dismissed', async () => {
  let isRefusing = true
  const { office, sent } = await openDigestOffice({ onRecipient: () => (isRefusing ? '550 No such person' : null) })
  await office.run('Send Notices')
  const { problems } = await office.command('sync.problems', {})
  expect(problems).toMatchObject([{ kind: 'failed mail', title: 'Digest of 2026-04-06 to boss@gardens.example', orderId: null }])
  const keys = problems.map(({ key }) => key)
  isRefusing = false
  await office.command('sync.resolveProblems', { action: 'retry', selection: { keys } })
  await office.run('Send Notices')
  expect(sent()).toHaveLength(1)
  expect((await office.command('sync.problems', {})).problems).toEqual([])
})
