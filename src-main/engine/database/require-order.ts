import { FailureError } from '../../../src-shared/failure'
import type { Database } from './open-database'
import { findOrder, type StoredOrder } from './orders-store'

/** The order with that id. Throws FailureError `order-missing` if there is none. */
export async function requireOrder(db: Database, id: number): Promise<StoredOrder> {
  const order = await findOrder(db, id)
  if (order === undefined) throw orderMissing()
  return order
}

/** The failure for an order that doesn't exist. */
export function orderMissing(): FailureError {
  return new FailureError({
    code: 'order-missing',
    message: 'This order does not exist.',
    remedy: 'Go back to View Orders and look for it there.',
  })
}
