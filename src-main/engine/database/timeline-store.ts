import type { FieldChange, TimelineEntry } from '../../../src-shared/contract/contract'
import { insertRows } from './insert-rows'
import type { Database, DatabaseTransaction } from './open-database'
import type { TimelineTable } from './schema'

/** Adds timeline entries. They are never changed or deleted. */
export async function insertTimeline(db: DatabaseTransaction, entries: readonly TimelineTable[]): Promise<void> {
  await insertRows(db, 'timeline', entries)
}

/** An order's timeline, oldest first. */
export async function timelineOf(db: Database, orderId: number): Promise<TimelineEntry[]> {
  const rows = await db
    .selectFrom('timeline')
    .select(['id', 'at', 'kind', 'actor', 'text', 'details', 'changes'])
    .where('orderId', '=', orderId)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, changes: JSON.parse(row.changes) as FieldChange[] }))
}
