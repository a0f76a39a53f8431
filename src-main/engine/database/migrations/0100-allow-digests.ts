import { type Kysely, sql } from 'kysely'

/** Allows an email in the outbox to be a day's digest instead of being about an order. No table refers to this one, so it can simply be rebuilt. */
export async function allowDigests(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table noticeNew (
      id integer primary key, orderId integer references orders (id), digestDay text, queuedAt text not null, actor text not null,
      address text not null, subject text not null, text text not null,
      state text not null check (state in ('waiting', 'sent', 'failed', 'cancelled')),
      attempts integer not null, nextAttemptAt text, claimedBy integer, handedOverAt text,
      errorCode text, errorMessage text, errorRemedy text, failedAt text, sentAt text, serverAnswer text,
      check ((orderId is null) <> (digestDay is null))
    ) strict`,
    sql`insert into noticeNew
      select id, orderId, null, queuedAt, actor, address, subject, text, state, attempts, nextAttemptAt, claimedBy, handedOverAt,
        errorCode, errorMessage, errorRemedy, failedAt, sentAt, serverAnswer
      from notice`,
    sql`drop table notice`,
    sql`alter table noticeNew rename to notice`,
    sql`create index noticeByOrder on notice (orderId) where orderId is not null`,
    sql`create index noticeOpen on notice (state, id) where state in ('waiting', 'failed')`,
    sql`create unique index noticeByDigestDay on notice (digestDay, address) where digestDay is not null`,
  ]
  for (const statement of statements) await statement.execute(db)
}
