import { type Kysely, sql } from 'kysely'

/** Runs record how many orders they left for review. For earlier runs this is unknown, so it is 0. */
export async function countReviews(db: Kysely<unknown>): Promise<void> {
  await sql`alter table run add column reviewCount integer not null default 0`.execute(db)
}
