import { createServer } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { ChangeStatusInput, OrderDetails } from '../../src-shared/contract/contract'
import type { MailSettingsInput } from '../../src-shared/mail'
import type { ReceivedOrder } from '../../src-shared/order'
import type { ChildOptions } from '../support/engine-child'
import { KILLED_ITSELF } from '../support/killed'
import { MailServer, type MailServerOptions, readEmail } from '../support/mail-server'
import { ManualClock } from '../support/manual-clock'
import { numberedOrder, Office } from '../support/office'
import { TEST_CA } from '../support/test-certificate'
import { tsProgram } from '../support/ts-child'

const child = tsProgram('tests/support/engine-child.ts')
const MINUTE = 60_000

async function serve(options: MailServerOptions = {}): Promise<MailServer> {
  const server = await MailServer.start(options)
  onTestFinished(() => server.stop())
  return server
}

/** An office with one order and, if a server is given, its mail settings. */
async function mailOffice(
  server: MailServer | null,
  {
    order = {},
    settings = {},
    ca = TEST_CA,
    limitMs = 5000,
    clock,
  }: Partial<{
    order: Partial<ReceivedOrder>
    settings: Partial<MailSettingsInput>
    ca: string | null
    limitMs: number
    clock: ManualClock
  }> = {},
): Promise<{ office: Office; order: OrderDetails }> {
  const office = await Office.open({
    mail: { mailLimitMs: limitMs, ...(ca === null ? {} : { mailCa: ca }) },
    ...(clock === undefined ? {} : { clock }),
  })
  if (server !== null) await office.command('mail.save', { ...server.settings, ...settings })
  const [read] = await office.readOrders(numberedOrder(1, order))
  if (read === undefined) throw new Error('The order was not read')
  return { office, order: read }
}

const notify = (office: Office, order: OrderDetails, input: Partial<ChangeStatusInput> = {}) =>
  office.command('orders.changeStatus', { orderId: order.id, status: 'Dispatched', notifyCustomer: true, ...input }, 'operator')
const noticeRows = (office: Office) =>
  office.query<{ state: string; attempts: number; errorCode: string | null; claimedBy: number | null }>(
    'select state, attempts, errorCode, claimedBy from notice order by id',
  )
const lastText = async (office: Office) => (await office.order('W0001')).timeline.at(-1)?.text ?? ''
const problems = async (office: Office) => (await office.command('sync.problems', {})).problems

