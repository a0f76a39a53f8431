import type { OrderDetails, ParsedInput } from '../../../src-shared/contract'
import { FailureError } from '../../../src-shared/failure'
import type { EngineContext } from '../context'
import { contentColumns, toReceivedOrder, updateOrder } from '../database/orders-store'
import { addToTimeline } from '../database/timeline-store'
import { canEdit, orderDetails, refuseWhileWriting, requireOrder } from './order-details'
import { publishOrders } from './publish-orders'
import { timelineEntry } from './timeline'

/**
 * Corrects what may be corrected before sending: customer code, reference, product codes. Throws FailureError `order-sent`,
 * `order-changed` (someone else was faster), `line-missing`, `nothing-to-change`.
 */
export async function editOrder(engine: EngineContext, input: ParsedInput<'orders.edit'>, actor: string): Promise<OrderDetails> {
  await engine.db.transaction().execute(async (trx) => {
    const stored = await requireOrder({ ...engine, db: trx }, input.orderId)
    refuseWhileWriting(stored)
    if (!canEdit(stored)) throw sent(stored.number)
    if (stored.revision !== input.revision) throw changedMeanwhile(stored.number)
    const order = toReceivedOrder(stored)
    const changes: string[] = []
    const change = (field: string, before: string, after: string) => {
      if (before !== after) changes.push(`${field}: ${before || '(empty)'} became ${after || '(empty)'}`)
      return after
    }
    const code = change('Customer code', order.customer.code, input.customerCode ?? order.customer.code)
    const reference = change('Reference', order.reference, input.reference ?? order.reference)
    const lines = [...order.lines]
    for (const { line: index, sku } of input.lineCodes ?? []) {
      const line = lines[index]
      if (line === undefined) throw lineMissing(stored.number, index)
      lines[index] = { ...line, sku: change(`Line ${index + 1}, product code`, line.sku, sku) }
    }
    if (changes.length === 0) throw nothingChanged()
    const content = contentColumns({ ...order, customer: { ...order.customer, code }, reference, lines })
    await updateOrder(trx, stored.id, { ...content, contentRevision: stored.contentRevision + 1 })
    await addToTimeline(trx, [
      timelineEntry(engine, { orderId: stored.id, kind: 'edited', actor, text: 'Edited.', details: changes.join('\n') }),
    ])
  })
  await publishOrders(engine, [input.orderId])
  return orderDetails(engine, input.orderId)
}

function sent(number: string): FailureError {
  return new FailureError({
    code: 'order-sent',
    message: `Order ${number} was sent already and cannot be edited.`,
    remedy: 'To send it again with corrections, set it to Pending first, then edit it before the next sync.',
  })
}

function changedMeanwhile(number: string): FailureError {
  return new FailureError({
    code: 'order-changed',
    message: `Order ${number} was changed while you edited it.`,
    remedy: 'Look at its new state and make your change again.',
  })
}

function lineMissing(number: string, index: number): FailureError {
  return new FailureError({ code: 'line-missing', message: `Order ${number} has no line ${index + 1}.`, remedy: 'Open the order again.' })
}

function nothingChanged(): FailureError {
  return new FailureError({ code: 'nothing-to-change', message: 'Nothing to change.', remedy: 'Change a field, then click Save.' })
}
