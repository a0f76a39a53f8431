import { describe, expect, onTestFinished, test } from 'vitest'
import type { Secrets } from '../../src-main/engine/engine'
import { ORDER_STATUSES } from '../../src-shared/order'
import { MailServer, type MailServerOptions } from '../support/mail-server'
import { numberedOrder, Office } from '../support/office'

const SECRET = 'open-sesame-4711'

/** A store that seals secrets by reversing them, which is enough to check that nothing is stored in plain text. */
const reversing: Secrets = {
  unavailableReason: async () => null,
  seal: async (text) => `sealed:${[...text].reverse().join('')}`,
  open: async (sealed) => (sealed.startsWith('sealed:') ? [...sealed.slice(7)].reverse().join('') : null),
}

async function startServer(options: MailServerOptions = {}): Promise<MailServer> {
  const server = await MailServer.start(options)
  onTestFinished(() => server.stop())
  return server
}

const account = { user: 'shop', password: SECRET }
const isSecretExposed = (office: Office) =>
  JSON.stringify([office.query('select * from setting'), office.logged, office.events]).includes(SECRET)

describe('the password', () => {
  test('is stored encrypted, decrypted for sending, and never returned or logged', async () => {
    const server = await startServer({ account })
    const office = await Office.open({ mail: { secrets: reversing, mailLimitMs: 5000 } })
    const saved = await office.command('mail.save', { ...server.settings, isPasswordKept: true })
    expect(saved).toMatchObject({ password: 'kept', cannotStoreReason: null, server: { user: 'shop' } })
    expect(JSON.stringify(saved)).not.toContain(SECRET)
    expect(isSecretExposed(office)).toBe(false)
    await office.restart()
    expect(await office.command('mail.get', {})).toMatchObject({ password: 'kept' })
    const { password: _password, ...withoutPassword } = server.settings
    expect(await office.command('mail.sendTest', { ...withoutPassword, to: 'me@example.com' })).toMatchObject({
      answer: expect.stringContaining('250'),
    })
    expect(await office.command('mail.save', { ...withoutPassword, isPasswordKept: true, fromName: 'Other' })).toMatchObject({
      password: 'kept',
    })
    expect(server.emails).toMatchObject([{ to: ['me@example.com'], user: 'shop' }])
    expect(isSecretExposed(office)).toBe(false)
  })

  test('is refused with a reason if it cannot be stored; in memory it lasts until the program ends', async () => {
    const server = await startServer({ account })
    const office = await Office.open()
    expect(await office.refusal('mail.save', { ...server.settings, isPasswordKept: true })).toMatchObject({
      code: 'password-not-storable',
      message: expect.stringContaining('no safe place'),
      remedy: expect.stringContaining('Ask for the password after each start'),
    })
    expect(await office.command('mail.get', {})).toMatchObject({ server: null })
    expect(await office.command('mail.save', { ...server.settings, isPasswordKept: false })).toMatchObject({ password: 'until quit' })
    const [order] = await office.readOrders(numberedOrder(1))
    await office.command('orders.changeStatus', { orderId: order?.id ?? 0, status: 'Dispatched', notifyCustomer: true })
    await office.restart()
    expect(await office.command('mail.get', {})).toMatchObject({ password: 'missing' })
    expect(await office.run('Send Notices')).toMatchObject({ outcome: 'some failed', waitingCount: 1 })
    expect((await office.command('sync.problems', {})).problems).toMatchObject([
      { kind: 'mail server', failure: { code: 'mail-password-missing' } },
    ])
    expect(office.query('select state, attempts from notice')).toEqual([{ state: 'waiting', attempts: 0 }])
    await office.restart({ mailPassword: SECRET })
    expect(await office.run('Send Notices')).toMatchObject({ doneCount: 1 })
    expect((await office.command('sync.problems', {})).problems).toEqual([])
    expect(isSecretExposed(office)).toBe(false)
  })

  test.for([{ host: 'other.example.com' }, { user: 'else' }])('is not used for another server or user: %o', async (change) => {
    const server = await startServer({ account })
    const office = await Office.open({ mail: { secrets: reversing } })
    await office.command('mail.save', { ...server.settings, isPasswordKept: true })
    const { password: _password, ...withoutPassword } = { ...server.settings, ...change }
    expect(await office.refusal('mail.save', withoutPassword)).toMatchObject({ code: 'mail-password-missing' })
    expect(await office.refusal('mail.sendTest', { ...withoutPassword, to: 'me@example.com' })).toMatchObject({
      code: 'mail-password-missing',
    })
    expect(server.connections).toBe(0)
  })
})

