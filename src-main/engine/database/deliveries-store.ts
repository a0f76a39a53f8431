import { sql } from 'kysely'
import type { DeliveryRow } from '../../../src-shared/contract'
import type { DeliveryState } from '../../../src-shared/order'
import type { Database } from './open-database'
import type { DeliveryTable } from './schema'

/** Adds prepared deliveries. */
export async function insertDeliveries(db: Database, deliveries: readonly DeliveryTable[]): Promise<void> {
  if (deliveries.length > 0) await db.insertInto('delivery').values(deliveries).execute()
}

/** Changes a delivery. */
export async function updateDelivery(db: Database, id: number, change: Partial<Omit<DeliveryTable, 'id' | 'orderId'>>): Promise<void> {
  await db.updateTable('delivery').set(change).where('id', '=', id).execute()
}

/** The delivery, or undefined. */
export async function findDelivery(db: Database, id: number): Promise<DeliveryTable | undefined> {
  return db.selectFrom('delivery').selectAll().where('id', '=', id).executeTakeFirst()
}

/** A destination's deliveries in one of the open states, oldest first. */
export async function openDeliveries(db: Database, destinationId: number, state: 'prepared' | 'dropped'): Promise<DeliveryTable[]> {
  return db
    .selectFrom('delivery')
    .selectAll()
    .where('destinationId', '=', destinationId)
    .where('state', '=', sql.lit(state))
    .orderBy('id')
    .execute()
}

/** An order's deliveries, oldest first. */
export async function deliveriesOf(db: Database, orderId: number): Promise<DeliveryTable[]> {
  return db.selectFrom('delivery').selectAll().where('orderId', '=', orderId).orderBy('id').execute()
}

/** An order's deliveries as the screen shows them, oldest first. */
export async function deliveryRowsOf(db: Database, orderId: number): Promise<DeliveryRow[]> {
  const rows = await db
    .selectFrom('delivery')
    .innerJoin('destination', 'destination.id', 'delivery.destinationId')
    .select([
      'delivery.id',
      'delivery.attempt',
      'delivery.state',
      'destination.name as destinationName',
      'delivery.folder',
      'delivery.fileName',
      'delivery.sizeBytes',
      'delivery.sha256',
      'delivery.preparedAt',
      'delivery.droppedAt',
      'delivery.answeredAt',
      'delivery.evidence',
      'delivery.answerText',
      'delivery.isOverdue',
    ])
    .where('delivery.orderId', '=', orderId)
    .orderBy('delivery.id')
    .execute()
  return rows.map((row) => ({ ...row, isOverdue: row.isOverdue === 1 }))
}

/** When a file was last dropped, or null. */
export async function lastDroppedAt(db: Database): Promise<string | null> {
  const row = await db
    .selectFrom('delivery')
    .select('droppedAt')
    .where('droppedAt', 'is not', null)
    .orderBy('droppedAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.droppedAt ?? null
}

/** States in which the file may have reached the accounting package. */
export const POSSIBLY_TAKEN: readonly DeliveryState[] = ['dropped', 'picked up', 'accepted', 'held', 'unknown']
