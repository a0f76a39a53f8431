import { type Kysely, sql } from 'kysely'

/**
 * Keeps a stalled, copied or rolled-back engine from losing or duplicating a file. Adds the workspace's id and number of starts, the marks that it
 * left in staging folders, a limit of one prepared delivery per order, and the settings with which a prepared file was rendered.
 */
export async function fenceDeliveries(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table workspace (
      only integer primary key check (only = 1), id text not null, epoch integer not null, token text not null,
      folder text not null, computer text not null
    ) strict`,
    sql`create table stagingMark (
      destinationId integer not null references destination (id) on delete cascade, folder text not null,
      epoch integer, token text, nextEpoch integer, nextToken text, generation integer not null default 0, isForfeited integer not null default 0,
      primary key (destinationId, folder)
    ) strict, without rowid`,
    sql`alter table destination add column settingsRevision integer not null default 1`,
    // No settings have this revision, so prepared files are withdrawn if possible and rendered again.
    sql`alter table delivery add column settingsRevision integer not null default 0`,
    // No version has ever prepared two deliveries for one order. If it did happen, nobody can know the state of the older one.
    sql`update orders set syncState = 'needs review', status = case status when 'Pending' then 'Processing' else status end,
        needsPersonSince = coalesce(needsPersonSince, strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
        errorCode = 'needs-review', errorMessage = 'It is not known whether a file of this order was sent.',
        errorRemedy = 'Look in the accounting package whether the order is there. Then choose Mark as Imported or Send Again.'
      where id in (select orderId from delivery where state = 'prepared' group by orderId having count(*) > 1)`,
    sql`update delivery set state = 'unknown', evidence = 'Two files were prepared for one order.'
      where state = 'prepared' and id < (select max(id) from delivery other where other.orderId = delivery.orderId and other.state = 'prepared')`,
    sql`create unique index deliveryPrepared on delivery (orderId) where state = 'prepared'`,
  ]
  for (const statement of statements) await statement.execute(db)
}