describe('Notify Customer', () => {
  test('queues the email with the status change, sends it, and only then says that the customer was notified', async () => {
    const server = await serve()
    const { office, order } = await mailOffice(server)
    const queued = await notify(office, order, { comments: 'On its way', appendComments: true })
    expect(queued.timeline.slice(-2)).toMatchObject([
      { kind: 'status', text: 'Status changed from Pending to Dispatched.' },
      { kind: 'notice', actor: 'Ann', text: 'Notice queued for jane@example.com.', details: expect.stringContaining('On its way') },
    ])
    expect(server.emails).toEqual([])
    expect(await office.run('Send Notices')).toMatchObject({ outcome: 'done', doneCount: 1, summary: '1 notice sent.' })
    expect(server.emails).toMatchObject([{ from: 'sales@gardens.example', to: ['jane@example.com'], isSecure: false }])
    const { headers, body } = readEmail(server.emails[0]?.raw ?? '')
    expect(Object.fromEntries([...headers].map(([name, [value]]) => [name, value]))).toMatchObject({
      from: 'Example Gardens <sales@gardens.example>',
      to: 'jane@example.com',
      subject: 'Your order W0001 has been dispatched',
      'content-type': 'text/plain; charset=utf-8',
      'auto-submitted': 'auto-generated',
      date: 'Tue, 07 Apr 2026 01:00:00 +0000',
    })
    expect(body.trim()).toBe('Dear Jane Citizen,\n\nYour order W0001 is on its way to you.\n\nOn its way\n\nKind regards\nExample Gardens')
    const after = await office.order('W0001')
    expect(after.timeline.at(-1)).toMatchObject({
      kind: 'notice',
      actor: 'Sync',
      text: expect.stringMatching(/^Customer notified at jane@example\.com\. .*250/),
    })
    expect(office.lastEvent('orders.changed')?.rows).toMatchObject([{ id: order.id, revision: after.revision }])
    expect(await office.run('Send Notices')).toMatchObject({ doneCount: 0, summary: 'Nothing to do.' })
    expect(server.emails).toHaveLength(1)
  })

  test('without Append Comments leaves the comments out of the email, but puts them on the timeline', async () => {
    const server = await serve()
    const { office, order } = await mailOffice(server)
    const after = await notify(office, order, { comments: 'Customer is difficult' })
    await office.run('Send Notices')
    expect(after.timeline.at(-2)?.details).toBe('Customer is difficult')
    expect(readEmail(server.emails[0]?.raw ?? '').body).not.toContain('difficult')
  })

  test.for([
    ['no address', ''],
    ['two addresses', 'a@example.com, b@example.com'],
    ['a name and an address', 'Jane <jane@example.com>'],
    ['a line break and a header', 'jane@example.com\r\nBcc: all@example.com'],
    ['no domain', 'jane'],
    ['a space', 'ja ne@example.com'],
    ['an address literal', 'jane@[127.0.0.1]'],
    ['an option for the server', '-oQ/tmp@'],
  ])('to a customer with %s is refused before anything is saved', async ([, email]) => {
    const server = await serve()
    const { customer, billTo } = numberedOrder(1)
    const { office, order } = await mailOffice(server, {
      order: { customer: { ...customer, email: email ?? '' }, billTo: { ...billTo, email: '' } },
    })
    const input = { orderId: order.id, status: 'Dispatched', notifyCustomer: true, comments: 'x' } as const
    expect(await office.refusal('orders.changeStatus', input)).toMatchObject({ code: 'customer-email-missing' })
    expect(await office.refusal('orders.previewNotice', { orderId: order.id, status: 'Dispatched' })).toMatchObject({
      code: 'customer-email-missing',
    })
    expect(await office.order('W0001')).toEqual(order)
    expect(noticeRows(office)).toEqual([])
  })

  test('lets automatic sync send the email immediately, not at the next full minute', async () => {
    const server = await serve()
    const clock = new ManualClock(undefined, 'wait')
    const { office, order } = await mailOffice(server, { clock })
    await office.engine.start()
    await clock.untilAsleep()
    await notify(office, order)
    await expect.poll(() => server.emails.length).toBe(1)
  })

  test('previews exactly the email that is sent', async () => {
    const server = await serve()
    const { office, order } = await mailOffice(server)
    const input = { orderId: order.id, status: 'Completed', comments: 'Danke schön 🌱', appendComments: true } as const
    const preview = await office.command('orders.previewNotice', input)
    await notify(office, order, input)
    await office.run('Send Notices')
    const { headers, body } = readEmail(server.emails[0]?.raw ?? '')
    expect(preview).toMatchObject({ number: 'W0001', to: 'jane@example.com', subject: headers.get('subject')?.[0] })
    expect(body.trim()).toBe(preview.text.trim())
    expect(body).toContain('Danke schön 🌱')
  })
})

