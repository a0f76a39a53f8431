import { sql } from 'kysely'
import type { Database } from './open-database'

const TABLES = [
  'source',
  'destination',
  'document',
  'orders',
  'timeline',
  'delivery',
  'answer',
  'run',
  'runEntry',
  'destinationChange',
  'notice',
  'staffMember',
  'keptSignIn',
  'forgottenDelivery',
] as const

/** The highest id that was ever given in this workspace, 0 in an empty one. */
export async function highestId(db: Database): Promise<number> {
  let highest = 0
  // A backup of an older version lacks the newest tables.
  const there = new Set(
    (await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(db)).rows.map((row) => row.name),
  )
  for (const table of TABLES.filter((name) => there.has(name))) {
    const row = await db
      .selectFrom(table)
      .select((eb) => eb.fn.max('id').as('id'))
      .executeTakeFirst()
    highest = Math.max(highest, row?.id ?? 0)
  }
  return highest
}
