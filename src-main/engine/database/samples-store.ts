import type { Database, DatabaseTransaction } from './open-database'
import { deleteSearchTerms } from './order-search-store'
import type { SampleTable } from './schema'

/** The samples that are in the workspace. */
export interface Samples {
  sourceIds: number[]
  destinationIds: number[]
  /** SHA-256 of the sample documents. */
  documentHashes: string[]
}

/** Records that something is a sample. */
export async function markSample(db: DatabaseTransaction, kind: SampleTable['kind'], key: string | number): Promise<void> {
  await db
    .insertInto('sample')
    .values({ kind, key: String(key) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Everything recorded as a sample. */
export async function findSamples(db: Database): Promise<Samples> {
  const rows = await db.selectFrom('sample').selectAll().execute()
  const keys = (kind: SampleTable['kind']) => rows.filter((row) => row.kind === kind).map((row) => row.key)
  return { sourceIds: keys('source').map(Number), destinationIds: keys('destination').map(Number), documentHashes: keys('document') }
}

/** The order numbers of real orders that came from a sample source or go to a sample destination; at most `limit` of them. */
export async function realOrdersUsingSamples(
  db: Database,
  samples: Samples,
  testSourceIds: readonly number[],
  limit: number,
): Promise<string[]> {
  const { sourceIds, destinationIds, documentHashes } = samples
  const rows = await db
    .selectFrom('orders')
    .innerJoin('document', 'document.id', 'orders.documentId')
    .select('number')
    .where((eb) =>
      eb.or([
        eb.and([eb('orders.sourceId', 'in', sourceIds), eb('document.sha256', 'not in', documentHashes)]),
        eb.and([eb('orders.destinationId', 'in', destinationIds), eb('orders.sourceId', 'not in', [...sourceIds, ...testSourceIds])]),
      ]),
    )
    .limit(limit)
    .execute()
  return rows.map(({ number }) => number)
}

/** True while a run may be reading or writing orders. */
export async function isRunUnderWay(db: Database): Promise<boolean> {
  return (await db.selectFrom('run').select('id').where('outcome', '=', 'running').limit(1).executeTakeFirst()) !== undefined
}

/** Folder and name of each file that was dropped for a sample order. */
export async function droppedSamples(db: Database, { sourceIds }: Samples): Promise<{ folder: string; fileName: string }[]> {
  return db
    .selectFrom('delivery')
    .innerJoin('orders', 'orders.id', 'delivery.orderId')
    .select(['delivery.folder', 'delivery.fileName'])
    .where('orders.sourceId', 'in', sourceIds)
    .where('delivery.droppedAt', 'is not', null)
    .execute()
}

/** Deletes sample sources, destinations and orders, with everything that belongs to them. Real orders are never deleted. */
export async function deleteSamples(db: DatabaseTransaction, { sourceIds, destinationIds }: Samples): Promise<void> {
  const orders = db.selectFrom('orders').select('id').where('sourceId', 'in', sourceIds)
  const deliveries = db.selectFrom('delivery').select('id').where('orderId', 'in', orders)
  await db.deleteFrom('answer').where('deliveryId', 'in', deliveries).execute()
  await db.deleteFrom('delivery').where('orderId', 'in', orders).execute()
  await db.deleteFrom('notice').where('orderId', 'in', orders).execute()
  await db.deleteFrom('timeline').where('orderId', 'in', orders).execute()
  await db.deleteFrom('orderVersion').where('orderId', 'in', orders).execute()
  await db.deleteFrom('problem').where('orderId', 'in', orders).execute()
  await deleteSearchTerms(
    db,
    (await orders.execute()).map(({ id }) => id),
  )
  await db.deleteFrom('orders').where('sourceId', 'in', sourceIds).execute()
  await db.deleteFrom('document').where('sourceId', 'in', sourceIds).execute()
  await db.deleteFrom('source').where('id', 'in', sourceIds).execute()
  await db.deleteFrom('destinationChange').where('destinationId', 'in', destinationIds).execute()
  await db.deleteFrom('destination').where('id', 'in', destinationIds).execute()
  await db.deleteFrom('sample').execute()
}
