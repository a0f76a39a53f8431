import type { Database, DatabaseTransaction } from './open-database'
import type { TakenFileTable } from './schema'
import { valueList } from './value-list'

const ROWS_AT_ONCE = 100

/** Records where files are about to be moved. */
export async function insertTakenFiles(db: DatabaseTransaction, files: readonly TakenFileTable[]): Promise<void> {
  for (let start = 0; start < files.length; start += ROWS_AT_ONCE) {
    await db
      .insertInto('takenFile')
      .values(files.slice(start, start + ROWS_AT_ONCE))
      // Files are moved only to a free name, so an earlier file with that name no longer exists.
      .onConflict((conflict) =>
        conflict.columns(['folder', 'movedTo']).doUpdateSet((eb) => ({
          name: eb.ref('excluded.name'),
          stamp: eb.ref('excluded.stamp'),
          takenAt: eb.ref('excluded.takenAt'),
          problemKey: eb.ref('excluded.problemKey'),
        })),
      )
      .execute()
  }
}

/** The files that were moved out of an intake folder and are still being watched. */
export async function takenFiles(db: Database, folder: string): Promise<TakenFileTable[]> {
  return db.selectFrom('takenFile').selectAll().where('folder', '=', folder).execute()
}

/** Stops watching these files. */
export async function deleteTakenFiles(db: DatabaseTransaction, folder: string, movedTo: readonly string[]): Promise<void> {
  if (movedTo.length === 0) return
  await db.deleteFrom('takenFile').where('folder', '=', folder).where('movedTo', 'in', valueList(movedTo)).execute()
}
