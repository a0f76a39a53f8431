import { sql } from 'kysely'
import type { Database } from './open-database'

/**
 * Basic facts about a database, for support: SQLite version, migrations, and counts of orders and deliveries by state.
 */
export async function databaseFacts(db: Database) {
  const version = await sql<{ version: string }>`select sqlite_version() as version`.execute(db)
  const migrations = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  const orders = await db
    .selectFrom('orders')
    .select((eb) => ['status', 'syncState', eb.fn.countAll<number>().as('count')])
    .groupBy(['status', 'syncState'])
    .execute()
  const deliveries = await db
    .selectFrom('delivery')
    .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute()
  return { sqlite: version.rows[0]?.version ?? '', migrations: migrations.rows.map(({ name }) => name), orders, deliveries }
}
