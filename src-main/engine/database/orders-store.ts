import type { OrderRow } from '../../../src-shared/contract/contract'
import type { Failure } from '../../../src-shared/failure'
import type { ReceivedOrder } from '../../../src-shared/order'
import { insertRows } from './insert-rows'
import type { Database, DatabaseTransaction } from './open-database'
import { insertSearchTerms, type SearchableOrder, updateSearchTerms } from './order-search-store'
import type { OrdersTable } from './schema'
import { sortKey } from './sort-key'
import { storedFailure } from './stored-failure'
import { valueList } from './value-list'

/** The parts of an order that have no column. */
export type OrderBody = Pick<
  ReceivedOrder,
  'customer' | 'billTo' | 'shipTo' | 'reference' | 'note' | 'deliveryDate' | 'lines' | 'charges' | 'warnings'
>

/** A stored order with its body parsed. */
export type StoredOrder = Omit<OrdersTable, 'body'> & { body: OrderBody }

const ROW_COLUMNS = [
  'orders.id',
  'orders.number',
  'orders.orderedAt',
  'orders.customerName',
  'orders.customerEmail',
  'orders.currency',
  'orders.totalMinor',
  'orders.status',
  'orders.syncState',
  'orders.errorCode',
  'orders.errorMessage',
  'orders.errorRemedy',
  'orders.revision',
  'source.name as sourceName',
  'destination.name as destinationName',
] as const

/** The given orders as rows, in no particular order. */
export async function orderRows(db: Database, ids: readonly number[]): Promise<OrderRow[]> {
  if (ids.length === 0) return []
  return (await selectRows(db).where('orders.id', 'in', ids).execute()).map(toOrderRow)
}

function selectRows(db: Database) {
  return db
    .selectFrom('orders')
    .innerJoin('source', 'source.id', 'orders.sourceId')
    .innerJoin('destination', 'destination.id', 'orders.destinationId')
    .select(ROW_COLUMNS)
}

type SelectedRow = Awaited<ReturnType<ReturnType<typeof selectRows>['execute']>>[number]

function toOrderRow({ errorCode, errorMessage, errorRemedy, ...row }: SelectedRow): OrderRow {
  return { ...row, syncError: errorCode === null ? null : storedFailure(errorCode, errorMessage, errorRemedy) }
}

/** The error columns of an order without an error. */
export const NO_ERROR = { errorCode: null, errorMessage: null, errorRemedy: null } as const

/** The error columns for a failure. */
export function errorColumns({ code, message, remedy }: Failure) {
  return { errorCode: code, errorMessage: message, errorRemedy: remedy }
}

/** The order, or undefined. */
export async function findOrder(db: Database, id: number): Promise<StoredOrder | undefined> {
  const row = await db.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirst()
  return row && parseOrder(row)
}

/** An order's state, without its content. */
export type OrderState = Pick<
  StoredOrder,
  'id' | 'number' | 'destinationId' | 'status' | 'syncState' | 'errorCode' | 'attempts' | 'claimedBy' | 'contentRevision'
>

/** The states of these orders. */
export async function orderStates(db: Database, ids: readonly number[]): Promise<OrderState[]> {
  return db
    .selectFrom('orders')
    .select(['id', 'number', 'destinationId', 'status', 'syncState', 'errorCode', 'attempts', 'claimedBy', 'contentRevision'])
    .where('id', 'in', valueList(ids))
    .execute()
}

/** The id of the newest order with that number, or undefined. */
export async function findOrderIdByNumber(db: Database, number: string): Promise<number | undefined> {
  const row = await db.selectFrom('orders').select('id').where('number', '=', number).orderBy('id', 'desc').limit(1).executeTakeFirst()
  return row?.id
}

/** The columns that show whether a received order is already stored, and in which version. */
export type KnownOrder = Pick<OrdersTable, (typeof KNOWN_COLUMNS)[number]>

const KNOWN_COLUMNS = [
  ...(['id', 'number', 'sourceOrderId', 'sourceOrderKey', 'receivedHash', 'storeModifiedAt', 'fileModifiedAt', 'syncState'] as const),
  ...(['orderedAt', 'currency', 'totalMinor', 'customerEmail'] as const),
] as const

/** A source's orders with these keys. See `foldIdentity`. */
export async function knownOrders(db: Database, sourceId: number, sourceOrderKeys: readonly string[]): Promise<KnownOrder[]> {
  return db
    .selectFrom('orders')
    .select(KNOWN_COLUMNS)
    .where('sourceId', '=', sourceId)
    .where('sourceOrderKey', 'in', valueList(sourceOrderKeys))
    .execute()
}

/** Orders that a source sent since that id was generated, with a version that its store modified since a time: id, and the source's own id. */
export async function ordersOfStoreSince(db: Database, sourceId: number, since: { id: number; storeModifiedAt: string }) {
  return db
    .selectFrom('orders')
    .select(['id', 'sourceOrderId', 'number'])
    .where('id', '>=', since.id)
    .where('sourceId', '=', sourceId)
    .where('storeModifiedAt', '>=', since.storeModifiedAt)
    .execute()
}

