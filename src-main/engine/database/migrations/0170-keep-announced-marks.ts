import { type Kysely, sql } from 'kysely'

/** Keeps the marks of all announced starts. A drop folder that goes back in time may have any of them, not only the last one. */
export async function keepAnnouncedMarks(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table stagingMark add column announced text not null default '[]'`,
    sql`update stagingMark set announced = json_array(json_object('epoch', nextEpoch, 'token', nextToken)) where nextEpoch is not null`,
    sql`alter table stagingMark drop column nextEpoch`,
    sql`alter table stagingMark drop column nextToken`,
  ]
  for (const statement of statements) await statement.execute(db)
}
