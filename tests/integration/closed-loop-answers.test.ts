import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ANSWERED_ORDER, FIXTURE_ANSWER, fixtureDocument } from '../support/fixture-documents'
import { filesIn, numberedOrder, PACKAGE } from '../support/office'
import { PackageOffice } from '../support/package-office'
import { extraTitle, hasReferenceData, REFERENCE_DATA } from '../support/reference-data'
import { encode } from '../support/stand-in'

const NAMESPACES = [
  'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"',
  'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"',
].join(' ')

function document(type: string, content: string): string {
  return `<?xml version="1.0"?><${type} xmlns="urn:oasis:names:specification:ubl:schema:xsd:${type}-2" ${NAMESPACES}><cbc:ID>A1</cbc:ID>${content}</${type}>`
}

function orderResponseSimple(number: string, accepted: string, note = ''): string {
  const text = note === '' ? '' : `<cbc:RejectionNote>${note}</cbc:RejectionNote>`
  return document(
    'OrderResponseSimple',
    `<cbc:AcceptedIndicator>${accepted}</cbc:AcceptedIndicator>${text}<cac:OrderReference><cbc:ID>${number}</cbc:ID></cac:OrderReference>`,
  )
}

function orderResponse(number: string, code: string, note = ''): string {
  const text = note === '' ? '' : `<cbc:Note>${note}</cbc:Note>`
  return document(
    'OrderResponse',
    `<cbc:OrderResponseCode>${code}</cbc:OrderResponseCode>${text}<cac:OrderReference><cbc:ID>${number}</cbc:ID></cac:OrderReference>`,
  )
}

function applicationResponse(answers: readonly { number: string; code: string; text?: string; line?: string }[]): string {
  const parts = answers.map(({ number, code, text = '', line }) => {
    const lineResponse =
      line === undefined
        ? ''
        : `<cac:LineResponse><cac:LineReference><cbc:LineID>2</cbc:LineID></cac:LineReference><cac:Response><cbc:ResponseCode>RE</cbc:ResponseCode><cbc:Description>${line}</cbc:Description></cac:Response></cac:LineResponse>`
    return `<cac:DocumentResponse><cac:Response><cbc:ResponseCode>${code}</cbc:ResponseCode><cbc:Description>${text}</cbc:Description></cac:Response><cac:DocumentReference><cbc:ID>${number}</cbc:ID></cac:DocumentReference>${lineResponse}</cac:DocumentResponse>`
  })
  return document('ApplicationResponse', parts.join(''))
}

/** Puts an answer document into the answer folder and returns that folder. */
function writeAnswer(packageOffice: PackageOffice, text: string | Uint8Array, name = 'answer.xml'): string {
  const folder = join(packageOffice.drop, 'Responses')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), text)
  return folder
}

const problems = async (packageOffice: PackageOffice) => (await packageOffice.office.command('sync.problems', {})).problems

