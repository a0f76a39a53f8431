import { describe, expect, test } from 'vitest'
import type { OrderDetails } from '../../src-shared/contract/contract'
import { numberedOrder, Office } from '../support/office'
import { sampleLine } from '../support/orders'

async function officeWithOrder(): Promise<{ office: Office; order: OrderDetails }> {
  const office = await Office.open()
  const [order] = await office.readOrders(numberedOrder(1))
  if (order === undefined) throw new Error('The order was not read')
  return { office, order }
}

const orderRevision = ({ id: orderId, revision }: OrderDetails) => ({ orderId, revision })

describe('an edit to the customer or the addresses before sending', () => {
  test('goes into the file, is found by search, and is on the timeline with old and new values', async () => {
    const { office, order } = await officeWithOrder()
    const after = await office.command('orders.edit', {
      ...orderRevision(order),
      customer: { company: 'Harbour Café', email: 'office@harbour.example' },
      billTo: { postcode: '2001' },
      shipTo: { line1: '7 Wharf Road', line2: '', city: 'Mosman' },
    })
    expect(after.shipTo).toEqual({ ...order.shipTo, line1: '7 Wharf Road', line2: '', city: 'Mosman' })
    expect(after.billTo).toEqual({ ...order.billTo, postcode: '2001' })
    expect(after).toMatchObject({ customerName: 'Harbour Café', customerEmail: 'office@harbour.example' })
    expect(after.timeline.at(-1)).toMatchObject({
      kind: 'edited',
      actor: 'Ann',
      changes: [
        { field: 'Customer company', before: 'Citizen Gardens Pty Ltd', after: 'Harbour Café', isKept: false },
        { field: 'Customer email', before: 'jane@example.com', after: 'office@harbour.example', isKept: false },
        { field: 'Bill to, postcode', before: '2000', after: '2001', isKept: false },
        { field: 'Ship to, street', before: '12 Example Street', after: '7 Wharf Road', isKept: false },
        { field: 'Ship to, address line 2', before: 'Unit 3', after: '', isKept: false },
        { field: 'Ship to, suburb or city', before: 'Sydney', after: 'Mosman', isKept: false },
      ],
    })
    expect((await office.command('orders.list', { filter: { search: 'harbour cafe' } })).rows).toHaveLength(1)
    await office.run('Write Order')
    expect(office.dropped()[0]).toContain('7 Wharf Road')
    expect(office.dropped()[0]).not.toContain('12 Example Street')
  })

  test('is refused after the order was sent, and changes nothing', async () => {
    const { office } = await officeWithOrder()
    await office.run('Write Order')
    const sent = await office.order('W0001')
    expect(await office.refusal('orders.edit', { ...orderRevision(sent), shipTo: { city: 'Mosman' } })).toMatchObject({
      code: 'order-sent',
    })
    expect(await office.order('W0001')).toEqual(sent)
  })

  test('is refused if a newer document from the store has arrived', async () => {
    const { office, order } = await officeWithOrder()
    await office.readOrders(numberedOrder(1, { note: 'Ring the bell' }))
    expect(await office.refusal('orders.edit', { ...orderRevision(order), shipTo: { city: 'Mosman' } })).toMatchObject({
      code: 'order-changed',
    })
    expect((await office.order('W0001')).shipTo.city).toBe('Sydney')
  })

  test('is refused if a simultaneous edit of the same order was saved first', async () => {
    const { office, order } = await officeWithOrder()
    const edits = ['Mosman', 'Manly'].map((city) =>
      office.engine.execute('orders.edit', { ...orderRevision(order), shipTo: { city } }, { actor: 'Ann', role: 'operator' }),
    )
    const results = await Promise.all(edits)
    expect(results.map(({ ok }) => ok).sort()).toEqual([false, true])
    expect((await office.order('W0001')).timeline.filter(({ kind }) => kind === 'edited')).toHaveLength(1)
  })

  test('is not allowed for a viewer', async () => {
    const { office, order } = await officeWithOrder()
    expect(await office.refusal('orders.edit', { ...orderRevision(order), shipTo: { city: 'Mosman' } }, 'viewer')).toMatchObject({
      code: 'not-allowed',
    })
  })

  test.for([
    ['a line break, which becomes a space', '7 Wharf\r\nRoad', '7 Wharf Road'],
    ['tabs, which become spaces, trimmed at both ends', '\t7 Wharf\tRoad ', '7 Wharf Road'],
    ['the maximum length', 'x'.repeat(200), 'x'.repeat(200)],
    ['more than the maximum length', 'x'.repeat(201), 'bad-input'],
    ['a terminal control sequence', '\u001b[2J', 'bad-input'],
    ['a null character', 'a\u0000b', 'bad-input'],
    ['a lone surrogate', 'a\ud800', 'bad-input'],
  ] as const)('a street with %s', async ([, typed, expected]) => {
    const { office, order } = await officeWithOrder()
    const result = await office.engine.execute(
      'orders.edit',
      { ...orderRevision(order), shipTo: { line1: typed } },
      { actor: 'Ann', role: 'operator' },
    )
    if (expected === 'bad-input') expect(result).toMatchObject({ ok: false, error: { code: 'bad-input' } })
    else expect(result).toMatchObject({ ok: true, value: { shipTo: { line1: expected } } })
  })

  test('an invalid email address is refused; one from the store is left alone', async () => {
    const office = await Office.open()
    const odd = { ...numberedOrder(1).customer, email: 'not an address' }
    const [order] = await office.readOrders(numberedOrder(1, { customer: odd }))
    if (order === undefined) throw new Error('The order was not read')
    expect(await office.refusal('orders.edit', { ...orderRevision(order), customer: { email: 'jane@' } })).toMatchObject({
      code: 'mail-address-invalid',
      message: expect.stringContaining('Customer email'),
    })
    await office.command('orders.edit', { ...orderRevision(order), customer: { name: 'Jane C' } })
    expect((await office.order('W0001')).customer).toMatchObject({ name: 'Jane C', email: 'not an address' })
  })
})

