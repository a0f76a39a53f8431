import { type Kysely, sql } from 'kysely'

/** The outbox of what is written back to stores, and the pause of a store that can't be written to. */
export async function createStoreUpdates(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table storeUpdate (
      id integer primary key, orderId integer not null references orders (id), sourceId integer not null references source (id),
      kind text not null check (kind in ('note', 'mark', 'status', 'tracking')), content text not null, mark text not null unique,
      state text not null check (state in ('queued', 'done', 'failed', 'dropped')), attempts integer not null, nextAttemptAt text,
      errorCode text, errorMessage text, errorRemedy text, queuedAt text not null, doneAt text
    ) strict`,
    sql`create index storeUpdateByOrder on storeUpdate (orderId, id)`,
    sql`create index storeUpdateOpen on storeUpdate (sourceId, state, id) where state in ('queued', 'failed')`,
    sql`alter table store add column updateFailureCount integer not null default 0`,
    sql`alter table store add column nextUpdateAt text`,
  ]
  for (const statement of statements) await statement.execute(db)
}
