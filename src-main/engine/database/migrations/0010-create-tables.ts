import { type Kysely, sql } from 'kysely'

/** The first tables: sources, destinations, documents, orders with their timeline, deliveries, runs. */
export async function createTables(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table setting (name text primary key, value text not null) strict, without rowid`,
    sql`create table destination (
      id integer primary key, name text not null unique, profile text not null, folder text not null, isDefault integer not null,
      policy text not null, settings text not null, volume text,
      troubleCode text, troubleMessage text, troubleRemedy text, troubleSince text, troubleCount integer not null default 0, nextAttemptAt text
    ) strict`,
    sql`create table source (
      id integer primary key, name text not null unique, folder text not null, destinationId integer not null references destination (id)
    ) strict`,
    sql`create table document (
      id integer primary key, sourceId integer not null references source (id), fileName text not null, sha256 text not null,
      receivedAt text not null, bytes blob not null
    ) strict`,
    sql`create table orders (
      id integer primary key,
      sourceId integer not null references source (id), sourceOrderId text not null,
      documentId integer not null references document (id), destinationId integer not null references destination (id),
      number text not null, orderedAt text not null, receivedAt text not null, currency text not null,
      totalMinor integer not null, taxMinor integer not null,
      customerName text not null, customerEmail text not null, customerCode text not null,
      status text not null, isStatusByPerson integer not null, syncState text not null,
      errorCode text, errorMessage text, errorRemedy text,
      attempts integer not null, nextAttemptAt text, claimedBy integer,
      revision integer not null, contentRevision integer not null, receivedHash text not null, body text not null,
      unique (sourceId, sourceOrderId)
    ) strict`,
    sql`create index ordersNewest on orders (orderedAt, id)`,
    sql`create index ordersByStatus on orders (status, orderedAt, id)`,
    sql`create index ordersBySyncState on orders (syncState, orderedAt, id)`,
    sql`create index ordersBySource on orders (sourceId, orderedAt, id)`,
    sql`create index ordersByNumber on orders (number)`,
    sql`create index ordersToWrite on orders (destinationId, orderedAt, id) where status = 'Pending' and syncState = 'waiting'`,
    sql`create index ordersClaimed on orders (claimedBy) where claimedBy is not null`,
    sql`create virtual table orderSearch using fts5 (
      words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
    )`,
    sql`create table timeline (
      id integer primary key, orderId integer not null references orders (id), at text not null, kind text not null,
      actor text not null, text text not null, details text not null
    ) strict`,
    sql`create index timelineByOrder on timeline (orderId, id)`,
    sql`create table delivery (
      id integer primary key, orderId integer not null references orders (id), destinationId integer not null references destination (id),
      attempt integer not null, state text not null, folder text not null, fileName text not null unique, sizeBytes integer not null,
      sha256 text not null, contentRevision integer not null, preparedAt text not null, droppedAt text, answeredAt text,
      evidence text, answerText text, isOverdue integer not null default 0, missingSince text
    ) strict`,
    sql`create index deliveryByOrder on delivery (orderId, id)`,
    sql`create index deliveryOpen on delivery (destinationId, state, id)`,
    sql`create index deliveryByDrop on delivery (droppedAt) where droppedAt is not null`,
    sql`create table answer (
      id integer primary key, deliveryId integer not null references delivery (id), at text not null, fileName text not null,
      sha256 text not null, text text not null, unique (deliveryId, fileName, sha256)
    ) strict`,
    sql`create table run (
      id integer primary key, task text not null, trigger text not null, actor text not null, startedAt text not null, endedAt text,
      outcome text not null, doneCount integer not null, failedCount integer not null, waitingCount integer not null, summary text not null
    ) strict`,
    sql`create index runByTask on run (task, id)`,
    sql`create index runOpen on run (outcome) where outcome = 'running'`,
    sql`create table syncTask (name text primary key, everyMinutes integer not null, isPaused integer not null, nextRunAt text) strict, without rowid`,
    sql`create table problem (
      key text primary key, kind text not null, at text not null, title text not null, code text not null, message text not null,
      remedy text not null, folder text, dismissedAt text, dismissedBy text, reason text
    ) strict`,
    sql`create index problemOpen on problem (at) where dismissedAt is null`,
  ]
  for (const statement of statements) await statement.execute(db)
}
