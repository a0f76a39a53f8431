import { type Kysely, sql } from 'kysely'

/** A run records how many orders it left for a person to look at. Earlier runs: not known, 0. */
export async function countReviews(db: Kysely<unknown>): Promise<void> {
  await sql`alter table run add column reviewCount integer not null default 0`.execute(db)
}
