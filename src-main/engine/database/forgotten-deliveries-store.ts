import type { Database, DatabaseTransaction } from './open-database'
import type { ForgottenDeliveryTable } from './schema'
import { valueList } from './value-list'

/** Keeps what is known of files that were sent after the backup that was restored; one that is kept already stays. */
export async function insertForgotten(db: DatabaseTransaction, rows: readonly ForgottenDeliveryTable[]): Promise<void> {
  for (const row of rows) {
    await db
      .insertInto('forgottenDelivery')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/** Of these number keys, those that a file's name holds. */
export async function forgottenKeys(db: Database, numberKeys: readonly string[]): Promise<Set<string>> {
  const rows = await db.selectFrom('forgottenDelivery').select('numberKey').where('numberKey', 'in', valueList(numberKeys)).execute()
  return new Set(rows.map((row) => row.numberKey))
}

/** Files whose names hold that number key, oldest first. */
export async function forgottenOf(db: Database, numberKey: string): Promise<ForgottenDeliveryTable[]> {
  return db.selectFrom('forgottenDelivery').selectAll().where('numberKey', '=', numberKey).orderBy('id').execute()
}
