import type { RunEntryRow } from '../../../src-shared/contract/contract'
import { insertRows } from './insert-rows'
import type { Database, DatabaseTransaction } from './open-database'
import type { RunEntryTable } from './schema'

/** Adds lines to runs' logs. */
export async function insertRunEntries(db: DatabaseTransaction, entries: readonly RunEntryTable[]): Promise<void> {
  await insertRows(db, 'runEntry', entries)
}

/** A page of a run's log, oldest line first; `after` is the last line of the page before. */
export async function listRunEntries(
  db: Database,
  page: { runId: number; onlyTrouble: boolean; after: number; limit: number },
): Promise<RunEntryRow[]> {
  let query = db.selectFrom('runEntry').selectAll().where('runId', '=', page.runId).where('id', '>', page.after)
  if (page.onlyTrouble) query = query.where('level', '!=', 'info')
  return query.orderBy('id').limit(page.limit).execute()
}

/** Removes the lines older than the one that could have had that id. */
export async function deleteRunEntriesBefore(db: DatabaseTransaction, id: number): Promise<void> {
  await db.deleteFrom('runEntry').where('id', '<', id).execute()
}
