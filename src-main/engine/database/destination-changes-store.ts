import type { DestinationChange } from '../../../src-shared/contract/contract'
import type { Database, DatabaseTransaction } from './open-database'
import type { DestinationChangeTable } from './schema'

/** Puts a change of a destination on record. */
export async function insertDestinationChange(db: DatabaseTransaction, change: DestinationChangeTable): Promise<void> {
  await db.insertInto('destinationChange').values(change).execute()
}

/** A destination's changes, newest first. */
export async function listDestinationChanges(db: Database, destinationId: number): Promise<DestinationChange[]> {
  return db
    .selectFrom('destinationChange')
    .select(['id', 'at', 'actor', 'summary'])
    .where('destinationId', '=', destinationId)
    .orderBy('id', 'desc')
    .limit(500)
    .execute()
}

/** A change with how the destination was afterwards, or undefined. */
export async function findDestinationChange(db: Database, id: number): Promise<DestinationChangeTable | undefined> {
  return db.selectFrom('destinationChange').selectAll().where('id', '=', id).executeTakeFirst()
}
