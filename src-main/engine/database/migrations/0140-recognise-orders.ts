import { type Kysely, sql } from 'kysely'

const AT_ONCE = 2000

/**
 * Stores what an order is recognised by: the compared form of its id, when its version was modified, and every other version received. Problems can
 * refer to an order. Files that were moved out of an intake folder are watched for a while.
 */
export async function recogniseOrders(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table orders add column sourceOrderKey text not null default ''`,
    sql`alter table orders add column storeModifiedAt text`,
    sql`alter table orders add column fileModifiedAt text`,
    sql`alter table problem add column orderId integer references orders (id)`,
    sql`create index problemByOrder on problem (orderId) where orderId is not null`,
    sql`create table orderVersion (
      orderId integer not null references orders (id), hash text not null, storeModifiedAt text, fileModifiedAt text,
      state text not null check (state in ('replaced', 'noted', 'ignored')), primary key (orderId, hash)
    ) strict, without rowid`,
    sql`create table takenFile (
      folder text not null, movedTo text not null, name text not null, stamp text not null, takenAt text not null, problemKey text,
      primary key (folder, movedTo)
    ) strict, without rowid`,
  ]
  for (const statement of statements) await statement.execute(db)
  await fillKeys(db)
  // Not unique, because a workspace may already hold two orders whose ids differ only in letter case.
  await sql`create index ordersBySourceKey on orders (sourceId, sourceOrderKey)`.execute(db)
}

/** Fills the keys. Most stores use numeric ids, which are already keys. */
async function fillKeys(db: Kysely<unknown>): Promise<void> {
  await sql`update orders set sourceOrderKey = sourceOrderId`.execute(db)
  for (let after = 0; ; ) {
    const { rows } = await sql<{ id: number; sourceOrderId: string }>`
      select id, sourceOrderId from orders where id > ${after} and sourceOrderId glob '*[^0-9]*' order by id limit ${AT_ONCE}`.execute(db)
    for (const { id, sourceOrderId } of rows) {
      const key = foldIdentity(sourceOrderId)
      if (key !== sourceOrderId) await sql`update orders set sourceOrderKey = ${key} where id = ${id}`.execute(db)
    }
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.id
  }
}

/** The compared form of an id, as it was when this migration was written. */
function foldIdentity(text: string): string {
  return text.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC').trim()
}
