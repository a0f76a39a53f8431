import type { CodeFolders, StoreRow, SyncSettings } from '../../../src-shared/contract/contract'
import type { Work } from '../context/work'
import type { Database } from '../database/open-database'
import { listDestinations, listSources, readSetting } from '../database/settings-store'
import { type StoredStore, storeFailure } from '../database/stores-store'

/** How many times an order with transient failures is tried before it is marked as failed, unless another limit is set. */
export const DEFAULT_ATTEMPT_LIMIT = 5

/** The attempt limit from the settings, or the default if none is set. */
export function attemptLimit(db: Database): Promise<number> {
  return readSetting(db, 'attemptLimit', DEFAULT_ATTEMPT_LIMIT)
}

/** The folders from which code lists are read. */
export function codeFolders(db: Database): Promise<CodeFolders> {
  return readSetting(db, 'codeFolders', { customers: null, products: null })
}

/** Sources and destinations as the screen shows them. */
export async function syncSettings(db: Database): Promise<SyncSettings> {
  const sources = (await listSources(db)).filter((source) => source.folder !== '' || source.store !== null)
  return {
    sources: sources.map((source) => ({ ...source, store: source.store === null ? null : storeRow(source.store) })),
    destinations: await listDestinations(db),
    codeFolders: await codeFolders(db),
    attemptLimit: await attemptLimit(db),
  }
}

function storeRow(store: StoredStore): StoreRow {
  const { connection, failingSince, readAt } = store
  const failure = storeFailure(store)
  return { ...connection, hasSecret: failure?.code !== 'store-secret-missing', failure, failingSince, readAt }
}

/** Publishes the settings after they have changed, or after a destination has failed or recovered, and returns them. Call it last in a write. */
export async function publishSettings(work: Work): Promise<SyncSettings> {
  const settings = await syncSettings(work.db)
  work.publish('settings.changed', settings)
  return settings
}
