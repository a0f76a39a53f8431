import { describe, expect, test } from 'vitest'
import type { ChangeStatusInput, CommandInput, OrderDetails } from '../../src-shared/contract/contract'
import { ORDER_STATUSES } from '../../src-shared/order'
import { numberedOrder, Office, unwritableOrder } from '../support/office'

type State = 'waiting' | 'sent' | 'failed' | 'on hold'

/** Opens an office with one order in the given state. */
async function officeWithOrder(state: State): Promise<{ office: Office; order: OrderDetails }> {
  const office = await Office.open()
  await office.readOrders(state === 'failed' ? unwritableOrder(1) : numberedOrder(1, state === 'on hold' ? { status: 'On Hold' } : {}))
  if (state === 'sent' || state === 'failed') await office.run('Write Order')
  office.clock.advance(60_000)
  office.events.length = 0
  return { office, order: await office.order('W0001') }
}

const change = (office: Office, order: OrderDetails, input: Omit<ChangeStatusInput, 'orderId'>) =>
  office.command('orders.changeStatus', { orderId: order.id, ...input }, 'operator')
const refused = (office: Office, order: OrderDetails, input: Omit<ChangeStatusInput, 'orderId'>) =>
  office.refusal('orders.changeStatus', { orderId: order.id, ...input }, 'operator')
/** The entries added to the timeline. */
const added = (before: OrderDetails, after: OrderDetails) => after.timeline.slice(before.timeline.length)

describe('Change Order Status', () => {
  test.for([
    { state: 'waiting', input: { status: 'Pending' } },
    { state: 'waiting', input: { status: 'Pending', comments: '  \n ' } },
    { state: 'waiting', input: { status: 'Pending', notifyCustomer: true, appendComments: true } },
    { state: 'sent', input: { status: 'Processing' } },
    { state: 'failed', input: { status: 'Processing' } },
    { state: 'on hold', input: { status: 'On Hold' } },
  ] as const)('of a $state order with $input: nothing to change', async ({ state, input }) => {
    const { office, order } = await officeWithOrder(state)
    expect(await refused(office, order, input)).toMatchObject({ code: 'nothing-to-change', message: 'Nothing to change.' })
    expect(await office.order('W0001')).toEqual(order)
    expect(office.events.filter((published) => published.name === 'orders.changed')).toEqual([])
  })

  test('to every status is saved with who and when, and published', async () => {
    const { office, order } = await officeWithOrder('waiting')
    let before = order
    for (const status of [...ORDER_STATUSES.filter((candidate) => candidate !== 'Pending'), 'Pending' as const]) {
      office.clock.advance(60_000)
      const after = await change(office, before, { status, comments: `Because of ${status}` })
      expect(after).toMatchObject({ status, syncState: 'waiting' })
      expect(added(before, after)).toEqual([
        expect.objectContaining({
          kind: 'status',
          actor: 'Ann',
          at: office.clock.now().toISOString(),
          text: `Status changed from ${before.status} to ${status}.`,
          details: `Because of ${status}`,
        }),
      ])
      expect(office.lastEvent('orders.changed')?.rows).toMatchObject([{ id: order.id, status, revision: after.revision }])
      expect(after.revision).toBeGreaterThan(before.revision)
      before = after
    }
  })

  test('with only a comment saves the comment and changes nothing else', async () => {
    const { office, order } = await officeWithOrder('sent')
    const after = await change(office, order, { status: 'Processing', comments: ' Customer called. ' })
    expect(after).toMatchObject({ status: 'Processing', syncState: 'sent' })
    expect(added(order, after)).toEqual([expect.objectContaining({ kind: 'comment', text: 'Comment.', details: 'Customer called.' })])
  })

  test('with Notify Customer is refused if no mail server is set up, and saves nothing', async () => {
    const { office, order } = await officeWithOrder('waiting')
    expect(await refused(office, order, { status: 'Dispatched', comments: 'x', notifyCustomer: true })).toMatchObject({
      code: 'mail-not-configured',
    })
    expect(await office.order('W0001')).toEqual(order)
  })

  test('with only Append Comments adds the comment to the timeline and records no notice', async () => {
    const { office, order } = await officeWithOrder('waiting')
    const after = await change(office, order, { status: 'Completed', comments: 'Thanks', appendComments: true })
    expect(added(order, after)).toMatchObject([{ kind: 'status', details: 'Thanks' }])
  })

  test('of an unknown order is refused', async () => {
    const { office } = await officeWithOrder('waiting')
    expect(await office.refusal('orders.changeStatus', { orderId: 4711, status: 'Pending' })).toMatchObject({ code: 'order-missing' })
  })

  test('keeps a long comment unchanged', async () => {
    const { office, order } = await officeWithOrder('waiting')
    const comments = `<F9> ]]> \u{1f9fe} \u202e ${'x'.repeat(19_900)}`
    const after = await change(office, order, { status: 'On Hold', comments })
    expect(after.timeline.at(-1)?.details).toBe(comments)
  })
})

