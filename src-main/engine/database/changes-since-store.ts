import type { RestoreOrderChange, RestorePreview } from '../../../src-shared/contract/contract'
import type { Database } from './open-database'

/** Kinds of timeline entries that record what a person did to an order. */
const BY_PERSON = ['status', 'edited', 'comment', 'review'] as const
const SETTINGS_TABLES = ['setting', 'source', 'destination'] as const

/**
 * Counts the changes in a database since a backup whose newest id is `lastId`, and lists the newest `limit` changed
 * orders.
 */
export async function changesSince(
  db: Database,
  backup: Database,
  lastId: number,
  limit: number,
): Promise<Pick<RestorePreview, 'receivedCount' | 'changedCount' | 'settingsCount' | 'orders'>> {
  const received = await db
    .selectFrom('orders')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('id', '>', lastId)
    .executeTakeFirstOrThrow()
  const changed = await db
    .selectFrom('timeline')
    .select((eb) => eb.fn.count<number>('orderId').distinct().as('count'))
    .where('id', '>', lastId)
    .where('orderId', '<=', lastId)
    .where('kind', 'in', BY_PERSON)
    .executeTakeFirstOrThrow()
  return {
    receivedCount: received.count,
    changedCount: changed.count,
    settingsCount: await countSettings(db, backup),
    orders: await newestChanges(db, lastId, limit),
  }
}

async function newestChanges(db: Database, lastId: number, limit: number): Promise<RestoreOrderChange[]> {
  const entries = await db
    .selectFrom('timeline')
    .innerJoin('orders', 'orders.id', 'timeline.orderId')
    .select((eb) => ['orders.id', 'orders.number', 'orders.customerName', eb.fn.max('timeline.id').as('last')])
    .where('timeline.id', '>', lastId)
    .groupBy('orders.id')
    .orderBy('last', 'desc')
    .limit(limit)
    .execute()
  const ids = entries.map((entry) => entry.id)
  const sent = await db.selectFrom('delivery').select('orderId').where('id', '>', lastId).where('orderId', 'in', ids).execute()
  const sentIds = new Set(sent.map((row) => row.orderId))
  return entries.map(({ id, number, customerName }) => ({
    number,
    customerName,
    change: sentIds.has(id) ? 'sent since' : id > lastId ? 'received since' : 'changed since',
  }))
}

/** The number of settings rows that were changed, added or removed. */
async function countSettings(db: Database, backup: Database): Promise<number> {
  let count = 0
  for (const table of SETTINGS_TABLES) {
    const [current, earlier] = await Promise.all(
      [db, backup].map(async (database) => (await database.selectFrom(table).selectAll().execute()).map(asText)),
    )
    count += new Set([...differingKeys(current ?? [], earlier ?? []), ...differingKeys(earlier ?? [], current ?? [])]).size
  }
  return count
}

/** A row's key, and its settings as JSON without the columns that sync itself updates (errors, next attempt, disk). */
function asText(row: object): { key: string; text: string } {
  const settings = Object.entries(row).filter(([name]) => !/^(trouble|nextAttemptAt|volume|settingsRevision)/.test(name))
  const { id, name } = row as { id?: number; name?: string }
  return { key: String(id ?? name), text: JSON.stringify(settings) }
}

function differingKeys(rows: readonly { key: string; text: string }[], others: readonly { key: string; text: string }[]): string[] {
  const known = new Set(others.map((row) => row.text))
  return rows.filter((row) => !known.has(row.text)).map((row) => row.key)
}
