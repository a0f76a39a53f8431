import { sql } from 'kysely'
import type { FailureCode } from '../../../src-shared/failure'
import type { Database, DatabaseTransaction } from './open-database'
import type { ProblemTable } from './schema'

/** A problem to record. */
export type NewProblem = Omit<ProblemTable, 'code' | 'orderId' | 'dismissedAt' | 'dismissedBy' | 'reason'> & {
  code: FailureCode
  orderId?: number
}

/** The text of a problem. */
export type ProblemText = Pick<NewProblem, 'title' | 'code' | 'message' | 'remedy'>

/**
 * Records a problem as open. Replaces any problem with the same key; if that one is still open, its start time is kept.
 */
export async function saveProblem(db: DatabaseTransaction, problem: NewProblem): Promise<void> {
  const row = { orderId: null, ...problem, dismissedAt: null, dismissedBy: null, reason: null }
  await db
    .insertInto('problem')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({ ...row, at: sql<string>`case when dismissedAt is null then problem.at else excluded.at end` }),
    )
    .execute()
}

/** The open problem with that key, or undefined. */
export async function findOpenProblem(db: Database, key: string): Promise<ProblemTable | undefined> {
  return db.selectFrom('problem').selectAll().where('key', '=', key).where('dismissedAt', 'is', null).executeTakeFirst()
}

/** Open problems, newest first, at most `limit` of each kind, so that many of one kind don't hide those of another. */
export async function openProblems(db: Database, limit: number): Promise<ProblemTable[]> {
  const ranked = db
    .selectFrom('problem')
    .selectAll()
    .select(sql<number>`row_number() over (partition by kind order by at desc)`.as('rank'))
    .where('dismissedAt', 'is', null)
  const rows = await db.selectFrom(ranked.as('ranked')).selectAll().where('rank', '<=', limit).orderBy('at', 'desc').execute()
  return rows.map(({ rank: _rank, ...problem }) => problem)
}

/** Open problems about an order, newest first. */
export async function openProblemsOfOrder(db: Database, orderId: number): Promise<ProblemTable[]> {
  return db
    .selectFrom('problem')
    .selectAll()
    .where('orderId', '=', orderId)
    .where('orderId', 'is not', null)
    .where('dismissedAt', 'is', null)
    .orderBy('at', 'desc')
    .execute()
}

/** The keys of open problems that begin with a text. */
export async function openProblemKeys(db: Database, prefix: string): Promise<string[]> {
  const rows = await db
    .selectFrom('problem')
    .select('key')
    .where('key', '>=', prefix)
    .where('key', '<', `${prefix}\uffff`)
    .where('dismissedAt', 'is', null)
    .execute()
  return rows.map(({ key }) => key)
}

/** The number of open problems of each kind. */
export async function countOpenProblems(db: Database): Promise<{ kind: ProblemTable['kind']; count: number }[]> {
  return db
    .selectFrom('problem')
    .select(['kind', (eb) => eb.fn.countAll<number>().as('count')])
    .where('dismissedAt', 'is', null)
    .groupBy('kind')
    .execute()
}

/** The key of a rejected file's problem. `intake` is the intake folder's key, `name` the file's name in the Rejected folder. */
export function rejectedFileKey(intake: string, name: string): string {
  return `rejected-${intake}-${name}`
}

/** True if a problem with that key was ever recorded, open or closed. */
export async function isProblemKnown(db: Database, key: string): Promise<boolean> {
  return (await db.selectFrom('problem').select('key').where('key', '=', key).executeTakeFirst()) !== undefined
}

/** Closes a problem. False if no problem with that key is open. */
export async function closeProblem(
  db: DatabaseTransaction,
  key: string,
  { at, actor, reason }: { at: string; actor: string; reason: string },
): Promise<boolean> {
  const result = await db
    .updateTable('problem')
    .set({ dismissedAt: at, dismissedBy: actor, reason })
    .where('key', '=', key)
    .where('dismissedAt', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}
