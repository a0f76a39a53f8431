import type { Database, DatabaseTransaction } from './open-database'
import type { ForgottenDeliveryTable } from './schema'
import { valueList } from './value-list'

/** Stores what is known about files that were sent after the restored backup was made. Doesn't change existing rows. */
export async function insertForgotten(db: DatabaseTransaction, rows: readonly ForgottenDeliveryTable[]): Promise<void> {
  for (const row of rows) {
    await db
      .insertInto('forgottenDelivery')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/**
 * Returns the given number keys that appear in the names of files that were sent after the restored backup was made.
 */
export async function forgottenKeys(db: Database, numberKeys: readonly string[]): Promise<Set<string>> {
  const rows = await db.selectFrom('forgottenDelivery').select('numberKey').where('numberKey', 'in', valueList(numberKeys)).execute()
  return new Set(rows.map((row) => row.numberKey))
}

/** Files with that number key in their names that were sent after the restored backup was made, oldest first. */
export async function forgottenOf(db: Database, numberKey: string): Promise<ForgottenDeliveryTable[]> {
  return db.selectFrom('forgottenDelivery').selectAll().where('numberKey', '=', numberKey).orderBy('id').execute()
}
