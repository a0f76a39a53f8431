import type { OrderDatabase } from './order-database.ts'
import { enumeration } from './order-query.ts'
import { ORDER_STATUSES, type OrderRecord } from './order-record.ts'
import { invalidParameter, notCovered, restError } from './rest-answer.ts'
import type { StoreRequest } from './rest-request.ts'

const WRITABLE = new Set(['status', 'meta_data', 'customer_note'])

/** Reads the JSON body of a request. An empty body is an empty object. Throws the 400 that WordPress answers. */
export function readBody({ body }: StoreRequest): Record<string, unknown> {
  let value: unknown
  try {
    value = body === '' ? {} : JSON.parse(body)
  } catch {
    // Recalled, not recorded.
    throw restError(400, 'rest_invalid_json', 'Invalid JSON body passed.')
  }
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {}
}

/**
 * Applies a PUT to an order. With HPOS, every PUT changes the time of the last change, even `{}`. In legacy storage,
 * only a status or a customer note that changes does, because those are fields of the WordPress post: measured for the
 * status, inferred for the rest.
 */
export function updateOrder(order: OrderRecord, request: StoreRequest, database: OrderDatabase): void {
  const change = readBody(request)
  const unknown = Object.keys(change).find((name) => !WRITABLE.has(name) && name !== 'id')
  if (unknown !== undefined) throw notCovered(`changing ${unknown} with PUT`)
  const { status: wanted, meta_data: meta, customer_note: note } = change
  const status = ORDER_STATUSES.find((known) => known === wanted)
  if (wanted !== undefined && status === undefined)
    throw invalidParameter('status', 'rest_not_in_enum', `status is not one of ${enumeration(ORDER_STATUSES)}.`)
  const fields = metaFields(meta)
  const changesPost = typeof note === 'string' && note !== order.customerNote
  if (typeof note === 'string') order.customerNote = note
  for (const field of fields) database.setMeta(order, field)
  if (status !== undefined) database.setStatus(order, status, request.number)
  if (database.storage === 'hpos' || changesPost) database.touch(order)
}

function metaFields(value: unknown): { id: number | undefined; key: string; value: unknown }[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw invalidParameter('meta_data', 'rest_invalid_type', 'meta_data is not of type array.')
  return value.map((field: { id?: unknown; key?: unknown; value?: unknown }) => ({
    id: typeof field.id === 'number' ? field.id : undefined,
    key: String(field.key),
    value: field.value ?? null,
  }))
}
