import { type Kysely, sql } from 'kysely'

/** Marks codes that a person entered, as opposed to codes from a list. If no list was ever read, a person entered them all. */
export async function addCodesByHand(db: Kysely<unknown>): Promise<void> {
  await sql`alter table code add column isByHand integer not null default 0`.execute(db)
  await sql`update code set isByHand = 1
    where not exists (select 1 from setting where name = 'codeListGiven.' || code.kind and value = 'true')`.execute(db)
}