describe('setting an order to Pending again', () => {
  test('a failed order: the order is written, its attempts restart at zero, and its error is cleared but stays on the timeline', async () => {
    const { office, order } = await officeWithOrder('failed')
    expect(order).toMatchObject({ status: 'Processing', syncState: 'failed', attempts: 1 })
    await office.command('orders.edit', { orderId: order.id, revision: order.revision, customer: { code: 'SHORT' } })
    const after = await change(office, order, { status: 'Pending' })
    expect(after).toMatchObject({ status: 'Pending', syncState: 'waiting', syncError: null, attempts: 0, nextAttemptAt: null })
    expect(after.timeline.map((entry) => entry.kind)).toEqual(['received', 'error', 'edited', 'status'])
    expect(office.lastEvent('problems.changed')?.problems).toEqual([])
    expect(office.lastEvent('health.changed')).toMatchObject({ problemCount: 0, pendingCount: 1 })
    await office.run('Write Order')
    expect(await office.order('W0001')).toMatchObject({ status: 'Processing', syncState: 'sent' })
  })

  test('a failed order that is already Pending is queued', async () => {
    const { office, order } = await officeWithOrder('failed')
    office.tamper(`update orders set status = 'Pending'`)
    const after = await change(office, order, { status: 'Pending' })
    expect(after).toMatchObject({ status: 'Pending', syncState: 'waiting', syncError: null, attempts: 0 })
    expect(added(order, after)).toMatchObject([{ kind: 'status', text: 'Set to Pending again.' }])
  })

  test('a failed order whose status was changed in between is queued', async () => {
    const { office, order } = await officeWithOrder('failed')
    const held = await change(office, order, { status: 'On Hold' })
    expect(held).toMatchObject({ status: 'On Hold', syncState: 'failed' })
    expect(await change(office, order, { status: 'Pending' })).toMatchObject({ syncState: 'waiting', syncError: null })
  })

  test('a sent order needs a confirmation, says what is known, and records the confirmation', async () => {
    const { office, order } = await officeWithOrder('sent')
    const refusal = await refused(office, order, { status: 'Pending' })
    expect(refusal).toMatchObject({ code: 'confirm-resend', message: order.resendWarning })
    expect(refusal.message).toContain(order.deliveries[0]?.fileName)
    expect(refusal.message).toContain('may enter it twice')
    expect(await office.order('W0001')).toEqual(order)
    const after = await change(office, order, { status: 'Pending', confirmResend: true, comments: 'Lost on their side' })
    expect(added(order, after).map((entry) => entry.kind)).toEqual(['status', 'review'])
    expect(after).toMatchObject({ status: 'Pending', syncState: 'waiting', canEdit: true })
    await office.run('Write Order')
    const again = await office.order('W0001')
    expect(again.deliveries.map((delivery) => delivery.state)).toEqual(['dropped', 'dropped'])
    expect(new Set(office.files()).size).toBe(2)
  })

  test.for([
    { state: 'picked up', needsConfirmation: true },
    { state: 'accepted', needsConfirmation: true },
    { state: 'held', needsConfirmation: true },
    { state: 'unknown', needsConfirmation: true },
    { state: 'rejected', needsConfirmation: false },
    { state: 'withdrawn', needsConfirmation: false },
  ])('an order whose file was $state needs a confirmation: $needsConfirmation', async ({ state, needsConfirmation }) => {
    const { office, order } = await officeWithOrder('sent')
    office.tamper(
      `update delivery set state = '${state}'; update orders set syncState = 'failed', errorCode = 'x', errorMessage = 'y', errorRemedy = 'z'`,
    )
    if (needsConfirmation) expect(await refused(office, order, { status: 'Pending' })).toMatchObject({ code: 'confirm-resend' })
    else expect(await change(office, order, { status: 'Pending' })).toMatchObject({ syncState: 'waiting' })
  })

  test('an earlier rejected file does not hide a later one that may have been picked up', async () => {
    const { office, order } = await officeWithOrder('sent')
    office.tamper(
      `update delivery set state = 'rejected'; update orders set syncState = 'failed', errorCode = 'x', errorMessage = 'y', errorRemedy = 'z'`,
    )
    await change(office, order, { status: 'Pending' })
    await office.run('Write Order')
    expect(await refused(office, order, { status: 'Pending' })).toMatchObject({ code: 'confirm-resend' })
  })

  test('an order from the store with another status is queued without a confirmation', async () => {
    const { office, order } = await officeWithOrder('on hold')
    const after = await change(office, order, { status: 'Pending', confirmResend: true })
    expect(after).toMatchObject({ status: 'Pending', syncState: 'waiting' })
    expect(added(order, after).map((entry) => entry.text)).toEqual(['Status changed from On Hold to Pending.'])
  })

  test('an order that waits after a transient failure is tried immediately', async () => {
    const { office, order } = await officeWithOrder('waiting')
    office.tamper(
      `update orders set attempts = 3, nextAttemptAt = '2026-04-07T09:00:00.000Z', errorCode = 'name-taken', errorMessage = 'y', errorRemedy = 'z'`,
    )
    const after = await change(office, order, { status: 'Pending' })
    expect(after).toMatchObject({ status: 'Pending', attempts: 0, nextAttemptAt: null, syncError: null })
    await office.run('Write Order', 'schedule')
    expect(office.files()).toHaveLength(1)
  })
})

