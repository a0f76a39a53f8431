import { type Kysely, sql } from 'kysely'

/** Files that were sent after the restored backup was made, and an index to find known documents by their hash. */
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
