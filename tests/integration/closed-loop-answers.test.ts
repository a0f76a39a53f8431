import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesIn, numberedOrder, PACKAGE } from '../support/office'
import { ANSWERED_ORDER, OWN_ANSWER, ownDocument } from '../support/own-documents'
import { PackageOffice } from '../support/package-office'
import { extra, hasReferenceData, REFERENCE_DATA } from '../support/reference-data'
import { encode } from '../support/stand-in'

const NAMESPACES = [
  'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"',
  'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"',
].join(' ')

function document(type: string, content: string): string {
  return `<?xml version="1.0"?><${type} xmlns="urn:oasis:names:specification:ubl:schema:xsd:${type}-2" ${NAMESPACES}><cbc:ID>A1</cbc:ID>${content}</${type}>`
}

function simple(number: string, accepted: string, note = ''): string {
  const text = note === '' ? '' : `<cbc:RejectionNote>${note}</cbc:RejectionNote>`
  return document(
    'OrderResponseSimple',
    `<cbc:AcceptedIndicator>${accepted}</cbc:AcceptedIndicator>${text}<cac:OrderReference><cbc:ID>${number}</cbc:ID></cac:OrderReference>`,
  )
}

function response(number: string, code: string, note = ''): string {
  const text = note === '' ? '' : `<cbc:Note>${note}</cbc:Note>`
  return document(
    'OrderResponse',
    `<cbc:OrderResponseCode>${code}</cbc:OrderResponseCode>${text}<cac:OrderReference><cbc:ID>${number}</cbc:ID></cac:OrderReference>`,
  )
}

function application(answers: readonly { number: string; code: string; text?: string; line?: string }[]): string {
  const parts = answers.map(({ number, code, text = '', line }) => {
    const said =
      line === undefined
        ? ''
        : `<cac:LineResponse><cac:LineReference><cbc:LineID>2</cbc:LineID></cac:LineReference><cac:Response><cbc:ResponseCode>RE</cbc:ResponseCode><cbc:Description>${line}</cbc:Description></cac:Response></cac:LineResponse>`
    return `<cac:DocumentResponse><cac:Response><cbc:ResponseCode>${code}</cbc:ResponseCode><cbc:Description>${text}</cbc:Description></cac:Response><cac:DocumentReference><cbc:ID>${number}</cbc:ID></cac:DocumentReference>${said}</cac:DocumentResponse>`
  })
  return document('ApplicationResponse', parts.join(''))
}

/** Puts an answer document where they arrive. */
function answers(package_: PackageOffice, text: string | Uint8Array, name = 'answer.xml'): string {
  const folder = join(package_.drop, 'Responses')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), text)
  return folder
}

const problems = async (package_: PackageOffice) => (await package_.office.command('sync.problems', {})).problems

