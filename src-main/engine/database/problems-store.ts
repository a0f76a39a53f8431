import { sql } from 'kysely'
import type { FailureCode } from '../../../src-shared/failure'
import type { Database, DatabaseTransaction } from './open-database'
import type { ProblemTable } from './schema'

/** A problem to record. */
export type NewProblem = Omit<ProblemTable, 'code' | 'orderId' | 'dismissedAt' | 'dismissedBy' | 'reason'> & {
  code: FailureCode
  orderId?: number
}

/** What a problem says. */
export type ProblemText = Pick<NewProblem, 'title' | 'code' | 'message' | 'remedy'>

/** Records a problem; one with the same key takes its place and is open again. One that is still open keeps its time: since when. */
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

/** The problem with that key, if nobody has closed it. */
export async function findOpenProblem(db: Database, key: string): Promise<ProblemTable | undefined> {
  return db.selectFrom('problem').selectAll().where('key', '=', key).where('dismissedAt', 'is', null).executeTakeFirst()
}

/** Problems that nobody has closed, newest first, `limit` of each kind at most: many of one kind hide none of another. */
export async function openProblems(db: Database, limit: number): Promise<ProblemTable[]> {
  const ranked = db
    .selectFrom('problem')
    .selectAll()
    .select(sql<number>`row_number() over (partition by kind order by at desc)`.as('place'))
    .where('dismissedAt', 'is', null)
  const rows = await db.selectFrom(ranked.as('ranked')).selectAll().where('place', '<=', limit).orderBy('at', 'desc').execute()
  return rows.map(({ place: _place, ...problem }) => problem)
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

/** How many problems of each kind nobody has closed. */
export async function countOpenProblems(db: Database): Promise<{ kind: ProblemTable['kind']; count: number }[]> {
  return db
    .selectFrom('problem')
    .select(['kind', (eb) => eb.fn.countAll<number>().as('count')])
    .where('dismissedAt', 'is', null)
    .groupBy('kind')
    .execute()
}

/** The key of the problem that a file was rejected; `intake` is the intake folder's own key, `name` the file's name in Rejected. */
export function rejectedFileKey(intake: string, name: string): string {
  return `rejected-${intake}-${name}`
}

/** True if a problem with that key was ever recorded, open or closed. */
export async function isProblemKnown(db: Database, key: string): Promise<boolean> {
  return (await db.selectFrom('problem').select('key').where('key', '=', key).executeTakeFirst()) !== undefined
}

/** Closes a problem; false where none with that key is open. */
export async function closeProblem(
  db: DatabaseTransaction,
  key: string,
  by: { at: string; actor: string; reason: string },
): Promise<boolean> {
  const done = await db
    .updateTable('problem')
    .set({ dismissedAt: by.at, dismissedBy: by.actor, reason: by.reason })
    .where('key', '=', key)
    .where('dismissedAt', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}
