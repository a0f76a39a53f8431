import type { Database, DatabaseTransaction } from './open-database'
import type { OrderVersionTable } from './schema'
import { valueList } from './value-list'

/** Versions of these orders beside the ones in `orders`. */
export async function versionsOf(db: Database, orderIds: readonly number[]): Promise<OrderVersionTable[]> {
  if (orderIds.length === 0) return []
  return db.selectFrom('orderVersion').selectAll().where('orderId', 'in', valueList(orderIds)).execute()
}

/** Keeps a version, or its new state and times. */
export async function saveVersion(db: DatabaseTransaction, version: OrderVersionTable): Promise<void> {
  const { orderId: _orderId, hash: _hash, ...columns } = version
  await db
    .insertInto('orderVersion')
    .values(version)
    .onConflict((conflict) => conflict.columns(['orderId', 'hash']).doUpdateSet(columns))
    .execute()
}

/** Keeps the version that another one took the place of in `orders`. */
export async function replaceVersion(db: DatabaseTransaction, replaced: OrderVersionTable, newHash: string): Promise<void> {
  await replaceNoted(db, replaced.orderId)
  await saveVersion(db, replaced)
  await db.deleteFrom('orderVersion').where('orderId', '=', replaced.orderId).where('hash', '=', newHash).execute()
}

/** Keeps a newer version that is not taken over. */
export async function noteVersion(db: DatabaseTransaction, noted: OrderVersionTable): Promise<void> {
  await replaceNoted(db, noted.orderId)
  await saveVersion(db, noted)
}

async function replaceNoted(db: DatabaseTransaction, orderId: number): Promise<void> {
  await db.updateTable('orderVersion').set({ state: 'replaced' }).where('orderId', '=', orderId).where('state', '=', 'noted').execute()
}