describe('an order that is being written', () => {
  test('cannot be changed, edited or marked as imported', async () => {
    const { office, order } = await officeWithOrder('waiting')
    office.tamper('update orders set claimedBy = 1')
    expect(await refused(office, order, { status: 'Cancelled' })).toMatchObject({ code: 'order-busy' })
    expect(await office.refusal('orders.edit', { orderId: order.id, revision: order.revision, reference: 'x' })).toMatchObject({
      code: 'order-busy',
    })
    expect(await office.refusal('orders.markImported', { orderId: order.id, reason: 'x' })).toMatchObject({ code: 'order-busy' })
  })
})

describe('editing an order', () => {
  test('changes codes and reference, records old and new values, and goes into the file', async () => {
    const { office, order } = await officeWithOrder('waiting')
    const after = await office.command(
      'orders.edit',
      {
        orderId: order.id,
        revision: order.revision,
        customer: { code: ' NEW1 ' },
        reference: 'PO-X',
        lineCodes: [{ line: 1, sku: 'PROD-Z' }],
      },
      'operator',
    )
    expect(after).toMatchObject({ customer: { code: 'NEW1' }, reference: 'PO-X' })
    expect(after.lines.map((line) => line.sku)).toEqual(['PROD-A', 'PROD-Z'])
    expect(added(order, after)).toMatchObject([
      {
        kind: 'edited',
        actor: 'Ann',
        changes: [
          { field: 'Customer code', before: 'CUST0001', after: 'NEW1', isKept: false },
          { field: 'Reference', before: 'PO-0001', after: 'PO-X', isKept: false },
          { field: 'Line 2, product code', before: 'PROD-B', after: 'PROD-Z', isKept: false },
        ],
      },
    ])
    expect(office.lastEvent('orders.changed')?.rows[0]).toMatchObject({ id: order.id, revision: after.revision })
    await office.run('Write Order')
    expect(office.dropped()[0]).toContain('<customercode>NEW1</customercode>')
    expect(office.dropped()[0]).toContain('<productcode>PROD-Z</productcode>')
    expect((await office.command('orders.list', { filter: { search: 'prod-z new1' } })).rows).toHaveLength(1)
    expect((await office.command('orders.list', { filter: { search: 'prod-b' } })).rows).toHaveLength(0)
  })

  test('after another person’s edit is refused', async () => {
    const { office, order } = await officeWithOrder('waiting')
    await office.command('orders.edit', { orderId: order.id, revision: order.revision, reference: 'first' })
    expect(await office.refusal('orders.edit', { orderId: order.id, revision: order.revision, reference: 'second' })).toMatchObject({
      code: 'order-changed',
    })
    expect(await office.order('W0001')).toMatchObject({ reference: 'first' })
  })

  test('after another person’s status change is refused', async () => {
    const { office, order } = await officeWithOrder('waiting')
    await change(office, order, { status: 'On Hold' })
    expect(await office.refusal('orders.edit', { orderId: order.id, revision: order.revision, reference: 'x' })).toMatchObject({
      code: 'order-changed',
    })
  })

  const REFUSED: { subject: string; state: State; edit: Omit<CommandInput<'orders.edit'>, 'orderId' | 'revision'>; code: string }[] = [
    { subject: 'a sent order', state: 'sent', edit: { reference: 'x' }, code: 'order-sent' },
    { subject: 'a missing line', state: 'waiting', edit: { lineCodes: [{ line: 2, sku: 'x' }] }, code: 'line-missing' },
    { subject: 'no field', state: 'waiting', edit: {}, code: 'nothing-to-change' },
    {
      subject: 'fields to the same values',
      state: 'waiting',
      edit: { reference: 'PO-0001', customer: { code: 'CUST0001' } },
      code: 'nothing-to-change',
    },
  ]

  test.for(REFUSED)('of $subject is refused and changes nothing', async ({ state, edit, code }) => {
    const { office, order } = await officeWithOrder(state)
    const refusal = await office.refusal('orders.edit', { orderId: order.id, revision: order.revision, ...edit })
    expect(refusal).toMatchObject({ code })
    expect(await office.order('W0001')).toEqual(order)
  })
})

