import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { escapeUTF8 } from 'entities'
import fc from 'fast-check'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import type { CommandInput, SupportBundle } from '../../src-shared/contract/contract'
import { EMPTY_ADDRESS, type ReceivedOrder } from '../../src-shared/order'
import type { ProfileName } from '../../src-shared/profiles/profiles'
import { numberedOrder, Office } from '../support/office'
import { sampleLine } from '../support/orders'

/** The files in a bundle, as text by name. */
function unpacked({ folder, fileName }: SupportBundle): Record<string, string> {
  const files = unzipSync(readFileSync(join(folder, fileName)))
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]))
}

async function bundleOf(office: Office, input: CommandInput<'support.makeBundle'>): Promise<Record<string, string>> {
  return unpacked(await office.command('support.makeBundle', input))
}

describe('a support bundle', () => {
  test('contains versions, settings, workspace details, runs, logs, and everything about the order', async () => {
    const office = await Office.open()
    writeFileSync(join(office.workspace, 'logs', 'engine.log'), `${'x'.repeat(1_200_000)}\nlast line\n`)
    await office.readOrders(numberedOrder(1))
    await office.run('Write Order')
    const bundle = await office.command('support.makeBundle', { text: 'It did not arrive', orderNumber: 'W0001' })
    const files = unpacked(bundle)
    expect(Object.keys(files).sort()).toEqual(bundle.entries.map(({ name }) => name).sort())
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining(['ticket.txt', 'versions.json', 'settings.json', 'workspace.json', 'runs.json', 'logs/engine.log']),
    )
    expect(Object.keys(files).filter((name) => name.startsWith('order/'))).toEqual([
      'order/order.json',
      'order/timeline.json',
      'order/deliveries.json',
      'order/source.json',
      expect.stringMatching(/^order\/sent-1-\d+\.xmlkfi$|^order\/sent-1-\d+\.xml$|^order\/sent-1-\d+\.kfi$/),
    ])
    expect(files['ticket.txt']).toContain('It did not arrive')
    expect(files['logs/engine.log']).toBe('last line\n')
    expect(JSON.parse(files['versions.json'] ?? '')).toMatchObject({ ledgerdrop: '0.0.0-test', sqlite: expect.stringMatching(/^3\./) })
    expect(JSON.parse(files['workspace.json'] ?? '')).toMatchObject({
      orders: [{ status: 'Processing', syncState: 'sent', count: 1 }],
      folders: expect.arrayContaining([expect.objectContaining({ access: 'read and write' })]),
    })
    expect(files['order/source.json']).toContain('PROD-A')
    expect(files['order/source.json']).toContain('12.50')
    expect(files['order/deliveries.json']).toContain('sha256')
  })

  test('says which folder cannot be reached, and is refused for an unknown order', async () => {
    const office = await Office.open()
    const { id, name, profile, policy, settings } = await office.destination()
    await office.command('settings.saveDestination', {
      id,
      name,
      profile,
      policy,
      settings,
      isDefault: true,
      folder: join(office.folder, 'gone'),
    })
    expect((await bundleOf(office, {}))['workspace.json']).toContain('"access": "ENOENT"')
    expect(await office.refusal('support.makeBundle', { orderNumber: 'W9' })).toMatchObject({ code: 'order-missing' })
  })

  test('contains the documents byte for byte if personal data is ticked', async () => {
    const office = await Office.open()
    const order = numberedOrder(1)
    await office.readOrders(order)
    await office.run('Write Order')
    const files = await bundleOf(office, { orderNumber: 'W0001', withPersonalData: true })
    const sent = Object.entries(files).find(([name]) => name.startsWith('order/sent-'))?.[1]
    expect(sent).toBe(office.dropped()[0])
    expect(files['order/source.json']).toContain('12 Example Street')
  })

  test('never contains the mail password, masked or not', async () => {
    const secrets = {
      seal: async (text: string) => Buffer.from(text).toString('hex'),
      open: async (text: string) => Buffer.from(text, 'hex').toString(),
      unavailableReason: async () => null,
    }
    const office = await Office.open({ mail: { secrets } })
    const server = {
      host: 'mail.example.com',
      port: 587,
      security: 'STARTTLS' as const,
      user: 'office-user',
      fromName: '',
      fromAddress: 'a@example.com',
      replyTo: '',
    }
    await office.command('mail.save', { ...server, password: 'hunter2-hunter2', isPasswordKept: true })
    for (const withPersonalData of [false, true]) {
      const all = Object.values(await bundleOf(office, { withPersonalData })).join('\n')
      expect(all).toContain('mail.example.com')
      for (const secret of ['hunter2', Buffer.from('hunter2-hunter2').toString('hex'), 'office-user']) expect(all).not.toContain(secret)
    }
  })

  test('cannot be made by a viewer', async () => {
    const office = await Office.open()
    expect(await office.refusal('support.makeBundle', {}, 'viewer')).toMatchObject({ code: 'not-allowed' })
  })

  test('goes to one support address at most', async () => {
    const office = await Office.open()
    expect(await office.command('support.settings', {})).toEqual({ email: '' })
    expect(await office.refusal('support.saveSettings', { email: 'a@b.example,c@d.example' })).toMatchObject({
      code: 'mail-address-invalid',
    })
    await office.command('support.saveSettings', { email: 'help@example.com' })
    expect(await office.command('support.settings', {}, 'viewer')).toEqual({ email: 'help@example.com' })
    expect(await office.refusal('support.saveSettings', { email: '' }, 'operator')).toMatchObject({ code: 'not-allowed' })
  })
})

