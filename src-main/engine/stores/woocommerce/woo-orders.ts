import { z } from 'zod'
import { listElements } from '../connection/json-slices'
import type { IncompleteDocument, ListedOrder, StoreDocument } from '../connection/store'
import { invalidAnswer } from '../connection/store-failures'
import type { WooAnswer } from './woo-client'

const orderId = z.union([z.number().int().positive(), z.string().regex(/^\d{1,19}$/)]).transform(String)

/** WooCommerce's GMT dates have no suffix. */
const gmtDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/)
  .transform((text) => `${text}.000Z`)

const withId = z.object({ id: orderId })

/** An order with an invalid date is listed, so that it is read and reported. */
const listed = withId.extend({ date_modified_gmt: gmtDate.catch('') })

const facts = withId.extend({
  date_modified_gmt: gmtDate,
  status: z.string().max(100),
  date_created_gmt: gmtDate,
  date_paid_gmt: gmtDate.nullish().catch(null),
})

/** Returns the orders of a list of changes. Throws FailureError `store-answer-invalid`. */
export function listedOrders(host: string, { body }: WooAnswer): ListedOrder[] {
  const parsed = z.array(listed).safeParse(body)
  if (!parsed.success) throw invalidAnswer(host, z.prettifyError(parsed.error))
  return parsed.data.map(({ id, date_modified_gmt: modifiedAt }) => ({ id, modifiedAt }))
}

/** Returns the orders of an answer that is a list, each with its own bytes. Throws FailureError `store-answer-invalid`. */
export function documentsOf(host: string, { body, bytes }: WooAnswer): (StoreDocument | IncompleteDocument)[] {
  if (!Array.isArray(body)) throw invalidAnswer(host, 'the answer is not a list')
  const elements = listElements(bytes.subarray(bytes.indexOf(0x5b)))
  return body.map((order: unknown, index) => documentOf(host, order, elements[index] ?? new Uint8Array()))
}

/** Returns an order with its bytes, or what it lacks. Throws FailureError `store-answer-invalid` if it isn't an order at all. */
export function documentOf(host: string, order: unknown, bytes: Uint8Array): StoreDocument | IncompleteDocument {
  const parsed = facts.safeParse(order)
  if (!parsed.success) {
    const { data } = withId.safeParse(order)
    const reason = z.prettifyError(parsed.error)
    if (data === undefined) throw invalidAnswer(host, `an order without what every order has: ${reason}`)
    return { id: data.id, reason }
  }
  const { id, status, date_created_gmt: placedAt, date_paid_gmt: paidAt, date_modified_gmt: modifiedAt } = parsed.data
  return { id, fileName: `order-${id}.json`, bytes, status: status.replace(/^wc-/, ''), placedAt, paidAt: paidAt ?? null, modifiedAt }
}

/** A time as WooCommerce takes it: UTC without a suffix. With one, it would find no orders in a shop east of Greenwich. */
export function gmtParameter(at: string): string {
  return new Date(at).toISOString().slice(0, 19)
}