describe('UBL answers', () => {
  test.for([
    { title: 'OrderResponseSimple true', text: orderResponseSimple('W0001', 'true'), expected: 'accepted; Processing, confirmed' },
    { title: 'OrderResponseSimple 1', text: orderResponseSimple('W0001', '1'), expected: 'accepted; Processing, confirmed' },
    {
      title: 'OrderResponseSimple false',
      text: orderResponseSimple('W0001', 'false', 'Out of stock'),
      expected: 'rejected; Processing, failed',
    },
    { title: 'OrderResponseSimple without a verdict', text: orderResponseSimple('W0001', ''), expected: 'held; Processing, needs review' },
    { title: 'OrderResponse AP', text: orderResponse('W0001', 'AP'), expected: 'accepted; Processing, confirmed' },
    { title: 'OrderResponse CA', text: orderResponse('W0001', 'CA'), expected: 'accepted; Processing, confirmed' },
    { title: 'OrderResponse RE', text: orderResponse('W0001', 'RE', 'Out of stock'), expected: 'rejected; Processing, failed' },
    { title: 'OrderResponse AB, received only', text: orderResponse('W0001', 'AB'), expected: 'dropped; Processing, sent' },
    { title: 'OrderResponse with an unknown code', text: orderResponse('W0001', 'ZZ'), expected: 'held; Processing, needs review' },
    {
      title: 'ApplicationResponse AP',
      text: applicationResponse([{ number: 'W0001', code: 'AP' }]),
      expected: 'accepted; Processing, confirmed',
    },
    {
      title: 'ApplicationResponse RE',
      text: applicationResponse([{ number: 'W0001', code: 'RE', text: 'Out of stock' }]),
      expected: 'rejected; Processing, failed',
    },
    {
      title: 'in UTF-16',
      text: encode(orderResponseSimple('W0001', 'true').replace('?>', ' encoding="UTF-16"?>'), 'utf-16le'),
      expected: 'accepted; Processing, confirmed',
    },
  ])('$title: $expected', async ({ text, expected }) => {
    const packageOffice = await PackageOffice.open('ubl-answers')
    await packageOffice.sendOrder()
    const folder = writeAnswer(packageOffice, text)
    await packageOffice.readAnswers()
    expect(await packageOffice.summary()).toBe(expected)
    if (expected.startsWith('rejected')) expect((await packageOffice.delivery()).answerText).toContain('Out of stock')
    expect(filesIn(folder)).toEqual([])
    expect(readFileSync(join(folder, 'Done', 'answer.xml'))).toEqual(Buffer.from(text))
    expect((await packageOffice.order()).timeline.filter(({ kind }) => kind === 'answer')).toHaveLength(1)
  })

  test('an answer is still applied after the file has been picked up', async () => {
    const packageOffice = await PackageOffice.open('ubl-answers')
    await packageOffice.sendOrder()
    await packageOffice.takeFile()
    await packageOffice.readAnswers()
    expect(await packageOffice.summary()).toBe('picked up; Processing, sent')
    writeAnswer(packageOffice, orderResponseSimple('W0001', 'false', 'Customer unknown'))
    await packageOffice.readAnswers(600)
    expect(await packageOffice.summary()).toBe('rejected; Processing, failed')
    expect((await packageOffice.delivery()).evidence).toBe('OrderResponseSimple answer.xml')
  })

  test('answers about individual lines are recorded', async () => {
    const packageOffice = await PackageOffice.open('ubl-answers')
    await packageOffice.sendOrder()
    writeAnswer(packageOffice, applicationResponse([{ number: 'W0001', code: 'RE', text: 'See lines', line: 'PROD-B is discontinued' }]))
    await packageOffice.readAnswers()
    expect((await packageOffice.delivery()).answerText).toContain('Line 2: RE: rejected PROD-B is discontinued')
  })

  test('one document may answer several orders', async () => {
    const packageOffice = await PackageOffice.open('ubl-answers')
    await packageOffice.sendOrder(1)
    await packageOffice.sendOrder(2)
    writeAnswer(
      packageOffice,
      applicationResponse([
        { number: 'W0001', code: 'AP' },
        { number: 'W0002', code: 'RE', text: 'No' },
      ]),
    )
    await packageOffice.readAnswers()
    expect(await packageOffice.summary(1)).toBe('accepted; Processing, confirmed')
    expect(await packageOffice.summary(2)).toBe('rejected; Processing, failed')
  })

  test('an order that is received and then accepted is confirmed; if it is then rejected, it needs review', async () => {
    const packageOffice = await PackageOffice.open('ubl-answers')
    await packageOffice.sendOrder()
    writeAnswer(packageOffice, orderResponse('W0001', 'AB'), '1.xml')
    await packageOffice.readAnswers()
    writeAnswer(packageOffice, orderResponse('W0001', 'AP'), '2.xml')
    await packageOffice.readAnswers()
    expect(await packageOffice.summary()).toBe('accepted; Processing, confirmed')
    writeAnswer(packageOffice, orderResponse('W0001', 'RE', 'Sorry, no'), '3.xml')
    await packageOffice.readAnswers()
    expect(await packageOffice.summary()).toBe('rejected; Processing, needs review')
    expect((await packageOffice.order()).syncError?.message).toMatch(/^Package first accepted .* and then rejected it\.$/)
  })

  test('an order that is rejected and then accepted is confirmed', async () => {
    const packageOffice = await PackageOffice.open('ubl-answers')
    await packageOffice.sendOrder()
    writeAnswer(packageOffice, orderResponse('W0001', 'RE', 'Wait'), '1.xml')
    await packageOffice.readAnswers()
    writeAnswer(packageOffice, orderResponse('W0001', 'AP'), '2.xml')
    await packageOffice.readAnswers()
    expect(await packageOffice.summary()).toBe('accepted; Processing, confirmed')
    expect((await packageOffice.order()).syncError).toBeNull()
  })

  test('a complete document from a trading partner confirms our order', async () => {
    const packageOffice = await PackageOffice.open('ubl-answers')
    await packageOffice.sendOrder()
    writeAnswer(packageOffice, fixtureDocument(FIXTURE_ANSWER).toString().replace(ANSWERED_ORDER, 'W0001'), FIXTURE_ANSWER)
    await packageOffice.readAnswers()
    expect(await packageOffice.summary()).toBe('accepted; Processing, confirmed')
  })

  test.skipIf(!hasReferenceData)(
    extraTitle("the UBL standard's own example, with our order number in it, confirms our order"),
    async () => {
      const packageOffice = await PackageOffice.open('ubl-answers')
      await packageOffice.sendOrder()
      const name = 'UBL-OrderResponseSimple-2.1-Example.xml'
      const text = readFileSync(join(REFERENCE_DATA, 'ubl-2.1/examples', name), 'utf8')
      const ours = text.replace(/(<cac:OrderReference>\s*<cbc:ID>)34/, '$1W0001')
      expect(ours).not.toBe(text)
      writeAnswer(packageOffice, ours, name)
      await packageOffice.readAnswers()
      expect(await packageOffice.summary()).toBe('accepted; Processing, confirmed')
    },
  )
})