describe('hostile text', () => {
  const HOSTILE = 'Eve\r\nBcc: all@example.com\r\n\r\n<script>x</script>\u0000\u2028To: z@example.com'

  test('never becomes a header, a second recipient, the end of the email or HTML', async () => {
    const server = await serve()
    const { customer } = numberedOrder(1)
    const { office, order } = await mailOffice(server, {
      order: { customer: { ...customer, name: HOSTILE } },
      settings: { fromName: 'Shop\r\nX-Worse: 1"<' },
    })
    await office.command('notices.saveTemplate', {
      status: 'Dispatched',
      template: { subject: '{{customer}} {{comments}} {{number}}', text: '{{customer}}\n{{comments}}\n{{shop}}' },
    })
    await notify(office, order, {
      comments: `.\r\n.\r\nMAIL FROM:<x@y.example>\r\n{{shop}}\nSubject: other\r\n${HOSTILE}`,
      appendComments: true,
    })
    await office.run('Send Notices')
    expect(server.emails).toMatchObject([{ to: ['jane@example.com'] }])
    const { headers, body } = readEmail(server.emails[0]?.raw ?? '')
    expect([...headers.keys()].sort()).toEqual(
      ['auto-submitted', 'content-transfer-encoding', 'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', 'to'].sort(),
    )
    for (const values of headers.values()) expect(values).toHaveLength(1)
    expect(headers.get('content-type')).toEqual(['text/plain; charset=utf-8'])
    expect(headers.get('from')?.[0]).toMatch(/<sales@gardens\.example>$/)
    expect(body).toContain('.\n.\nMAIL FROM:<x@y.example>\n{{shop}}\nSubject: other')
    expect(body).toContain('<script>x</script>')
  })
})