describe('UBL answers', () => {
  test.for([
    { title: 'OrderResponseSimple true', text: simple('W0001', 'true'), shows: 'accepted; Processing, confirmed' },
    { title: 'OrderResponseSimple 1', text: simple('W0001', '1'), shows: 'accepted; Processing, confirmed' },
    { title: 'OrderResponseSimple false', text: simple('W0001', 'false', 'Out of stock'), shows: 'rejected; Processing, failed' },
    { title: 'OrderResponseSimple without a word', text: simple('W0001', ''), shows: 'held; Processing, needs review' },
    { title: 'OrderResponse AP', text: response('W0001', 'AP'), shows: 'accepted; Processing, confirmed' },
    { title: 'OrderResponse CA', text: response('W0001', 'CA'), shows: 'accepted; Processing, confirmed' },
    { title: 'OrderResponse RE', text: response('W0001', 'RE', 'Out of stock'), shows: 'rejected; Processing, failed' },
    { title: 'OrderResponse AB, received only', text: response('W0001', 'AB'), shows: 'dropped; Processing, sent' },
    { title: 'OrderResponse with a code nobody knows', text: response('W0001', 'ZZ'), shows: 'held; Processing, needs review' },
    { title: 'ApplicationResponse AP', text: application([{ number: 'W0001', code: 'AP' }]), shows: 'accepted; Processing, confirmed' },
    {
      title: 'ApplicationResponse RE',
      text: application([{ number: 'W0001', code: 'RE', text: 'Out of stock' }]),
      shows: 'rejected; Processing, failed',
    },
    {
      title: 'in UTF-16',
      text: encode(simple('W0001', 'true').replace('?>', ' encoding="UTF-16"?>'), 'utf-16le'),
      shows: 'accepted; Processing, confirmed',
    },
  ])('$title: $shows', async ({ text, shows }) => {
    const package_ = await PackageOffice.open('ubl-answers')
    await package_.sent()
    const folder = answers(package_, text)
    await package_.looks()
    expect(await package_.shows()).toBe(shows)
    if (shows.startsWith('rejected')) expect((await package_.delivery()).answerText).toContain('Out of stock')
    expect(filesIn(folder)).toEqual([])
    expect(readFileSync(join(folder, 'Done', 'answer.xml'))).toEqual(Buffer.from(text))
    expect((await package_.order()).timeline.filter(({ kind }) => kind === 'answer')).toHaveLength(1)
  })

  test('after the file was picked up', async () => {
    const package_ = await PackageOffice.open('ubl-answers')
    await package_.sent()
    await package_.takes()
    await package_.looks()
    expect(await package_.shows()).toBe('picked up; Processing, sent')
    answers(package_, simple('W0001', 'false', 'Customer unknown'))
    await package_.looks(600)
    expect(await package_.shows()).toBe('rejected; Processing, failed')
    expect((await package_.delivery()).evidence).toBe('OrderResponseSimple answer.xml')
  })

  test('what is said of single lines is kept', async () => {
    const package_ = await PackageOffice.open('ubl-answers')
    await package_.sent()
    answers(package_, application([{ number: 'W0001', code: 'RE', text: 'See lines', line: 'PROD-B is discontinued' }]))
    await package_.looks()
    expect((await package_.delivery()).answerText).toContain('Line 2: RE: rejected PROD-B is discontinued')
  })

  test('one document may answer several orders', async () => {
    const package_ = await PackageOffice.open('ubl-answers')
    await package_.sent(1)
    await package_.sent(2)
    answers(
      package_,
      application([
        { number: 'W0001', code: 'AP' },
        { number: 'W0002', code: 'RE', text: 'No' },
      ]),
    )
    await package_.looks()
    expect(await package_.shows(1)).toBe('accepted; Processing, confirmed')
    expect(await package_.shows(2)).toBe('rejected; Processing, failed')
  })

  test('received, then accepted; accepted, then rejected: a person looks', async () => {
    const package_ = await PackageOffice.open('ubl-answers')
    await package_.sent()
    answers(package_, response('W0001', 'AB'), '1.xml')
    await package_.looks()
    answers(package_, response('W0001', 'AP'), '2.xml')
    await package_.looks()
    expect(await package_.shows()).toBe('accepted; Processing, confirmed')
    answers(package_, response('W0001', 'RE', 'Sorry, no'), '3.xml')
    await package_.looks()
    expect(await package_.shows()).toBe('rejected; Processing, needs review')
    expect((await package_.order()).syncError?.message).toMatch(/^Package first accepted .* and then rejected it\.$/)
  })

  test('rejected, then accepted: confirmed', async () => {
    const package_ = await PackageOffice.open('ubl-answers')
    await package_.sent()
    answers(package_, response('W0001', 'RE', 'Wait'), '1.xml')
    await package_.looks()
    answers(package_, response('W0001', 'AP'), '2.xml')
    await package_.looks()
    expect(await package_.shows()).toBe('accepted; Processing, confirmed')
    expect((await package_.order()).syncError).toBeNull()
  })

  test('a document with all that partners send along, about our order', async () => {
    const package_ = await PackageOffice.open('ubl-answers')
    await package_.sent()
    answers(package_, ownDocument(OWN_ANSWER).toString().replace(ANSWERED_ORDER, 'W0001'), OWN_ANSWER)
    await package_.looks()
    expect(await package_.shows()).toBe('accepted; Processing, confirmed')
  })

  test.skipIf(!hasReferenceData)(extra('the example of the standard itself, about our order'), async () => {
    const package_ = await PackageOffice.open('ubl-answers')
    await package_.sent()
    const name = 'UBL-OrderResponseSimple-2.1-Example.xml'
    const text = readFileSync(join(REFERENCE_DATA, 'ubl-2.1/examples', name), 'utf8')
    const ours = text.replace(/(<cac:OrderReference>\s*<cbc:ID>)34/, '$1W0001')
    expect(ours).not.toBe(text)
    answers(package_, ours, name)
    await package_.looks()
    expect(await package_.shows()).toBe('accepted; Processing, confirmed')
  })
})