/** Orders with these numbers or similar ones (the same `sortKey`), to compare as possible duplicates. */
export async function ordersWithSimilarNumbers(db: Database, numbers: readonly string[]) {
  return db
    .selectFrom('orders')
    .select(['id', 'sourceId', 'sourceOrderId', 'number', 'numberKey', 'orderedAt', 'currency', 'totalMinor', 'customerEmail', 'errorCode'])
    .where('numberKey', 'in', valueList([...new Set(numbers.map(sortKey))]))
    .orderBy('id')
    .execute()
}

/** A row with its body parsed. */
export function parseOrder(row: OrdersTable): StoredOrder {
  return { ...row, body: JSON.parse(row.body) as OrderBody }
}

/** The order in the form that exporters need. */
export function toReceivedOrder(order: StoredOrder): ReceivedOrder {
  return {
    sourceOrderId: order.sourceOrderId,
    number: order.number,
    orderedAt: order.orderedAt,
    modifiedAt: order.storeModifiedAt,
    currency: order.currency,
    status: order.status,
    ...order.body,
    taxMinor: order.taxMinor,
    totalMinor: order.totalMinor,
  }
}

/** The columns, including `body`, that hold what a source sent. */
export function contentColumns(order: ReceivedOrder) {
  const { customer, billTo, shipTo, reference, note, deliveryDate, lines, charges, warnings } = order
  const body: OrderBody = { customer, billTo, shipTo, reference, note, deliveryDate, lines, charges, warnings }
  const customerName = customer.company || customer.name || billTo.company || billTo.name
  return {
    number: order.number,
    numberKey: sortKey(order.number),
    orderedAt: order.orderedAt,
    currency: order.currency,
    totalMinor: order.totalMinor,
    taxMinor: order.taxMinor,
    customerName,
    customerKey: sortKey(customerName),
    customerEmail: customer.email || billTo.email,
    customerCode: customer.code,
    body: JSON.stringify(body),
  }
}

/** Adds orders and indexes them for search. */
export async function insertOrders(db: DatabaseTransaction, orders: readonly SearchableOrder[]): Promise<void> {
  await insertRows(
    db,
    'orders',
    orders.map(({ row }) => row),
  )
  await insertSearchTerms(db, orders)
}

/** Changes an order and increments its revision. Pass `body` only together with a new `contentRevision`. */
export async function updateOrder(
  db: DatabaseTransaction,
  id: number,
  change: Partial<Omit<OrdersTable, 'id' | 'revision'>>,
): Promise<void> {
  const row = await db
    .updateTable('orders')
    .set((eb) => ({ ...change, revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  if (change.body === undefined) return
  await updateSearchTerms(db, { row, body: JSON.parse(row.body) as OrderBody })
}

/**
 * Saves a later modification time from the store for the same version. Keeps the revision, because nothing else has
 * changed.
 */
export async function saveStoreModifiedAt(db: DatabaseTransaction, id: number, storeModifiedAt: string | null): Promise<void> {
  await db.updateTable('orders').set({ storeModifiedAt }).where('id', '=', id).execute()
}

/** Makes the same change to the state of these orders and increments their revisions. Doesn't change their content. */
export async function updateOrderStates(
  db: DatabaseTransaction,
  ids: readonly number[],
  change: Partial<Omit<OrdersTable, 'id' | 'revision' | keyof ReturnType<typeof contentColumns>>>,
): Promise<void> {
  await db
    .updateTable('orders')
    .set((eb) => ({ ...change, revision: eb('revision', '+', 1) }))
    .where('id', 'in', valueList(ids))
    .execute()
}

/** Every order's id and number, in batches. */
export async function* orderNumbers(db: Database): AsyncGenerator<{ id: number; number: string }[]> {
  for (let last = 0; ; ) {
    const rows = await db.selectFrom('orders').select(['id', 'number']).where('id', '>', last).orderBy('id').limit(10_000).execute()
    const lastRow = rows.at(-1)
    if (lastRow === undefined) return
    yield rows
    last = lastRow.id
  }
}

/** Ids of orders that a person or the sync could send: waiting or failed, and not closed. */
export async function unsentOrderIds(db: Database): Promise<number[]> {
  const rows = await db
    .selectFrom('orders')
    .select('id')
    .where('syncState', 'in', ['waiting', 'failed'])
    .where('status', 'not in', ['Cancelled', 'Completed'])
    .orderBy('id')
    .execute()
  return rows.map((row) => row.id)
}

/** The orders with that number, newest first. */
export async function ordersByNumber(db: Database, number: string) {
  return db
    .selectFrom('orders')
    .innerJoin('source', 'source.id', 'orders.sourceId')
    .select(['orders.id', 'orders.status', 'orders.syncState', 'source.name as sourceName'])
    .where('orders.number', '=', number)
    .orderBy('orders.id', 'desc')
    .execute()
}