describe('Mark as Imported', () => {
  test('confirms a failed order and records the reason', async () => {
    const { office, order } = await officeWithOrder('failed')
    const after = await office.command('orders.markImported', { orderId: order.id, reason: 'Entered by hand' }, 'operator')
    expect(after).toMatchObject({ status: 'Processing', syncState: 'confirmed', syncError: null, canEdit: false })
    expect(added(order, after)).toMatchObject([{ kind: 'review', actor: 'Ann', details: 'Entered by hand' }])
    expect(office.lastEvent('problems.changed')?.problems).toEqual([])
    await office.run('Write Order')
    expect(office.files()).toEqual([])
  })

  test('of an order that needs no review is refused', async () => {
    const { office, order } = await officeWithOrder('sent')
    expect(await office.refusal('orders.markImported', { orderId: order.id, reason: 'x' })).toMatchObject({ code: 'not-in-review' })
  })
})

test('a failed order that a person closes is removed from Problems, and is listed again if it is set to Pending and fails again', async () => {
  const office = await Office.open()
  const [order] = await office.readOrders(unwritableOrder(1))
  await office.run('Write Order')
  const countProblems = async () => (await office.command('sync.problems', {})).problems.length
  expect(await countProblems()).toBe(1)
  await office.command('orders.changeStatus', { orderId: order?.id ?? 0, status: 'Cancelled' })
  expect(await countProblems()).toBe(0)
  expect((await office.command('sync.status', {})).health.problemCount).toBe(0)
  expect((await office.order(order?.number ?? '')).syncState).toBe('failed')
  await office.command('orders.changeStatus', { orderId: order?.id ?? 0, status: 'Pending' })
  await office.run('Write Order')
  expect(await countProblems()).toBe(1)
})
