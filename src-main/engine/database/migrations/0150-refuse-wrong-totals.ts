import { type Kysely, sql } from 'kysely'

/**
 * Refuses orders whose parts don't add up to their total, unless a person decided otherwise. A destination that reports such orders, and never
 * refused them, only has the old default. It refuses them from now on, and its history says so.
 */
export async function refuseWrongTotals(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select id from destination where json_extract(settings, '$.totalDifference') = 'report' and not exists (
      select 1 from destinationChange where destinationId = destination.id and summary like '%settings.totalDifference: refuse became report%'
    )`.execute(db)
  for (const { id } of rows) {
    await sql`update destination set settings = json_set(settings, '$.totalDifference', 'refuse') where id = ${id}`.execute(db)
    await sql`insert into destinationChange (id, destinationId, at, actor, summary, after)
      select (select coalesce(max(id), 0) + 1 from destinationChange), id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'Ledgerdrop',
        'settings.totalDifference: report became refuse' || char(10) || 'A new default: it had never been changed here.',
        json_object('id', id, 'name', name, 'profile', profile, 'folder', folder, 'policy', json(policy), 'settings', json(settings))
      from destination where id = ${id}`.execute(db)
  }
}
