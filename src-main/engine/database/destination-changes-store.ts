import type { DestinationChange } from '../../../src-shared/contract/contract'
import type { Database, DatabaseTransaction } from './open-database'
import type { DestinationChangeTable } from './schema'

/** Records a change to a destination. */
export async function insertDestinationChange(db: DatabaseTransaction, change: DestinationChangeTable): Promise<void> {
  await db.insertInto('destinationChange').values(change).execute()
}

/** A destination's last 500 changes, newest first. */
export async function listDestinationChanges(db: Database, destinationId: number): Promise<DestinationChange[]> {
  return db
    .selectFrom('destinationChange')
    .select(['id', 'at', 'actor', 'summary'])
    .where('destinationId', '=', destinationId)
    .orderBy('id', 'desc')
    .limit(500)
    .execute()
}

/** A change and the destination as it was afterwards; undefined if there is no such change. */
export async function findDestinationChange(db: Database, id: number): Promise<DestinationChangeTable | undefined> {
  return db.selectFrom('destinationChange').selectAll().where('id', '=', id).executeTakeFirst()
}
