import type { RunEntryRow } from '../../../src-shared/contract/contract'
import { insertRows } from './insert-rows'
import type { Database, DatabaseTransaction } from './open-database'
import type { RunEntryTable } from './schema'

/** Adds entries to run logs. */
export async function insertRunEntries(db: DatabaseTransaction, entries: readonly RunEntryTable[]): Promise<void> {
  await insertRows(db, 'runEntry', entries)
}

/** A page of a run's log, oldest entry first. `after` is the id of the previous page's last entry. */
export async function listRunEntries(
  db: Database,
  page: { runId: number; onlyProblems: boolean; after: number; limit: number },
): Promise<RunEntryRow[]> {
  let query = db.selectFrom('runEntry').selectAll().where('runId', '=', page.runId).where('id', '>', page.after)
  if (page.onlyProblems) query = query.where('level', '!=', 'info')
  return query.orderBy('id').limit(page.limit).execute()
}

/** Deletes the entries with an id below `id`. Ids grow with time, so these are the oldest entries. */
export async function deleteRunEntriesBefore(db: DatabaseTransaction, id: number): Promise<void> {
  await db.deleteFrom('runEntry').where('id', '<', id).execute()
}
