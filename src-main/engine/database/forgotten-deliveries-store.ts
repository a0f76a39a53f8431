import type { Database } from './open-database'
import type { ForgottenDeliveryTable } from './schema'

/** Keeps what is known of files that were sent after the backup that was restored; one that is kept already stays. */
export async function insertForgotten(db: Database, rows: readonly ForgottenDeliveryTable[]): Promise<void> {
  for (const row of rows) {
    await db
      .insertInto('forgottenDelivery')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/** Files whose names hold that number key, oldest first. */
export async function forgottenOf(db: Database, numberKey: string): Promise<ForgottenDeliveryTable[]> {
  return db.selectFrom('forgottenDelivery').selectAll().where('numberKey', '=', numberKey).orderBy('id').execute()
}
