import { sql } from 'kysely'
import type { DeliveryRow } from '../../../src-shared/contract/contract'
import type { DeliveryState } from '../../../src-shared/order'
import { insertRows } from './insert-rows'
import type { Database, DatabaseTransaction } from './open-database'
import type { AnswerTable, DeliveryTable } from './schema'
import { valueList } from './value-list'

/** Adds prepared deliveries. */
export async function insertDeliveries(db: DatabaseTransaction, deliveries: readonly DeliveryTable[]): Promise<void> {
  await insertRows(db, 'delivery', deliveries)
}

/** Changes a delivery. */
export async function updateDelivery(
  db: DatabaseTransaction,
  id: number,
  change: Partial<Omit<DeliveryTable, 'id' | 'orderId'>>,
): Promise<void> {
  await db.updateTable('delivery').set(change).where('id', '=', id).execute()
}

/** Sets the outcome of the given deliveries that are still `prepared`, and returns their ids. */
export async function concludePrepared(
  db: DatabaseTransaction,
  ids: readonly number[],
  outcome: Pick<DeliveryTable, 'state'> & Partial<Pick<DeliveryTable, 'droppedAt' | 'answeredAt' | 'evidence'>>,
): Promise<Set<number>> {
  const rows = await db
    .updateTable('delivery')
    .set(outcome)
    .where('id', 'in', valueList(ids))
    .where('state', '=', 'prepared')
    .returning('id')
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** The delivery, or undefined. */
export async function findDelivery(db: Database, id: number): Promise<DeliveryTable | undefined> {
  return db.selectFrom('delivery').selectAll().where('id', '=', id).executeTakeFirst()
}

/** A destination's deliveries in one of the open states, oldest first. */
export async function deliveriesInState(db: Database, destinationId: number, state: 'prepared' | 'dropped'): Promise<DeliveryTable[]> {
  return db.selectFrom('delivery').selectAll().where('destinationId', '=', destinationId).where('state', '=', state).orderBy('id').execute()
}

/** Every delivery that is still prepared, oldest first. */
export async function preparedDeliveries(db: Database): Promise<DeliveryTable[]> {
  return db
    .selectFrom('delivery')
    .selectAll()
    .where('state', '=', sql.lit('prepared' as const))
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

/** Returns the ids of the given orders that have a file that the accounting package may have taken. */
export async function possiblyTakenOrders(db: Database, orderIds: readonly number[]): Promise<Set<number>> {
  const rows = await db
    .selectFrom('delivery')
    .select('orderId')
    .distinct()
    .where('orderId', 'in', orderIds)
    .where('state', 'in', POSSIBLY_TAKEN)
    .execute()
  return new Set(rows.map((row) => row.orderId))
}

/** When the last file was dropped, or null. */
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

/** States in which an answer may still come. A person may put a rejected file back, and then it can still be accepted. */
const AWAITING_ANSWER: readonly DeliveryState[] = ['dropped', 'picked up', 'held', 'unknown', 'rejected']

/** A destination's deliveries that may still be answered, oldest first: those with an id of at least `sinceId`, and all that are still `dropped`. */
export async function deliveriesAwaitingAnswer(db: Database, destinationId: number, sinceId: number): Promise<DeliveryTable[]> {
  return db
    .selectFrom('delivery')
    .selectAll()
    .where('destinationId', '=', destinationId)
    .where('state', 'in', AWAITING_ANSWER)
    .where((eb) => eb.or([eb('id', '>=', sinceId), eb('state', '=', 'dropped')]))
    .orderBy('id')
    .execute()
}

/** An order's newest delivery whose file was, or may have been, published; undefined if there is none. */
export async function latestDelivery(db: Database, orderId: number): Promise<DeliveryTable | undefined> {
  return db
    .selectFrom('delivery')
    .selectAll()
    .where('orderId', '=', orderId)
    .where('state', 'not in', ['prepared', 'withdrawn'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/**
 * A destination's deliveries for orders with that number, newest first. Includes only deliveries whose file may have
 * been taken or was rejected.
 */
export async function deliveriesForNumber(db: Database, destinationId: number, orderNumber: string): Promise<DeliveryTable[]> {
  return db
    .selectFrom('delivery')
    .innerJoin('orders', 'orders.id', 'delivery.orderId')
    .selectAll('delivery')
    .where('orders.number', '=', orderNumber)
    .where('delivery.destinationId', '=', destinationId)
    .where('delivery.state', 'in', [...POSSIBLY_TAKEN, 'rejected'])
    .orderBy('delivery.id', 'desc')
    .execute()
}

/** Stores an answer. False if the same answer was stored before. */
export async function insertAnswer(db: DatabaseTransaction, answer: AnswerTable): Promise<boolean> {
  const result = await db
    .insertInto('answer')
    .values(answer)
    .onConflict((conflict) => conflict.columns(['deliveryId', 'fileName', 'sha256']).doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** True if an answer from a file with that name and content was stored at or after `writtenAt` for any delivery of the order. */
export async function wasAnswerStored(db: Database, orderId: number, fileName: string, hash: string, writtenAt: string): Promise<boolean> {
  const row = await db
    .selectFrom('answer')
    .innerJoin('delivery', 'delivery.id', 'answer.deliveryId')
    .select('answer.id')
    .where('delivery.orderId', '=', orderId)
    .where('answer.fileName', '=', fileName)
    .where('answer.sha256', '=', hash)
    .where('answer.at', '>=', writtenAt)
    .executeTakeFirst()
  return row !== undefined
}

/** True if an answer from a file with that name and content was stored for any delivery. */
export async function hasAnswerFrom(db: Database, fileName: string, hash: string): Promise<boolean> {
  const row = await db.selectFrom('answer').select('id').where('fileName', '=', fileName).where('sha256', '=', hash).executeTakeFirst()
  return row !== undefined
}

/** True if a delivery has that file name. */
export async function isDeliveryFileName(db: Database, fileName: string): Promise<boolean> {
  const row = await db.selectFrom('delivery').select('id').where('fileName', '=', fileName.toLowerCase()).executeTakeFirst()
  return row !== undefined
}

/**
 * Returns, in lower case, those of the given file names that belong to a known delivery. This includes files that were
 * sent after a restored backup was made.
 */
export async function sentFileNames(db: Database, fileNames: readonly string[]): Promise<Set<string>> {
  const names = valueList(fileNames.map((name) => name.toLowerCase()))
  const rows = await db
    .selectFrom('delivery')
    .select('fileName')
    .where('fileName', 'in', names)
    .union(db.selectFrom('forgottenDelivery').select('fileName').where('fileName', 'in', names))
    .execute()
  return new Set(rows.map((row) => row.fileName))
}

/** The most recently sent deliveries, newest first. */
export async function recentlySent(db: Database, limit: number): Promise<DeliveryTable[]> {
  return db
    .selectFrom('delivery')
    .selectAll()
    .where('state', 'not in', ['prepared', 'withdrawn'])
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Returns those of the given file names that belong to no known delivery. */
export async function unknownFileNames(db: Database, fileNames: readonly string[]): Promise<string[]> {
  const unknown: string[] = []
  for (let start = 0; start < fileNames.length; start += 500) {
    const batch = fileNames.slice(start, start + 500)
    const known = await db.selectFrom('delivery').select('fileName').where('fileName', 'in', batch).execute()
    const names = new Set(known.map((row) => row.fileName))
    unknown.push(...batch.filter((name) => !names.has(name)))
  }
  return unknown
}

/** The newest delivery that should have a copy in the archive, or undefined. */
export async function newestNotWithdrawn(db: Database): Promise<DeliveryTable | undefined> {
  return db.selectFrom('delivery').selectAll().where('state', '!=', 'withdrawn').orderBy('id', 'desc').limit(1).executeTakeFirst()
}
