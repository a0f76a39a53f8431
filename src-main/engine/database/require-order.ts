import { FailureError } from '../../../src-shared/failure'
import type { Database } from './open-database'
import { findOrder, type StoredOrder } from './orders-store'

/** The order. Throws FailureError `order-missing`. */
export async function requireOrder(db: Database, id: number): Promise<StoredOrder> {
  const order = await findOrder(db, id)
  if (order === undefined) throw orderMissing()
  return order
}

/** A failure for an order that is not there. */
export function orderMissing(): FailureError {
  return new FailureError({
    code: 'order-missing',
    message: 'There is no such order.',
    remedy: 'Go back to View Orders and look for it there.',
  })
}
