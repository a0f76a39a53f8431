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

/** The highest id in this workspace's tables; 0 in an empty workspace. */
export async function highestId(db: Database): Promise<number> {
  let highest = 0
  // A backup that an older version made lacks the newest tables.
  const existing = new Set(
    (await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(db)).rows.map((row) => row.name),
  )
  for (const table of TABLES.filter((name) => existing.has(name))) {
    const row = await db
      .selectFrom(table)
      .select((eb) => eb.fn.max('id').as('id'))
      .executeTakeFirst()
    highest = Math.max(highest, row?.id ?? 0)
  }
  return highest
}
