import { sql } from 'kysely'
import type { Database, DatabaseTransaction, OpenDatabase } from './open-database'
import type { StagingMarkTable, WorkspaceTable } from './schema'

/** The mark of a start that created its epoch folder in a staging folder, or was about to. */
export interface AnnouncedMark {
  epoch: number
  token: string
}

/** The database's record of a destination's staging folder in a drop folder. */
export interface StagingMark extends Omit<StagingMarkTable, 'announced'> {
  announced: AnnouncedMark[]
}

/** The workspace's row; undefined in a database that no engine of this version has opened, such as an older backup. */
export async function findWorkspace(db: Database): Promise<WorkspaceTable | undefined> {
  const { rows } = await sql`select name from sqlite_master where type = 'table' and name = 'workspace'`.execute(db)
  if (rows.length === 0) return undefined
  return db.selectFrom('workspace').selectAll().executeTakeFirst()
}

/** Adds or changes the workspace's row. */
export async function saveWorkspace(db: DatabaseTransaction, workspace: Omit<WorkspaceTable, 'only'>): Promise<void> {
  await db
    .insertInto('workspace')
    .values({ only: 1, ...workspace })
    .onConflict((conflict) => conflict.column('only').doUpdateSet(workspace))
    .execute()
}

/**
 * Records the start of an engine. At this point, the engine doesn't have its epoch yet, so it can't use `engine.write`.
 */
export async function saveStart(db: OpenDatabase, workspace: Omit<WorkspaceTable, 'only'>): Promise<void> {
  await db.transaction().execute((trx) => saveWorkspace(trx, workspace))
}

/** The mark that a staging folder must contain, or undefined. */
export async function findStagingMark(db: Database, destinationId: number, folder: string): Promise<StagingMark | undefined> {
  const query = db.selectFrom('stagingMark').selectAll().where('destinationId', '=', destinationId).where('folder', '=', folder)
  const row = await query.executeTakeFirst()
  return row === undefined ? undefined : { ...row, announced: JSON.parse(row.announced) }
}

/** Adds or changes a mark. */
export async function saveStagingMark(db: DatabaseTransaction, mark: StagingMark): Promise<void> {
  const row = { ...mark, announced: JSON.stringify(mark.announced) }
  await db
    .insertInto('stagingMark')
    .values(row)
    .onConflict((conflict) => conflict.columns(['destinationId', 'folder']).doUpdateSet(row))
    .execute()
}

/** Records the minimum generation that a staging folder must have. */
export async function saveGeneration(db: DatabaseTransaction, destinationId: number, folder: string, generation: number): Promise<void> {
  await db.updateTable('stagingMark').set({ generation }).where('destinationId', '=', destinationId).where('folder', '=', folder).execute()
}

/** Deletes every mark, because a workspace with a new id has other staging folders. */
export async function deleteStagingMarks(db: DatabaseTransaction): Promise<void> {
  await db.deleteFrom('stagingMark').execute()
}

/** Marks every staging folder as forfeited: from now on, nothing in it counts as this database's own. */
export async function forfeitStaging(db: DatabaseTransaction): Promise<void> {
  await db.updateTable('stagingMark').set({ isForfeited: 1 }).execute()
  const destinations = await db.selectFrom('destination').select(['id', 'folder']).execute()
  for (const { id, folder } of destinations) {
    if ((await findStagingMark(db, id, folder)) !== undefined) continue
    await saveStagingMark(db, { destinationId: id, folder, epoch: null, token: null, announced: [], generation: 0, isForfeited: 1 })
  }
}
