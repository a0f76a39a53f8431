import { type RawBuilder, sql } from 'kysely'
import type { ProblemKind } from '../../../src-shared/contract/contract'
import type { Failure } from '../../../src-shared/failure'
import type { Database } from './open-database'
import type { OrdersTable } from './schema'
import { storedFailure } from './stored-failure'

/** The kinds of problems that are about an order's own state. */
export const ORDER_PROBLEMS = ['order failed', 'needs review', 'overdue'] as const satisfies readonly ProblemKind[]
type OrderProblem = (typeof ORDER_PROBLEMS)[number]

/**
 * These must be exactly the expressions of the index ordersByProblem. Without `indexed by`, SQLite uses other indexes
 * and reads every order that ever failed.
 */
const KIND = sql`(case when syncState = 'failed' then 'order failed' when errorCode = 'not-picked-up' then 'overdue' else 'needs review' end)`
const FROM_PROBLEMS = sql`from orders indexed by ordersByProblem
  where (syncState = 'needs review' or (syncState = 'failed' and status not in ('Cancelled', 'Completed'))) and needsPersonSince is not null`

/** An order that needs attention: it failed and isn't closed, or needs review, and nobody has dismissed the problem. */
export interface ProblemOrder {
  id: number
  kind: OrderProblem
  number: string
  /** When the problem started. */
  at: string
  failure: Failure | null
}

/** Orders with one kind of problem, newest problem first, `limit` at most. */
export async function problemOrders(db: Database, kind: OrderProblem, search: string, limit: number): Promise<ProblemOrder[]> {
  const { rows } = await sql<Pick<OrdersTable, 'id' | 'number' | 'needsPersonSince' | 'errorCode' | 'errorMessage' | 'errorRemedy'>>`
    select id, number, needsPersonSince, errorCode, errorMessage, errorRemedy ${FROM_PROBLEMS} and ${KIND} = ${kind} ${matching(search)}
    order by needsPersonSince desc, id desc limit ${limit}`.execute(db)
  return rows.map(({ id, number, needsPersonSince, errorCode, errorMessage, errorRemedy }) => ({
    id,
    kind,
    number,
    at: needsPersonSince ?? '',
    failure: errorCode === null ? null : storedFailure(errorCode, errorMessage, errorRemedy),
  }))
}

/** The number of orders with each kind of problem. */
export async function countProblemOrders(db: Database, search: string): Promise<{ kind: OrderProblem; count: number }[]> {
  const found = sql<{ kind: OrderProblem; count: number }>`
    select ${KIND} as kind, count(*) as count ${FROM_PROBLEMS} ${matching(search)} group by ${KIND}`
  return (await found.execute(db)).rows
}

/** The ids of all orders with one kind of problem. */
export async function problemOrderIds(db: Database, kind: OrderProblem, search: string): Promise<number[]> {
  const found = sql<{ id: number }>`select id ${FROM_PROBLEMS} and ${KIND} = ${kind} ${matching(search)} order by id`
  return (await found.execute(db)).rows.map((row) => row.id)
}

function matching(search: string): RawBuilder<unknown> {
  if (search === '') return sql``
  const pattern = `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`
  const columns = ['number', 'customerName', 'customerEmail', 'errorMessage'] as const
  return sql`and (${sql.join(
    columns.map((column) => sql`${sql.ref(column)} like ${pattern} escape '\\'`),
    sql` or `,
  )})`
}
