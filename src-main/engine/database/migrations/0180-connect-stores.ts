import { type Kysely, sql } from 'kysely'

/** Sources that are stores, read by their API. */
export async function connectStores(db: Kysely<unknown>): Promise<void> {
  await sql`create table store (
    sourceId integer primary key references source(id),
    connection text not null,
    cursor text not null,
    readAt text,
    rereadAt text,
    failureCode text,
    failureMessage text,
    failureRemedy text,
    failingSince text,
    failureCount integer not null default 0,
    nextAttemptAt text
  ) strict`.execute(db)
}
