import type { CommandOutput, ParsedInput } from '../../../src-shared/contract/contract'
import { FailureError } from '../../../src-shared/failure'
import type { TemplateText } from '../../../src-shared/mail'
import type { OrderStatus, ReceivedOrder } from '../../../src-shared/order'
import type { EngineContext } from '../context/context'
import type { Work } from '../context/work'
import { insertNotice } from '../database/notices-store'
import type { Database } from '../database/open-database'
import { findOrder, findOrderIdByNumber, type StoredOrder } from '../database/orders-store'
import { orderMissing, requireOrder } from '../database/require-order'
import { sampleOrder } from '../samples/sample-order'
import { mailAddress } from './mail-address'
import { mailNotConfigured } from './mail-failures'
import { storedMail } from './mail-settings'
import { checkTemplate, templateOf } from './notice-templates'
import { noticeText, oneLine } from './notice-text'

type AddressedOrder = Pick<ReceivedOrder, 'customer' | 'billTo'>
interface NoticeRequest {
  status: OrderStatus
  /** Empty if the email should not include them. */
  comments: string
}

/** Returns the email to an order's customer. Throws FailureError `mail-not-configured`, `customer-email-missing`. */
async function composeNotice(db: Database, order: StoredOrder, request: NoticeRequest): Promise<{ to: string } & TemplateText> {
  const mail = await storedMail(db)
  if (mail === null) throw mailNotConfigured()
  const to = customerAddress(order.body)
  return { to, ...fillTemplate(await templateOf(db, request.status), order.number, order.body, request, mail.fromName || mail.fromAddress) }
}

function fillTemplate(
  template: TemplateText,
  number: string,
  order: AddressedOrder,
  { status, comments }: NoticeRequest,
  shop: string,
): TemplateText {
  const { customer, billTo } = order
  const name = customer.name || billTo.name || customer.company || billTo.company || 'customer'
  return noticeText(template, { number, customer: name, status, comments, shop })
}

function customerAddress({ customer, billTo }: AddressedOrder): string {
  const email = customer.email || billTo.email
  const address = mailAddress(email)
  if (address !== null) return address
  throw new FailureError({
    code: 'customer-email-missing',
    message:
      email.trim() === ''
        ? 'The customer has no email address.'
        : `The customer's email address cannot be used: ${oneLine(email)} is not a single plain address.`,
    remedy: 'Contact the customer in another way, and change the status without Notify Customer.',
  })
}

/** Queues the email to the customer and adds it to the timeline. Throws FailureError `mail-not-configured`, `customer-email-missing`. */
export async function queueNotice(work: Work, order: StoredOrder, request: NoticeRequest, actor: string): Promise<void> {
  const { to, subject, text } = await composeNotice(work.db, order, request)
  await insertNotice(work.db, {
    id: work.newId(),
    orderId: order.id,
    digestDay: null,
    queuedAt: work.now(),
    actor,
    address: to,
    subject,
    text,
  })
  await work.addToTimeline([
    { orderId: order.id, kind: 'notice', actor, text: `Notice queued for ${to}.`, details: `${subject}\n\n${text}` },
  ])
  work.markOrderChanged(order.id)
}

/** Returns the email that Notify Customer would queue. Throws the errors of `queueNotice`, and `order-missing`. */
export async function previewNotice(
  engine: EngineContext,
  { orderId, status, comments, appendComments }: ParsedInput<'orders.previewNotice'>,
): Promise<CommandOutput<'orders.previewNotice'>> {
  const order = await requireOrder(engine.db, orderId)
  return { number: order.number, ...(await composeNotice(engine.db, order, { status, comments: appendComments ? comments : '' })) }
}

/** Returns a template filled in for an order. Throws FailureError `order-missing`, and the errors of `checkTemplate`. */
export async function previewTemplate(
  engine: EngineContext,
  { status, template, number, comments }: ParsedInput<'notices.preview'>,
): Promise<CommandOutput<'notices.preview'>> {
  checkTemplate(template)
  const mail = await storedMail(engine.db)
  const order = number === '' ? sample(engine) : await orderByNumber(engine, number)
  const shop = mail?.fromName || mail?.fromAddress || 'Your shop'
  const filled = fillTemplate(template, order.number, order.body, { status, comments }, shop)
  return { number: order.number, to: order.body.customer.email || order.body.billTo.email, ...filled }
}

function sample(engine: EngineContext): { number: string; body: AddressedOrder } {
  const body = sampleOrder(engine.clock.now())
  return { number: body.number, body }
}

async function orderByNumber(engine: EngineContext, number: string): Promise<StoredOrder> {
  const id = await findOrderIdByNumber(engine.db, number)
  const order = id === undefined ? undefined : await findOrder(engine.db, id)
  if (order === undefined) throw orderMissing()
  return order
}