/** Names and addresses of at least five characters, with letters of many scripts and characters that some format must escape. */
const secretText = fc
  .tuple(
    fc.constantFrom('Zoë', "O'Brien", 'Müller & Söhne', 'Łukasz <b>', '北京公司', 'Quote "Q"', 'Back\\slash'),
    fc.stringMatching(/^zq[a-z]{4,10}$/),
  )
  .map((parts) => parts.join(' '))
const secretWord = fc.stringMatching(/^zq[a-z]{5,10}$/)

const secretPerson = fc.record({
  name: secretText,
  company: secretText,
  line1: secretText,
  line2: secretText,
  city: secretText,
  email: secretWord.map((word) => `${word}@${word}.example`),
  phone: fc.stringMatching(/^\+61 [2-9]\d{3} \d{4}$/),
})

describe('with masking on', () => {
  test('the bundle contains none of an order’s personal values, in any encoding', async () => {
    let number = 0
    for (const profile of ['attache-xmlkfi', 'ubl-order', 'order-xml', 'attache-kfi'] satisfies ProfileName[]) {
      const office = await Office.open({ profile })
      await fc.assert(
        fc.asyncProperty(secretPerson, secretPerson, secretText, secretText, async (buyer, receiver, note, engraving) => {
          number += 1
          const { name, company, email, phone } = buyer
          const order: ReceivedOrder = numberedOrder(number, {
            customer: { code: 'CUST0001', storeId: '55', name, company, email, phone },
            billTo: { ...EMPTY_ADDRESS, ...buyer, postcode: '2000', country: 'AU', region: 'NSW' },
            shipTo: { ...EMPTY_ADDRESS, ...receiver, postcode: '2000', country: 'AU', region: 'NSW' },
            note,
            lines: [sampleLine({ note: engraving }), ...numberedOrder(number).lines.slice(1)],
          })
          const [read] = await office.readOrders(order)
          if (read === undefined) throw new Error('The order was not read')
          const corrected = `Corrected ${buyer.line1}`
          await office.command('orders.edit', { orderId: read.id, revision: read.revision, billTo: { line1: corrected } })
          await office.command('orders.changeStatus', { orderId: read.id, status: 'Pending', comments: `Called ${name} at ${phone}` })
          await office.run('Write Order')
          writeFileSync(
            join(office.workspace, 'logs', 'engine.log'),
            [name, receiver.line1, JSON.stringify(company), escapeUTF8(receiver.name), encodeURIComponent(buyer.city), email].join('\n'),
          )
          const files = await bundleOf(office, { orderNumber: order.number, text: `${name} rang from ${phone}` })
          const values = [...Object.values(buyer), ...Object.values(receiver), note, engraving, corrected]
          const forms = values.flatMap((value) => [value, escapeUTF8(value), JSON.stringify(value).slice(1, -1), encodeURIComponent(value)])
          const personalForms = [...forms, ...values.map((value) => value.split(' ').at(-1) ?? '')].filter((form) => form.length >= 5)
          const found = Object.entries(files).flatMap(([file, content]) =>
            personalForms.filter((form) => content.toLowerCase().includes(form.toLowerCase())).map((form) => `${file}: ${form}`),
          )
          expect(found).toEqual([])
        }),
        { numRuns: 8, endOnFailure: true },
      )
    }
  })
})
