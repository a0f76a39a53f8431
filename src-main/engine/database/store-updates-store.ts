import { sql } from 'kysely'
import type { Failure } from '../../../src-shared/failure'
import { insertRows } from './insert-rows'
import type { Database, DatabaseTransaction } from './open-database'
import { errorColumns, NO_ERROR } from './orders-store'
import type { StoreUpdateTable } from './schema'
import { valueList } from './value-list'

/** What to write to a store. */
export type UpdateContent =
  | { kind: 'note'; text: string }
  | { kind: 'mark'; name: string; value: string }
  /** `orderStatus`: the status here that caused it. */
  | { kind: 'status'; status: string; orderStatus: string }
  | { kind: 'tracking'; number: string; carrier: string }

/** An update with its content parsed. */
export type QueuedUpdate = Omit<StoreUpdateTable, 'content'> & { content: UpdateContent }

/** An update with what identifies its order, here and in the store. */
export type UpdateOfOrder = QueuedUpdate & { number: string; sourceOrderId: string }

/** Which updates are due: `now` and the latest time that a pause can end at. A later one was set before the clock was set back, so it is over. */
export interface DueBy {
  now: string
  latest: string
}

/** Selects open updates in that state. Repeats the condition of the partial index on open updates; otherwise SQLite doesn't use that index. */
const isOpen = (state: 'queued' | 'failed') => sql<boolean>`storeUpdate.state in ('queued', 'failed') and storeUpdate.state = ${state}`

/** Adds updates to the outbox. */
export async function insertStoreUpdates(
  db: DatabaseTransaction,
  updates: readonly Pick<QueuedUpdate, 'id' | 'orderId' | 'sourceId' | 'content' | 'mark' | 'queuedAt'>[],
): Promise<void> {
  const rows = updates.map(({ content, ...update }) => ({
    ...update,
    kind: content.kind,
    content: JSON.stringify(content),
    state: 'queued' as const,
    attempts: 0,
    nextAttemptAt: null,
    ...NO_ERROR,
    doneAt: null,
  }))
  await insertRows(db, 'storeUpdate', rows)
}

const isOver = (column: string, { now, latest }: DueBy) =>
  sql<boolean>`(${sql.ref(column)} is null or ${sql.ref(column)} <= ${now} or ${sql.ref(column)} > ${latest})`

/** True if there is an update that is due, in a store that isn't pausing. */
export async function hasDueUpdates(db: Database, due: DueBy): Promise<boolean> {
  const found = await db
    .selectFrom('store')
    .innerJoin('storeUpdate', 'storeUpdate.sourceId', 'store.sourceId')
    .select('storeUpdate.id')
    .where(isOpen('queued'))
    .where(isOver('store.nextUpdateAt', due))
    .where(isOver('storeUpdate.nextAttemptAt', due))
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** The number of queued updates of a source. */
export async function countQueuedUpdates(db: Database, sourceId: number): Promise<number> {
  const row = await db
    .selectFrom('storeUpdate')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(isOpen('queued'))
    .where('sourceId', '=', sourceId)
    .executeTakeFirstOrThrow()
  return row.count
}

/**
 * Claims due updates of a source, at most one per order: its first. The attempts count from now on, even if they end in a crash. Updates that failed
 * before come last, so that they don't hold up the others.
 */
export async function claimStoreUpdates(
  db: DatabaseTransaction,
  { sourceId, limit, except, ...due }: { sourceId: number; limit: number; except: readonly number[] } & DueBy,
): Promise<UpdateOfOrder[]> {
  const ids = await db
    .selectFrom('storeUpdate')
    .select('storeUpdate.id')
    .where(isOpen('queued'))
    .where('sourceId', '=', sourceId)
    .where('id', 'not in', valueList(except))
    .where(isOver('storeUpdate.nextAttemptAt', due))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('storeUpdate as earlier')
            .select('earlier.id')
            .whereRef('earlier.orderId', '=', 'storeUpdate.orderId')
            .whereRef('earlier.id', '<', 'storeUpdate.id')
            .where('earlier.state', '=', 'queued'),
        ),
      ),
    )
    .orderBy(sql`errorCode is not null`)
    .orderBy('id')
    .limit(limit)
    .execute()
  const claimed = ids.map(({ id }) => id)
  await db
    .updateTable('storeUpdate')
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('id', 'in', valueList(claimed))
    .execute()
  const rows = await ofOrders(db).where('storeUpdate.id', 'in', valueList(claimed)).orderBy('storeUpdate.id').execute()
  return rows.map(parseUpdate)
}

