import { type Kysely, sql } from 'kysely'

/** Timeline entries keep what an edit or a newer document changed field by field, as a JSON list. Older entries have it as text only. */
export async function addTimelineChanges(db: Kysely<unknown>): Promise<void> {
  await sql`alter table timeline add column changes text not null default '[]'`.execute(db)
}
