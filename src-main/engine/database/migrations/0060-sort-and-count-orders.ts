import { type Kysely, sql } from 'kysely'

const AT_ONCE = 2000

/**
 * Lets View Orders sort by every column and count by state. Every index ends with the columns that View Orders filters by, so rows that don't match
 * are skipped inside the index. Triggers keep the counts up to date. A migration that rebuilds `orders` must create the triggers again.
 */
export async function sortAndCountOrders(db: Kysely<unknown>): Promise<void> {
  await sql`alter table orders add column numberKey text not null default ''`.execute(db)
  await sql`alter table orders add column customerKey text not null default ''`.execute(db)
  await fillKeys(db)
  const statements = [
    sql`drop index ordersNewest`,
    sql`drop index ordersByStatus`,
    sql`drop index ordersBySyncState`,
    sql`drop index ordersBySource`,
    sql`create index ordersNewest on orders (orderedAt, id, status, syncState, sourceId)`,
    sql`create index ordersByStatus on orders (status, orderedAt, id, syncState, sourceId)`,
    sql`create index ordersBySyncState on orders (syncState, orderedAt, id, status, sourceId)`,
    sql`create index ordersBySource on orders (sourceId, orderedAt, id, status, syncState)`,
    sql`create index ordersByNumberKey on orders (numberKey, id, status, syncState, sourceId, orderedAt)`,
    sql`create index ordersByCustomerKey on orders (customerKey, id, status, syncState, sourceId, orderedAt)`,
    sql`create index ordersByTotal on orders (currency, totalMinor, id, status, syncState, sourceId, orderedAt)`,
    sql`create table orderCount (
      sourceId integer not null, status text not null, syncState text not null, count integer not null,
      primary key (sourceId, status, syncState)
    ) strict, without rowid`,
    sql`insert into orderCount select sourceId, status, syncState, count(*) from orders group by sourceId, status, syncState`,
    sql`create trigger orderCountUp after insert on orders begin
      insert into orderCount values (new.sourceId, new.status, new.syncState, 1) on conflict do update set count = count + 1;
    end`,
    sql`create trigger orderCountMoved after update of sourceId, status, syncState on orders
      when old.sourceId <> new.sourceId or old.status <> new.status or old.syncState <> new.syncState begin
      update orderCount set count = count - 1 where sourceId = old.sourceId and status = old.status and syncState = old.syncState;
      insert into orderCount values (new.sourceId, new.status, new.syncState, 1) on conflict do update set count = count + 1;
    end`,
    sql`create trigger orderCountDown after delete on orders begin
      update orderCount set count = count - 1 where sourceId = old.sourceId and status = old.status and syncState = old.syncState;
    end`,
  ]
  for (const statement of statements) await statement.execute(db)
}

async function fillKeys(db: Kysely<unknown>): Promise<void> {
  for (let after = 0; ; ) {
    const { rows } = await sql<{ id: number; number: string; customerName: string }>`
      select id, number, customerName from orders where id > ${after} order by id limit ${AT_ONCE}`.execute(db)
    for (const { id, number, customerName } of rows) {
      await sql`update orders set numberKey = ${sortKey(number)}, customerKey = ${sortKey(customerName)} where id = ${id}`.execute(db)
    }
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.id
  }
}

const LONGEST_KEY = 120
const KEY_DIGITS = 15

/** The sort key as it was when this migration was written. */
function sortKey(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .trim()
    .slice(0, LONGEST_KEY)
    .replaceAll(/\d+/g, (digits) => digits.padStart(KEY_DIGITS, '0'))
}