/** Takes back claims, because nothing was tried, or because it failed for a reason that has nothing to do with these updates. */
export async function undoUpdateClaims(db: DatabaseTransaction, ids: readonly number[]): Promise<void> {
  await db
    .updateTable('storeUpdate')
    .set((eb) => ({ attempts: eb('attempts', '-', 1) }))
    .where('id', 'in', valueList(ids))
    .execute()
}

/** Changes the state of updates, or what is known about their failure. */
export async function changeStoreUpdates(
  db: DatabaseTransaction,
  ids: readonly number[],
  { failure, ...change }: Partial<Pick<StoreUpdateTable, 'state' | 'attempts' | 'nextAttemptAt' | 'doneAt'>> & { failure?: Failure | null },
): Promise<void> {
  const columns = failure === undefined ? {} : failure === null ? NO_ERROR : errorColumns(failure)
  await db
    .updateTable('storeUpdate')
    .set({ ...change, ...columns })
    .where('id', 'in', valueList(ids))
    .execute()
}

/** A source's open updates in that state, oldest first, at most `limit`. */
export async function openUpdatesOfSource(
  db: Database,
  sourceId: number,
  state: 'queued' | 'failed',
  limit = Number.MAX_SAFE_INTEGER,
): Promise<UpdateOfOrder[]> {
  const rows = await ofOrders(db)
    .where(isOpen(state))
    .where('storeUpdate.sourceId', '=', sourceId)
    .orderBy('storeUpdate.id')
    .limit(limit)
    .execute()
  return rows.map(parseUpdate)
}

/** An order's updates, oldest first. */
export async function updatesOfOrder(db: Database, orderId: number): Promise<QueuedUpdate[]> {
  const rows = await db.selectFrom('storeUpdate').selectAll().where('orderId', '=', orderId).orderBy('id').execute()
  return rows.map(parseUpdate)
}

/** The status updates of a source's orders with these keys (see `foldIdentity`), oldest first. */
export async function statusUpdatesOf(
  db: Database,
  sourceId: number,
  sourceOrderKeys: readonly string[],
): Promise<(QueuedUpdate & { sourceOrderKey: string })[]> {
  const rows = await db
    .selectFrom('orders')
    .innerJoin('storeUpdate', 'storeUpdate.orderId', 'orders.id')
    .selectAll('storeUpdate')
    .select('orders.sourceOrderKey')
    .where('orders.sourceId', '=', sourceId)
    .where('orders.sourceOrderKey', 'in', valueList(sourceOrderKeys))
    .where('storeUpdate.kind', '=', 'status')
    .orderBy('storeUpdate.id')
    .execute()
  return rows.map(parseUpdate)
}

/** The source of each of these orders. */
export async function sourcesOfOrders(db: Database, orderIds: readonly number[]): Promise<{ id: number; sourceId: number }[]> {
  return db.selectFrom('orders').select(['id', 'sourceId']).where('id', 'in', valueList(orderIds)).execute()
}

function ofOrders(db: Database) {
  return db
    .selectFrom('storeUpdate')
    .innerJoin('orders', 'orders.id', 'storeUpdate.orderId')
    .selectAll('storeUpdate')
    .select(['orders.number', 'orders.sourceOrderId'])
}

function parseUpdate<Row extends { content: string }>({ content, ...row }: Row): Omit<Row, 'content'> & { content: UpdateContent } {
  return { ...row, content: JSON.parse(content) as UpdateContent }
}