describe('an answer that fits no order is told, and changes none', () => {
  test('about an order that was never sent here', async () => {
    const package_ = await PackageOffice.open('ubl-answers')
    await package_.sent()
    const folder = answers(package_, simple('W9999', 'false', 'No'))
    await package_.looks()
    expect(await problems(package_)).toMatchObject([
      { kind: 'rejected file', failure: { code: 'order-not-sent' }, folder: join(folder, 'Rejected') },
    ])
    expect(filesIn(join(folder, 'Rejected'))).toEqual(['answer.xml', 'answer.xml.error.txt'])
    expect(await package_.shows()).toBe('dropped; Processing, sent')
  })

  test('about a number that several orders have', async () => {
    const package_ = await PackageOffice.open('ubl-answers')
    const { office } = package_
    await office.readIn(numberedOrder(1), numberedOrder(2, { number: 'W0001' }))
    await office.run('Write Order')
    answers(package_, simple('W0001', 'false', 'No'))
    await package_.looks()
    expect(await problems(package_)).toMatchObject([{ failure: { code: 'order-ambiguous' } }])
    const { rows } = await office.command('orders.list', {})
    expect(rows.map(({ syncState }) => syncState)).toEqual(['sent', 'sent'])
  })

  test.for([
    { title: 'not XML at all', text: 'Dear customer,' },
    { title: 'cut off', text: simple('W0001', 'true').slice(0, -30) },
    { title: 'with a document type', text: simple('W0001', 'true').replace('?>', '?><!DOCTYPE x [<!ENTITY a "b">]>') },
    { title: 'naming no order', text: document('OrderResponseSimple', '<cbc:AcceptedIndicator>true</cbc:AcceptedIndicator>') },
  ])('$title', async ({ text }) => {
    const package_ = await PackageOffice.open('ubl-answers')
    await package_.sent()
    const folder = answers(package_, text)
    await package_.looks()
    expect(filesIn(join(folder, 'Rejected'))).toEqual(['answer.xml', 'answer.xml.error.txt'])
    expect(await problems(package_)).toMatchObject([{ kind: 'rejected file' }])
    expect(await package_.shows()).toBe('dropped; Processing, sent')
  })

  test('other XML in the folder is none of our business', async () => {
    const package_ = await PackageOffice.open('ubl-answers')
    await package_.sent()
    const folder = answers(package_, '<invoice><order>W0001</order></invoice>')
    await package_.looks()
    expect(filesIn(folder)).toEqual(['answer.xml'])
    expect(await problems(package_)).toEqual([])
  })
})

describe('where answers arrive', () => {
  test('in the drop folder itself: our own orders are not taken for answers', async () => {
    const package_ = await PackageOffice.open('ubl-answers', { responseFolder: '.' })
    await package_.sent(1)
    await package_.sent(2)
    writeFileSync(join(package_.drop, 'answer.xml'), simple('W0001', 'true'))
    await package_.looks()
    expect(await package_.shows(1)).toBe('accepted; Processing, confirmed')
    expect(await package_.shows(2)).toBe('dropped; Processing, sent')
    expect(filesIn(package_.drop)).toHaveLength(2)
  })

  test('in a folder of its own elsewhere; unreachable, it is told once, holds nothing else up, and comes back by itself', async () => {
    const package_ = await PackageOffice.open('ubl-answers')
    const elsewhere = join(package_.office.folder, 'elsewhere')
    await package_.setPolicy('ubl-answers', { responseFolder: elsewhere })
    await package_.sent()
    await package_.looks()
    await package_.looks()
    expect(await problems(package_)).toMatchObject([{ kind: 'folder', failure: { code: 'folder-unreachable' }, folder: elsewhere }])
    await package_.takes()
    await package_.looks()
    expect(await package_.shows()).toBe('picked up; Processing, sent')
    mkdirSync(elsewhere)
    writeFileSync(join(elsewhere, 'answer.xml'), simple('W0001', 'true'))
    await package_.looks()
    expect(await package_.shows()).toBe('accepted; Processing, confirmed')
    expect(await problems(package_)).toEqual([])
  })
})

describe('an answer is applied once', () => {
  test('an answer that could not be moved away is not an answer to what was sent again since', async () => {
    const package_ = await PackageOffice.open('ubl-answers')
    await package_.sent()
    const folder = answers(package_, simple('W0001', 'false', 'Customer unknown'))
    const written = package_.office.clock.now()
    utimesSync(join(folder, 'answer.xml'), written, written)
    await package_.looks(1)
    expect(await package_.shows()).toBe('rejected; Processing, failed')
    // As if the move to Done had failed.
    writeFileSync(join(folder, 'answer.xml'), simple('W0001', 'false', 'Customer unknown'))
    utimesSync(join(folder, 'answer.xml'), written, written)
    rmSync(join(folder, 'Done', 'answer.xml'))
    await package_.sendsAgain()
    await package_.office.run('Write Order')
    await package_.looks(1)
    expect(await package_.shows()).toBe('dropped; Processing, sent')
  })

  test('the same words written anew for the new file do count', async () => {
    const package_ = await PackageOffice.open('ubl-answers')
    await package_.sent()
    answers(package_, simple('W0001', 'false', 'Customer unknown'))
    await package_.looks(1)
    await package_.sendsAgain()
    await package_.office.run('Write Order')
    expect(await package_.shows()).toBe('dropped; Processing, sent')
    answers(package_, simple('W0001', 'false', 'Customer unknown'))
    await package_.looks(1)
    expect(await package_.shows()).toBe('rejected; Processing, failed')
    expect((await package_.order()).timeline.filter(({ kind, actor }) => kind === 'answer' && actor === PACKAGE)).toHaveLength(2)
  })
})
