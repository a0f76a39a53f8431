import type { CodeFolders, SyncSettings } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { listDestinations, listSources, readSetting } from '../database/settings-store'

/** How often a transient failure of an order is tried before the order is failed, where nothing else is set. */
export const DEFAULT_ATTEMPT_LIMIT = 5

/** The attempt limit in force. */
export function attemptLimit(engine: EngineContext): Promise<number> {
  return readSetting(engine.db, 'attemptLimit', DEFAULT_ATTEMPT_LIMIT)
}

/** Where lists of codes come in. */
export function codeFolders(engine: Pick<EngineContext, 'db'>): Promise<CodeFolders> {
  return readSetting(engine.db, 'codeFolders', { customers: null, products: null })
}

/** Sources and destinations as the screen shows them. */
export async function syncSettings(engine: EngineContext): Promise<SyncSettings> {
  const { db } = engine
  const sources = (await listSources(db)).filter((source) => source.folder !== '')
  return {
    sources,
    destinations: await listDestinations(db),
    codeFolders: await codeFolders(engine),
    attemptLimit: await attemptLimit(engine),
  }
}

/** Tells the screens of changed settings, or of a destination's trouble that began or ended. Call after the commit. */
export async function publishSettings(engine: EngineContext): Promise<void> {
  engine.publish('settings.changed', await syncSettings(engine))
}
