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
] as const

/** The highest id that was ever given in this workspace, 0 in an empty one. */
export async function highestId(db: Database): Promise<number> {
  let highest = 0
  for (const table of TABLES) {
    const row = await db
      .selectFrom(table)
      .select((eb) => eb.fn.max('id').as('id'))
      .executeTakeFirst()
    highest = Math.max(highest, row?.id ?? 0)
  }
  return highest
}
