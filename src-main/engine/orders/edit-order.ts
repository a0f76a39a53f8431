import type { OrderDetails, ParsedInput } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { ReceivedOrder } from '../../../src-shared/order'
import { fieldLabel } from '../../../src-shared/profiles/profile-fields'
import type { EngineContext } from '../context/context'
import { contentColumns, toReceivedOrder, updateOrder } from '../database/orders-store'
import { requireOrder } from '../database/require-order'
import { requireAddress } from '../notices/mail-settings'
import { orderChanges } from './order-changes'
import { canEdit, orderDetails, refuseWhileWriting } from './order-details'

/**
 * Corrects an order before it is sent: customer, addresses, reference, product codes. Throws FailureError `order-sent`, `order-changed` (someone
 * else changed it first), `line-missing`, `mail-address-invalid`, `nothing-to-change`.
 */
export async function editOrder(engine: EngineContext, input: ParsedInput<'orders.edit'>, actor: string): Promise<OrderDetails> {
  await engine.write(async (work) => {
    const stored = await requireOrder(work.db, input.orderId)
    refuseWhileWriting(stored)
    if (!canEdit(stored)) throw alreadySent(stored.number)
    if (stored.revision !== input.revision) throw changedMeanwhile(stored.number)
    const before = toReceivedOrder(stored)
    const after = applyEdits(before, input)
    const changes = orderChanges(before, after)
    if (changes.length === 0) throw nothingChanged()
    checkAddresses(before, after)
    await updateOrder(work.db, stored.id, { ...contentColumns(after), contentRevision: stored.contentRevision + 1 })
    await work.addToTimeline([{ orderId: stored.id, kind: 'edited', actor, text: 'Edited.', changes }])
    work.markOrderChanged(stored.id)
  })
  return orderDetails(engine, input.orderId)
}

function applyEdits(order: ReceivedOrder, input: ParsedInput<'orders.edit'>): ReceivedOrder {
  const lines = [...order.lines]
  for (const { line: index, sku } of input.lineCodes ?? []) {
    const line = lines[index]
    if (line === undefined) throw lineMissing(order.number, index)
    lines[index] = { ...line, sku }
  }
  return {
    ...order,
    customer: { ...order.customer, ...definedFields(input.customer) },
    billTo: { ...order.billTo, ...definedFields(input.billTo) },
    shipTo: { ...order.shipTo, ...definedFields(input.shipTo) },
    reference: input.reference ?? order.reference,
    lines,
  }
}

/** Returns the fields that have a value. Undefined fields leave the order unchanged. */
function definedFields<Part extends object>(part: Part | undefined): { [Key in keyof Part]: Exclude<Part[Key], undefined> } {
  return Object.fromEntries(Object.entries(part ?? {}).filter(([, value]) => value !== undefined)) as never
}

/** Checks the changed email addresses, because emails are sent to them. Throws FailureError `mail-address-invalid`. */
function checkAddresses(before: ReceivedOrder, after: ReceivedOrder): void {
  const check = (field: string, before: string, after: string) => {
    if (after !== before && after !== '') requireAddress(after, field)
  }
  check(fieldLabel('customer.email'), before.customer.email, after.customer.email)
  check(fieldLabel('billTo.email'), before.billTo.email, after.billTo.email)
  check(fieldLabel('shipTo.email'), before.shipTo.email, after.shipTo.email)
}

function alreadySent(number: string): FailureError {
  return new FailureError({
    code: 'order-sent',
    message: `Order ${number} cannot be edited, because it has already been sent.`,
    remedy: 'To send it again with corrections, set it to Pending first, then edit it before the next sync.',
  })
}

function changedMeanwhile(number: string): FailureError {
  return new FailureError({
    code: 'order-changed',
    message: `Order ${number} was changed while you edited it.`,
    remedy: 'Check the latest version of the order, then make your change again.',
  })
}

function lineMissing(number: string, index: number): FailureError {
  return new FailureError({ code: 'line-missing', message: `Order ${number} has no line ${index + 1}.`, remedy: 'Open the order again.' })
}

function nothingChanged(): FailureError {
  return new FailureError({ code: 'nothing-to-change', message: 'Nothing to change.', remedy: 'Change a field, then click Save.' })
}
