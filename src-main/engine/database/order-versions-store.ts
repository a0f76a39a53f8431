import type { Database, DatabaseTransaction } from './open-database'
import type { OrderVersionTable } from './schema'
import { valueList } from './value-list'

/** The stored versions of these orders, except the current ones, which are in `orders`. */
export async function versionsOf(db: Database, orderIds: readonly number[]): Promise<OrderVersionTable[]> {
  if (orderIds.length === 0) return []
  return db.selectFrom('orderVersion').selectAll().where('orderId', 'in', valueList(orderIds)).execute()
}

/** Adds a version, or updates its state and times. */
export async function saveVersion(db: DatabaseTransaction, version: OrderVersionTable): Promise<void> {
  const { orderId: _orderId, hash: _hash, ...columns } = version
  await db
    .insertInto('orderVersion')
    .values(version)
    .onConflict((conflict) => conflict.columns(['orderId', 'hash']).doUpdateSet(columns))
    .execute()
}

/**
 * Stores a version that was replaced in `orders` by the version with `newHash`, and deletes the row of the new version
 * here.
 */
export async function replaceVersion(db: DatabaseTransaction, replaced: OrderVersionTable, newHash: string): Promise<void> {
  await markNotedReplaced(db, replaced.orderId)
  await saveVersion(db, replaced)
  await db.deleteFrom('orderVersion').where('orderId', '=', replaced.orderId).where('hash', '=', newHash).execute()
}

/** Stores a newer version that was not copied to `orders`. */
export async function noteVersion(db: DatabaseTransaction, noted: OrderVersionTable): Promise<void> {
  await markNotedReplaced(db, noted.orderId)
  await saveVersion(db, noted)
}

async function markNotedReplaced(db: DatabaseTransaction, orderId: number): Promise<void> {
  await db.updateTable('orderVersion').set({ state: 'replaced' }).where('orderId', '=', orderId).where('state', '=', 'noted').execute()
}
