import { type Kysely, sql } from 'kysely'

const AT_ONCE = 2000

/**
 * What an order is recognised by: its id as it is compared, when its version was made, and every version that came in beside it. Problems may be
 * about an order. Files that were moved are looked after for a while.
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
  // Not unique: a workspace may hold two orders from before whose ids differ in letter case alone.
  await sql`create index ordersBySourceKey on orders (sourceId, sourceOrderKey)`.execute(db)
}

/** Most stores have ids of digits only, which are keys as they are. */
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

/** An id as it was compared when this migration landed. */
function foldIdentity(text: string): string {
  return text.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC').trim()
}
