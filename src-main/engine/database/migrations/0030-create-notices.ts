import { type Kysely, sql } from 'kysely'

/** The outbox: emails to customers that are waiting, sent, failed or cancelled. */
export async function createNotices(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table notice (
      id integer primary key, orderId integer not null references orders (id), queuedAt text not null, actor text not null,
      address text not null, subject text not null, text text not null,
      state text not null check (state in ('waiting', 'sent', 'failed', 'cancelled')),
      attempts integer not null, nextAttemptAt text, claimedBy integer, handedOverAt text,
      errorCode text, errorMessage text, errorRemedy text, failedAt text, sentAt text, serverAnswer text
    ) strict`,
    sql`create index noticeByOrder on notice (orderId)`,
    sql`create index noticeOpen on notice (state, id) where state in ('waiting', 'failed')`,
  ]
  for (const statement of statements) await statement.execute(db)
}
