import type { Failure } from '../../../src-shared/failure'
import type { StoreConnection } from '../../../src-shared/stores'
import type { Database, DatabaseTransaction } from './open-database'
import type { StoreTable } from './schema'
import { storedFailure } from './stored-failure'

/** A store with its connection parsed. */
export type StoredStore = Omit<StoreTable, 'connection'> & { connection: StoreConnection }

/** Every source that is a store. */
export async function listStores(db: Database): Promise<StoredStore[]> {
  return (await db.selectFrom('store').selectAll().execute()).map(parseStore)
}

/** The store of a source, or undefined. */
export async function findStore(db: Database, sourceId: number): Promise<StoredStore | undefined> {
  const row = await db.selectFrom('store').selectAll().where('sourceId', '=', sourceId).executeTakeFirst()
  return row && parseStore(row)
}

/** Adds a store. It is read from `cursor` on. */
export async function insertStore(db: DatabaseTransaction, sourceId: number, connection: StoreConnection, cursor: string): Promise<void> {
  await db
    .insertInto('store')
    .values({ sourceId, connection: JSON.stringify(connection), cursor, readAt: null, rereadAt: null, ...NO_STORE_FAILURE })
    .execute()
}

/** Changes a store's connection, or what is known about it. */
export async function updateStore(
  db: DatabaseTransaction,
  sourceId: number,
  { connection, ...change }: Partial<Omit<StoredStore, 'sourceId'>>,
): Promise<void> {
  const columns = connection === undefined ? change : { ...change, connection: JSON.stringify(connection) }
  await db.updateTable('store').set(columns).where('sourceId', '=', sourceId).execute()
}

/** The failure columns of a store that has no failure. */
export const NO_STORE_FAILURE = {
  failureCode: null,
  failureMessage: null,
  failureRemedy: null,
  failingSince: null,
  failureCount: 0,
  nextAttemptAt: null,
  updateFailureCount: 0,
  nextUpdateAt: null,
} as const

/** Why a store can't be read, or null. */
export function storeFailure({ failureCode, failureMessage, failureRemedy }: StoredStore): Failure | null {
  return failureCode === null ? null : storedFailure(failureCode, failureMessage, failureRemedy)
}

function parseStore({ connection, ...row }: StoreTable): StoredStore {
  return { ...row, connection: JSON.parse(connection) as StoreConnection }
}
