import type { CodeFolders, SyncSettings } from '../../../src-shared/contract/contract'
import type { Work } from '../context/work'
import type { Database } from '../database/open-database'
import { listDestinations, listSources, readSetting } from '../database/settings-store'

/** How often a transient failure of an order is tried before the order is failed, where nothing else is set. */
export const DEFAULT_ATTEMPT_LIMIT = 5

/** The attempt limit in force. */
export function attemptLimit(db: Database): Promise<number> {
  return readSetting(db, 'attemptLimit', DEFAULT_ATTEMPT_LIMIT)
}

/** Where lists of codes come in. */
export function codeFolders(db: Database): Promise<CodeFolders> {
  return readSetting(db, 'codeFolders', { customers: null, products: null })
}

/** Sources and destinations as the screen shows them. */
export async function syncSettings(db: Database): Promise<SyncSettings> {
  const sources = (await listSources(db)).filter((source) => source.folder !== '')
  return {
    sources,
    destinations: await listDestinations(db),
    codeFolders: await codeFolders(db),
    attemptLimit: await attemptLimit(db),
  }
}

/** Publishes changed settings, or a destination's trouble that began or ended, and gives the settings. Call it last in the write. */
export async function publishSettings(work: Work): Promise<SyncSettings> {
  const settings = await syncSettings(work.db)
  work.publish('settings.changed', settings)
  return settings
}
