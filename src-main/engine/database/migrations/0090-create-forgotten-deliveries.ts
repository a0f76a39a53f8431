import { type Kysely, sql } from 'kysely'

/** Files that were sent after the backup that was restored; and documents found by their hash, to tell which of them are known. */
export async function createForgottenDeliveries(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table forgottenDelivery (
      id integer primary key, numberKey text not null, fileName text not null unique, attempt integer not null, sizeBytes integer not null,
      sha256 text not null, preparedAt text not null, evidence text not null
    ) strict`,
    sql`create index forgottenDeliveryByNumber on forgottenDelivery (numberKey)`,
    sql`create index documentByHash on document (sha256)`,
  ]
  for (const statement of statements) await statement.execute(db)
}
