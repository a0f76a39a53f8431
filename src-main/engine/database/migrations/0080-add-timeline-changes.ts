import { type Kysely, sql } from 'kysely'

/** Timeline entries store each field that an edit or a newer document changed, as a JSON list. Older entries only have the text. */
export async function addTimelineChanges(db: Kysely<unknown>): Promise<void> {
  await sql`alter table timeline add column changes text not null default '[]'`.execute(db)
}