describe('an answer that cannot be matched to an order changes nothing and is reported', () => {
  test('about an order that was never sent here', async () => {
    const packageOffice = await PackageOffice.open('ubl-answers')
    await packageOffice.sendOrder()
    const folder = writeAnswer(packageOffice, orderResponseSimple('W9999', 'false', 'No'))
    await packageOffice.readAnswers()
    expect(await problems(packageOffice)).toMatchObject([
      { kind: 'rejected file', failure: { code: 'order-not-sent' }, folder: join(folder, 'Rejected') },
    ])
    expect(filesIn(join(folder, 'Rejected'))).toEqual(['answer.xml', 'answer.xml.error.txt'])
    expect(await packageOffice.summary()).toBe('dropped; Processing, sent')
  })

  test('about an order number that several orders share', async () => {
    const packageOffice = await PackageOffice.open('ubl-answers')
    const { office } = packageOffice
    await office.readOrders(numberedOrder(1), numberedOrder(2, { number: 'W0001' }))
    await office.run('Write Order')
    writeAnswer(packageOffice, orderResponseSimple('W0001', 'false', 'No'))
    await packageOffice.readAnswers()
    expect(await problems(packageOffice)).toMatchObject([{ failure: { code: 'order-ambiguous' } }])
    const { rows } = await office.command('orders.list', {})
    expect(rows.map(({ syncState }) => syncState)).toEqual(['sent', 'sent'])
  })

  test.for([
    { title: 'not XML at all', text: 'Dear customer,' },
    { title: 'truncated', text: orderResponseSimple('W0001', 'true').slice(0, -30) },
    { title: 'with a DOCTYPE declaration', text: orderResponseSimple('W0001', 'true').replace('?>', '?><!DOCTYPE x [<!ENTITY a "b">]>') },
    { title: 'naming no order', text: document('OrderResponseSimple', '<cbc:AcceptedIndicator>true</cbc:AcceptedIndicator>') },
  ])('$title', async ({ text }) => {
    const packageOffice = await PackageOffice.open('ubl-answers')
    await packageOffice.sendOrder()
    const folder = writeAnswer(packageOffice, text)
    await packageOffice.readAnswers()
    expect(filesIn(join(folder, 'Rejected'))).toEqual(['answer.xml', 'answer.xml.error.txt'])
    expect(await problems(packageOffice)).toMatchObject([{ kind: 'rejected file' }])
    expect(await packageOffice.summary()).toBe('dropped; Processing, sent')
  })
})