describe('the mail server', () => {
  test.for([
    { security: 'none', account: undefined },
    { security: 'STARTTLS', account: undefined },
    { security: 'TLS', account: undefined },
    { security: 'none', account: { user: 'shop', password: 'geheim ü' } },
    { security: 'STARTTLS', account: { user: 'shop', password: 'geheim ü' } },
    { security: 'TLS', account: { user: 'shop', password: 'geheim ü' } },
  ] as const)('works with $security and the account $account', async ({ security, account }) => {
    const server = await serve({ security, ...(account === undefined ? {} : { account }) })
    const { office, order } = await mailOffice(server)
    await notify(office, order)
    expect(await office.run('Send Notices')).toMatchObject({ outcome: 'done', doneCount: 1 })
    expect(server.emails).toMatchObject([{ isSecure: security !== 'none', user: account?.user ?? '' }])
  })

  test.for(['STARTTLS', 'TLS'] as const)('gets nothing if its certificate is from an unknown authority (%s)', async (security) => {
    const server = await serve({ security, account: { user: 'shop', password: 'geheim' } })
    const { office, order } = await mailOffice(server, { ca: null })
    await notify(office, order)
    expect(await office.run('Send Notices')).toMatchObject({ outcome: 'some failed', doneCount: 0, waitingCount: 1 })
    expect(server.emails).toEqual([])
    expect(await problems(office)).toMatchObject([{ kind: 'mail server', failure: { code: 'mail-certificate-refused' } }])
  })

  test('gets nothing in plain text if it lacks the required STARTTLS', async () => {
    const server = await serve({ account: { user: 'shop', password: 'geheim' } })
    const { office, order } = await mailOffice(server, { settings: { security: 'STARTTLS' } })
    await notify(office, order)
    await office.run('Send Notices')
    expect(server.emails).toEqual([])
    expect(noticeRows(office)).toMatchObject([{ state: 'waiting', errorCode: 'mail-encryption-failed' }])
  })

  test('refuses the user or password: reported, tried again, and sent after the settings are corrected', async () => {
    const server = await serve({ account: { user: 'shop', password: 'right' } })
    const { office, order } = await mailOffice(server, { settings: { password: 'wrong-and-secret' } })
    await notify(office, order)
    expect(await office.run('Send Notices')).toMatchObject({ outcome: 'some failed', waitingCount: 1 })
    expect(await problems(office)).toMatchObject([
      { kind: 'mail server', failure: { code: 'mail-sign-in-refused', message: expect.stringContaining('535') } },
    ])
    expect(await lastText(office)).toMatch(/^Notice to jane@example\.com not sent: .*535.* Ledgerdrop tries again after/)
    await office.command('mail.save', server.settings)
    expect(await problems(office)).toEqual([])
    await office.run('Send Notices', 'schedule')
    expect(await lastText(office)).toMatch(/^Customer notified/)
    expect(JSON.stringify([office.logged, office.events, office.query('select * from setting'), await office.order('W0001')])).not.toMatch(
      /wrong-and-secret|"right"/,
    )
  })

  test('is unreachable: all notices wait with increasing delays; in the end they fail and a person decides', async () => {
    const server = await serve()
    const { office, order } = await mailOffice(server)
    await notify(office, order)
    await notify(office, order, { status: 'Completed' })
    await server.stop()
    await office.run('Send Notices', 'schedule')
    expect(noticeRows(office)).toMatchObject(
      [1, 1].map((attempts) => ({ state: 'waiting', attempts, errorCode: 'mail-server-unreachable' })),
    )
    expect(await office.run('Send Notices', 'schedule')).toMatchObject({ waitingCount: 0 })
    const attemptMinutes: number[] = []
    const start = office.clock.now().getTime()
    let rows = noticeRows(office)
    for (let minute = 0; minute < 16 * 60 && rows.some(({ state }) => state === 'waiting'); minute++) {
      office.clock.advance(MINUTE)
      const before = rows[0]?.attempts
      await office.run('Send Notices', 'schedule')
      rows = noticeRows(office)
      if (rows[0]?.attempts !== before) attemptMinutes.push((office.clock.now().getTime() - start) / MINUTE)
    }
    const pauses = attemptMinutes.map((minute, index) => minute - (attemptMinutes[index - 1] ?? 0))
    const longestPauses = [1, 2, 4, 8, 16, 32, 64, 120, 120, 120, 120]
    expect(pauses).toHaveLength(longestPauses.length)
    for (const [index, pause] of pauses.entries()) {
      expect(pause).toBeLessThanOrEqual(longestPauses[index] ?? 0)
      expect(pause).toBeGreaterThanOrEqual(0.8 * (longestPauses[index] ?? 0))
    }
    expect(noticeRows(office)).toMatchObject([1, 2].map(() => ({ state: 'failed', attempts: 12 })))
    expect((await problems(office)).map((problem) => problem.kind).sort()).toEqual(['failed mail', 'failed mail', 'mail server'])
    expect(office.lastEvent('health.changed')?.problemCount).toBe(3)

    const again = await serve({ port: server.settings.port })
    const [first, second] = (await problems(office)).filter((problem) => problem.kind === 'failed mail')
    await office.command('sync.resolveProblems', { action: 'retry', selection: { keys: [first?.key ?? ''] } }, 'operator')
    await office.command(
      'sync.resolveProblems',
      { action: 'dismiss', selection: { keys: [second?.key ?? ''] }, reason: 'Called her' },
      'operator',
    )
    await office.run('Send Notices', 'schedule')
    expect(again.emails).toHaveLength(1)
    expect(await problems(office)).toEqual([])
    expect((await office.order('W0001')).timeline.map((entry) => entry.text)).toEqual(
      expect.arrayContaining(['Notice queued again for jane@example.com.', 'Notice to jane@example.com dismissed.']),
    )
    expect(await office.command('sync.resolveProblems', { action: 'retry', selection: { keys: [second?.key ?? ''] } })).toMatchObject({
      done: 0,
    })
  })

  test('replies "later" (4xx): the email is sent again after a delay; Sync Now does not wait', async () => {
    const server = await serve({ onRecipient: (_address, attempt) => (attempt <= 2 ? '451 Greylisted, come back' : null) })
    const { office, order } = await mailOffice(server)
    await notify(office, order)
    expect(await office.run('Send Notices', 'schedule')).toMatchObject({ waitingCount: 1, failedCount: 0 })
    expect(await lastText(office)).toContain('451 Greylisted')
    expect(await problems(office)).toEqual([])
    await office.run('Send Notices', 'schedule')
    expect(server.connections).toBe(1)
    office.clock.advance(MINUTE)
    await office.run('Send Notices', 'schedule')
    await office.run('Send Notices', 'Sync Now')
    expect(server.emails).toHaveLength(1)
    expect(noticeRows(office)).toMatchObject([{ state: 'sent', attempts: 3, errorCode: null }])
  })

  test.for([
    { part: 'the address', step: 'onRecipient', reply: '550 No such mailbox', code: 'mail-address-refused' },
    { part: 'the content', step: 'onContent', reply: '554 Looks like spam', code: 'mail-refused' },
  ])('refuses $part permanently (5xx): that email is not tried again, and the others are sent', async ({ step, reply, code }) => {
    let isRefusing = true
    const server = await serve({
      [step]: () => {
        const refusal = isRefusing ? reply : null
        isRefusing = false
        return refusal
      },
    })
    const { office, order } = await mailOffice(server)
    await notify(office, order)
    await notify(office, order, { status: 'Completed' })
    expect(await office.run('Send Notices')).toMatchObject({ outcome: 'some failed', doneCount: 1, failedCount: 1 })
    expect(noticeRows(office)).toMatchObject([{ state: 'failed', attempts: 1, errorCode: code }, { state: 'sent' }])
    expect(await problems(office)).toMatchObject([
      {
        kind: 'failed mail',
        title: 'Notice about order W0001 to jane@example.com',
        orderId: order.id,
        failure: { code, message: expect.stringContaining(reply) },
      },
    ])
  })

  test('never responds: the attempt ends after the time limit', async () => {
    const mute = createServer()
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void mute.close())
    const address = mute.address()
    const server = await serve()
    const { office, order } = await mailOffice(server, {
      limitMs: 300,
      settings: { port: typeof address === 'object' ? (address?.port ?? 0) : 0 },
    })
    await notify(office, order)
    await office.run('Send Notices')
    expect(noticeRows(office)).toMatchObject([{ state: 'waiting', errorCode: 'mail-server-slow' }])
  })

  test('stops responding after it got the content: the email may have been sent, so it is not sent again automatically', async () => {
    const server = await serve({ isSilent: true })
    const { office, order } = await mailOffice(server, { limitMs: 500 })
    await notify(office, order)
    expect(await office.run('Send Notices')).toMatchObject({ failedCount: 1 })
    expect(await lastText(office)).toMatch(/may have been sent/)
    office.clock.advance(24 * 60 * MINUTE)
    await office.run('Send Notices')
    expect(server.emails).toHaveLength(1)
    expect(await problems(office)).toMatchObject([{ kind: 'failed mail', failure: { code: 'notice-unknown' } }])
  })
})

