import { type Kysely, sql } from 'kysely'

/** All kinds of schedules, the log of each run, since when an order needs attention, and indexes for the charts on Sync > Status. */
export async function createSchedulesAndRunLog(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table syncTaskNew (name text primary key, schedule text not null, isPaused integer not null, nextRunAt text) strict, without rowid`,
    sql`insert into syncTaskNew (name, schedule, isPaused, nextRunAt)
      select name, json_object('kind', 'every', 'minutes', everyMinutes), isPaused, nextRunAt from syncTask`,
    sql`drop table syncTask`,
    sql`alter table syncTaskNew rename to syncTask`,
    sql`create table runEntry (
      id integer primary key, runId integer not null references run (id) on delete cascade, at text not null, level text not null,
      orderId integer, orderNumber text, text text not null
    ) strict`,
    sql`create index runEntryByRun on runEntry (runId, id)`,
    sql`alter table run add column entriesLeftOut integer not null default 0`,
    sql`alter table orders add column needsPersonSince text`,
    sql`update orders set needsPersonSince = coalesce(
        (select max(at) from timeline where timeline.orderId = orders.id and timeline.kind in ('error', 'review')), receivedAt)
      where syncState in ('failed', 'needs review')`,
    // The expression is KIND in problem-orders-store.ts. SQLite uses the index only for exactly the same expression.
    sql`create index ordersByProblem on orders (
        (case when syncState = 'failed' then 'order failed' when errorCode = 'not-picked-up' then 'overdue' else 'needs review' end),
        needsPersonSince, id)
      where syncState = 'needs review' or (syncState = 'failed' and status not in ('Cancelled', 'Completed'))`,
    sql`create index ordersByReceipt on orders (receivedAt)`,
    sql`create index deliveryAccepted on delivery (answeredAt) where state = 'accepted'`,
    sql`create index timelineErrors on timeline (at) where kind = 'error'`,
  ]
  for (const statement of statements) await statement.execute(db)
}