describe('Send Test Email', () => {
  test('shows in the server’s own words why it failed, and saves nothing', async () => {
    const server = await startServer({ onSender: () => '550 5.7.1 Not your domain' })
    const office = await Office.open()
    expect(await office.refusal('mail.sendTest', { ...server.settings, to: 'me@example.com' })).toMatchObject({
      code: 'mail-sender-refused',
      message: expect.stringContaining('550 5.7.1 Not your domain'),
    })
    expect(await office.command('mail.get', {})).toMatchObject({ server: null })
  })

  test('never shows a password that the server repeats', async () => {
    const server = await startServer({
      account,
      onRecipient: () => `550 You are shop with ${SECRET} or ${Buffer.from(SECRET).toString('base64')}`,
    })
    const office = await Office.open()
    const refusal = await office.refusal('mail.sendTest', { ...server.settings, to: 'me@example.com' })
    expect(refusal.message).toContain('You are shop with (password) or (password)')
  })

  test('refuses an invalid address without contacting the server', async () => {
    const server = await startServer()
    const office = await Office.open()
    for (const to of ['me', 'a@example.com,b@example.com', 'a@example.com\nb@example.com', '"x y"@example.com', 'ü@example.com']) {
      expect(await office.refusal('mail.sendTest', { ...server.settings, to })).toMatchObject({ code: 'mail-address-invalid' })
    }
    expect(server.connections).toBe(0)
  })
})

test.for([
  { change: { fromAddress: 'Shop <a@example.com>' }, code: 'mail-address-invalid' },
  { change: { replyTo: 'a@example.com\r\nBcc: b@example.com' }, code: 'mail-address-invalid' },
  { change: { host: 'mail.example.com\r\nQUIT' }, code: 'mail-host-invalid' },
  { change: { host: 'user:secret@mail.example.com' }, code: 'mail-host-invalid' },
  { change: { port: 0 }, code: 'bad-input' },
])('invalid settings are refused: %o', async ({ change, code }) => {
  const server = await startServer()
  const office = await Office.open()
  expect(await office.refusal('mail.save', { ...server.settings, ...change })).toMatchObject({ code })
  expect(await office.command('mail.get', {})).toMatchObject({ server: null, password: 'not needed' })
})

test('an address with a domain in another script is sent in ASCII', async () => {
  const server = await startServer()
  const office = await Office.open()
  await office.command('mail.sendTest', { ...server.settings, to: 'jane@bücher.example' })
  // The server decodes the address. The header shows what was sent.
  expect(server.emails[0]?.to).toEqual(['jane@bücher.example'])
  expect(server.emails[0]?.raw).toMatch(/^To: jane@xn--bcher-kva\.example\r$/m)
})

describe('templates', () => {
  test('exist for every status, and can be changed, previewed and reset to the default', async () => {
    const office = await Office.open()
    const { templates } = await office.command('notices.templates', {}, 'viewer')
    expect(templates.map(({ status, isDefault }) => [status, isDefault])).toEqual(ORDER_STATUSES.map((status) => [status, true]))
    const template = { subject: '{{shop}}: {{number}}', text: '{{ customer }}, it is {{status}}.' }
    const request = { status: 'On Hold', template, comments: 'Why? {{number}}' } as const
    expect(await office.command('notices.preview', request, 'viewer')).toMatchObject({
      subject: expect.stringMatching(/^Your shop: ./),
      text: expect.stringMatching(/, it is On Hold\.\n\nWhy\? \{\{number\}\}\n$/),
    })
    await office.readOrders(numberedOrder(1))
    expect(await office.command('notices.preview', { ...request, number: 'W0001', comments: '' })).toEqual({
      number: 'W0001',
      to: 'jane@example.com',
      subject: 'Your shop: W0001',
      text: 'Jane Citizen, it is On Hold.\n',
    })
    await office.command('notices.saveTemplate', { status: 'On Hold', template })
    await office.restart()
    const changed = (await office.command('notices.templates', {})).templates.find(({ status }) => status === 'On Hold')
    expect(changed).toEqual({ status: 'On Hold', ...template, isDefault: false })
    const reset = await office.command('notices.saveTemplate', { status: 'On Hold', template: null })
    expect(reset.templates).toEqual(templates)
  })

  test.for([
    { template: { subject: 'x', text: '{{custommer}}' }, code: 'template-placeholder-unknown' },
    { template: { subject: '{{__proto__}}', text: 'x' }, code: 'template-placeholder-unknown' },
    { template: { subject: 'a\nBcc: x@example.com', text: 'x' }, code: 'template-subject-invalid' },
    { template: { subject: ' ', text: 'x' }, code: 'bad-input' },
  ])('an invalid template is refused: %o', async ({ template, code }) => {
    const office = await Office.open()
    expect(await office.refusal('notices.saveTemplate', { status: 'Pending', template })).toMatchObject({ code })
  })
})