describe('a program that is killed while it sends', () => {
  test.for([
    { step: 'notice claimed', emailsAtKill: 0, after: 'sent' },
    { step: 'notice handed over', emailsAtKill: 0, after: 'failed' },
    { step: 'notice answered', emailsAtKill: 1, after: 'failed' },
  ])('at "$step" never sends twice automatically, and loses nothing', async ({ step, emailsAtKill, after }) => {
    const server = await serve()
    const { office, order } = await mailOffice(server)
    await notify(office, order)
    await office.stop()
    const options: ChildOptions = {
      workspaceFolder: office.workspace,
      now: office.clock.now().toISOString(),
      tasks: ['Send Notices'],
      killAt: { step, nth: 1 },
    }
    expect(await child.run([JSON.stringify(options)])).toMatchObject(KILLED_ITSELF)
    expect(server.emails).toHaveLength(emailsAtKill)
    await office.start()
    await office.run('Send Notices')
    expect(noticeRows(office)).toMatchObject([{ state: after, claimedBy: null }])
    if (after === 'sent') expect(server.emails).toHaveLength(1)
    else {
      expect(server.emails).toHaveLength(emailsAtKill)
      expect(await problems(office)).toMatchObject([{ kind: 'failed mail', failure: { code: 'notice-unknown' } }])
      const [problem] = await problems(office)
      await office.command('sync.resolveProblems', { action: 'retry', selection: { keys: [problem?.key ?? ''] } })
      await office.run('Send Notices')
      expect(server.emails).toHaveLength(emailsAtKill + 1)
      const ids = server.emails.map(({ raw }) => readEmail(raw).headers.get('message-id')?.[0])
      expect(new Set(ids).size).toBe(1)
    }
  })
})
