import type { DestinationRow, SourceRow } from '../../../src-shared/contract/contract'
import type { Failure } from '../../../src-shared/failure'
import type { PickUpPolicy } from '../../../src-shared/profiles/pick-up-policy'
import { type ProfileName, storedProfileSettings } from '../../../src-shared/profiles/profiles'
import type { Database, DatabaseTransaction } from './open-database'
import type { DestinationTable } from './schema'
import { storedFailure } from './stored-failure'
import { listStores, type StoredStore } from './stores-store'

/** A source as stored, with its store if it is one. */
export type StoredSource = Omit<SourceRow, 'store'> & { store: StoredStore | null }

/** Sources by name. */
export async function listSources(db: Database): Promise<StoredSource[]> {
  const stores = new Map((await listStores(db)).map((store) => [store.sourceId, store]))
  const sources = await db.selectFrom('source').selectAll().orderBy('name').execute()
  return sources.map((source) => ({ ...source, store: stores.get(source.id) ?? null }))
}

/** Adds or changes a source. */
export async function saveSource(db: DatabaseTransaction, { id, name, folder, destinationId }: Omit<SourceRow, 'store'>): Promise<void> {
  const columns = { name, folder, destinationId }
  await db
    .insertInto('source')
    .values({ id, ...columns })
    // If the id were set, SQLite would look for rows that refer to it in every table.
    .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
    .execute()
}

/** All destinations, sorted by name. */
export async function listDestinations(db: Database): Promise<DestinationRow[]> {
  return (await db.selectFrom('destination').selectAll().orderBy('name').execute()).map(toDestinationRow)
}

/** The destination as stored, including its failure and its disk, or undefined. */
export async function findDestination(db: Database, id: number): Promise<DestinationTable | undefined> {
  return db.selectFrom('destination').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The destination that has been failing for the longest time, or null. */
export async function longestFailing(db: Database): Promise<{ name: string; since: string } | null> {
  const row = await db
    .selectFrom('destination')
    .select(['name', 'troubleSince'])
    .where('troubleSince', 'is not', null)
    .orderBy('troubleSince')
    .limit(1)
    .executeTakeFirst()
  return row?.troubleSince == null ? null : { name: row.name, since: row.troubleSince }
}

/**
 * Adds or changes a destination, and clears its failure so that it is tried again. A new default replaces the old one.
 * Forgets which disk the folder was on if another folder was chosen, or if the failure was `folder-changed`: by
 * saving, the person confirms that the folder was moved on purpose.
 */
export async function saveDestination(db: DatabaseTransaction, row: Omit<DestinationRow, 'failure' | 'failingSince'>): Promise<void> {
  const known = await findDestination(db, row.id)
  const isSameDisk = known?.folder === row.folder && known.troubleCode !== 'folder-changed'
  const settings = JSON.stringify(row.settings)
  const hasSameOutput = known?.folder === row.folder && known.profile === row.profile && known.settings === settings
  if (row.isDefault) await db.updateTable('destination').set({ isDefault: 0 }).execute()
  const columns = {
    name: row.name,
    profile: row.profile,
    folder: row.folder,
    isDefault: row.isDefault ? (1 as const) : (0 as const),
    policy: JSON.stringify(row.policy),
    settings,
    ...NO_FAILURE,
    volume: isSameDisk ? known.volume : null,
    settingsRevision: (known?.settingsRevision ?? 0) + (hasSameOutput ? 0 : 1),
  }
  await db
    .insertInto('destination')
    .values({ id: row.id, ...columns })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
    .execute()
}

/** The failure columns of a destination that has no failure. */
export const NO_FAILURE = {
  troubleCode: null,
  troubleMessage: null,
  troubleRemedy: null,
  troubleSince: null,
  troubleCount: 0,
  nextAttemptAt: null,
} as const

/** Updates the recorded state of a destination's folder: its disk, failure and next attempt. */
export async function updateDestination(
  db: DatabaseTransaction,
  id: number,
  change: Partial<Pick<DestinationTable, 'volume' | 'nextAttemptAt' | (`trouble${string}` & keyof DestinationTable)>>,
): Promise<void> {
  await db.updateTable('destination').set(change).where('id', '=', id).execute()
}

/** A destination as the screen shows it. */
export function toDestinationRow(row: DestinationTable): DestinationRow {
  return {
    id: row.id,
    name: row.name,
    profile: row.profile as ProfileName,
    folder: row.folder,
    isDefault: row.isDefault === 1,
    policy: JSON.parse(row.policy) as PickUpPolicy,
    settings: storedProfileSettings(JSON.parse(row.settings)),
    failure: destinationFailure(row),
    failingSince: row.troubleSince,
  }
}

/** The failure that prevents files from being dropped at a destination, or null. */
export function destinationFailure(row: DestinationTable): Failure | null {
  return row.troubleCode === null ? null : storedFailure(row.troubleCode, row.troubleMessage, row.troubleRemedy)
}

/** A workspace-wide setting, or the fallback if it isn't set. */
export async function readSetting<T>(db: Database, name: string, fallback: T): Promise<T> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst()
  return row === undefined ? fallback : (JSON.parse(row.value) as T)
}

/** Stores a workspace-wide setting. */
export async function writeSetting(db: DatabaseTransaction, name: string, value: unknown): Promise<void> {
  const row = { name, value: JSON.stringify(value) }
  await db
    .insertInto('setting')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: row.value }))
    .execute()
}