describe('the answer folder', () => {
  test('may contain other XML files, which are ignored', async () => {
    const packageOffice = await PackageOffice.open('ubl-answers')
    await packageOffice.sendOrder()
    const folder = writeAnswer(packageOffice, '<invoice><order>W0001</order></invoice>')
    await packageOffice.readAnswers()
    expect(filesIn(folder)).toEqual(['answer.xml'])
    expect(await problems(packageOffice)).toEqual([])
  })

  test('can be the drop folder itself: our own orders are not read as answers', async () => {
    const packageOffice = await PackageOffice.open('ubl-answers', { responseFolder: '.' })
    await packageOffice.sendOrder(1)
    await packageOffice.sendOrder(2)
    writeFileSync(join(packageOffice.drop, 'answer.xml'), orderResponseSimple('W0001', 'true'))
    await packageOffice.readAnswers()
    expect(await packageOffice.summary(1)).toBe('accepted; Processing, confirmed')
    expect(await packageOffice.summary(2)).toBe('dropped; Processing, sent')
    expect(filesIn(packageOffice.drop)).toHaveLength(2)
  })

  test('can be outside the drop folder; an outage is reported once and delays nothing else, and the problem is closed automatically when the outage ends', async () => {
    const packageOffice = await PackageOffice.open('ubl-answers')
    const elsewhere = join(packageOffice.office.folder, 'elsewhere')
    await packageOffice.setPolicy('ubl-answers', { responseFolder: elsewhere })
    await packageOffice.sendOrder()
    await packageOffice.readAnswers()
    await packageOffice.readAnswers()
    expect(await problems(packageOffice)).toMatchObject([{ kind: 'folder', failure: { code: 'folder-unreachable' }, folder: elsewhere }])
    await packageOffice.takeFile()
    await packageOffice.readAnswers()
    expect(await packageOffice.summary()).toBe('picked up; Processing, sent')
    mkdirSync(elsewhere)
    writeFileSync(join(elsewhere, 'answer.xml'), orderResponseSimple('W0001', 'true'))
    await packageOffice.readAnswers()
    expect(await packageOffice.summary()).toBe('accepted; Processing, confirmed')
    expect(await problems(packageOffice)).toEqual([])
  })
})

describe('an answer is applied once', () => {
  test('an answer that could not be moved away does not apply to a file that was sent later', async () => {
    const packageOffice = await PackageOffice.open('ubl-answers')
    await packageOffice.sendOrder()
    const folder = writeAnswer(packageOffice, orderResponseSimple('W0001', 'false', 'Customer unknown'))
    const written = packageOffice.office.clock.now()
    utimesSync(join(folder, 'answer.xml'), written, written)
    await packageOffice.readAnswers(1)
    expect(await packageOffice.summary()).toBe('rejected; Processing, failed')
    // Simulate a failed move to Done.
    writeFileSync(join(folder, 'answer.xml'), orderResponseSimple('W0001', 'false', 'Customer unknown'))
    utimesSync(join(folder, 'answer.xml'), written, written)
    rmSync(join(folder, 'Done', 'answer.xml'))
    await packageOffice.resend()
    await packageOffice.office.run('Write Order')
    await packageOffice.readAnswers(1)
    expect(await packageOffice.summary()).toBe('dropped; Processing, sent')
  })

  test('the same answer written again for the new file is applied', async () => {
    const packageOffice = await PackageOffice.open('ubl-answers')
    await packageOffice.sendOrder()
    writeAnswer(packageOffice, orderResponseSimple('W0001', 'false', 'Customer unknown'))
    await packageOffice.readAnswers(1)
    await packageOffice.resend()
    await packageOffice.office.run('Write Order')
    expect(await packageOffice.summary()).toBe('dropped; Processing, sent')
    writeAnswer(packageOffice, orderResponseSimple('W0001', 'false', 'Customer unknown'))
    await packageOffice.readAnswers(1)
    expect(await packageOffice.summary()).toBe('rejected; Processing, failed')
    expect((await packageOffice.order()).timeline.filter(({ kind, actor }) => kind === 'answer' && actor === PACKAGE)).toHaveLength(2)
  })
})