describe('a newer document from the store after a person corrected the order', () => {
  test('keeps the corrections and updates everything else', async () => {
    const { office, order } = await officeWithOrder()
    await office.command('orders.edit', {
      ...orderRevision(order),
      customer: { code: 'HARBOUR' },
      reference: 'PO-CORRECTED',
      shipTo: { line1: '7 Wharf Road' },
      lineCodes: [{ line: 1, sku: 'PROD-Z' }],
    })
    const [after] = await office.readOrders(numberedOrder(1, { note: 'Ring the bell' }))
    expect(after).toMatchObject({
      customer: { code: 'HARBOUR' },
      reference: 'PO-CORRECTED',
      note: 'Ring the bell',
      shipTo: { ...order.shipTo, line1: '7 Wharf Road' },
      warnings: [],
    })
    expect(after?.lines.map((line) => line.sku)).toEqual(['PROD-A', 'PROD-Z'])
    expect(after?.timeline.at(-1)?.changes).toEqual([
      { field: 'Note', before: 'Leave at the side gate', after: 'Ring the bell', isKept: false },
    ])
  })

  test('if the store changed the same field, the correction is kept and both values are shown', async () => {
    const { office, order } = await officeWithOrder()
    await office.command('orders.edit', { ...orderRevision(order), reference: 'MINE', shipTo: { line1: '7 Wharf Road' } })
    const moved = { ...order.shipTo, line1: '9 Hill Street', city: 'Manly' }
    const [after] = await office.readOrders(numberedOrder(1, { reference: 'THEIRS', shipTo: moved }))
    expect(after).toMatchObject({ reference: 'MINE', shipTo: { line1: '7 Wharf Road', city: 'Sydney' } })
    expect(after?.timeline.at(-1)?.text).toContain('Corrections made here were kept.')
    expect(after?.timeline.at(-1)?.changes).toEqual([
      { field: 'Reference', before: 'MINE', after: 'THEIRS', isKept: true },
      { field: 'Ship to, street', before: '7 Wharf Road', after: '9 Hill Street', isKept: true },
      { field: 'Ship to, suburb or city', before: 'Sydney', after: 'Manly', isKept: true },
    ])
    expect(after?.warnings).toHaveLength(3)
    expect(after?.warnings[0]).toContain('Reference')
  })

  test('a correction that was undone, or that the store made too, causes no conflict', async () => {
    const { office, order } = await officeWithOrder()
    const edited = await office.command('orders.edit', { ...orderRevision(order), reference: 'X', customer: { code: 'HARBOUR' } })
    await office.command('orders.edit', { ...orderRevision(edited), reference: order.reference })
    const customer = { ...order.customer, code: 'HARBOUR' }
    const [after] = await office.readOrders(numberedOrder(1, { reference: 'NEW', customer }))
    expect(after).toMatchObject({ reference: 'NEW', customer: { code: 'HARBOUR' }, warnings: [] })
    expect(after?.timeline.at(-1)?.changes).toEqual([{ field: 'Reference', before: 'PO-0001', after: 'NEW', isKept: false }])
  })

  test('a corrected code stays with its line if the line moves', async () => {
    const { office, order } = await officeWithOrder()
    await office.command('orders.edit', { ...orderRevision(order), lineCodes: [{ line: 1, sku: 'PROD-Z' }] })
    const first = sampleLine({ sku: 'NEW', name: 'Bucket', netMinor: 0, taxMinor: 0 })
    const [after] = await office.readOrders(numberedOrder(1, { lines: [first, ...numberedOrder(1).lines] }))
    expect(after?.lines.map((line) => line.sku)).toEqual(['NEW', 'PROD-A', 'PROD-Z'])
    expect(after?.timeline.at(-1)?.changes.map(({ field }) => field)).toEqual(['Line 1, added'])
  })
})
