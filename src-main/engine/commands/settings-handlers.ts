import type { SETTINGS_COMMANDS } from '../../../src-shared/contract/contract'
import type { EngineContext } from '../context/context'
import { queueTestOrder } from '../intake/test-order'
import { destinationHistory, exportProfile, parseProfile, restoreDestination, storeDestination } from '../settings/destinations'
import { syncSettings } from '../settings/publish-settings'
import { storeCodeFolders, storeSource } from '../settings/sources'
import type { HandlersOf } from './dispatcher'
import type { PublishAfter } from './publish-after'

/** Handlers for Sync Settings: sources, destinations and code folders. */
export function settingsHandlers(engine: EngineContext, publishAfter: PublishAfter): HandlersOf<keyof typeof SETTINGS_COMMANDS> {
  return {
    'settings.get': () => syncSettings(engine.db),
    'settings.saveDestination': (input, { actor }) => publishAfter(storeDestination(engine, input, actor)),
    'settings.saveSource': (input) => storeSource(engine, input),
    'settings.preview': async ({ settings, orderId }) => (await import('../orders/preview')).previewSettings(engine, settings, orderId),
    'settings.sendTestOrder': ({ destinationId }, { actor }) => publishAfter(queueTestOrder(engine, destinationId, actor)),
    'settings.destinationHistory': ({ destinationId }) => destinationHistory(engine, destinationId),
    'settings.restoreDestination': ({ destinationId, changeId }, { actor }) =>
      publishAfter(restoreDestination(engine, destinationId, changeId, actor)),
    'settings.exportProfile': ({ destinationId }) => exportProfile(engine, destinationId),
    'settings.parseProfile': async ({ text }) => parseProfile(text),
    'settings.saveCodeFolders': (input) => storeCodeFolders(engine, input),
  }
}
